"""What one observed point says of responsiveness."""

from math import exp, log1p

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tariffs.core.incentive_evidence import implied_responsiveness


@given(st.floats(0.01, 0.99), st.floats(-2, 2), st.floats(1, 1e5), st.floats(1, 1e4))
def test_the_implied_responsiveness_reproduces_the_point(
    baseline: float, responsiveness: float, spending: float, scale: float
) -> None:
    odds = baseline / (1 - baseline) * exp(responsiveness * log1p(spending / scale))
    rate = odds / (1 + odds)

    assert implied_responsiveness(baseline, rate, spending, scale) == pytest.approx(responsiveness, abs=1e-6)


def test_a_rate_at_the_baseline_means_none() -> None:
    assert implied_responsiveness(0.2, 0.2, 500, 200) == 0
