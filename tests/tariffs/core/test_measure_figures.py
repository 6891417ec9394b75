"""What is expected to be claimed and paid by milestone: by hand, and against the totals of the price grid."""

from dataclasses import replace

import pytest

from tariffs.core.measure_figures import (
    Expected,
    expected_by_milestone,
    priced_milestones,
    self_declared_share,
    verification_share,
)
from tariffs.core.price_totals import totals
from tariffs.core.programmes import PriceLine, Programme, Target, TargetRule
from tariffs.sources import programme_files
from tests.factories.tariffs import EXAMPLE
from tests.tariffs.core.test_price_totals import programme


def example() -> Programme:
    return programme_files.loads(EXAMPLE)


def test_claims_are_people_times_chance_and_payments_that_times_price() -> None:
    assert expected_by_milestone(programme()) == {
        "attach": Expected(120, 1200),
        "start": Expected(pytest.approx(60), pytest.approx(6000)),
        "job": Expected(pytest.approx(24), pytest.approx(24_000)),
    }


def test_what_has_no_price_is_not_claimed() -> None:
    free = programme(prices=(PriceLine("A", "job", 1000.0), PriceLine("A", "start", 0.0)))

    assert list(expected_by_milestone(free)) == ["job"]


def test_what_is_reached_after_the_end_of_the_contract_is_not_claimed() -> None:
    short = replace(programme(), contract_months=12)

    assert expected_by_milestone(short)["job"].claims == pytest.approx(9 * 2)


def test_every_outcome_under_a_target_is_claimed_though_not_all_are_paid() -> None:
    target = Target(milestone="job", rule=TargetRule.EXCESS, rate=0.1, rate_from=0.0, window_months=12)

    found = expected_by_milestone(programme(target=target))["job"]

    assert found.claims == pytest.approx(24)
    assert found.paid < 24_000


def test_payments_by_milestone_add_up_to_what_the_price_grid_expects() -> None:
    whole = example()

    found = expected_by_milestone(whole)

    assert sum(each.paid for each in found.values()) == pytest.approx(totals(whole).by_price)


def test_a_programme_that_is_not_whole_has_no_figures() -> None:
    assert expected_by_milestone(replace(programme(), providers=())) is None


def test_the_lowest_price_of_any_band_counts_and_none_where_it_is_nothing() -> None:
    lines = (PriceLine("A", "job", 900.0), PriceLine("B", "job", 300.0), PriceLine("A", "start", 0.0))

    assert priced_milestones(programme(prices=lines)) == {"job": 300.0}


EXPECTED = {"start": Expected(60, 6000), "job": Expected(24, 24_000)}


def test_checking_costs_all_claims_times_their_cost_of_what_is_paid() -> None:
    assert verification_share(EXPECTED, {"start": 10.0, "job": 50.0}) == pytest.approx((600 + 1200) / 30_000)


def test_the_providers_own_word_stands_for_the_payments_of_its_milestones() -> None:
    assert self_declared_share(EXPECTED, {"start"}) == pytest.approx(0.2)
    assert self_declared_share(EXPECTED, set()) == 0


def test_where_nothing_is_paid_there_is_no_share() -> None:
    assert verification_share({"job": Expected()}, {"job": 1.0}) is None
    assert self_declared_share({}, set()) is None
