"""Makes a draft what a snapshot says, every part with its permanent id. Called within a service's transaction."""

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from django.db import models
from django.db.models import CharField, F, Max
from django.db.models.functions import Cast

from commissioning.models import AuditEntry, Evidence, Group, Milestone, Programme
from tariffs.core.snapshots import Snapshot
from tariffs.models import Archetype, PriceLine, Tariff, Uncertainty

from . import snapshot_columns as columns

Rows: TypeAlias = dict[type[models.Model], list[Any]]


def restore(*, programme: Programme, snapshot: Snapshot) -> None:
    """Make the draft what the snapshot says.

    Rows that are there are changed in place, missing ones come back with the ids they had, all others go.
    """
    rows = _rows(programme, snapshot)
    _make_room(programme, rows)
    for name, value in columns.of_programme(snapshot.programme).items():
        setattr(programme, name, value)
    programme.full_clean()
    programme.save()
    # In an order in which each row finds what it names.
    for model in (Group, Milestone, Archetype, Evidence, Tariff, PriceLine):
        _put(model, rows[model])
    luck = columns.of_uncertainty(snapshot.programme.uncertainty)
    Uncertainty.objects.update_or_create(programme=programme, defaults=luck)
    # Tariffs go before milestones, on which their targets may stand.
    for model in (Tariff, Milestone, Group, Archetype):
        model.objects.filter(programme=programme).exclude(pk__in=_ids(rows[model])).delete()


def _rows(programme: Programme, snapshot: Snapshot) -> Rows:
    """Write every row of the draft as it is to be, its id included."""
    given, ids = snapshot.programme, snapshot.identities
    groups = {row.id: identity for row, identity in zip(given.groups, ids.groups, strict=True)}
    milestones: dict[str | None, UUID] = {
        row.id: identity for row, identity in zip(given.milestones, ids.milestones, strict=True)
    }
    return {
        Group: _listed(Group, ids.groups, given.groups, lambda row: columns.of_group(row) | {"programme": programme}),
        Milestone: _listed(
            Milestone,
            ids.milestones,
            given.milestones,
            lambda row: columns.of_milestone(row) | {"programme": programme, "after_id": milestones.get(row.after)},
        ),
        Archetype: _listed(
            Archetype, ids.providers, given.providers, lambda row: columns.of_provider(row) | {"programme": programme}
        ),
        Evidence: _listed(
            Evidence,
            ids.evidence,
            given.evidence,
            lambda row: (
                columns.of_evidence(row) | {"group_id": groups[row.group], "milestone_id": milestones[row.milestone]}
            ),
        ),
        Tariff: list(_tariffs(programme, snapshot, milestones)),
        PriceLine: list(_price_lines(snapshot, milestones)),
    }


def _listed(
    model: type[models.Model], ids: tuple[UUID, ...], given: tuple[Any, ...], write: Callable[[Any], columns.Columns]
) -> list[Any]:
    """Write the rows of one list in its order."""
    pairs = enumerate(zip(ids, given, strict=True))
    return [model(id=identity, place=place, **write(row)) for place, (identity, row) in pairs]


def _tariffs(programme: Programme, snapshot: Snapshot, milestones: dict[str | None, UUID]) -> Iterator[Tariff]:
    saved = dict(programme.tariffs.values_list("pk", "revision"))
    # A tariff that comes back gets a number that no page of it ever showed: each save wrote at least one entry.
    beyond = AuditEntry.objects.filter(target_id=str(programme.pk)).count()
    since = {tariff.id: datetime.fromisoformat(tariff.made_at) for tariff in snapshot.identities.tariffs}
    for identity, given in snapshot.tariffs.items():
        yield Tariff(
            id=identity,
            programme=programme,
            main_of=programme if identity == snapshot.proposed else None,
            made_at=since[identity],
            revision=saved.get(identity, beyond) + 1,
            target_milestone_id=milestones.get(given.target.milestone),
            **columns.of_tariff(given),
        )


def _price_lines(snapshot: Snapshot, milestones: dict[str | None, UUID]) -> Iterator[PriceLine]:
    for tariff, given in zip(snapshot.identities.tariffs, snapshot.tariffs.values(), strict=True):
        for place, (ids, line) in enumerate(zip(tariff.lines, given.prices, strict=True)):
            imported = ids.price_at_import
            yield PriceLine(
                id=ids.id,
                tariff_id=tariff.id,
                place=place,
                milestone_id=milestones[line.milestone],
                price_at_import=None if imported is None else Decimal(imported),
                **columns.of_price_line(line),
            )


def _make_room(programme: Programme, rows: Rows) -> None:
    """Take what is there out of the way of what comes, where no two rows may be alike even for a moment."""
    for model in (Group, Milestone, Archetype):
        found = model.objects.filter(programme=programme)
        beyond = max(found.aggregate(last=Max("place"))["last"] or 0, len(rows[model])) + 1
        found.update(place=F("place") + beyond, key=Cast("id", CharField()))
    programme.milestones.update(is_final=False)
    programme.tariffs.update(main_of=None)
    lines = PriceLine.objects.filter(tariff__programme=programme)
    lines.exclude(pk__in=_ids(rows[PriceLine])).delete()
    lines.update(price_band=Cast("id", CharField()))
    steps = {row.pk: (row.group_id, row.milestone_id) for row in rows[Evidence]}
    found_steps = Evidence.objects.filter(group__programme=programme).values_list("pk", "group", "milestone")
    moved = [pk for pk, group, milestone in found_steps if steps.get(pk) != (group, milestone)]
    Evidence.objects.filter(pk__in=moved).delete()


def _put(model: type[models.Model], rows: list[Any]) -> None:
    """Change the rows that are there, and make those that are not."""
    names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=names)


def _ids(rows: list[Any]) -> list[UUID]:
    return [row.pk for row in rows]
