"""The words of the e-mails we send ourselves."""

from dataclasses import dataclass

PRODUCT = "PbR Workbench"


@dataclass(frozen=True)
class Letter:
    """An e-mail: one line and some plain paragraphs."""

    subject: str
    body: str


def invitation(*, organisation: str, role: str, invited_by: str, link: str, days: int) -> Letter:
    """Invite a person to an organisation."""
    who = f"{invited_by} has invited you" if invited_by else "You are invited"
    return Letter(
        subject=f"Join {organisation} on {PRODUCT}",
        body=f"""Hello

{who} to join {organisation} on {PRODUCT}, as {role.lower()}.

{PRODUCT} helps to design Payment by Results contracts.

To accept, open this link:

{link}

The link works for {days} days and for you only. Opening it does not accept anything yet.

If you did not expect this, you can ignore it. Nothing happens unless you accept.
""",
    )


def run_ended(*, programme: str, succeeded: bool, link: str) -> Letter:
    """Tell whoever asked for a run that it has ended. Figures stay out of mail."""
    name = " ".join(programme.split())
    state = "has finished" if succeeded else "failed"
    then = "Its result is here" if succeeded else "What happened, and what you can do, is here"
    return Letter(
        subject=f"Your run of {name} {state}",
        body=f"""Hello

The run that you asked for on {PRODUCT} {state}.

Programme: {name}

{then}:

{link}

This e-mail was sent because you asked for it, or because the run took more than a minute.
""",
    )
