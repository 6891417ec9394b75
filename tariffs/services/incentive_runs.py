"""Runs of the incentive simulation: what workers compute of them, and asking for one."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from django.db import transaction

from commissioning.core.canonical import canonical_json
from commissioning.models import Programme, Run, User
from commissioning.services import runs, works
from tariffs import queries
from tariffs.core import incentives
from tariffs.core.incentives import Outcome, Simulation
from tariffs.models import Tariff
from tariffs.queries.incentive_runs import KIND, REPEAT
from tariffs.sources import programme_files


class IncompleteError(ValueError):
    """The draft lacks what a simulation needs."""


class IncentiveWork:
    """The incentive simulation as workers take it: one block of draws after another."""

    engine = incentives.ENGINE

    def blocks(self, inputs: works.Inputs, draws: int) -> Sequence[int]:
        """Return how many draws each block holds."""
        simulation = _simulation(canonical_json(inputs))
        size = simulation.block_draws
        return [min(size, draws - size * index) for index in range(simulation.block_count(draws))]

    def block(self, inputs: works.Inputs, seed: int, draws: int, index: int) -> bytes:
        """Draw one block."""
        return incentives.pack(_simulation(canonical_json(inputs)).block(draws, seed, index))

    def estimate(self, inputs: works.Inputs, payloads: Iterable[bytes]) -> dict[str, Any]:
        """Chance of a loss and mean margin of each provider so far."""
        simulation = _simulation(canonical_json(inputs))
        rows = incentives.estimate([incentives.unpack(payload) for payload in payloads])
        providers = simulation.programme.providers
        named = [
            {"provider": provider.name or provider.id, **row} for provider, row in zip(providers, rows, strict=True)
        ]
        return {"providers": named}

    def merge(self, inputs: works.Inputs, seed: int, draws: int, payloads: Iterable[bytes]) -> dict[str, Any]:
        """Report all blocks, with each draw's main figures, so that two runs can be compared draw by draw."""
        simulation = _simulation(canonical_json(inputs))
        blocks = [incentives.unpack(payload) for payload in payloads]
        report = incentives.merge(simulation, seed, draws, blocks)
        for row, outcome in zip(report["providers"], incentives.joined(blocks), strict=True):
            parked = [plan["parked_share"] for plan in report["decisions"] if plan["provider"] == row["provider"]]
            row["by_draw"] = _by_draw(outcome, parked)
        return report


def _by_draw(outcome: Outcome, parked: Sequence[float]) -> dict[str, list[int]]:
    """Each draw's figures to the pound and the person; `parked` is the share parked of each group."""
    figures = {
        "margin": outcome.margin,
        "trough": outcome.trough,
        "payments": outcome.payments,
        "parked": np.array(parked) @ outcome.referred,
        "additional": (outcome.final - outcome.final_without_help).sum(0),
    }
    return {name: np.rint(values).astype(int).tolist() for name, values in figures.items()}


@lru_cache(maxsize=4)
def _simulation(text: str) -> Simulation:
    """Make a programme ready to be drawn, once for the blocks of a run."""
    return Simulation(programme_files.loads(text))


@transaction.atomic
def queue(
    *, programme: Programme, draws: int, seed: int, by: User, tell: bool = False, tariff: Tariff | None = None
) -> Run:
    """Ask for a simulation of the programme as it stands now, with the tariff it proposes or another.

    Raises IncompleteError where the draft lacks what a simulation needs.
    """
    whole = queries.programmes.to_core(programme, tariff)
    if queries.programmes.gaps_of(whole):
        raise IncompleteError
    document = programme_files.to_document(whole)
    run = runs.queue(kind=KIND, programme=programme, inputs=document, seed=seed, draws=draws, by=by)
    if tell:
        runs.tell_when_done(run=run, by=by)
    return run


def repeat(*, run: Run, by: User) -> Run:
    """Ask for the very same computation once more, from the run's own record."""
    return runs.queue(kind=REPEAT, programme=run.programme, inputs=run.inputs, seed=run.seed, draws=run.draws, by=by)
