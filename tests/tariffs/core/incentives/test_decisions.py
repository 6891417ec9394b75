"""A provider's plan: both spending rules, budgets, floors, targets."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commissioning.core.pathways import Evidence, Group
from tariffs.core.incentives.decisions import Decision, Setting, decide, efficient_plan, shock_deviation
from tariffs.core.programmes import (
    BudgetScope,
    PriceLine,
    Programme,
    SpendingRule,
    Target,
    TargetRule,
    Uncertainty,
)
from tariffs.sources.examples import work_programme
from tests.factories.small_programmes import programme, with_provider, with_tariff
from tests.strategies.programmes import programmes

SHARE = {"spending_rule": SpendingRule.INCOME_SHARE, "income_share": 0.9}


def _plan(given_: Programme) -> Decision:
    return decide(Setting.of(given_), given_.providers[0])


def _two_groups(**provider: object) -> Programme:
    groups = (Group("a", "A", "band", 30.0), Group("b", "B", "band", 10.0))
    evidence = (Evidence("a", "job", 0.4, responsiveness=0.4), Evidence("b", "job", 0.1, responsiveness=0.4))
    return with_provider(programme(groups=groups, evidence=evidence), **provider)


def test_a_profit_seeker_spends_until_a_pound_brings_back_a_pound() -> None:
    # Everyone alike, no discount: p (1 - p) r W = scale + e.
    decision = _plan(with_tariff(programme(), prices=(PriceLine("band", "job", 5000.0),)))

    support = float(decision.support_by_stratum[0, 0])
    chance = float(decision.chance[0, 0, 0])
    assert support > 0
    assert chance * (1 - chance) * 0.5 * 5000 == pytest.approx(200 + support)
    assert decision.money_price.tolist() == [1.0]


def test_head_value_is_income_less_support_without_discounting() -> None:
    decision = _plan(with_tariff(programme(), prices=(PriceLine("band", "job", 5000.0),)))

    assert decision.head_value[0] == pytest.approx(decision.income[0] - decision.support_by_stratum[0].mean())


def test_discounting_shrinks_what_a_late_payment_is_worth() -> None:
    late = with_tariff(programme(), prices=(PriceLine("band", "job", 5000.0),), payment_lag_months=12)
    decision = _plan(with_provider(late, cost_of_capital=0.1, risk_discount=0.2))

    chance, support = float(decision.chance[0, 0, 0]), float(decision.support_by_stratum[0, 0])
    worth = 5000 * 0.8 * 1.1 ** (-15 / 12)  # three months to the milestone, twelve to the payment
    assert chance * (1 - chance) * 0.5 * worth == pytest.approx(200 + support)


@pytest.mark.parametrize("share", [0.5, 0.9, 1.0])
def test_support_costs_the_chosen_share_of_each_groups_income(share: float) -> None:
    decision = _plan(_two_groups(spending_rule=SpendingRule.INCOME_SHARE, income_share=share, unit_cost=1.2))

    cost = 1.2 * decision.support_by_stratum.mean(-1)
    assert cost == pytest.approx(share * decision.income, rel=1e-9)


def test_one_purse_balances_over_the_groups_weighted_by_their_referrals() -> None:
    decision = _plan(_two_groups(**SHARE, budget_scope=BudgetScope.CONTRACT))

    gap = decision.support_by_stratum.mean(-1) - 0.9 * decision.income
    assert gap @ [30.0, 10.0] == pytest.approx(0.0, abs=1e-6)
    assert decision.money_price[0] == decision.money_price[1]
    assert abs(gap).max() > 1


def test_where_income_is_nothing_money_has_its_highest_price() -> None:
    unpaid = with_provider(with_tariff(programme(), prices=()), **SHARE, mission_weight=1.0)

    assert _plan(unpaid).money_price[0] == pytest.approx(1 / 0.9)


def test_a_mission_adds_social_value_at_the_final_outcome() -> None:
    decision = _plan(with_provider(with_tariff(programme(), prices=()), mission_weight=0.5))

    chance, support = float(decision.chance[0, 0, 0]), float(decision.support_by_stratum[0, 0])
    assert chance * (1 - chance) * 0.5 * 2500 == pytest.approx(200 + support)
    assert decision.income[0] == 0


def test_the_minimum_service_stands_on_the_first_responsive_step_only() -> None:
    decision = _plan(with_tariff(programme(), prices=(), minimum_service=150.0))

    assert decision.support_at[0, 0].tolist() == [150.0] * 20
    assert decision.head_value[0] == pytest.approx(-150.0)


def test_efficient_support_ignores_price_and_floor() -> None:
    free = programme()
    paid = with_tariff(free, prices=(PriceLine("band", "job", 9999.0),), minimum_service=500.0)

    plans = [efficient_plan(Setting.of(given_)).support for given_ in (free, paid)]

    chance = float(efficient_plan(Setting.of(free)).chance[0, 0, 0, 0])
    worth = 5000 * 1.035 ** (-3 / 12)
    assert plans[0] == pytest.approx(plans[1])
    assert chance * (1 - chance) * 0.5 * worth == pytest.approx(200 + plans[0][0, 0, 0, 0])


def test_a_hopeless_target_is_not_worked_for_and_a_near_one_is() -> None:
    priced = with_tariff(programme(), prices=(PriceLine("band", "job", 5000.0),))
    plain = _plan(priced)

    far = _plan(with_tariff(priced, target=Target("job", TargetRule.BINARY, 0.95)))
    near = _plan(with_tariff(priced, target=Target("job", TargetRule.BINARY, 0.36)))

    assert far.support_by_stratum.max() == 0
    assert far.income[0] == pytest.approx(0.0, abs=1e-6)
    assert near.support_by_stratum.mean() > plain.support_by_stratum.mean()
    assert near.paid_share > 0.5


def test_a_target_at_nothing_is_no_target() -> None:
    priced = with_tariff(programme(), prices=(PriceLine("band", "job", 5000.0),))

    bound = _plan(with_tariff(priced, target=Target("job", TargetRule.BINARY, 0.0)))

    assert bound.support_by_stratum == pytest.approx(_plan(priced).support_by_stratum)
    assert bound.income == pytest.approx(_plan(priced).income)


def test_a_windows_shock_averages_its_months() -> None:
    unsure = Uncertainty(outcome_shock=0.3, outcome_shock_monthly=0.1)
    setting = Setting.of(programme(uncertainty=unsure))

    two = shock_deviation(setting, Target("job", TargetRule.BINARY, 0.3, None, 2))

    assert two == pytest.approx(math.sqrt(0.3**2 + 0.1**2 * (2 + 2 * 0.9) / 4))


@settings(max_examples=60, deadline=None)
@given(programmes())
def test_any_programme_gives_a_plan_that_makes_sense(given_: Programme) -> None:
    setting = Setting.of(given_)
    for provider in given_.providers:
        decision = decide(setting, provider)

        assert np.isfinite(decision.support_at).all()
        assert (decision.support_at >= 0).all()
        assert ((decision.reach >= 0) & (decision.reach <= 1)).all()
        assert (decision.income >= 0).all()


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 20_000), st.floats(1, 4), st.floats(0, 1))
def test_a_higher_price_never_lowers_support(price: float, times: float, responsiveness: float) -> None:
    base = programme(evidence=(Evidence("g", "job", 0.2, responsiveness=responsiveness),))
    for rule in ({}, SHARE):
        low, high = (
            _plan(with_provider(with_tariff(base, prices=(PriceLine("band", "job", worth),)), **rule))
            for worth in (price, price * times)
        )
        assert high.support_by_stratum.mean() >= low.support_by_stratum.mean() - 1e-6


@settings(max_examples=25, deadline=None)
@given(programmes())
def test_without_responsiveness_nobody_is_supported(given_: Programme) -> None:
    deaf = tuple(replace(row, responsiveness=0.0, observed=None) for row in given_.evidence)
    setting = Setting.of(replace(given_, evidence=deaf))

    for provider in given_.providers:
        assert decide(setting, provider).support_by_stratum.max() == 0


def test_the_worked_example_keeps_its_figures() -> None:
    # A stored result: it moves only with the model, and then the README says why.
    decision = _plan(work_programme())

    assert decision.support_by_stratum.mean(-1) == pytest.approx([1017.69, 1014.95, 652.58, 562.72], abs=0.01)
    assert decision.income == pytest.approx([1130.77, 1127.72, 725.09, 625.24], abs=0.01)
