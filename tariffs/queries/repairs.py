"""Reads searches for what would cure a tariff: which there are, what they found, whether the draft has moved on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, JSONField, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from commissioning.core.canonical import canonical_json, sha256
from commissioning.core.units import Share
from commissioning.models import Run, User
from commissioning.queries import runs
from tariffs.core import programmes as core
from tariffs.core import repairs
from tariffs.core.repairs import Change, Kind
from tariffs.models import Tariff
from tariffs.sources import programme_documents, programme_files

from . import incentive_runs, programmes, run_kinds

KIND = run_kinds.REPAIRS
#: Names the form of what a search is asked.
FORMAT = "pbr-repairs-asked/1"


def visible_to(user: User | AnonymousUser) -> QuerySet[Run]:
    """Give the searches that the person may read."""
    return _searches(runs.visible_to(user))


def editable_by(user: User | AnonymousUser) -> QuerySet[Run]:
    """Give the searches in programmes that the person may change."""
    return _searches(runs.cancellable_by(user))


def _searches(found: QuerySet[Run]) -> QuerySet[Run]:
    return found.filter(kind=KIND).select_related("programme__organisation", "programme__uncertainty")


def newest(tariff: Tariff, *, finished: bool = False) -> Run | None:
    """Give the search of the tariff asked for last that is going on or finished, or only the last finished one.

    What another version of the engine found is not read: its result may have another shape.
    """
    states = [Run.State.SUCCEEDED] if finished else [Run.State.QUEUED, Run.State.RUNNING, Run.State.SUCCEEDED]
    about = KeyTextTransform("tariff_id", Cast("inputs_json", JSONField()))
    found = Run.objects.filter(programme=tariff.programme_id, kind=KIND, engine=repairs.ENGINE, state__in=states)
    asked = found.annotate(about=about).filter(about=str(tariff.pk))
    return asked.order_by(F("created_at").desc()).first()


def asked(whole: core.Programme, tariff: Tariff, provider: str, limit: Share) -> dict[str, Any]:
    """Write what a search is asked: the whole programme with the tariff, whom it may park, whose money is looked at."""
    return {
        "format": FORMAT,
        "tariff_id": str(tariff.pk),
        "provider": provider,
        "limit": limit,
        "programme": programme_files.to_document(whole),
    }


def question(inputs: Mapping[str, Any]) -> repairs.Question:
    """Read what a search was asked."""
    programme = programme_documents.read(inputs["programme"])
    number = [provider.id for provider in programme.providers].index(inputs["provider"])
    return repairs.Question(programme, number, inputs["limit"])


def is_stale(run: Run, whole: core.Programme) -> bool:
    """Tell whether a programme with its tariff is no longer what a search of it was asked about."""
    then, now = run.inputs["programme"], programme_files.to_document(whole)
    return sha256(canonical_json(now)) != sha256(canonical_json(then))


def as_saved(tariff: Tariff) -> core.Programme:
    """Read a tariff with its programme anew, whatever was read of it before."""
    fresh = Tariff.objects.select_related("target_milestone", "programme__uncertainty").get(pk=tariff.pk)
    return programmes.to_core(fresh.programme, fresh)


@dataclass(frozen=True)
class Search:
    """A finished search as its pages read it: what it was asked, and what it found."""

    run: Run
    question: repairs.Question
    result: dict[str, Any]

    @property
    def suggestions(self) -> list[dict[str, Any]]:
        """Give what would change something, as it was tested."""
        found: list[dict[str, Any]] = [row for row in self.result["suggestions"] if row["figures"]]
        return found

    def change(self, key: str) -> Change | None:
        """Give the change that a suggestion makes; nothing where there is no such suggestion."""
        rows = (row for row in self.suggestions if row["key"] == key)
        return next((repairs.change_of(row["change"]) for row in rows), None)

    def kind(self, key: str) -> Kind:
        """Tell of which kind a suggestion is."""
        return next(Kind(row["kind"]) for row in self.suggestions if row["key"] == key)


def search(run: Run) -> Search:
    """Read a finished search's texts."""
    return Search(run, question(run.inputs), run.result or {})


def last_test(tariff: Tariff) -> Run | None:
    """Give the newest finished simulation of a tariff as it stands, whose luck others are tested on."""
    name = programmes.fingerprint(programmes.to_core(tariff.programme, tariff))
    return incentive_runs.newest_by_inputs(tariff.programme, [name]).get(name)
