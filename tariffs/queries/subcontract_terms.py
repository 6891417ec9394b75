"""Reads what a prime would have to keep or grant for a subcontractor to stand its contract."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commissioning.core.canonical import canonical_json, sha256
from commissioning.models import Programme, Run, User
from commissioning.queries import runs
from tariffs.core import programmes as core
from tariffs.core import subcontract_terms, supply_chains
from tariffs.core.subcontract_terms import Terms
from tariffs.core.supply_chains import Outlook, Passing
from tariffs.sources import programme_documents, programme_files

from . import programmes
from .run_kinds import SUBCONTRACTS as KIND


def visible_to(user: User | AnonymousUser) -> QuerySet[Run]:
    """Give the searches that the person may read."""
    return runs.visible_to(user).filter(kind=KIND).select_related("programme")


def inputs_of(whole: core.Programme, provider: str) -> dict[str, Any]:
    """Write what a search is asked for."""
    return {"programme": programme_files.to_document(whole), "provider": provider}


def newest(programme: Programme, whole: core.Programme, provider: str) -> Run | None:
    """Give the search for this kind of subcontractor under the draft as it stands, which is `whole`."""
    inputs = inputs_of(whole, provider)
    found = Run.objects.filter(programme=programme, kind=KIND, engine=subcontract_terms.ENGINE)
    ended_badly = [Run.State.FAILED, Run.State.CANCELLED]
    return found.filter(inputs_sha256=sha256(canonical_json(inputs))).exclude(state__in=ended_badly).first()


def is_stale(run: Run) -> bool:
    """Tell whether the draft has changed since the search was asked for."""
    now = inputs_of(programmes.to_core(run.programme), run.inputs["provider"])
    return sha256(canonical_json(now)) != run.inputs_sha256


def asked(inputs: Mapping[str, Any]) -> tuple[core.Programme, core.Provider]:
    """Read what a search was asked for."""
    whole = programme_documents.read(inputs["programme"])
    return whole, next(provider for provider in whole.providers if provider.id == inputs["provider"])


@dataclass(frozen=True)
class Search:
    """A finished search as its page reads it: the terms found, and how the subcontractor does under those there are."""

    provider: core.Provider
    passing: Passing
    now: Outlook
    tests: subcontract_terms.Held
    terms: tuple[Terms, ...]
    subcontracts: int


def read(run: Run) -> Search:
    """Read a finished search."""
    whole, provider = asked(run.inputs)
    passing = Passing.of(whole.market)
    tests, now = subcontract_terms.judge(whole, passing, provider)
    found = subcontract_terms.read(run.result or {})
    sized = supply_chains.sized(whole, passing, provider)
    return Search(sized, passing, now, tests, found, passing.subcontracts)
