"""Changes the prices of a draft tariff: sets them, removes their lines, says how often each is paid and where from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from commissioning.models import Group, Milestone, Programme, User
from commissioning.services import audit, drafts
from commissioning.services.drafts import Edit
from tariffs.models import PriceLine, Tariff

from . import measure_bases, parts


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the price grid."""

    price_band: str
    milestone: UUID


Prices = Mapping[Cell, Decimal | None]
Payments = Mapping[Cell, int]


class StaleTariffError(Exception):
    """Somebody saved the tariff since the prices at hand were read. Nothing was changed."""


def save_grid(*, tariff: Tariff, prices: Prices, payments: Payments | None = None, revision: int, by: User) -> Tariff:
    """Save the prices and counts of payments given, where the tariff is still as it was at `revision`.

    A price of None removes the line of its cell; cells not given stay as they are.
    """
    with parts.editing(Programme(pk=tariff.programme_id), by) as programme:
        tariff = Tariff.objects.select_for_update(of=("self",)).get(pk=tariff.pk)
        lines = {Cell(line.price_band, line.milestone_id): line for line in tariff.price_lines.all()}
        wanted = _wanted(lines, prices, payments or {})
        if wanted and tariff.revision != revision:  # what is saved already is no conflict, as when pressed twice
            raise StaleTariffError
        if wanted:
            changes = [_put(tariff, cell, lines.get(cell), **values) for cell, values in wanted.items()]
            measure_bases.settle(lines=_at(tariff, [cell for cell, to in wanted.items() if "price" in to]), by=by)
            tariff.revision += 1
            tariff.save(update_fields=["revision"])
            detail = {"row": tariff.pk, "revision": tariff.revision, "changes": changes}
            organisation = programme.organisation
            audit.record(by=by, action="changed prices", target=programme, organisation=organisation, detail=detail)
    return tariff


def change(*, line: PriceLine, price: Decimal, revision: int, by: User) -> Tariff:
    """Change one price."""
    cell = Cell(line.price_band, line.milestone_id)
    return save_grid(tariff=line.tariff, prices={cell: price}, revision=revision, by=by)


def change_source(*, line: PriceLine, edit: Edit, by: User) -> PriceLine:
    """Change what is said of where a price comes from; the price stays."""
    with parts.editing(Programme(pk=line.tariff.programme_id), by) as programme:
        changed, changes = drafts.apply(line, edit)
        if changes:
            detail = [each.as_detail() for each in changes]
            parts.record(changed, programme, by, "changed the source of", changes=detail)
    return changed


def _at(tariff: Tariff, cells: Collection[Cell]) -> list[PriceLine]:
    """Give the lines that stand in some cells now."""
    return [line for line in tariff.price_lines.all() if Cell(line.price_band, line.milestone_id) in cells]


def _wanted(lines: Mapping[Cell, PriceLine], prices: Prices, payments: Payments) -> dict[Cell, dict[str, Any]]:
    """Give for each cell what is to be other than it is."""
    wanted: dict[Cell, dict[str, Any]] = {}
    for cell, price in prices.items():
        if price != (lines[cell].price if cell in lines else None):
            wanted.setdefault(cell, {})["price"] = price
    for cell, count in payments.items():
        removed = cell in prices and prices[cell] is None
        if not removed and (cell in wanted or cell in lines) and (cell not in lines or lines[cell].payments != count):
            wanted.setdefault(cell, {})["payments"] = count
    return wanted


def _put(tariff: Tariff, cell: Cell, line: PriceLine | None, **values: Any) -> dict[str, object]:
    """Change, add or remove the line of a cell, and say what was done for the audit log."""
    before = line.price if line else None
    if line and "price" in values and values["price"] is None:
        done: dict[str, object] = {"line": line.pk, "from": before, "to": None, "payments": line.payments}
        line.delete()
        return done
    line = line or _new_line(tariff, cell)
    for name, value in values.items():
        setattr(line, name, value)
    line.full_clean()
    line.save()
    said: dict[str, object] = {"line": line.pk, "from": before, "to": line.price}
    return said | ({"payments": line.payments} if "payments" in values else {})


def _new_line(tariff: Tariff, cell: Cell) -> PriceLine:
    if not Group.objects.filter(programme=tariff.programme_id, price_band=cell.price_band).exists():
        raise ValidationError("No group of this programme has the price band")
    milestone = Milestone.objects.get(pk=cell.milestone, programme=tariff.programme_id)
    last = tariff.price_lines.order_by("-place").first()
    return PriceLine(
        tariff=tariff,
        price_band=cell.price_band,
        milestone=milestone,
        payments=milestone.repeats,
        place=last.place + 1 if last else 0,
    )
