"""The words of the e-mails about consultations. Nothing that anybody said or was told stands in them."""

from datetime import datetime

from commissioning.core.letters import PRODUCT, Letter
from commissioning.core.london_times import in_london

#: For each kind of letter: its subject, and what it says. The link leads to a page behind a sign-in.
LETTERS: dict[str, tuple[str, str]] = {
    "opened": (
        "Say what you think of the draft of {programme}",
        "{authority} asks what you think of the draft of this programme. You can read it line by line, ask questions, "
        "and comment until {closes}. No other provider is told that you were asked, or whether you take part.",
    ),
    "news": (
        "Something new on the draft of {programme}",
        "{authority} has told everybody who is asked something new. It stands on the page of the consultation. "
        "You can comment until {closes}.",
    ),
    "extended": (
        "More time to comment on {programme}",
        "{authority} has moved the closing time. You can now comment until {closes}.",
    ),
    "answered": (
        "Your comments on {programme} are answered",
        "{authority} has answered what you said. You can read each answer beside your comment.",
    ),
    "changed": (
        "A line that you commented on has changed: {programme}",
        "{authority} has made a new version of the draft. At least one line that you commented on has changed. "
        "Please say whether your comment still stands.",
    ),
    "moderated": (
        "A comment of yours on {programme} is not published",
        "{authority} has left the words of one of your comments out of what is published. The reason stands beside "
        "the comment.",
    ),
}


def write(kind: str, *, programme: str, authority: str, link: str, closes_at: datetime) -> Letter:
    """Write a letter of one kind."""
    subject, body = LETTERS[kind]
    named = {
        "programme": " ".join(programme.split()),
        "authority": " ".join(authority.split()),
        "closes": in_london(closes_at),
    }
    return Letter(
        subject=subject.format(**named),
        body=f"""Hello

{body.format(**named)}

{link}

{PRODUCT} sends this because you comment for a provider that takes part.
""",
    )
