"""Reads what differs between two versions, or a version and the draft, for the pages that show it side by side."""

from dataclasses import dataclass

from commissioning.core.tables import Column, Table
from commissioning.models import Programme
from tariffs.core import snapshots as core
from tariffs.core.difference_sections import Change, Differences, Row, Section, in_short
from tariffs.core.snapshots import Snapshot
from tariffs.models import Version

from . import snapshots
from .versions import DRAFT

# A page has its limits: a longer list is cut, says so, and stands whole in the CSV.
MOST_ROWS = 200
CHANGES = {Change.ADDED: "Added", Change.REMOVED: "Removed", Change.CHANGED: "Changed"}


@dataclass(frozen=True)
class Side:
    """One of the two: the draft as it is, or a version."""

    key: str
    title: str
    snapshot: Snapshot


@dataclass(frozen=True)
class Part:
    """The differences of one part of the programme, in words and side by side."""

    title: str
    sentences: tuple[str, ...]
    table: Table
    left_out: int


@dataclass(frozen=True)
class Comparison:
    """What differs between two, from the first to the second."""

    first: Side
    second: Side
    differences: Differences

    @property
    def in_short(self) -> str:
        """Say it in one sentence."""
        return in_short(self.differences)

    @property
    def between(self) -> str:
        """Name both within a sentence."""
        return f"{_within(self.first)} and {_within(self.second)}"

    @property
    def parts(self) -> tuple[Part, ...]:
        """Give each part of the programme in which something differs."""
        return tuple(self._part(section) for section in self.differences.sections)

    def table(self) -> Table:
        """Give every difference as one table."""
        sections = self.differences.sections
        rows = tuple((section.title, *self._cells(row), row.sentence) for section in sections for row in section.rows)
        columns = (Column("Part"), *self._columns(), Column("In words"))
        return Table(f"What changed between {self.between}", columns, rows)

    def _part(self, section: Section) -> Part:
        shown = section.rows[:MOST_ROWS]
        caption, cells = f"{section.title}, side by side", tuple(self._cells(row) for row in shown)
        table, left_out = Table(caption, self._columns(), cells), len(section.rows) - len(shown)
        return Part(section.title, tuple(row.sentence for row in shown), table, left_out)

    def _columns(self) -> tuple[Column, ...]:
        return (Column("What"), Column("Change"), Column(self.first.title), Column(self.second.title))

    def _cells(self, row: Row) -> tuple[str, str, str, str]:
        field = row.field if row.field.lower() not in row.what.lower() else ""
        what = f"{row.what}: {field}" if field else row.what
        old = f"Not in {_within(self.first)}" if row.change is Change.ADDED else row.old
        new = f"Not in {_within(self.second)}" if row.change is Change.REMOVED else row.new
        return what, CHANGES[row.change], old, new


def side(programme: Programme, key: str) -> Side:
    """Read the draft, or the version with a number."""
    if key == DRAFT:
        return Side(key, "The draft", snapshots.of_draft(programme))
    return of_version(programme.versions.get(number=int(key)))


def of_version(version: Version) -> Side:
    """Read a version."""
    return Side(str(version.number), str(version), snapshots.of_version(version))


def compare(first: Side, second: Side) -> Comparison:
    """Say what differs between two."""
    return Comparison(first, second, core.compare(first.snapshot, second.snapshot))


def _within(side: Side) -> str:
    return f"{side.title[0].lower()}{side.title[1:]}"
