"""Searches for what a prime would have to keep or grant: computing one, asking for one, applying what it found."""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import transaction

from commissioning.core.canonical import canonical_json
from commissioning.models import Programme, Run, User
from commissioning.services import runs, works
from tariffs import queries
from tariffs.core import programmes as core
from tariffs.core import subcontract_terms
from tariffs.core.supply_chains import Passing
from tariffs.queries.run_kinds import SUBCONTRACTS
from tariffs.queries.subcontract_terms import asked, inputs_of

from . import copies, market_sections
from .incentive_runs import IncompleteError
from .supply_chains import ACTION

SEED = 1


class SubcontractWork:
    """A search as workers take it: one lever after another."""

    engine = subcontract_terms.ENGINE

    def blocks(self, inputs: works.Inputs, draws: int) -> Sequence[int]:
        """Return a block of one for each piece."""
        return [1] * len(subcontract_terms.pieces())

    def block(self, inputs: works.Inputs, seed: int, draws: int, index: int) -> bytes:
        """Search along one lever."""
        return subcontract_terms.work(*_asked(canonical_json(inputs)), index)

    def estimate(self, inputs: works.Inputs, payloads: Iterable[bytes]) -> dict[str, Any]:
        """Say nothing yet: a search is over in seconds."""
        return {}

    def merge(self, inputs: works.Inputs, seed: int, draws: int, payloads: Iterable[bytes]) -> dict[str, Any]:
        """Put the pieces together."""
        return subcontract_terms.merge(payloads)


@lru_cache(maxsize=4)
def _asked(text: str) -> tuple[core.Programme, core.Provider]:
    """Read what is asked once for all pieces."""
    return asked(json.loads(text))


def queue(*, programme: Programme, provider: str, by: User) -> Run:
    """Ask what would make this kind of subcontractor stand its contract.

    Raises IncompleteError where the draft lacks what a simulation needs.
    """
    whole = queries.programmes.to_core(programme)
    if queries.programmes.gaps_of(whole):
        raise IncompleteError
    inputs, draws = inputs_of(whole, provider), len(subcontract_terms.pieces())
    return runs.queue(kind=SUBCONTRACTS, programme=programme, inputs=inputs, seed=SEED, draws=draws, by=by)


@transaction.atomic
def apply(*, programme: Programme, passing: Passing, by: User) -> Programme:
    """Copy the draft with these terms for subcontracts in place of its own."""
    name = f"{programme.name}, with other subcontracts"[:300]
    copy = copies.copy(source=programme, organisation=programme.organisation, name=name, by=by)

    def put(section: dict[str, Any]) -> dict[str, Any]:
        return section | {"supply_chain": passing.as_section()}

    return market_sections.rewrite(programme=copy, put=put, action=ACTION, name="supply chain", by=by)
