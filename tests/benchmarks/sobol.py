"""Sobol shocks against plain ones: how much they cut the variance of a run's figures."""

import numpy as np

from tariffs.core.incentives import Simulation, joined
from tariffs.core.incentives.shocks import Shocks
from tariffs.core.parameters import PARAMETERS

from .engine import RICH
from .measures import say

DRAWS, REPEATS = 1024, 60


def cut_of_variance() -> None:
    """Repeat a run with both kinds of shocks and compare the variance of its figures between repeats."""
    simulation = Simulation(RICH)
    figures = {
        kind: np.array([_figures(simulation, seed, plain=kind == "plain") for seed in range(REPEATS)])
        for kind in ("plain", "sobol")
    }
    cut = figures["plain"].var(0) / figures["sobol"].var(0)
    for name, times in zip(("mean margin", "chance of a loss", "5% margin"), cut, strict=True):
        say(f"variance of the {name}: plain against Sobol shocks", draws=DRAWS, repeats=REPEATS, ratio=round(times, 1))


def _figures(simulation: Simulation, seed: int, *, plain: bool) -> tuple[float, float, float]:
    blocks = []
    for index in range(simulation.block_count(DRAWS)):
        asked = simulation.shocks(DRAWS, seed, index)
        blocks.append(simulation.block(DRAWS, seed, index, plain_shocks(asked, [seed, index]) if plain else asked))
    margin = joined(blocks)[0].margin
    return float(margin.mean()), float((margin < 0).mean()), float(np.quantile(margin, 0.05))


def plain_shocks(like: Shocks, seed: list[int]) -> Shocks:
    """Draw independent shocks of the worked example's law, month after month."""
    rng, unsure, memory = np.random.default_rng(seed), RICH.uncertainty, PARAMETERS.month_to_month
    months, draws = like.outcome.shape
    spell = np.empty((months, draws))
    spell[0] = rng.standard_normal(draws)
    for month in range(1, months):
        spell[month] = memory * spell[month - 1] + np.sqrt(1.0 - memory**2) * rng.standard_normal(draws)
    outcome = unsure.outcome_shock * rng.standard_normal(draws) + unsure.outcome_shock_monthly * spell
    spread = unsure.volume_spread
    volume = np.exp(spread * rng.standard_normal(draws) - 0.5 * spread**2)
    return Shocks(outcome.astype(np.float32), volume)
