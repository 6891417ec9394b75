"""Reads rehearsals of bad times: what was asked, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, JSONField, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from commissioning.core.canonical import canonical_json, sha256
from commissioning.models import Programme, Run, User
from commissioning.queries import runs
from tariffs.core import programmes as core
from tariffs.core.rehearsals import Clause, Relief, Shock, ShockKind, Trigger
from tariffs.sources import programme_documents

from . import programmes
from .run_kinds import REHEARSAL as KIND


def visible_to(user: User | AnonymousUser) -> QuerySet[Run]:
    """Give the rehearsals that the person may read."""
    return runs.visible_to(user).filter(kind=KIND).select_related("programme")


def of_programme(programme: Programme) -> QuerySet[Run]:
    """Give a programme's rehearsals for a list, newest first, each with its tariff's name and its shock."""
    inputs = Cast("inputs_json", JSONField())
    tariff = KeyTransform("tariff", KeyTransform("programme", inputs))
    found = runs.without_results(programme.runs.filter(kind=KIND)).select_related("created_by")
    return found.annotate(
        tariff_name=KeyTextTransform("version", tariff),
        shock_kind=KeyTextTransform("kind", KeyTransform("shock", inputs)),
    ).order_by(F("created_at").desc())


def asked(inputs: Mapping[str, Any]) -> tuple[core.Programme, Shock, Clause | None]:
    """Read what a rehearsal was asked for."""
    shock, clause = inputs["shock"], inputs["clause"]
    return (
        programme_documents.read(inputs["programme"]),
        Shock(**{**shock, "kind": ShockKind(shock["kind"])}),
        clause and Clause(**{**clause, "trigger": Trigger(clause["trigger"]), "relief": Relief(clause["relief"])}),
    )


def is_stale(run: Run) -> bool:
    """Tell whether no tariff of the programme stands as it did when the rehearsal was asked for."""
    now = {programmes.fingerprint(whole) for whole in programmes.with_each_tariff(run.programme)}
    return sha256(canonical_json(run.inputs["programme"])) not in now


@dataclass(frozen=True)
class Rehearsal:
    """A finished rehearsal as its page reads it."""

    programme: core.Programme
    shock: Shock
    clause: Clause | None
    result: Mapping[str, Any]


def read(run: Run) -> Rehearsal:
    """Read a finished rehearsal."""
    return Rehearsal(*asked(run.inputs), run.result or {})
