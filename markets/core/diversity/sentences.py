"""The sentence that says it: how many more small providers one design keeps than another."""

from typing import Any

#: What the sentence is about.
FIGURE = "small_providers_left"


def headline(document: dict[str, Any]) -> list[str]:
    """Say of each design but the first how many small providers it keeps, against the first, at the end."""
    titles = {row["id"]: row["name"] or row["id"] for row in document["designs"]}
    told = {row["design"]: row for row in document["differences"] if row["figure"] == FIGURE}
    return [_sentence(row, titles[row["design"]], titles[row["reference"]]) for row in told.values()]


def _sentence(row: dict[str, Any], design: str, reference: str) -> str:
    if row["more"] == row["less"] == 0:
        return f"In every future, “{design}” keeps as many small providers as “{reference}”."
    which, word = ("more", "more") if row["mean"] >= 0 else ("less", "fewer")
    futures = f"In {row[f'{which}_in_100']} of 100 futures"
    amount = _plain(abs(row["mean"]))
    return f"{futures}, “{design}” keeps {word} small providers than “{reference}”; on average {amount} {word}."


def _plain(number: float) -> str:
    return f"{number:,.0f}" if number >= 9.95 else f"{number:.1f}"
