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


def _line(text: str) -> str:
    return " ".join(text.split())
