"""The engine against its plain twin, draw by draw, on generated markets."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from markets.core.chances import Chance
from markets.core.diversity import Simulation
from markets.core.incentive_facts import Facts
from markets.core.markets import Market
from markets.core.registers import Provider, Register
from tests.strategies import markets as strategies
from tests.twins.market_rounds import Future

DRAWS, SEED = 5, 7


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(strategies.markets(), strategies.facts(), strategies.providers())
def test_every_figure_of_every_draw_is_the_twins(
    market: Market, facts: tuple[Facts, ...], providers: list[Provider]
) -> None:
    register = Register.of(providers, SEED)
    figures = Simulation(market, facts, register).block(DRAWS, SEED, 0)

    qualities = {row.id: float(quality) for row, quality in zip(register.providers, register.quality, strict=True)}
    for draw in range(DRAWS):
        future = Future(market, facts, Chance(SEED, 0, DRAWS), draw)
        future.open(providers, qualities)
        for number in range(market.rounds):
            future.round(number)
            for name, expected in future.told[number].items():
                found = figures[name][number, draw]
                assert np.isclose(found, expected, rtol=1e-9, atol=1e-9, equal_nan=True), (name, number, draw)
