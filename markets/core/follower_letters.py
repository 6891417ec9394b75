"""The words of the letters to those who follow a market position statement."""

from commissioning.core.letters import PRODUCT, Letter


def confirm(*, title: str, link: str, days: int) -> Letter:
    """Ask whoever reads this address whether they want to follow."""
    name = _line(title)
    return Letter(
        subject=f"Confirm that you want to follow {name}",
        body=f"""Hello

Somebody gave this address to follow the market position statement “{name}” on {PRODUCT}.

To confirm, open this link and press the button:

{link}

The link works for {days} days. If it was not you, do nothing: then the address is deleted, and nobody writes again.
""",
    )


def published(*, title: str, number: int, note: str, link: str, changes: str, stop: str) -> Letter:
    """Tell of a new edition, and of what changed since the last one that was told of."""
    name = _line(title)
    what = f"What changed, in the authority's words: {_line(note)}\n\nSide by side:\n\n{changes}\n\n" if note else ""
    return Letter(
        subject=f"{name}: edition {number} is published",
        body=f"""Hello

Edition {number} of the market position statement “{name}” is published:

{link}

{what}You get this because you follow the statement. To stop, open this link and press the button:

{stop}
""",
    )


def withdrawn(*, title: str, reason: str, link: str, stop: str) -> Letter:
    """Tell that a statement was withdrawn, and why."""
    name = _line(title)
    return Letter(
        subject=f"{name} is withdrawn",
        body=f"""Hello

The market position statement “{name}” is withdrawn: do not rely on it any more. In the authority's words:

{_line(reason)}

Its editions can still be read, and say so:

{link}

You get this because you follow the statement. If another edition is published, you will be told. To stop, open this
link and press the button:

{stop}
""",
    )


def _line(text: str) -> str:
    return " ".join(text.split())
