"""A provider's own outlook: cases by hand, the engine's own figures, and what more people and outcomes do."""

from dataclasses import replace

import pytest

from commissioning.core.pathways import Evidence, Group
from tariffs.core.benches import SUCCESSES, VOLUMES, Bench, Practice, loss_of, outlook, own_programme
from tariffs.core.incentives import Simulation
from tariffs.core.programmes import Programme, Target, TargetRule
from tests.factories.small_programmes import programme, with_tariff

OWN = Bench(reserves=1e6, spend=(("g", 0.0),))


def unresponsive(**given: object) -> Programme:
    return programme(evidence=(Evidence("g", "job", 0.2),), **given)


def test_income_margin_and_rate_are_people_times_chance_times_price_less_overheads() -> None:
    found = outlook(unresponsive(), replace(OWN, overhead_monthly=500.0))

    # 20 people in each of 6 months, 2 in 10 reach the job, £1,000 each; 12 months of overheads.
    assert found.income.mean == pytest.approx(24_000, rel=0.02)
    assert found.margin.mean == pytest.approx(24_000 - 6_000, rel=0.03)
    assert found.rate == pytest.approx(0.2)
    assert found.monthly_cost == 500
    assert found.months_held == 2000


def test_it_breaks_even_at_the_rate_that_pays_the_overheads() -> None:
    found = outlook(unresponsive(), replace(OWN, overhead_monthly=500.0))

    assert found.break_even.rate == pytest.approx(6_000 / (120 * 1_000), rel=0.03)


def test_a_contract_without_costs_gains_at_any_rate_and_a_hopeless_one_at_none() -> None:
    free = outlook(with_tariff(unresponsive(), service_fee_monthly=10.0), OWN).break_even
    hopeless = outlook(unresponsive(), replace(OWN, overhead_monthly=1e6)).break_even

    assert (free.always, free.rate, hopeless.never, hopeless.rate) == (True, None, True, None)


def test_what_is_spent_on_each_person_who_comes_is_a_cost_and_helps_as_the_evidence_says() -> None:
    idle, busy = outlook(programme(), OWN), outlook(programme(), replace(OWN, spend=(("g", 100.0),)))

    assert busy.rate > idle.rate
    spent = busy.income.mean - busy.margin.mean
    assert spent == pytest.approx(120 * 100, rel=0.03)
    assert busy.monthly_cost == pytest.approx(20 * 100)


def test_a_provider_that_names_no_sums_spends_what_pays_best() -> None:
    given = programme()
    practice = Practice.of(given, replace(OWN, spend=None))
    engine = Simulation(own_programme(given, OWN)).decisions[0]

    assert practice.support == pytest.approx(engine.support_at)
    assert practice.simulation().decisions[0].reach == pytest.approx(engine.reach)
    assert practice.simulation().decisions[0].income == pytest.approx(engine.income)


def test_nobody_spends_less_than_the_minimum_service() -> None:
    given = with_tariff(programme(), minimum_service=300.0)

    assert Practice.of(given, replace(OWN, spend=(("g", 100.0),))).support.max() == 300


def test_an_own_caseload_and_an_own_share_take_the_place_of_the_drafts() -> None:
    small = outlook(unresponsive(), replace(OWN, share=0.5))
    busy = outlook(unresponsive(), replace(OWN, share=0.5, caseload=(("g", 30.0),)))

    assert small.income.mean == pytest.approx(12_000, rel=0.03)
    assert busy.income.mean == pytest.approx(36_000, rel=0.03)


def test_fees_and_caps_come_by_the_share_whatever_the_caseload() -> None:
    given = with_tariff(unresponsive(), service_fee_monthly=100.0, prices=())

    found = outlook(given, replace(OWN, share=0.5, caseload=(("g", 30.0),)))

    assert found.income.mean == pytest.approx(12 * 50)


def test_more_success_for_the_same_money_raises_the_rate_by_as_much() -> None:
    assert outlook(unresponsive(), replace(OWN, success=1.25)).rate == pytest.approx(0.25, rel=1e-6)
    assert Practice.of(unresponsive(), OWN).rate(0.5) == pytest.approx(0.1, rel=1e-6)


def test_success_beyond_everybody_stops_at_everybody() -> None:
    assert Practice.of(unresponsive(), replace(OWN, success=9.0)).rate() == pytest.approx(1.0, abs=1e-4)


def test_the_what_ifs_rise_with_people_and_outcomes_and_their_middle_is_the_plan() -> None:
    found = outlook(unresponsive(), replace(OWN, overhead_monthly=500.0))

    for success in SUCCESSES:
        row = [found.cell(volume, success).margin for volume in VOLUMES]
        assert row == sorted(row)
    assert found.cell(1.0, 1.0).margin == pytest.approx(found.margin.mean, rel=0.02)
    assert found.cell(0.7, 0.7).margin == pytest.approx(0.49 * 24_000 - 6_000, rel=0.03)


def test_the_worst_month_is_the_one_before_money_comes_in() -> None:
    found = outlook(unresponsive(), replace(OWN, overhead_monthly=500.0))

    # Outcomes come three months after referral and pay £4,000 a month from then on.
    assert found.worst_month == 3
    assert (found.trough.low, found.trough.high) == (1_500, 1_500)
    assert found.months_used is not None
    assert (found.months_used.low, found.months_used.high) == (3.0, 3.0)
    assert len(found.cash["p50"]) == 12


def test_without_costs_there_are_no_months_of_costs() -> None:
    found = outlook(unresponsive(), OWN)

    assert (found.months_used, found.months_held) == (None, None)


def test_a_provider_without_reserves_fails_and_its_chance_of_a_loss_is_the_outlooks() -> None:
    poor = replace(OWN, reserves=0.0, overhead_monthly=1_800.0)
    found = outlook(unresponsive(), poor)

    assert found.failure == 1.0
    assert 0 < found.loss < 1
    assert loss_of(unresponsive(), poor) == found.loss


def test_a_target_counts_in_what_a_provider_expects() -> None:
    target = Target("job", TargetRule.BINARY, rate=0.5, window_months=6)
    found = outlook(with_tariff(unresponsive(), target=target), OWN)

    assert found.income.mean == pytest.approx(0.0, abs=1.0)


def test_groups_without_referrals_have_no_rate() -> None:
    empty = unresponsive(groups=(Group("g", "Group", "band", 0.0, need_spread=0.0),))

    assert Practice.of(empty, OWN).rate() == 0


def test_where_help_tells_nowhere_the_money_is_spent_at_the_first_step() -> None:
    found = outlook(unresponsive(tariff=programme().tariff), replace(OWN, spend=(("g", 100.0),)))

    assert found.income.mean - found.margin.mean == pytest.approx(120 * 100, rel=0.02)
    assert found.rate == pytest.approx(0.2)
