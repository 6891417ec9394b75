"""Reads the bench: a provider's own figures for a consulted draft, and what they come to. Only its members may."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from commissioning.core.pathways import Group
from commissioning.models import Organisation
from commissioning.permissions import Ability
from tariffs.core import benches as core
from tariffs.core.benches.bands import Bands, Read
from tariffs.core.consultation_targets import Target
from tariffs.core.programmes import Programme
from tariffs.core.snapshots import Snapshot
from tariffs.models import BenchSheet, Consultation, SharedBands

from . import consultations, programmes, snapshots
from .consultations import Reader


@dataclass(frozen=True)
class Place:
    """Whose bench it is, and for which consultation."""

    consultation: Consultation
    organisation: Organisation
    may_write: bool


def place(user: Reader, consultation_id: Any, organisation_id: Any) -> Place | None:
    """Give a bench that the person may use: one of a provider of theirs, in a consultation that it may read."""
    consultation = consultations.readable_by(user).filter(pk=consultation_id).first()
    if consultation is None:
        return None
    mine = consultations.houses(consultation, user).filter(pk=organisation_id).first()
    if mine is None:
        return None
    writes = consultations.providers_of(user, Ability.COMMENT).filter(pk=organisation_id).exists()
    return Place(consultation, mine, writes)


def sheet(consultation: Consultation, organisation: Organisation) -> BenchSheet:
    """Give a provider's own figures; where there are none yet, an empty sheet."""
    found = BenchSheet.objects.filter(consultation=consultation, organisation=organisation).first()
    return found or BenchSheet(consultation=consultation, organisation=organisation)


def draft(consultation: Consultation) -> Programme:
    """Give the frozen draft that a bench tries."""
    return replace(snapshots.of_version(consultation.version).programme, market=None)


def groups(consultation: Consultation) -> tuple[Group, ...]:
    """Give the groups of the frozen draft, for which a provider types its own figures."""
    return draft(consultation).groups


def is_whole(consultation: Consultation) -> bool:
    """Tell whether the frozen draft has all that a simulation of one provider needs."""
    return not programmes.gaps_of(core.own_programme(draft(consultation), core.Bench()))


def outlook(found: BenchSheet) -> core.Outlook:
    """Work out what a provider's own figures come to; the last ones are remembered."""
    return _outlook(draft(found.consultation), found.to_core())


@lru_cache(maxsize=64)
def _outlook(programme: Programme, bench: core.Bench) -> core.Outlook:
    return core.outlook(programme, bench)


def trial(consultation: Consultation, organisation: Organisation, target: Target, proposed: str) -> core.Trial | None:
    """Try a proposed value, on the provider's own figures where it has any; nothing where it cannot be tried."""
    own = BenchSheet.objects.filter(consultation=consultation, organisation=organisation).first()
    whole: Snapshot = snapshots.of_version(consultation.version)
    whole = replace(whole, programme=replace(whole.programme, market=None))
    return core.trial(whole, target, Decimal(proposed), own.to_core() if own else None)


def shared(consultation: Consultation, organisation: Organisation) -> SharedBands | None:
    """Give the bands that a provider has shared."""
    return SharedBands.objects.filter(consultation=consultation, organisation=organisation).first()


def read(consultation: Consultation) -> Read | None:
    """Give what providers shared, without names, once the consultation is closed and enough of them did."""
    if consultations.now() < consultation.closes_at:
        return None
    rows: Any = SharedBands.objects.filter(consultation=consultation).values_list("loss", "margin", "reserves")
    return core.read([Bands(*row) for row in rows])
