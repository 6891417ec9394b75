"""Shocks: each against what it says of itself."""

from dataclasses import replace
from math import log

import numpy as np
import pytest

from commissioning.core.pathways import Evidence, Group
from tariffs.core.incentives import Setting, decide
from tariffs.core.rehearsals import DEFAULTS, Shock, ShockKind, fits, strike
from tariffs.core.rehearsals.shocks import shift_for
from tariffs.core.sensitivity import Case, exact
from tests.factories.small_programmes import programme

LONG = replace(programme(), referral_months=24, contract_months=36)
MIXED = replace(
    LONG,
    groups=tuple(Group(key, key, "band", count, need_spread=0.0) for key, count in (("a", 30.0), ("b", 10.0))),
    evidence=(Evidence("a", "job", 0.4), Evidence("b", "job", 0.1)),
)


def test_every_shock_has_a_size_to_begin_with():
    assert set(DEFAULTS) == set(ShockKind)


def test_fewer_are_referred_in_every_month():
    struck = strike(LONG, Shock(ShockKind.REFERRALS, 1 / 3))

    assert (struck.coming == pytest.approx(np.full((1, 24), 2 / 3))) and not struck.shift.any()


def test_in_a_poor_labour_market_outcomes_fall_by_what_is_said():
    shock = strike(LONG, Shock(ShockKind.LABOUR_MARKET, 0.3))
    people = 24 * 20
    plan = decide(Setting.of(LONG), LONG.providers[0]).reach[0, 0].mean()
    odds = 0.7 * plan / (1 - 0.7 * plan)

    assert set(shock.shift) == {shock.shift[0]}
    assert shock.shift[0] == pytest.approx(log(odds) - log(plan / (1 - plan)))
    unhelped = 0.25 * np.exp(shock.shift[0])
    gained = people * (0.7 * plan - unhelped / (1 + unhelped))
    assert exact(Case(LONG, shift=float(shock.shift[0]))).additional == pytest.approx(gained)


def test_no_fall_is_no_shift():
    assert shift_for(LONG, 0.0) == 0.0


def test_late_results_strike_the_first_year_alone():
    late = strike(LONG, Shock(ShockKind.LATE_RESULTS, 0.3)).shift

    assert late[:12] == pytest.approx(np.full(12, shift_for(LONG, 0.3)))
    assert not late[12:].any()


def test_poor_referrals_are_as_many_people_who_stand_farther_off():
    # From 30 at 0.4 and 10 at 0.1, on average 0.325, to an average of 0.26: 21 1/3 and 18 2/3.
    coming = strike(MIXED, Shock(ShockKind.POOR_REFERRALS, 0.2)).coming

    assert coming[:, 0] * [30, 10] == pytest.approx([64 / 3, 56 / 3])
    assert (coming == coming[:, :1]).all()


def test_a_mix_harder_than_any_is_the_hardest_group_alone():
    coming = strike(MIXED, Shock(ShockKind.POOR_REFERRALS, 0.9)).coming[:, 0]

    assert coming * [30, 10] == pytest.approx([0, 40], abs=1e-6)


def test_people_alike_cannot_be_mixed_anew():
    alike = replace(MIXED, evidence=(Evidence("a", "job", 0.4), Evidence("b", "job", 0.4)))

    assert (strike(alike, Shock(ShockKind.POOR_REFERRALS, 0.5)).coming == 1).all()
    assert (strike(MIXED, Shock(ShockKind.POOR_REFERRALS, 0.0)).coming == 1).all()
    assert not fits(alike, ShockKind.POOR_REFERRALS)
    assert fits(MIXED, ShockKind.POOR_REFERRALS)
    assert fits(alike, ShockKind.REFERRALS)


def test_without_places_a_milestone_takes_longer_and_all_after_it():
    struck = strike(LONG, Shock(ShockKind.NO_PLACES, 6.0, "job"))

    assert struck.setting.steps.delay[0] == 3 + 6
    assert (struck.coming == 1).all()


def test_late_referrals_come_a_year_later():
    grown = replace(LONG, uncertainty=replace(LONG.uncertainty, volume_trend=0.1))
    growth = 1.1 ** (np.arange(24) / 12)

    came = strike(grown, Shock(ShockKind.LATE_REFERRALS, 0.5)).coming[0] * growth

    assert came[:12] == pytest.approx(growth[:12] / 2)
    assert came[12:] == pytest.approx(growth[12:] + growth[:12] / 2)


def test_late_referrals_that_find_nobody_to_refer_them_do_not_come():
    short = strike(replace(LONG, referral_months=15), Shock(ShockKind.LATE_REFERRALS, 0.4)).coming[0]

    assert short == pytest.approx([0.6] * 12 + [1.4] * 3)
