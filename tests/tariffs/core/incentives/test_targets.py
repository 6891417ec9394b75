"""What a target pays for a rate, and what may be expected of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tariffs.core.incentives.targets import expected_paid_share, paid_share
from tariffs.core.programmes import Target, TargetRule

BINARY = Target("job", TargetRule.BINARY, 0.3)
EXCESS = Target("job", TargetRule.EXCESS, 0.3)
SLIDING = Target("job", TargetRule.SLIDING, 0.3, 0.2)
RATES = np.array([0.0, 0.1, 0.2, 0.25, 0.3, 0.6])


def test_a_binary_target_pays_all_from_the_target_on() -> None:
    assert paid_share(BINARY, RATES).tolist() == [0, 0, 0, 0, 1, 1]


def test_an_excess_target_pays_what_lies_above_it() -> None:
    assert paid_share(EXCESS, RATES) == pytest.approx([0, 0, 0, 0, 0, 0.5])


def test_a_sliding_target_rises_from_its_start_to_the_target() -> None:
    assert paid_share(SLIDING, RATES) == pytest.approx([0, 0, 0, 0.5, 1, 1])


def test_no_target_pays_everything() -> None:
    assert paid_share(Target(), RATES).tolist() == [1] * 6
    assert expected_paid_share(Target(), RATES, RATES).tolist() == [1] * 6


@pytest.mark.parametrize("target", [BINARY, EXCESS, SLIDING])
@given(st.floats(0.05, 0.6), st.floats(0.001, 0.1))
def test_expectation_is_the_integral_over_the_normal_rate(target: Target, mean: float, deviation: float) -> None:
    x = np.linspace(-9, 9, 40_001)
    rate = mean + deviation * x
    weight = np.exp(-(x**2) / 2) / np.exp(-(x**2) / 2).sum()
    slow = float((weight * rate * paid_share(target, np.maximum(rate, 1e-12))).sum() / mean)

    found = float(expected_paid_share(target, np.array([mean]), np.array([deviation]))[0])

    # Below a rate of nothing, which a Normal rate may reach, the excess and the slow sum part by what is paid there.
    assert found == pytest.approx(min(max(slow, 0.0), 1.0), abs=2e-3)


def test_with_no_luck_the_expectation_is_the_rule_itself() -> None:
    for target in (BINARY, EXCESS, SLIDING):
        expected = expected_paid_share(target, np.array([0.26, 0.45]), np.array([0.0, 0.0]))
        assert expected == pytest.approx(paid_share(target, np.array([0.26, 0.45])), abs=1e-9)
