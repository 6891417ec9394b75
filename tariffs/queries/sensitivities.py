"""Reads analyses of which input matters most, and where each input is written."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse

from commissioning.models import Evidence, Programme, Run, User
from commissioning.queries import runs
from tariffs.core import programmes as core
from tariffs.core import sensitivity
from tariffs.core.sensitivity import Swing, Tornado
from tariffs.models import Tariff
from tariffs.sources import programme_documents

from . import programmes
from .run_kinds import SENSITIVITY as KIND


def visible_to(user: User | AnonymousUser) -> QuerySet[Run]:
    """Give the analyses that the person may read."""
    return runs.visible_to(user).filter(kind=KIND).select_related("programme")


def of_tariff(tariff: Tariff, whole: core.Programme) -> tuple[Run | None, Run | None]:
    """Give the newest analysis of the tariff as it stands, and where there is none, the newest of the programme.

    `whole` is the programme as it stands with the tariff.
    """
    now = programmes.fingerprint(whole)
    found = Run.objects.filter(programme_id=tariff.programme_id, kind=KIND, engine=sensitivity.ENGINE)
    ended_badly = [Run.State.FAILED, Run.State.CANCELLED]
    current = found.filter(inputs_sha256=now).exclude(state__in=ended_badly).first()
    older = None if current else found.filter(state=Run.State.SUCCEEDED).first()
    return current, older


def is_stale(run: Run) -> bool:
    """Tell whether no tariff of the programme stands as it did when the analysis was asked for."""
    now = {programmes.fingerprint(whole) for whole in programmes.with_each_tariff(run.programme)}
    return run.inputs_sha256 not in now


@dataclass(frozen=True)
class Analysis:
    """A finished analysis as its page reads it."""

    programme: core.Programme
    tornado: Tornado


def read(run: Run) -> Analysis:
    """Read a finished analysis."""
    return Analysis(programme_documents.read(run.inputs), sensitivity.read(run.result or {}))


def places(programme: Programme) -> Mapping[tuple[str, str], str]:
    """Give the address at which each input of the draft is written, in three queries."""
    rows = Evidence.objects.filter(group__programme=programme).values_list("pk", "group__key", "milestone__key")
    evidence = {(group, milestone): reverse("evidence-edit", args=[key]) for key, group, milestone in rows}
    groups = {(key, ""): reverse("group-edit", args=[pk]) for pk, key in programme.groups.values_list("pk", "key")}
    kinds = programme.archetypes.values_list("pk", "key")
    return {**groups, **{("", key): reverse("archetype-edit", args=[pk]) for pk, key in kinds}, **evidence}


def place_of(swing: Swing, known: Mapping[tuple[str, str], str]) -> str:
    """Give the address at which an input is written, nothing where it is no longer there."""
    return known.get((swing.group, swing.milestone) if swing.group else ("", swing.provider), "")
