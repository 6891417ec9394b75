"""Two runs side by side, on the same luck and on other luck."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tariffs.core.incentives import Simulation, comparisons, joined, merge
from tariffs.core.programmes import PriceLine, Programme
from tests.factories.small_programmes import programme, with_tariff


def _result(given: Programme, seed: int = 1, draws: int = 512) -> dict[str, Any]:
    simulation = Simulation(given)
    blocks = [simulation.block(draws, seed, index) for index in range(simulation.block_count(draws))]
    report = merge(simulation, seed, draws, blocks)
    for row, outcome in zip(report["providers"], joined(blocks), strict=True):
        row["by_draw"] = {name: getattr(outcome, name).tolist() for name in ("margin", "trough", "payments")}
    return report


CHEAP = with_tariff(programme(), prices=(PriceLine("band", "job", 1000.0),))
DEAR = with_tariff(programme(), prices=(PriceLine("band", "job", 1100.0),))


def test_the_same_seed_and_draws_mean_the_same_luck() -> None:
    one = _result(CHEAP)

    assert comparisons.same_luck(one, _result(DEAR))
    assert not comparisons.same_luck(one, _result(DEAR, seed=2))
    assert not comparisons.same_luck(one, _result(DEAR, draws=256))


def test_with_the_same_luck_a_difference_is_far_surer_than_its_parts() -> None:
    first, second = _result(CHEAP), _result(DEAR)

    found = comparisons.of_provider(first, second, "p", "margin")

    spread = np.std(first["providers"][0]["by_draw"]["margin"])
    assert found is not None
    assert found.difference == pytest.approx(120 * 0.2 * 100, rel=0.05)
    assert found.more == 1.0
    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low < spread


def test_with_other_luck_no_interval_is_claimed() -> None:
    found = comparisons.of_provider(_result(CHEAP), _result(DEAR, seed=2), "p", "margin")

    assert found is not None
    assert (found.low, found.high, found.more, found.standard_error) == (None, None, None, None)


def test_exact_figures_are_compared_group_by_group_even_where_one_run_lacks_a_group() -> None:
    renamed = replace(DEAR, groups=(replace(DEAR.groups[0], id="h"),), evidence=())

    found = comparisons.of_groups(_result(CHEAP), _result(renamed), "p", "income")

    assert set(found) == {"g", "h"}
    assert found["g"].difference is None
    assert comparisons.of_groups(_result(CHEAP), _result(DEAR), "p", "income")["g"].difference == pytest.approx(20.0)


def test_losses_and_spend_are_compared_draw_by_draw() -> None:
    first, second = _result(CHEAP), _result(DEAR)

    losses, spend = comparisons.of_losses(first, second, "p"), comparisons.of_spend(first, second)

    assert losses is not None
    assert losses.difference == pytest.approx(0.0)
    assert losses.standard_error == 0.0
    assert spend.difference == pytest.approx(120 * 0.2 * 100, rel=0.05)


def test_with_other_luck_losses_are_compared_without_a_standard_error() -> None:
    losses = comparisons.of_losses(_result(CHEAP), _result(DEAR, seed=2), "p")

    assert losses is not None
    assert losses.difference == pytest.approx(0.0)
    assert losses.standard_error is None


def test_a_provider_that_only_one_run_has_is_not_compared() -> None:
    assert comparisons.of_provider(_result(CHEAP), _result(DEAR), "nobody", "margin") is None
    assert comparisons.of_losses(_result(CHEAP), _result(DEAR), "nobody") is None
