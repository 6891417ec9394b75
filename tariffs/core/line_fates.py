"""What became of a line that somebody commented on: the same, changed, split, or gone; never told by its text."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from . import snapshots
from .consultation_targets import Kind, Target, by_id, sections
from .difference_sections import Differences, Row
from .snapshots import Snapshot


class Fate(StrEnum):
    """What became of a line between two versions."""

    SAME = "same"
    CHANGED = "changed"
    SPLIT = "split"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one line: its old wording, and each change as a sentence."""

    fate: Fate
    old: str
    sentences: tuple[str, ...] = ()


class Fates:
    """What became of every line between two drafts of one programme."""

    def __init__(self, old: Snapshot, new: Snapshot, whole: UUID) -> None:
        """Compare two drafts once; `whole` names the draft as a whole."""
        self.old, self.new, self.whole = old, new, whole
        self.differences = snapshots.compare(old, new)
        self.there = by_id(sections(new, whole))

    def of(self, target: Target) -> Became:
        """Tell what became of one line."""
        old = f"{target.what}: {target.value}" if target.value else target.what
        if target.kind is Kind.QUESTION:
            return Became(Fate.SAME, old)
        if target.kind is Kind.WHOLE:
            sentences = self.differences.sentences
            return Became(Fate.CHANGED if sentences else Fate.SAME, old, sentences)
        if target.kind is Kind.PRICE and (into := self._split(target)):
            return Became(Fate.SPLIT, old, tuple(f"Now: {each.what}, {each.value}." for each in into))
        sentences = tuple(row.sentence for row in rows_of(target, self.differences))
        if target.kind is not Kind.TERM and target.id not in self.there:
            return Became(Fate.REMOVED, old, sentences or ("It is no longer in the draft.",))
        return Became(Fate.CHANGED, old, sentences) if sentences else Became(Fate.SAME, old)

    def _split(self, target: Target) -> tuple[Target, ...]:
        """Give the price lines that now pay for the groups of one, where their groups went into several bands."""
        bands = {row.id: row.price_band for row in self.old.programme.groups}
        known = {
            identity: row.price_band
            for row, identity in zip(self.new.programme.groups, self.new.identities.groups, strict=True)
        }
        ids = zip(self.old.programme.groups, self.old.identities.groups, strict=True)
        now = {known[identity] for row, identity in ids if bands[row.id] == target.band and identity in known}
        lines = (each for each in self.there.values() if each.kind is Kind.PRICE and each.milestone == target.milestone)
        found = tuple(line for line in lines if line.band in now)
        is_gone = target.id not in self.there
        return found if len(found) > 1 or (is_gone and found) else ()


def rows_of(target: Target, differences: Differences) -> tuple[Row, ...]:
    """Give the differences that are about one line, by its id."""
    if target.kind is Kind.TERM:
        terms = (section for section in differences.sections if section.key == "term")
        return tuple(row for section in terms for row in section.rows if str(row.thing).split(".")[0] == target.term)
    kinds = (section for section in differences.sections if section.key == target.kind)
    places = (target.id, (target.band, target.milestone))
    return tuple(row for section in kinds for row in section.rows if row.thing in places)


def key_of(section: str, row: Row) -> str:
    """Name one difference so that it can be found again when both drafts are compared anew."""
    return f"{section}|{row.thing}|{row.field}|{row.change}"


def entries(differences: Differences) -> dict[str, str]:
    """Give every difference by its key, as a sentence."""
    return {key_of(section.key, row): row.sentence for section in differences.sections for row in section.rows}
