"""Two to five runs side by side."""

import numpy as np
import pytest

from tariffs.core.incentives import scenarios
from tariffs.core.incentives.scenarios import Figure


def result(seed=1, **by_draw):
    figures = {"margin": [1, -1], "trough": [0, 2], "payments": [10, 20], "parked": [4, 6], "additional": [3, 5]}
    draws = figures | by_draw
    return {
        "seed": seed,
        "draws": 2,
        "engine": "x",
        "providers": [{"provider": "p", "by_draw": {key: value for key, value in draws.items() if value is not None}}],
    }


def line(found, figure):
    return next(each for each in found if each.figure is figure)


def test_each_run_is_set_against_the_first_draw_by_draw():
    found = scenarios.lines([result(), result(parked=[3, 7]), result(parked=[1, 1])])

    parked = line(found, Figure.PARKED)
    assert parked.means == (5, 5, 1)
    assert [(each.less, each.more) for each in parked.differences] == [(0.5, 0.5), (1.0, 0.0)]
    assert parked.differences[1].difference == -4


def test_the_chance_of_a_loss_is_compared_for_each_provider():
    found = scenarios.lines([result(), result(margin=[1, 1])])

    assert line(found, Figure.LOSS).means == (0.5, 0)
    assert line(found, Figure.LOSS).provider == "p"


def test_figures_of_the_programme_are_summed_over_providers():
    two = result()
    two["providers"].append({**two["providers"][0], "provider": "q"})

    found = scenarios.lines([two, result()])

    assert line(found, Figure.SPEND).means == (30, 15)
    assert {each.provider for each in found} == {"", "p"}


def test_runs_with_other_luck_have_no_interval():
    found = scenarios.lines([result(), result(seed=2)])

    assert not scenarios.same_luck([result(), result(seed=2)])
    assert line(found, Figure.SPEND).differences[0].low is None


def test_a_figure_that_an_older_run_lacks_is_left_out():
    found = scenarios.lines([result(parked=None), result()])

    assert Figure.PARKED not in {each.figure for each in found}


def test_one_run_cannot_be_compared():
    with pytest.raises(ValueError, match="at least two"):
        scenarios.lines([result()])


def test_the_interval_holds_nine_differences_in_ten():
    first = result(payments=[0] * 100)
    second = result(payments=list(range(100)))

    spend = line(scenarios.lines([first, second]), Figure.SPEND).differences[0]

    assert (spend.low, spend.high) == (4, 94)
    assert spend.more == pytest.approx(np.mean(np.arange(100) > 0))
