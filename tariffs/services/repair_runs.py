"""Searches for what would cure a tariff: what workers compute of them, and asking for one."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from commissioning.core.canonical import canonical_json
from commissioning.core.units import Share
from commissioning.models import Run, User
from commissioning.models.runs import MOST_DRAWS
from commissioning.services import runs, works
from tariffs import queries
from tariffs.core import repairs
from tariffs.core.parameters import PARAMETERS
from tariffs.models import Tariff
from tariffs.queries.repairs import KIND

from .incentive_runs import IncompleteError

#: The luck of a search where the tariff was never simulated, as simulations start from it too.
USUAL_SEED = 1


class RepairWork:
    """The search as workers take it: each block is one part, tested on as many draws as every other.

    The part that takes longest comes first, so that it is done when the others are.
    """

    engine = repairs.ENGINE

    def blocks(self, inputs: works.Inputs, draws: int) -> Sequence[int]:
        """Give each part its draws; what is left over falls to the last."""
        count = len(repairs.parts(queries.repairs.question(inputs).programme))
        each = draws // count
        return [*[each] * (count - 1), draws - each * (count - 1)]

    def block(self, inputs: works.Inputs, seed: int, draws: int, index: int) -> bytes:
        """Work out one part."""
        question = queries.repairs.question(inputs)
        parts = repairs.parts(question.programme)
        rows = repairs.worked_out(question, parts[_turns(parts)[index]], draws // len(parts), seed)
        return canonical_json(rows).encode()

    def estimate(self, inputs: works.Inputs, payloads: Iterable[bytes]) -> dict[str, Any]:
        """Count the suggestions so far."""
        rows = [row for payload in payloads for row in json.loads(payload)]
        found = [row["key"] for row in rows if repairs.change_of(row["change"])]
        return {"found": len(found)}

    def merge(self, inputs: works.Inputs, seed: int, draws: int, payloads: Iterable[bytes]) -> dict[str, Any]:
        """Set every suggestion against the tariff as it is."""
        question = queries.repairs.question(inputs)
        turns = _turns(repairs.parts(question.programme))
        found = dict(zip(turns, map(json.loads, payloads), strict=True))
        return repairs.put_together(question, [found[place] for place in sorted(found)], draws // len(found), seed)


def _turns(parts: Sequence[repairs.Part]) -> list[int]:
    """Give the places of the parts in the order in which workers take them."""
    return sorted(range(len(parts)), key=lambda place: parts[place].kind is not repairs.Kind.TOGETHER)


@transaction.atomic
def queue(*, tariff: Tariff, provider: str, limit: Share, by: User) -> Run:
    """Ask what would cure a tariff as it stands now, for one kind of provider, on the luck of its last simulation.

    Raises IncompleteError where the draft lacks what a simulation needs.
    """
    whole = queries.programmes.to_core(tariff.programme, tariff)
    if queries.programmes.gaps_of(whole):
        raise IncompleteError
    last = queries.repairs.last_test(tariff)
    count = len(repairs.parts(whole))
    return runs.queue(
        kind=KIND,
        programme=tariff.programme,
        inputs=queries.repairs.asked(whole, tariff, provider, limit),
        seed=last.seed if last else USUAL_SEED,
        draws=count * min(PARAMETERS.repair_draws, MOST_DRAWS // count),
        by=by,
    )
