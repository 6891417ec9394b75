"""The luck test of targets: against closed forms, published examples and a twin that adds up whole fractions."""

from dataclasses import replace
from fractions import Fraction
from math import ceil, inf, sqrt
from statistics import NormalDist

import numpy as np
import pytest

from tariffs.core.feasibility import Inputs, Subject, bets
from tariffs.core.luck import (
    COUNTED,
    Bet,
    chance_against_sample,
    chances,
    curve,
    expected_payment,
    luck_test,
    payment,
    people_needed,
    sliding_scale,
)
from tariffs.core.programmes import Target, TargetRule
from tariffs.sources.examples import load
from tests.twins import luck_tests as twin

BINARY = Target("job", TargetRule.BINARY, 0.5)
EXCESS = Target("job", TargetRule.EXCESS, 0.5)
SLIDING = Target("job", TargetRule.SLIDING, 0.5, 0.25)


def test_four_people_who_need_two_outcomes_by_hand() -> None:
    bet = Bet(BINARY, 4, 0.25, 100.0)

    found = luck_test(bet)

    assert found.paid_without_effect == pytest.approx(67 / 256)  # 1 - (3/4)^4 - 4 (1/4) (3/4)^3
    assert found.unpaid_at_target == pytest.approx(5 / 16)  # (1 + 4) / 2^4
    assert (found.below, found.at, found.cliff) == (0.0, 200.0, 200.0)
    assert found.expected_at_target == pytest.approx(100 * (2 * 6 + 3 * 4 + 4 * 1) / 16)
    assert found.standard_error == 0.25
    assert found.moved == 1.0


@pytest.mark.parametrize("target", [BINARY, EXCESS, SLIDING])
@pytest.mark.parametrize(("people", "rate"), [(1, "0.3"), (7, "0.5"), (30, "0.45"), (60, "0.02")])
def test_the_counted_chances_are_those_of_whole_fractions(target: Target, people: int, rate: str) -> None:
    exact = twin.binomial(people, Fraction(rate))
    paid = sum(chance * twin.payment(target, people, count, Fraction(100)) for count, chance in enumerate(exact))

    outcomes, weights = chances(people, float(rate))

    assert outcomes.tolist() == list(range(people + 1))
    assert weights == pytest.approx([float(chance) for chance in exact], rel=1e-9, abs=1e-280)
    assert expected_payment(Bet(target, people, 0.1, 100.0), float(rate)) == pytest.approx(float(paid), rel=1e-9)


@pytest.mark.parametrize("shock", [0.15, 1.0])
def test_with_a_shock_the_chances_are_those_of_an_urn(shock: float) -> None:
    spread = Fraction(3, 10) * Fraction(7, 10) * Fraction(str(shock)) ** 2
    exact = twin.beta_binomial(25, Fraction(3, 10), spread)

    outcomes, weights = chances(25, 0.3, shock)

    assert weights == pytest.approx([float(chance) for chance in exact], rel=1e-9)
    mean = float(outcomes @ weights)
    assert mean == pytest.approx(7.5)
    assert float((outcomes - mean) ** 2 @ weights) == pytest.approx(25 * 0.3 * 0.7 * (1 + 24 * float(spread)))


def test_a_rate_of_nothing_or_all_leaves_nothing_to_luck() -> None:
    for rate in (0.0, 1.0):
        outcomes, weights = chances(10, rate, shock=0.5)

        assert (outcomes.tolist(), weights.tolist()) == ([10 * rate], [1.0])


def test_beyond_what_is_counted_the_normal_distribution_says_the_same() -> None:
    below, above = (Bet(Target("job", TargetRule.BINARY, 0.301), people, 0.3, 1.0) for people in (COUNTED, COUNTED + 1))

    assert luck_test(above).paid_without_effect == pytest.approx(luck_test(below).paid_without_effect, abs=0.002)
    assert expected_payment(above, 0.3) == pytest.approx(expected_payment(below, 0.3), rel=0.01)


def test_a_large_window_is_close_to_the_normal_closed_form() -> None:
    bet = Bet(Target("job", TargetRule.BINARY, 0.47), 1572, 0.42, 1350.0)

    found = luck_test(bet)

    edge = (bet.needed - 0.5) / bet.people
    normal = 1 - NormalDist(0.42, sqrt(0.42 * 0.58 / 1572)).cdf(edge)
    assert found.paid_without_effect == pytest.approx(normal, rel=0.1)
    assert found.cliff == pytest.approx(1350 * 739)


def test_doncaster_tells_three_points_from_five_badly() -> None:
    # 1,178 people in nine months are about 1,500 a year; 58 in 100 reconvicted is assumed, as in the example.
    cohorts = (1500, 1500)

    chance = {gain: chance_against_sample(0.42 + gain, 0.42, 0.05, cohorts) for gain in (0.0, 0.03, 0.05)}

    assert chance[0.05] == pytest.approx(0.5)
    assert chance[0.03] == pytest.approx(0.13, abs=0.005)
    assert chance[0.0] == pytest.approx(0.003, abs=0.0005)


def test_peterboroughs_first_cohort_earned_nothing_though_it_did_well() -> None:
    # 10% fewer of 60 in 100 is a target of 46 in 100; 8.4% fewer was reached.
    bet = Bet(Target("job", TargetRule.BINARY, 0.46), 1000, 0.40, 3620.0)

    reached = round(1000 * (1 - 0.6 * (1 - 0.084)))

    assert reached == 450
    assert payment(bet, np.array([reached]))[0] == 0
    assert luck_test(bet).cliff == pytest.approx(3620 * 460)


def test_peterboroughs_luck_is_a_standard_error_of_nearly_five_per_cent() -> None:
    # Three times the variance of plain counting, 1.55 events a person, 1,000 people and 10 controls each: 4.6%.
    published = sqrt(3 / 1.55 / 1000 * (1 + 1 / 10))

    found = luck_test(bets(Subject(load("peterborough"), Inputs()))["one-service"])

    assert published == pytest.approx(0.046, abs=0.0005)
    assert found.standard_error / 0.6 == pytest.approx(published, abs=0.002)


def test_excess_has_no_cliff_but_one_standard_error_moves_all_of_it() -> None:
    found = luck_test(Bet(EXCESS, 100, 0.4, 100.0))

    assert (found.below, found.at, found.moved) == (0.0, 0.0, 1.0)


def test_a_sliding_scale_pays_one_outcome_less_only_a_little_less() -> None:
    found = luck_test(Bet(SLIDING, 100, 0.25, 100.0))

    assert found.cliff == pytest.approx(100 * (50 - 49 * 0.96))
    assert found.moved == pytest.approx(1 - 45 * 0.8 / 55)


def test_nothing_moves_where_nothing_is_paid() -> None:
    assert luck_test(Bet(BINARY, 100, 0.25, 0.0)).moved == 0.0


def test_the_curve_rises_with_the_true_rate() -> None:
    bet, rates = Bet(BINARY, 40, 0.3, 100.0), np.linspace(0.0, 1.0, 11)

    paid = curve(bet, rates)

    assert (np.diff(paid) > 0).all()
    assert paid[[0, -1]].tolist() == [0.0, 4000.0]


def test_the_sliding_scale_is_expected_to_pay_the_same_at_the_target() -> None:
    bet = Bet(Target("job", TargetRule.BINARY, 0.47), 1572, 0.42, 1350.0, shock=0.05)

    scale = sliding_scale(bet)

    assert scale is not None
    assert (scale.rule, scale.rate_from) == (TargetRule.SLIDING, 0.42)
    assert expected_payment(replace(bet, target=scale), 0.47) == pytest.approx(expected_payment(bet, 0.47), rel=1e-9)
    assert luck_test(replace(bet, target=scale)).cliff < luck_test(bet).cliff / 50


@pytest.mark.parametrize(
    ("target", "baseline"), [(BINARY, 0.5), (BINARY, 0.6), (Target("job", TargetRule.EXCESS, 0.9), 0.4)]
)
def test_there_is_no_scale_where_the_target_asks_for_nothing_or_pays_next_to_nothing(
    target: Target, baseline: float
) -> None:
    assert sliding_scale(Bet(target, 50, baseline, 100.0)) is None


def test_the_people_needed_are_those_of_published_tables() -> None:
    # 50% against 60%, 5% and 80%: 388 in each arm (387.3 before rounding), as in Fleiss and in common calculators.
    assert ceil(people_needed(0.5, 0.6)) == 388
    assert people_needed(0.42, 0.47) == pytest.approx(1550, abs=1)
    assert people_needed(0.42, 0.42) == inf
    assert people_needed(0.42, 0.47, alpha=0.1) < people_needed(0.42, 0.47)
