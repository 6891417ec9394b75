"""Rehearsals of bad times: what workers compute of them, and asking for one."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from commissioning.core.canonical import canonical_json
from commissioning.models import Run, User
from commissioning.services import runs, works
from tariffs import queries
from tariffs.core import rehearsals
from tariffs.core.rehearsals import Clause, Shock, Stage
from tariffs.models import Tariff
from tariffs.queries.rehearsals import asked
from tariffs.queries.run_kinds import REHEARSAL
from tariffs.sources import programme_files

from .incentive_runs import IncompleteError


class RehearsalWork:
    """A rehearsal as workers take it: one block of draws after another, every variant on the same luck."""

    engine = rehearsals.ENGINE

    def blocks(self, inputs: works.Inputs, draws: int) -> Sequence[int]:
        """Return how many draws each block holds."""
        size = _stage(canonical_json(inputs)).simulation.block_draws
        return [min(size, draws - first) for first in range(0, draws, size)]

    def block(self, inputs: works.Inputs, seed: int, draws: int, index: int) -> bytes:
        """Play one block."""
        return rehearsals.pack(_stage(canonical_json(inputs)).block(draws, seed, index))

    def estimate(self, inputs: works.Inputs, payloads: Iterable[bytes]) -> dict[str, Any]:
        """Say nothing yet: a rehearsal is over in seconds."""
        return {}

    def merge(self, inputs: works.Inputs, seed: int, draws: int, payloads: Iterable[bytes]) -> dict[str, Any]:
        """Report all blocks."""
        found = rehearsals.merge(_stage(canonical_json(inputs)), [rehearsals.unpack(payload) for payload in payloads])
        return {**found, "seed": seed, "draws": draws}


@lru_cache(maxsize=4)
def _stage(text: str) -> Stage:
    """Make a rehearsal ready once for all its blocks."""
    return Stage(*asked(json.loads(text)))


def queue(*, tariff: Tariff, shock: Shock, clause: Clause | None, draws: int, seed: int, by: User) -> Run:
    """Ask what happens to the tariff, as the programme stands now, when things go badly.

    The shock and the clause are kept with the run: a programme has none of its own. Raises IncompleteError where the
    draft lacks what a rehearsal needs.
    """
    whole = queries.programmes.to_core(tariff.programme, tariff)
    if queries.programmes.gaps_of(whole):
        raise IncompleteError
    inputs = {
        "programme": programme_files.to_document(whole),
        "shock": asdict(shock),
        "clause": asdict(clause) if clause else None,
    }
    return runs.queue(kind=REHEARSAL, programme=tariff.programme, inputs=inputs, seed=seed, draws=draws, by=by)
