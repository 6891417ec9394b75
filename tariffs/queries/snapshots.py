"""Reads whole drafts, and versions of them, with the permanent ids of all their parts."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Model

from commissioning.models import Evidence, Programme
from tariffs.core import programmes as core
from tariffs.core.snapshots import Identities, LineIds, Snapshot, TariffIds
from tariffs.models import Tariff, Version
from tariffs.sources import snapshots
from tariffs.sources.snapshots import Texts

from .programmes import LINES


def of_draft(programme: Programme) -> Snapshot:
    """Read the draft as it is now, in seven queries."""
    groups, milestones = list(programme.groups.all()), list(programme.milestones.select_related("after"))
    evidence = list(Evidence.objects.filter(group__programme=programme).select_related("group", "milestone"))
    archetypes = list(programme.archetypes.all())
    tariffs = list(programme.tariffs.select_related("target_milestone").prefetch_related(LINES))
    proposed, *others = (
        tariff.to_core(tuple(line.to_core() for line in tariff.price_lines.all())) for tariff in tariffs
    )
    whole = core.Programme(
        name=programme.name,
        commissioner=programme.commissioner,
        summary=programme.summary,
        start=programme.start,
        referral_months=programme.referral_months,
        contract_months=programme.contract_months,
        budget=float(programme.budget),
        groups=tuple(group.to_core() for group in groups),
        milestones=tuple(milestone.to_core() for milestone in milestones),
        evidence=tuple(row.to_core() for row in evidence),
        tariff=proposed,
        providers=tuple(archetype.to_core() for archetype in archetypes),
        uncertainty=programme.uncertainty.to_core(),
        market=programme.market,
    )
    identities = Identities(
        _ids(groups), _ids(milestones), _ids(evidence), _ids(archetypes), tuple(map(_tariff_ids, tariffs))
    )
    return Snapshot(whole, tuple(others), identities)


def _ids(rows: Iterable[Model]) -> tuple[UUID, ...]:
    return tuple(row.pk for row in rows)


def _tariff_ids(tariff: Tariff) -> TariffIds:
    lines = (
        LineIds(line.pk, None if line.price_at_import is None else str(line.price_at_import))
        for line in tariff.price_lines.all()
    )
    return TariffIds(tariff.pk, tariff.made_at.isoformat(), tuple(lines))


def texts_of(version: Version) -> Texts:
    """Give the texts of a version."""
    return Texts(version.document_json, version.scenarios_json, version.ids_json)


def of_version(version: Version) -> Snapshot:
    """Read the draft as a version has it, without a query."""
    return snapshots.read(texts_of(version))
