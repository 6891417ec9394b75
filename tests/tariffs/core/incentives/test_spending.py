"""Support that brings most back, and the price of money."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.core.pathways import Milestone
from tariffs.core.incentives.pathways import Chances, sigmoid, steps_of
from tariffs.core.incentives.spending import Purse, best_support, falling_root, plan_support


def _gain(log_odds: float, responsiveness: float, scale: float, worth: float, support: np.ndarray) -> np.ndarray:
    return sigmoid(log_odds + responsiveness * np.log1p(support / scale)) * worth - support


def _best(log_odds: float, responsiveness: float, scale: float, worth: float, floor: float = 0.0) -> float:
    return float(best_support(*(np.array([x]) for x in (log_odds, responsiveness, scale, worth, floor)))[0])


def test_support_by_hand_where_full_responsiveness_makes_the_root_plain() -> None:
    # With responsiveness 1 and odds 1 without support, chance = y / (1 + y), y = 1 + e / 100; its slope times W is 1
    # where (1 + y)^2 = W / 100: with W = 900, y = 2 and e = 100.
    assert _best(0.0, 1.0, 100.0, 900.0) == pytest.approx(100.0, rel=1e-9)


def test_nobody_is_supported_where_the_first_pound_brings_back_less_than_itself() -> None:
    # The first pound brings back p (1 - p) r W / scale = 0.25 * 0.5 * 1000 / 200 = 0.625.
    assert _best(0.0, 0.5, 200.0, 1000.0) == 0.0


def test_the_floor_is_kept_exactly_where_no_more_pays() -> None:
    assert _best(0.0, 0.5, 200.0, 1000.0, floor=123.0) == 123.0


@given(st.floats(-12, 12), st.floats(0, 1), st.floats(1, 1e4), st.floats(0, 1e6), st.floats(0, 1e4))
def test_no_other_support_brings_more_back(
    log_odds: float, responsiveness: float, scale: float, worth: float, floor: float
) -> None:
    found = _best(log_odds, responsiveness, scale, worth, floor)

    others = floor + np.concatenate([[0.0], np.geomspace(1e-3, 1e7, 400)])
    best = _gain(log_odds, responsiveness, scale, worth, others).max()
    assert found >= floor
    assert _gain(log_odds, responsiveness, scale, worth, np.array([found]))[0] >= best - 1e-6 * (1 + worth)


@given(st.floats(-6, 6), st.floats(0, 1), st.floats(0, 1e5), st.floats(1, 3))
def test_more_worth_never_lowers_support(log_odds: float, responsiveness: float, worth: float, more: float) -> None:
    assert _best(log_odds, responsiveness, 200.0, worth * more) >= _best(log_odds, responsiveness, 200.0, worth) - 1e-7


@given(st.floats(-6, 6), st.floats(0, 1e6))
def test_without_responsiveness_there_is_no_support(log_odds: float, worth: float) -> None:
    assert _best(log_odds, 0.0, 200.0, worth) == 0.0


def test_a_falling_root_is_found_and_missing_ones_take_the_upper_end() -> None:
    low, high = np.full(4, -30.0), np.zeros(4)
    shift = np.array([-1.5, -29.0, 1.0, -31.0])

    found = falling_root(lambda y: np.expm1(np.clip(shift - y, -50, 50)), low, high)

    assert found[:2] == pytest.approx(shift[:2], abs=1e-9)
    assert found[2:].tolist() == [0.0, 0.0]


def test_value_is_carried_back_along_the_pathway() -> None:
    # Two automatic steps of 12 months, worth 100 each, each year taking half of it.
    steps = steps_of((Milestone("a", "A", None, 12), Milestone("b", "B", "a", 12)))
    nothing = np.zeros((1, 2))
    chances = Chances(np.zeros((1, 2, 20)), nothing, nothing + 1, nothing == 0)
    purse = Purse(np.array([0.5 ** (1 / 12)]), np.array([1.0]), nothing[None])

    plan = plan_support(steps, chances, purse, np.full((1, 1, 2), 100.0), np.ones((1, 1)))

    assert plan.worth[0, 0] == pytest.approx(np.full(20, 0.5 * (100 + 0.5 * 100)))
    assert plan.reach.tolist() == np.ones((1, 1, 2, 20)).tolist()
    assert math.isclose(plan.support.sum(), 0.0)


def test_a_root_asked_for_more_exactly_than_floats_hold_is_given_as_near_as_they_do() -> None:
    root = falling_root(lambda x: 2.0 - x * x, np.array([0.0]), np.array([2.0]), tolerance=0.0)

    assert root[0] == pytest.approx(2**0.5, rel=1e-15)
