"""Two runs side by side, on the same luck and on other luck."""

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


def _margins(result: dict[str, Any]) -> list[float]:
    return list(result["providers"][0]["by_draw"]["margin"])


def test_with_the_same_luck_a_difference_is_far_surer_than_its_parts() -> None:
    first, second = _margins(_result(CHEAP)), _margins(_result(DEAR))

    found = comparisons.drawn(first, second, paired=True)

    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low < 0.5 * float(np.std(first))
    assert found.difference == pytest.approx(np.mean(second) - np.mean(first))
    assert (found.more, found.less) == (1.0, 0.0)


def test_without_the_same_luck_nothing_is_said_of_draws() -> None:
    found = comparisons.drawn(_margins(_result(CHEAP)), _margins(_result(DEAR, seed=2)), paired=False)

    assert (found.low, found.more, found.standard_error) == (None, None, None)
    assert found.difference is not None


def test_what_one_run_does_not_have_differs_from_nothing() -> None:
    assert comparisons.Difference(None, 1.0).difference is None
