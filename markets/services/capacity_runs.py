"""Looks at who could carry a contract: what workers compute of them, asking for one, and taking its figures over."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import transaction

from commissioning.core.canonical import canonical_json
from commissioning.core.figures import plain_date
from commissioning.models import Programme, Run, User
from commissioning.services import runs, works
from markets import queries
from markets.core import capacity
from markets.core.capacity import Capacity
from markets.core.diversity.comparisons import market_of
from markets.core.incentive_facts import facts_of
from markets.core.registers import Register
from markets.models import Provider
from markets.queries.capacity_runs import CAPACITY
from markets.sources import register_rows
from tariffs import queries as tariff_queries
from tariffs.services import facts
from tariffs.sources import programme_documents, programme_files

from .market_inputs import IncompleteError, gaps_of, register

DRAWS, SEED = 256, 1
#: Facts of the rules of good design that a look gives.
BIDDERS, BEFORE, AFTER, STEP_IN, INCOME = "bidders", "viable-before", "viable-after", "step-in", "income"


class CapacityWork:
    """A look as workers take it: one block of draws after another."""

    engine = capacity.ENGINE

    def blocks(self, inputs: works.Inputs, draws: int) -> Sequence[int]:
        """Return how many draws each block holds."""
        size = capacity.BLOCK_DRAWS
        return [min(size, draws - first) for first in range(0, draws, size)]

    def block(self, inputs: works.Inputs, seed: int, draws: int, index: int) -> bytes:
        """Draw one block."""
        return capacity.pack(_looked_at(canonical_json(inputs), seed).block(draws, seed, index))

    def estimate(self, inputs: works.Inputs, payloads: Iterable[bytes]) -> dict[str, Any]:
        """Say nothing yet: it takes a few seconds in all."""
        return {}

    def merge(self, inputs: works.Inputs, seed: int, draws: int, payloads: Iterable[bytes]) -> dict[str, Any]:
        """Report all blocks."""
        counts = capacity.joined([capacity.unpack(payload) for payload in payloads])
        held = inputs["incumbents"]["values"] if inputs["incumbents"]["is_enough"] else []
        return _looked_at(canonical_json(inputs), seed).document(counts, inputs["government"], held)


@lru_cache(maxsize=2)
def _looked_at(text: str, seed: int) -> Capacity:
    """Make a market ready to be looked at, once for all blocks; the seed draws what quality is not known."""
    inputs = json.loads(text)
    programme = programme_documents.read(inputs["programme"])
    providers = register_rows.from_rows(inputs["register"]["providers"])
    return Capacity(market_of(programme), facts_of(programme), Register.of(providers, seed))


def queue(*, programme: Programme, is_made_up: bool, cpv: Collection[str], today: date, by: User) -> Run:
    """Ask who could carry the contract as it is drafted now; IncompleteError where the draft lacks what that needs."""
    whole = tariff_queries.programmes.to_core(programme)
    if gaps := gaps_of(programme):
        raise IncompleteError(gaps[0])
    rows = register(programme, SEED, is_made_up)
    inputs = {
        "programme": programme_files.to_document(whole),
        "programme_sha256": tariff_queries.programmes.fingerprint(whole),
        "register": rows,
        "government": {} if is_made_up else _government([row["id"] for row in rows["providers"]]),
        "incumbents": _incumbents(programme, cpv, today),
    }
    return runs.queue(kind=CAPACITY, programme=programme, inputs=inputs, seed=SEED, draws=DRAWS, by=by)


def _government(ids: Sequence[str]) -> dict[str, float]:
    """Give the share of income from government of those that publish it; never more than all."""
    known = Provider.objects.filter(org_id__in=ids, government_income__isnull=False, income__gt=0)
    rows = known.values_list("org_id", "government_income", "income")
    return {org_id: min(1.0, float(part / whole)) for org_id, part, whole in rows if part is not None and whole}


def _incumbents(programme: Programme, cpv: Collection[str], today: date) -> dict[str, Any]:
    found = queries.incumbents.holding(programme.organisation, cpv, today)
    days = {"first": found.first and found.first.isoformat(), "last": found.last and found.last.isoformat()}
    counts = {"awards": found.awards, "without_value": found.without_value, "shared": found.shared}
    return {"cpv": list(found.cpv), **counts, **days, "values": list(found.values), "is_enough": found.is_enough}


@transaction.atomic
def adopt(*, run: Run, by: User) -> None:
    """Note the figures of a finished look as facts, so that the rules of good design count them."""
    look = queries.capacity_runs.found(run)
    kind = "a made-up register" if look.is_made_up else "the local market"
    source = f"Capacity of {kind}, worked out on {plain_date(run.created_at)}, run {run.pk}"
    for (question, part), value in _facts(look).items():
        facts.put(programme=run.programme, question=question, part=part, value=value, source=source, by=by)


def _facts(look: queries.capacity_runs.Found) -> dict[tuple[str, str], float]:
    """Give the facts of a look: bidders, variety, who could step in, and the income of each kind of provider.

    Whoever is able and holds no contract could step in. The income of a kind is that of the providers of its legal
    form which are able; of a form that nobody able has, none is known.
    """
    variety, incomes = look.result["variety"], look.result["able_income"]
    spare = max(0, look.able - look.result["contracts"])
    found = {BIDDERS: float(look.bidders), BEFORE: variety["before"], AFTER: variety["after"], STEP_IN: float(spare)}
    kinds = look.run.programme.archetypes.values_list("key", "legal_form")
    return {(question, ""): value for question, value in found.items()} | {
        (INCOME, key): incomes[form] for key, form in kinds if incomes.get(form) is not None
    }
