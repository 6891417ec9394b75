"""What holds of any run: the same luck for the same provider, whatever the order, the chunks and the design."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from markets.core.diversity import Simulation, joined
from markets.core.diversity.figures import Figures
from markets.core.diversity.simulation import draws_of_a_block
from markets.core.incentive_facts import Facts
from markets.core.markets import Entry, Market
from markets.core.registers import FORMS, Provider, Register
from tests.factories.markets import drawn, facts, lot, market, provider
from tests.strategies import markets as strategies

ANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def digest(figures: Figures) -> str:
    return hashlib.sha256(b"".join(figures[name].tobytes() for name in sorted(figures))).hexdigest()


def some_register(count: int = 40) -> Register:
    rows = [
        provider(f"p{number}", income=1e5 * (number + 1), free_reserves=None if number % 3 else 2e5, quality=None)
        for number in range(count)
    ]
    return Register.of(rows, 1)


def a_market() -> Market:
    return market(lot(count=3), rounds=4, entry=Entry(3.0))


@pytest.mark.promise("R2")
def test_any_chunking_gives_the_same_digest() -> None:
    made = Simulation(a_market(), facts(margin_deviation=1.0), some_register(), block_draws=8)
    blocks = [made.block(30, 5, index) for index in range(made.block_count(30))]

    again = Simulation(a_market(), facts(margin_deviation=1.0), some_register(), block_draws=8)
    backwards = [again.block(30, 5, index) for index in reversed(range(4))][::-1]

    assert len(blocks) == 4
    assert joined(blocks)["able"].shape == (4, 30)
    assert digest(joined(blocks)) == digest(joined([joined(backwards[:3]), joined(backwards[3:])]))


def test_a_longer_run_extends_a_shorter_one() -> None:
    made = Simulation(a_market(), facts(), some_register(), block_draws=8)

    assert digest(made.block(8, 5, 0)) == digest(made.block(800, 5, 0))


def test_another_seed_is_other_luck() -> None:
    made = Simulation(a_market(), facts(), some_register())

    assert digest(made.block(8, 5, 0)) != digest(made.block(8, 6, 0))


@pytest.mark.slow
@ANY
@given(strategies.markets(), strategies.facts(), strategies.providers())
def test_the_order_of_the_register_and_a_second_run_change_nothing(
    market: Market, facts: tuple[Facts, ...], providers: list[Provider]
) -> None:
    first = Simulation(market, facts, Register.of(providers, 1)).block(4, 1, 0)
    second = Simulation(market, facts, Register.of(providers[::-1], 1)).block(4, 1, 0)

    assert digest(first) == digest(second)


@pytest.mark.slow
@ANY
@given(strategies.markets(), strategies.facts(), strategies.providers())
def test_more_appetite_never_makes_fewer_able_in_the_first_round(
    market: Market, facts: tuple[Facts, ...], providers: list[Provider]
) -> None:
    one_lot = replace(market, lots=market.lots[:1], rounds=1)
    careful = Register.of([replace(row, appetite=0.2) for row in providers], 1)
    bold = Register.of([replace(row, appetite=0.6) for row in providers], 1)

    fewer = Simulation(one_lot, facts, careful).block(8, 1, 0)["able"]
    more = Simulation(one_lot, facts, bold).block(8, 1, 0)["able"]

    assert (more >= fewer).all()


@pytest.mark.slow
@ANY
@given(strategies.markets(), strategies.facts(), strategies.providers())
def test_the_funnel_adds_up(market: Market, facts: tuple[Facts, ...], providers: list[Provider]) -> None:
    figures = Simulation(market, facts, Register.of(providers, 1)).block(4, 1, 0)

    excluded = sum(values for name, values in figures.items() if name.startswith("excluded."))
    assert (excluded + figures["able"] == figures["providers"]).all()
    assert (figures["bidding"] <= figures["able"]).all()
    left = figures["providers"] - figures["closures"] - figures["exits"]
    assert (left == figures["providers_left"]).all()
    assert (figures["closures_to_date"][-1] == figures["closures"].sum(0)).all()


def test_adding_a_provider_leaves_the_luck_of_the_others_alone() -> None:
    risky = facts(margin_deviation=5.0)
    never_able = provider("another", groups=())

    alone = drawn(market(), provider(), facts=risky, draws=50)["closures"]
    beside = drawn(market(), provider(), never_able, facts=risky, draws=50)["closures"]

    assert 0 < alone.sum() < 50
    assert (alone == beside).all()


def test_a_block_holds_fewer_draws_the_more_providers_there_are() -> None:
    small, large = some_register(10), some_register(40)

    assert draws_of_a_block([a_market()], small) == 64
    assert draws_of_a_block([replace(a_market(), entry=Entry(10_000.0))], large) == 7


def test_a_market_without_lots_cannot_be_simulated() -> None:
    with pytest.raises(ValueError, match="without lots"):
        Simulation(Market(()), facts(), some_register())


def test_no_legal_form_is_without_facts() -> None:
    assert len(facts()) == len(FORMS)
    assert np.isfinite(facts()[0].capital)
