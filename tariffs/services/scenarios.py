"""Makes tariffs beside the proposed one, proposes another, and tests several on the same luck."""

from collections.abc import Sequence
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from commissioning.models import Programme, Run, User
from tariffs.models import PriceLine, Tariff

from . import incentive_runs, parts

MOST_TARIFFS = 10


class TooManyError(ValueError):
    """A programme has as many tariffs as it may have."""


def add(*, tariff: Tariff, name: str, by: User) -> Tariff:
    """Copy a tariff with its prices and terms under another name; every line of the copy has an id of its own."""
    with parts.editing(tariff.programme, by) as programme:
        if programme.tariffs.count() >= MOST_TARIFFS:
            raise TooManyError
        _refuse_taken(programme, name)
        lines = list(PriceLine.objects.filter(tariff=tariff))
        copy = Tariff.objects.get(pk=tariff.pk)
        copy.pk, copy.main_of, copy.version, copy.revision = uuid4(), None, name, 1
        copy.made_at = Tariff._meta.get_field("made_at").get_default()
        copy._state.adding = True
        copy.full_clean()
        copy.save(force_insert=True)
        for line in lines:
            line.pk, line.tariff, line._state.adding = uuid4(), copy, True
        PriceLine.objects.bulk_create(lines)
        parts.record(copy, programme, by, "added", copy_of=str(tariff.pk))
    return copy


def propose(*, tariff: Tariff, by: User) -> Tariff:
    """Make this the tariff that the programme proposes; the one so far becomes a scenario beside it."""
    with parts.editing(tariff.programme, by) as programme:
        programme.tariffs.filter(main_of=programme).update(main_of=None)
        programme.tariffs.filter(pk=tariff.pk).update(main_of=programme)
        parts.record(tariff, programme, by, "proposed")
    tariff.refresh_from_db()
    return tariff


def remove(*, tariff: Tariff, by: User) -> None:
    """Remove a scenario; the proposed tariff stays."""
    with parts.editing(tariff.programme, by) as programme:
        found = programme.tariffs.select_for_update().get(pk=tariff.pk)
        if found.is_main:
            raise ValidationError("The tariff that the programme proposes cannot be removed")
        parts.record(found, programme, by, "removed")
        found.delete()


@transaction.atomic
def compare(*, tariffs: Sequence[Tariff], draws: int, seed: int, by: User) -> list[Run]:
    """Ask for one run of each tariff with the same seed and draws, so that they meet the same luck."""
    return [
        incentive_runs.queue(programme=tariff.programme, tariff=tariff, draws=draws, seed=seed, by=by)
        for tariff in tariffs
    ]


def _refuse_taken(programme: Programme, name: str) -> None:
    if programme.tariffs.filter(version=name).exists():
        raise ValidationError({"name": "Another tariff of this programme has this name"})
