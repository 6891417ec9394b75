"""Changes the prices of a draft tariff."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from commissioning.models import Group, Milestone, User
from commissioning.permissions import Ability, can
from commissioning.services import audit
from tariffs.models import PriceLine, Tariff


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the price grid."""

    price_band: str
    milestone: UUID


class StaleTariffError(Exception):
    """Somebody saved the tariff since the prices at hand were read. Nothing was changed."""


@transaction.atomic
def save_grid(*, tariff: Tariff, prices: Mapping[Cell, Decimal], revision: int, by: User) -> Tariff:
    """Save the prices given, where the tariff is still as it was at `revision`; cells not given stay as they are."""
    tariff = Tariff.objects.select_for_update(of=("self",)).select_related("programme__organisation").get(pk=tariff.pk)
    organisation = tariff.programme.organisation
    if not can(by, Ability.EDIT, organisation):
        raise PermissionDenied
    lines = {Cell(line.price_band, line.milestone_id): line for line in tariff.price_lines.all()}
    wanted = {cell: price for cell, price in prices.items() if cell not in lines or lines[cell].price != price}
    if not wanted:  # nothing to do, as when the button was pressed twice
        return tariff
    if tariff.revision != revision:
        raise StaleTariffError
    changes = [_save(lines.get(cell) or _new_line(tariff, cell), price) for cell, price in wanted.items()]
    tariff.revision += 1
    tariff.save(update_fields=["revision"])
    detail = {"row": tariff.pk, "revision": tariff.revision, "changes": changes}
    audit.record(by=by, action="changed prices", target=tariff.programme, organisation=organisation, detail=detail)
    return tariff


def change(*, line: PriceLine, price: Decimal, revision: int, by: User) -> Tariff:
    """Change one price."""
    cell = Cell(line.price_band, line.milestone_id)
    return save_grid(tariff=line.tariff, prices={cell: price}, revision=revision, by=by)


def _save(line: PriceLine, price: Decimal) -> dict[str, object]:
    before, line.price = line.price, price
    line.full_clean()
    line.save()
    return {"line": line.pk, "from": before, "to": price}


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
