"""Counts from uniform numbers: against the exact laws, summed term by term."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tariffs.core.incentives import quantiles
from tariffs.core.incentives.quantiles import Floats, binomial_quantile, normal_quantile, poisson_quantile

GRID = ((np.arange(2**20) + 0.5) / 2**20).astype(np.float32)


def _poisson_terms(rate: float) -> np.ndarray:
    k = np.arange(int(rate + 12 * math.sqrt(rate) + 30))
    return np.exp(k * math.log(rate) - rate - np.array([math.lgamma(n + 1) for n in k]))


def _binomial_terms(people: int, chance: float) -> np.ndarray:
    k = range(people + 1)
    logs = [math.lgamma(people + 1) - math.lgamma(n + 1) - math.lgamma(people - n + 1) for n in k]
    odds = [n * math.log(chance) + (people - n) * math.log1p(-chance) for n in k]
    return np.exp(np.array(logs) + np.array(odds))


def _distance(counts: Floats, terms: np.ndarray) -> float:
    """Largest difference between the distribution functions."""
    seen = np.bincount(counts.astype(int), minlength=len(terms))[: len(terms)] / len(counts)
    return float(np.abs(np.cumsum(seen) - np.cumsum(terms)).max())


def _filled(value: float) -> Floats:
    return np.full_like(GRID, value)


@pytest.mark.slow
@pytest.mark.parametrize(("rate", "off"), [(0.001, 2e-6), (0.3, 2e-6), (3.0, 2e-6), (5.9, 2e-6)])
def test_small_poisson_rates_are_inverted_exactly(rate: float, off: float) -> None:
    assert _distance(poisson_quantile(GRID, _filled(rate)), _poisson_terms(rate)) < off


@pytest.mark.slow
@pytest.mark.parametrize(("rate", "off"), [(6.1, 1e-4), (8, 5e-5), (12, 2e-5), (30, 2e-5), (150, 2e-5), (5000, 2e-5)])
def test_large_poisson_rates_are_expanded_within_hundred_thousandths(rate: float, off: float) -> None:
    assert _distance(poisson_quantile(GRID, _filled(rate)), _poisson_terms(rate)) < off


@pytest.mark.slow
@pytest.mark.parametrize("people", [1, 2, 7, 20, 60, 400, 3000])
@pytest.mark.parametrize("chance", [0.01, 0.3, 0.5, 0.93])
def test_binomial_counts_follow_their_law(people: int, chance: float) -> None:
    counts = binomial_quantile(GRID, _filled(people), _filled(chance))

    off = 3e-6 if people * min(chance, 1 - chance) < quantiles.LARGE_BINOMIAL else 1.2e-4
    assert _distance(counts, _binomial_terms(people, chance)) < off


@given(st.floats(1e-6, 1 - 1e-6))
def test_the_normal_quantile_is_good_to_four_hundred_thousandths(u: float) -> None:
    single = np.array([u], dtype=np.float32)
    assert normal_quantile(single)[0] == pytest.approx(NormalDist().inv_cdf(float(single[0])), abs=6e-5)


def test_rates_of_all_sizes_may_stand_in_one_block() -> None:
    rates = np.tile(np.array([0.0, 0.5, 3.0, 5.0, 9.0, 40.0, 9000.0], dtype=np.float32), 2000)
    u = quantiles.uniforms(np.random.default_rng(1), rates.shape)

    together = poisson_quantile(u, rates)

    for rate in (0.0, 0.5, 3.0, 9.0, 40.0, 9000.0):
        chosen = rates == rate
        assert together[chosen] == pytest.approx(poisson_quantile(u[chosen], rates[chosen]), abs=0.0)


@given(st.integers(0, 2**32), st.floats(0, 300), st.floats(0, 300))
def test_a_higher_rate_never_gives_a_lower_count_by_the_same_luck(seed: int, one: float, other: float) -> None:
    u = quantiles.uniforms(np.random.default_rng(seed), (50,))

    low, high = (poisson_quantile(u, np.full(50, rate, dtype=np.float32)) for rate in sorted((one, other)))

    # Where one rate is counted and the other expanded they may part by one person in ten thousand draws.
    assert (low <= high + 1).all()


@given(st.integers(0, 2**32), st.integers(0, 500), st.floats(0, 1))
def test_binomial_counts_stay_between_nobody_and_everybody(seed: int, people: int, chance: float) -> None:
    u = quantiles.uniforms(np.random.default_rng(seed), (50,))

    counts = binomial_quantile(u, np.full(50, people, dtype=np.float32), np.full(50, chance, dtype=np.float32))

    assert ((counts >= 0) & (counts <= people) & (counts == np.floor(counts))).all()


def test_people_of_all_numbers_may_stand_in_one_row() -> None:
    people = np.tile(np.array([0, 1, 9, 80, 700, 40_000], dtype=np.float32), (2, 3000))
    chance = np.tile(np.array([[0.07], [0.93]], dtype=np.float32), (1, people.shape[1]))
    u = quantiles.uniforms(np.random.default_rng(1), people.shape)

    counts = binomial_quantile(u, people, chance)

    for number in (0, 1, 9, 80, 700, 40_000):
        for row, rate in enumerate((0.07, 0.93)):
            seen = counts[row][people[row] == number]
            error = 4.5 * math.sqrt(number * 0.07 * 0.93 / len(seen))
            assert abs(seen.mean() - number * rate) <= error
            assert seen.var() == pytest.approx(number * 0.07 * 0.93, rel=0.12)


def test_uniform_numbers_lie_strictly_between_0_and_1_and_are_even() -> None:
    u = quantiles.uniforms(np.random.default_rng(3), (999, 101))

    assert u.min() > 0
    assert u.max() < 1
    assert np.histogram(u, 10, (0, 1))[0] / u.size == pytest.approx(np.full(10, 0.1), abs=0.004)
