"""Reads a tariff's prices as a grid: a row for each price band, a column for each milestone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator

from commissioning.core import pathway_drawings
from commissioning.models import AuditEntry, Milestone, Programme
from tariffs.core import price_effects
from tariffs.core import programmes as core
from tariffs.core.price_effects import GroupEffect
from tariffs.models import PriceLine, Tariff

# A form has at most 1,000 fields, and each cell has two: what is typed, and what it was.
MOST_CELLS_ON_A_PAGE = 400


@dataclass(frozen=True)
class GridCell:
    """The place of one price: what one person of the band who reaches the milestone earns."""

    name: str
    price_band: str
    milestone: Milestone
    line: PriceLine | None

    @property
    def place(self) -> str:
        return f"{self.price_band}, {self.milestone}"

    @property
    def price(self) -> Decimal | None:
        return self.line.price if self.line else None

    @property
    def is_changed(self) -> bool:
        """Tell whether the price is not the one that was imported."""
        return self.line is not None and self.line.price != self.line.price_at_import


@dataclass(frozen=True)
class GridRow:
    """One price band: whom it pays for, and its cells in the order of the milestones."""

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

    @property
    def cells(self) -> tuple[GridCell, ...]:
        return tuple(cell for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class LastSave:
    """Who saved prices last."""

    by: str
    at: Any


def grid(tariff: Tariff, number: str = "1") -> PriceGrid:
    """Read one page of a tariff's price grid, in four queries."""
    programme = tariff.programme
    milestones = _milestones(programme)
    groups: dict[str, list[str]] = {}
    for group in programme.groups.all():
        groups.setdefault(group.price_band, []).append(str(group))
    lines = {(line.price_band, line.milestone_id): line for line in tariff.price_lines.all()}
    bands = list(enumerate(groups))
    page = Paginator(bands, max(1, MOST_CELLS_ON_A_PAGE // max(1, len(milestones)))).get_page(number)
    rows = (_row(place, band, groups[band], milestones, lines) for place, band in page.object_list)
    return PriceGrid(tariff, milestones, tuple(rows), page)


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
) -> GridRow:
    cells = (
        GridCell(f"price-{place}-{milestone.place}", band, milestone, lines.get((band, milestone.pk)))
        for milestone in milestones
    )
    return GridRow(band, tuple(groups), tuple(cells))


def effects(programme: core.Programme, typed: Mapping[tuple[str, str], Decimal]) -> tuple[GroupEffect, ...]:
    """Work out what prices mean for each group, with prices typed but not yet saved in place of the saved ones."""
    return price_effects.effects(with_prices(programme, typed))


def with_prices(programme: core.Programme, typed: Mapping[tuple[str, str], Decimal]) -> core.Programme:
    """Put other prices into a programme; keys are price band and milestone, as the programme file names them."""
    lines = {(line.price_band, line.milestone): line for line in programme.tariff.prices}
    repeats = {milestone.id: milestone.repeats for milestone in programme.milestones}
    for (band, milestone), price in typed.items():
        line = lines.get((band, milestone)) or core.PriceLine(band, milestone, 0.0, repeats[milestone])
        lines[band, milestone] = replace(line, price=float(price))
    return replace(programme, tariff=replace(programme.tariff, prices=tuple(lines.values())))


def last_save(tariff: Tariff) -> LastSave | None:
    """Tell who last saved prices of the tariff, and when."""
    entries = AuditEntry.objects.filter(target_id=str(tariff.programme_id), action="changed prices")
    entry = entries.filter(detail__row=str(tariff.pk)).select_related("by").order_by("-at").first()
    return LastSave(str(entry.by), entry.at) if entry else None
