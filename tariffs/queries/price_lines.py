"""Reads a tariff's prices as a grid: a row for each price band, a column for each milestone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from commissioning import queries as commissioning_queries
from commissioning.core import pathway_drawings
from commissioning.models import AuditEntry, Milestone, Programme, User
from tariffs.core import price_effects, price_totals
from tariffs.core import programmes as core
from tariffs.core.price_effects import GroupEffect
from tariffs.core.price_totals import Most, Totals
from tariffs.models import PriceLine, Tariff

from . import price_marks
from .price_marks import Mark

# A form has at most 1,000 fields, and each price has two: what is typed, and what it was. So has each count of
# payments, which stands where a milestone repeats.
MOST_FIELDS_ON_A_PAGE = 900


@dataclass(frozen=True)
class GridCell:
    """The place of one price: what one person of the band who reaches the milestone earns."""

    name: str
    price_band: str
    milestone: Milestone
    line: PriceLine | None
    mark: Mark | None = None

    @property
    def place(self) -> str:
        return f"{self.price_band}, {self.milestone}"

    @property
    def price(self) -> Decimal | None:
        return self.line.price if self.line else None

    @property
    def repeats(self) -> bool:
        """Tell whether it is to be said how many times the milestone is paid."""
        return self.milestone.repeats > 1

    @property
    def payments(self) -> int:
        """Give how many of the milestone's repeats are paid, or would be."""
        return self.line.payments if self.line else self.milestone.repeats

    @property
    def is_changed(self) -> bool:
        """Tell whether the price is not the one that was imported."""
        return self.line is not None and self.line.price != self.line.price_at_import


@dataclass(frozen=True)
class GridRow:
    """One price band: whom it pays for, and its cells in the order of the milestones."""

    place: int
    price_band: str
    groups: tuple[str, ...]
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class PriceGrid:
    """One page of the grid."""

    tariff: Tariff
    milestones: tuple[Milestone, ...]
    rows: tuple[GridRow, ...]
    page: "Page[Any]"
    own_steps: frozenset[UUID] = frozenset()

    @property
    def heads(self) -> tuple[tuple[Milestone, bool], ...]:
        """Give each milestone with whether its outcome is defined by the person."""
        return tuple((milestone, milestone.pk in self.own_steps) for milestone in self.milestones)

    @property
    def cells(self) -> tuple[GridCell, ...]:
        return tuple(cell for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class LastSave:
    """Who saved prices last."""

    by: str
    at: Any


def grid(tariff: Tariff, number: str = "1") -> PriceGrid:
    """Read one page of a tariff's price grid, in six queries."""
    programme = tariff.programme
    milestones = _milestones(programme)
    groups: dict[str, list[str]] = {}
    for group in programme.groups.all():
        groups.setdefault(group.price_band, []).append(str(group))
    lines = {(line.price_band, line.milestone_id): line for line in tariff.price_lines.all()}
    bands = list(enumerate(groups))
    fields = 2 * len(milestones) + 2 * sum(milestone.repeats > 1 for milestone in milestones)
    page = Paginator(bands, max(1, MOST_FIELDS_ON_A_PAGE // max(1, fields))).get_page(number)
    rests = price_marks.of_programme(programme)
    marks = {mark.line: mark for basis in rests for mark in basis.marks()}
    rows = (_row(place, band, groups[band], milestones, lines, marks) for place, band in page.object_list)
    return PriceGrid(tariff, milestones, tuple(rows), page, price_marks.own_steps(programme, rests))


def _milestones(programme: Programme) -> tuple[Milestone, ...]:
    found = {milestone.key: milestone for milestone in programme.milestones.select_related("after")}
    ordered = pathway_drawings.in_order([milestone.to_core() for milestone in found.values()])
    return tuple(found[milestone.id] for milestone in ordered)


def _row(
    place: int,
    band: str,
    groups: list[str],
    milestones: tuple[Milestone, ...],
    lines: Mapping[tuple[str, UUID], PriceLine],
    marks: Mapping[UUID, Mark],
) -> GridRow:
    at = ((milestone, lines.get((band, milestone.pk))) for milestone in milestones)
    cells = (
        GridCell(f"price-{place}-{milestone.place}", band, milestone, line, marks.get(line.pk) if line else None)
        for milestone, line in at
    )
    return GridRow(place, band, tuple(groups), tuple(cells))


@dataclass(frozen=True)
class Typed:
    """What is typed in a cell: a price, or none where the line is to go, and how many payments."""

    price: Decimal | None
    payments: int


Place: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class BandEffect:
    """What the prices mean for one row of the grid: the most a person earns, and who of its groups is parked."""

    most: Most
    parked: tuple[GroupEffect, ...]


@dataclass(frozen=True)
class Panel:
    """Everything that the prices mean: for each group, for each band, and in all; `answer` says it in sentences."""

    answer: str
    effects: tuple[GroupEffect, ...]
    bands: Mapping[str, BandEffect]
    totals: Totals | None
    cost: str

    def most_at(self, milestones: tuple[Milestone, ...]) -> tuple[tuple[str, float], ...]:
        """Give by name the most that one person of any band could earn at each milestone, and in all."""
        each = [band.most for band in self.bands.values()]
        steps = ((str(step), max((most.by_milestone[step.key] for most in each), default=0.0)) for step in milestones)
        return (*steps, ("In all", max((most.total for most in each), default=0.0)))


def panel(programme: core.Programme, typed: Mapping[Place, Typed]) -> Panel:
    """Work out what prices mean, with what is typed but not yet saved in place of what is saved."""
    programme = with_prices(programme, typed)
    found = price_effects.effects(programme)
    totals = price_totals.totals(programme)
    band_of = {group.id: group.price_band for group in programme.groups}
    bands = {
        most.price_band: BandEffect(
            most, tuple(row for row in found if row.parked_share and band_of[row.group] == most.price_band)
        )
        for most in price_totals.most_by_band(programme)
    }
    return Panel(price_effects.in_words(found), found, bands, totals, price_totals.in_words(totals))


def with_prices(programme: core.Programme, typed: Mapping[Place, Typed]) -> core.Programme:
    """Put other prices into a programme; keys are price band and milestone, as the programme file names them."""
    lines = {(line.price_band, line.milestone): line for line in programme.tariff.prices}
    for place, cell in typed.items():
        if cell.price is None:
            lines.pop(place, None)
        else:
            line = lines.get(place) or core.PriceLine(*place, 0.0)
            lines[place] = replace(line, price=float(cell.price), payments=cell.payments)
    return replace(programme, tariff=replace(programme.tariff, prices=tuple(lines.values())))


def editable_by(user: User | AnonymousUser) -> QuerySet[PriceLine]:
    """Give the price lines of the programmes that the person may change."""
    mine = commissioning_queries.programmes.editable_by(user)
    found = PriceLine.objects.filter(tariff__programme__in=mine)
    return found.select_related("milestone", "tariff__programme__organisation")


def last_save(tariff: Tariff) -> LastSave | None:
    """Tell who last saved prices of the tariff, and when."""
    entries = AuditEntry.objects.filter(target_id=str(tariff.programme_id), action="changed prices")
    entry = entries.filter(detail__row=str(tariff.pk)).select_related("by").order_by("-at").first()
    return LastSave(str(entry.by), entry.at) if entry else None
