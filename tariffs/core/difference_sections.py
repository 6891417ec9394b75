"""How the differences between two programmes are held, and what they come to in one sentence."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from enum import StrEnum

#: What the field of a row is called where only the order of things changed.
ORDER = "order"


class Change(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Row:
    """One difference. `thing` is the same for all differences of one thing; `field` is empty where it came or went."""

    change: Change
    thing: Hashable
    what: str
    field: str
    old: str
    new: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Section:
    """The differences of one part of the programme; `nouns` name one and several of its things."""

    key: str
    title: str
    nouns: tuple[str, str]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """All differences; no section is empty, and equal programmes have none."""

    sections: tuple[Section, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.sections)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Give every difference as a sentence, in order."""
        return tuple(row.sentence for section in self.sections for row in section.rows)


def in_short(differences: Differences) -> str:
    """Sum all differences up in one sentence."""
    parts = [
        _counted(differences, Change.CHANGED, ("differs", "differ")),
        _counted(differences, Change.ADDED, ("was added", "were added")),
        _counted(differences, Change.REMOVED, ("was removed", "were removed")),
        *(f"the order of the {section.nouns[1]} changed" for section in differences.sections if _reordered(section)),
    ]
    said = "; ".join(part for part in parts if part) or "nothing differs"
    return f"{said[0].upper()}{said[1:]}."


def _counted(differences: Differences, change: Change, verbs: tuple[str, str]) -> str:
    counts = [(len(set(_things(section, change))), section.nouns) for section in differences.sections]
    total = sum(count for count, _ in counts)
    listed = [f"{count:,} {nouns[count > 1]}" for count, nouns in counts if count]
    return f"{_joined(listed)} {verbs[total > 1]}" if listed else ""


def _things(section: Section, change: Change) -> Iterator[Hashable]:
    return (row.thing for row in section.rows if row.change is change and row.field != ORDER)


def _reordered(section: Section) -> bool:
    return any(row.field == ORDER for row in section.rows)


def _joined(words: list[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
