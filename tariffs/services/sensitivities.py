"""Analyses of which input matters most: what workers compute of them, and asking for one."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from commissioning.core.canonical import canonical_json
from commissioning.models import Run, User
from commissioning.services import runs, works
from tariffs import queries
from tariffs.core import sensitivity
from tariffs.core.programmes import Programme
from tariffs.models import Tariff
from tariffs.queries.run_kinds import SENSITIVITY
from tariffs.sources import programme_files

from .incentive_runs import IncompleteError

#: All analyses meet the same luck, so that two tariffs can be set beside each other.
SEED = 1


class SensitivityWork:
    """An analysis as workers take it: one input, or one margin of safety, after another."""

    engine = sensitivity.ENGINE

    def blocks(self, inputs: works.Inputs, draws: int) -> Sequence[int]:
        """Return a block of one for each piece."""
        return [1] * len(sensitivity.pieces(_programme(canonical_json(inputs))))

    def block(self, inputs: works.Inputs, seed: int, draws: int, index: int) -> bytes:
        """Work one piece out."""
        programme = _programme(canonical_json(inputs))
        return sensitivity.work(programme, sensitivity.pieces(programme)[index])

    def estimate(self, inputs: works.Inputs, payloads: Iterable[bytes]) -> dict[str, Any]:
        """Say nothing yet: which input matters most is known when all have been tried."""
        return {}

    def merge(self, inputs: works.Inputs, seed: int, draws: int, payloads: Iterable[bytes]) -> dict[str, Any]:
        """Put the pieces together."""
        return sensitivity.merge(payloads)


@lru_cache(maxsize=4)
def _programme(text: str) -> Programme:
    """Read a programme once for all pieces of an analysis."""
    return programme_files.loads(text)


def queue(*, tariff: Tariff, by: User) -> Run:
    """Ask which inputs matter most under this tariff, as the programme stands now.

    Raises IncompleteError where the draft lacks what an analysis needs.
    """
    whole = queries.programmes.to_core(tariff.programme, tariff)
    if queries.programmes.gaps_of(whole):
        raise IncompleteError
    return runs.queue(
        kind=SENSITIVITY,
        programme=tariff.programme,
        inputs=programme_files.to_document(whole),
        seed=SEED,
        draws=len(sensitivity.pieces(whole)),
        by=by,
    )
