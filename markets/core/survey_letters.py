"""The words of the e-mails that ask providers what they would put at risk."""

from commissioning.core.letters import PRODUCT, Letter


def asking(*, programme: str, authority: str, link: str, until: str, is_reminder: bool) -> Letter:
    """Ask a provider, or remind it once. A reminder's link takes the place of the first one's."""
    programme, authority = " ".join(programme.split()), " ".join(authority.split())
    again = "We asked you before and have no answer from you yet. This link takes the place of the first one.\n\n"
    return Letter(
        subject=f"{'Reminder: what' if is_reminder else 'What'} would you put at risk for {programme}?",
        body=f"""Hello

{authority} is designing a contract that pays by results, and asks providers what they could carry:

{programme}

{again if is_reminder else ""}There are seven short questions, which take about five minutes. You need no account:

{link}

You can answer, and change your answer, until {until}.

{authority} reads counts only, and only if at least five providers answer. It cannot see who answered what.

The link is yours alone: whoever has it can read and change your answer. If you do not want to answer, you can ignore
this e-mail. Your address is deleted from {PRODUCT} when the survey closes.
""",
    )
