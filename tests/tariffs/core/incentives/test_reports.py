"""What a plan means for a group, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from commissioning.core.pathways import Evidence, Group
from tariffs.core.incentives import Setting, decide, report
from tariffs.core.incentives.reports import GroupReport, cliff
from tariffs.core.programmes import PriceLine, Programme, Target, TargetRule
from tests.factories.small_programmes import programme, with_tariff


def _rows(given: Programme) -> tuple[GroupReport, ...]:
    setting = Setting.of(given)
    return report(setting, decide(setting, given.providers[0]))


def _two_groups() -> Programme:
    """One group that answers to support and is paid well, and one, poorer in chances, that does neither."""
    groups = (
        Group("near", "", "A", 30.0, need_spread=0.0, intended_support=100.0),
        Group("far", "", "B", 10.0, need_spread=0.5),
    )
    evidence = (Evidence("near", "job", 0.4, responsiveness=0.5), Evidence("far", "job", 0.1))
    prices = (PriceLine("A", "job", 8000.0), PriceLine("B", "job", 1000.0))
    return with_tariff(programme(groups=groups, evidence=evidence), prices=prices)


def test_parked_are_those_with_poorer_chances_than_average_and_next_to_no_support() -> None:
    near, far = _rows(_two_groups())

    assert near.support > 0
    assert far.support == 0
    assert (near.parked_share, far.parked_share) == (0.0, 1.0)


def test_those_better_off_than_average_are_not_parked_whatever_they_get() -> None:
    groups = (Group("a", "", "A", 10.0), Group("b", "", "B", 10.0))
    evidence = (Evidence("a", "job", 0.1, responsiveness=0.9), Evidence("b", "job", 0.9))
    given = with_tariff(programme(groups=groups, evidence=evidence), prices=(PriceLine("A", "job", 9000.0),))

    assert [row.parked_share for row in _rows(given)][1] == 0.0


def test_deadweight_is_what_the_baseline_would_have_earned() -> None:
    near, far = _rows(_two_groups())

    assert near.deadweight_share == pytest.approx(0.4 / near.final)
    assert far.deadweight_share == pytest.approx(1.0)
    assert near.income == pytest.approx(8000 * near.final)
    assert near.additional == pytest.approx(near.final - 0.4)
    assert near.social_value_added == 0.0


def test_near_share_is_a_half_where_all_are_alike_and_where_nobody_gets_anything() -> None:
    near, far = _rows(_two_groups())

    assert near.near_share == pytest.approx(0.5)
    assert far.near_share == 0.5


def test_parity_compares_income_for_each_pound_needed() -> None:
    given = _two_groups()
    intended = replace(given, groups=tuple(replace(group, intended_support=100.0) for group in given.groups))

    near, far = _rows(intended)

    assert near.parity == 1.0
    assert far.parity == pytest.approx(far.income / near.income)


def test_parity_is_unknown_where_no_support_is_needed() -> None:
    assert _rows(programme())[0].parity is not None
    useless = replace(programme(), evidence=(Evidence("g", "job", 0.2),))
    assert _rows(useless)[0].parity is None


def test_the_cliff_of_a_binary_target_is_all_the_windows_money() -> None:
    base = with_tariff(programme(evidence=()), prices=(PriceLine("band", "job", 100.0),))

    def swing(rule: TargetRule) -> float:
        target = Target("job", rule, 0.5, 0.25, 5)
        setting = Setting.of(with_tariff(base, target=target))
        return cliff(setting, decide(setting, base.providers[0]))

    # A window of 5 months has 100 people; the target is 50 of them.
    assert swing(TargetRule.BINARY) == pytest.approx(50 * 100)
    assert swing(TargetRule.EXCESS) == pytest.approx(0)
    # At 49 of 100 the share is 0.96.
    assert swing(TargetRule.SLIDING) == pytest.approx(100 * (50 - 49 * 0.96))
    assert swing(TargetRule.NONE) == 0


def test_reach_is_per_referral_with_and_without_help() -> None:
    row = _rows(_two_groups())[0]

    assert row.reach["job"] == pytest.approx(row.final)
    assert row.reach_without_help["job"] == pytest.approx(0.4)
    assert np.mean(row.support_by_stratum) == pytest.approx(row.support)
