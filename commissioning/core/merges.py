"""Brings together what two people changed at once: field by field, and nothing of either is lost."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that two people changed to different things, as texts: before both, of the later, of the earlier."""

    field: str
    was: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What is to be changed now, and what cannot be without asking."""

    touched: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def merge(was: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> Merged:
    """Compare three states of the same fields: as a page showed them, as typed there, and as saved now.

    A field counts as touched where its typed text differs from what was shown. Untouched fields stay as saved. A
    touched field whose saved text is neither what was shown nor what is typed is a conflict. A field that `theirs`
    does not have is taken as unchanged. This is the three-way merge of S. Khanna, K. Kunal and B. C. Pierce, "A
    Formal Investigation of Diff3", FSTTCS 2007, on fields instead of lines.
    """
    typed = {field: plain(text) for field, text in mine.items()}
    shown = {field: plain(was.get(field, "")) for field in typed}
    saved = {field: plain(theirs.get(field, shown[field])) for field in typed}
    touched = tuple(field for field in typed if typed[field] != shown[field] and typed[field] != saved[field])
    return Merged(
        touched=touched,
        conflicts=tuple(
            Conflict(field, shown[field], typed[field], saved[field])
            for field in touched
            if saved[field] != shown[field]
        ),
    )


def plain(text: str) -> str:
    """Write a text so that only what a person typed counts."""
    return one_way(text).strip()


def one_way(text: str) -> str:
    """End the lines of a text in one way: browsers end them in theirs."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
