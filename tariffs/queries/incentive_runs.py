"""Reads incentive runs: whose they are, what they stand on, and whether the draft has moved on since."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import JSONField, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from commissioning.models import Programme, Run, User
from commissioning.queries import runs
from tariffs.core import programmes as core
from tariffs.sources import programme_documents

from . import programmes, run_kinds

KIND = run_kinds.INCENTIVES
REPEAT = run_kinds.INCENTIVES_REPEATED


def visible_to(user: User | AnonymousUser) -> QuerySet[Run]:
    """Give the incentive runs that the person may read."""
    return runs.visible_to(user).filter(kind=KIND)


def of_programme(programme: Programme) -> QuerySet[Run]:
    """Give a programme's incentive runs for a list, newest first."""
    tariff = KeyTransform("tariff", Cast("inputs_json", JSONField()))
    found = runs.without_results(programme.runs.filter(kind=KIND)).select_related("created_by")
    return found.annotate(tariff_name=KeyTextTransform("version", tariff))


def comparable_with(run: Run) -> QuerySet[Run]:
    """Give the other finished runs of the same programme."""
    finished = of_programme(run.programme).filter(state=Run.State.SUCCEEDED)
    return finished.exclude(pk=run.pk)


def repeats_of(run: Run) -> QuerySet[Run]:
    """Give the times that a run was asked for again, newest first."""
    same = Run.objects.filter(programme=run.programme, kind=REPEAT, inputs_sha256=run.inputs_sha256)
    return same.filter(seed=run.seed, draws=run.draws, engine=run.engine)


def is_stale(run: Run) -> bool:
    """Tell whether the programme has changed since the run was asked for, with whichever of its tariffs."""
    now = {programmes.fingerprint(whole) for whole in programmes.with_each_tariff(run.programme)}
    return run.inputs_sha256 not in now


def newest_by_inputs(programme: Programme, fingerprints: Iterable[str]) -> dict[str, Run]:
    """Give the newest finished run of each of these inputs, in one query."""
    found = of_programme(programme).filter(state=Run.State.SUCCEEDED, inputs_sha256__in=list(fingerprints))
    return {run.inputs_sha256: run for run in found.order_by("created_at")}


def chosen(programme: Programme, ids: Iterable[UUID]) -> list[Run]:
    """Give runs of the programme in the order asked for; those that there are not are left out."""
    found = {run.pk: run for run in programme.runs.filter(kind=KIND, pk__in=list(ids)).select_related("created_by")}
    return [found[each] for each in dict.fromkeys(ids) if each in found]


@dataclass(frozen=True)
class Record:
    """A finished run as its pages read it, parsed once."""

    run: Run
    inputs: dict[str, Any]
    result: dict[str, Any]

    @property
    def group_names(self) -> dict[str, str]:
        return {group["id"]: group["name"] or group["id"] for group in self.inputs["groups"]}

    @property
    def tariff_name(self) -> str:
        return self.inputs["tariff"]["version"] or "Draft tariff"

    @property
    def programme(self) -> core.Programme:
        """Read the programme that the run met."""
        return programme_documents.read(self.inputs)

    @property
    def provider_ids(self) -> list[str]:
        return [row["provider"] for row in self.result["providers"]]


def record(run: Run) -> Record:
    """Read a finished run's texts."""
    return Record(run, run.inputs, run.result or {})
