"""A small run for a page or a comparison: as many draws as may be waited for, always with the same luck."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from .incentives import Outcome, Simulation, joined
from .programmes import Programme

#: Draws of the small run, and the seed of its luck, which is the same for whatever is compared.
DRAWS, SEED = 1024, 1
#: Cells (months x steps x groups x draws) that a page may wait for; a larger programme is drawn less often.
MOST_CELLS = 60_000_000
FEWEST_DRAWS = 64


def draws_of(simulation: Simulation) -> int:
    """Give how many draws of a programme may be waited for."""
    programme = simulation.programme
    cells = programme.contract_months * len(simulation.setting.steps) * len(programme.groups)
    return int(np.clip(MOST_CELLS // cells // FEWEST_DRAWS * FEWEST_DRAWS, FEWEST_DRAWS, DRAWS))


def outcome(simulation: Simulation, volume: float = 1.0) -> tuple[Outcome, ...]:
    """Draw the small run of each provider, with `volume` times as many referrals as the luck has."""
    draws = draws_of(simulation)
    blocks = []
    for index in range(simulation.block_count(draws)):
        shocks = simulation.shocks(draws, SEED, index)
        blocks.append(simulation.block(draws, SEED, index, replace(shocks, volume=shocks.volume * volume)))
    return joined(blocks)


@lru_cache(maxsize=64)
def of_only_provider(programme: Programme) -> tuple[Simulation, Outcome]:
    """Draw the contract of a whole programme's only provider; the last ones are remembered."""
    simulation = Simulation(programme)
    (found,) = outcome(simulation)
    return simulation, found
