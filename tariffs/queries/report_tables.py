"""Lays out what a report says in tables: each row of figures with where it comes from and how good that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from commissioning.core.figures import percent, percent_range, plain, pounds, pounds_range
from commissioning.core.pathways import Evidence, Group, Milestone, Provenance
from commissioning.core.tables import Column, Table
from tariffs.core import programmes as core

# A paper has its limits: longer lists are cut, say so, and stand whole in the exports.
MOST_ROWS = 100


@dataclass(frozen=True)
class Sourced:
    """One row of figures with where they come from."""

    cells: tuple[str, ...]
    origin: Provenance


@dataclass(frozen=True)
class SourcedTable:
    """Figures with their sources; `numeric` says which columns stand to the right."""

    caption: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[Sourced, ...]
    left_out: int

    @property
    def columns(self) -> tuple[tuple[str, bool], ...]:
        """Give each heading with whether its figures stand to the right."""
        return tuple(zip(self.headings, self.numeric, strict=True))

    @property
    def lines(self) -> tuple[tuple[tuple[tuple[str, bool, str], ...], Provenance], ...]:
        """Give each row's cells with their headings, and the row's origin."""
        return tuple((tuple(zip(self.headings, self.numeric, row.cells, strict=True)), row.origin) for row in self.rows)


def groups(whole: core.Programme) -> SourcedTable:
    """Say for whom it is."""
    rows = (
        Sourced(
            (
                row.name or row.id,
                row.price_band,
                plain(row.referrals_per_month),
                pounds(row.social_value) if row.social_value else "not given",
                "not given" if row.intended_support is None else pounds(row.intended_support),
            ),
            row.provenance,
        )
        for row in whole.groups
    )
    headings = (
        "Group",
        "Price band",
        "Referrals a month",
        "One final outcome is worth to society",
        "Planned spending a person",
    )
    return _table("The groups", headings, (False, False, True, True, True), tuple(rows))


def evidence(whole: core.Programme) -> SourcedTable:
    """Say what is known of each step."""
    of_group, of_milestone = names(whole.groups), names(whole.milestones)
    rows = (
        Sourced(
            (
                of_group[row.group],
                of_milestone[row.milestone],
                percent(row.baseline),
                percent_range(*row.provenance.interval) if row.provenance.interval else "not stated",
                _moved(row),
            ),
            row.provenance,
        )
        for row in whole.evidence
    )
    headings = ("Group", "Step", "Without the service", "It may lie from", "Moved by support")
    return _table("What is known of each step", headings, (False, False, True, True, True), tuple(rows))


def _moved(row: Evidence) -> str:
    if row.observed is not None:
        return f"{percent(row.observed.rate)} at {pounds(row.observed.spending)} a person"
    return plain(row.responsiveness, 2) if row.responsiveness else "not at all"


def prices(whole: core.Programme) -> Table:
    """Lay the prices out as a grid: a row for each band, a column for each milestone that is paid."""
    lines = {(line.price_band, line.milestone): line for line in whole.tariff.prices}
    bands: dict[str, list[str]] = {}
    for group in whole.groups:
        bands.setdefault(group.price_band, []).append(group.name or group.id)
    paid = [row for row in whole.milestones if any(line.milestone == row.id for line in whole.tariff.prices)]
    rows = (
        (band, "; ".join(members), *(_price(lines.get((band, milestone.id))) for milestone in paid))
        for band, members in bands.items()
    )
    columns = (Column("Price band"), Column("Groups"), *(Column(row.name or row.id, str) for row in paid))
    return Table("What one person who reaches a milestone earns", columns, tuple(rows))


def _price(line: core.PriceLine | None) -> str:
    if line is None:
        return "nothing"
    return pounds(line.price) if line.payments == 1 else f"{pounds(line.price)}, up to {line.payments} times"


def price_sources(whole: core.Programme) -> SourcedTable:
    """Say where each price comes from."""
    of_milestone = names(whole.milestones)
    rows = (
        Sourced(
            (
                line.price_band,
                of_milestone[line.milestone],
                pounds(line.price),
                pounds_range(*line.provenance.interval) if line.provenance.interval else "not stated",
            ),
            line.provenance,
        )
        for line in whole.tariff.prices
    )
    headings = ("Price band", "Milestone", "Price", "It may lie from")
    return _table("Where each price comes from", headings, (False, False, True, True), tuple(rows))


def names(rows: Sequence[Group | Milestone]) -> dict[str, str]:
    """Give each row's name by its id."""
    return {row.id: row.name or row.id for row in rows}


def _table(
    caption: str, headings: tuple[str, ...], numeric: tuple[bool, ...], rows: tuple[Sourced, ...]
) -> SourcedTable:
    return SourcedTable(caption, headings, numeric, rows[:MOST_ROWS], max(0, len(rows) - MOST_ROWS))
