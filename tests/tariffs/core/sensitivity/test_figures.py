"""The figures of a case against closed forms, the simulation and the totals of the price grid."""

from dataclasses import replace
from math import exp

import pytest

from commissioning.core.pathways import Evidence, Group, Milestone
from tariffs.core.incentives import Setting, decide
from tariffs.core.price_totals import totals
from tariffs.core.programmes import PriceLine, Provider, Tariff, Uncertainty
from tariffs.core.sensitivity import FIGURES, Case, Figure, exact
from tests.factories.small_programmes import drawn, programme, with_provider, with_tariff
from tests.twins.cases import ladder


def chance(support: float, baseline: float = 0.2, responsiveness: float = 0.5) -> float:
    odds = baseline / (1 - baseline) * (1 + support / 200) ** responsiveness
    return odds / (1 + odds)


def best_support(price: float = 1000.0, unit_cost: float = 1.0) -> float:
    """Try every penny: the support that leaves most."""
    return max(range(50_000), key=lambda pence: chance(pence / 100) * price - unit_cost * pence / 100) / 100


def test_one_group_of_people_alike_comes_to_what_one_sum_says():
    support = best_support()

    found = exact(Case(programme()))

    assert found.spend == pytest.approx(120 * 1000 * chance(support), rel=1e-4)
    assert found.margin == pytest.approx(found.spend - 120 * support, abs=5.0)
    assert found.additional == pytest.approx(120 * (chance(support) - 0.2), rel=1e-3)
    assert (found.parked, found.loss) == (0.0, 0.0)
    assert [found.of(figure) for figure in FIGURES] == [found.parked, found.margin, found.spend, found.additional, 0.0]


def test_overhead_is_paid_each_month_of_the_contract():
    base, dearer = exact(Case(programme())), exact(Case(with_provider(programme(), overhead_monthly=100.0)))

    assert base.margin - dearer.margin == pytest.approx(1200.0)


def test_luck_strikes_after_the_plan_is_made():
    support = float(decide(Setting.of(programme()), programme().providers[0]).support_at[0, 0, 0])
    odds = chance(support) / (1 - chance(support)) * exp(-0.4)

    found = exact(Case(programme(), shift=-0.4))

    assert found.spend == pytest.approx(120 * 1000 * odds / (1 + odds))
    assert found.margin == pytest.approx(found.spend - 120 * support)
    unhelped = 0.25 * exp(-0.4)
    assert found.additional == pytest.approx(120 * (odds / (1 + odds) - unhelped / (1 + unhelped)))


def test_fewer_referrals_bring_and_cost_in_proportion():
    base, fewer = exact(Case(programme())), exact(Case(programme(), volume=0.5))

    assert fewer.spend == pytest.approx(base.spend / 2)
    assert fewer.margin == pytest.approx(base.margin / 2)
    assert fewer.additional == pytest.approx(base.additional / 2)
    assert fewer.parked == base.parked


def test_a_fee_is_paid_however_many_come():
    paid = with_tariff(programme(), service_fee_monthly=1000.0, upfront_payment=500.0)

    base, fewer = exact(Case(paid)), exact(Case(paid, volume=0.5))

    assert base.spend - 12_500 == pytest.approx(2 * (fewer.spend - 12_500))


def test_a_volume_guarantee_pays_the_first_payment_of_those_who_do_not_come():
    attached = replace(
        programme(),
        milestones=(Milestone("start", "Start"), Milestone("job", "Job", after="start", final=True)),
        tariff=Tariff(prices=(PriceLine("band", "start", 100.0),), volume_guarantee=0.9, payment_lag_months=2),
    )

    found = exact(Case(attached, volume=0.6))

    assert found.spend == pytest.approx(120 * 100 * (0.6 + 0.3))


def test_a_cap_ends_what_is_paid():
    assert exact(Case(with_tariff(programme(), payment_cap=5000.0))).spend == pytest.approx(5000.0)


def test_the_spend_is_the_total_of_the_price_grid():
    assert exact(Case(ladder)).spend == pytest.approx(totals(ladder).total)


def test_the_simulation_without_shocks_agrees_on_average():
    calm = replace(ladder, providers=ladder.providers[:1], uncertainty=Uncertainty(volume_trend=0.2))
    calm = with_provider(calm, share=1.0, reserves=1e7, overhead_monthly=50.0)
    assert calm.tariff.target.rule == "none"

    found, outcome = exact(Case(calm)), drawn(calm, draws=4096)

    error = 4 * outcome.margin.std() / 64
    assert found.margin == pytest.approx(outcome.margin.mean(), abs=error)
    assert found.spend == pytest.approx(outcome.payments.mean(), abs=4 * outcome.payments.std() / 64)
    gained = (outcome.final - outcome.final_without_help).sum(0)
    assert found.additional == pytest.approx(gained.mean(), abs=4 * gained.std() / 64)


def test_the_chance_of_a_loss_is_that_of_the_largest_provider_on_the_same_luck():
    poor = Provider("poor", share=0.2, overhead_monthly=1e6, reserves=1e9, cost_of_capital=0.0)
    both = replace(programme(), providers=(replace(programme().providers[0], share=0.8), poor))

    assert exact(Case(both)).loss == 0.0
    assert exact(Case(replace(both, providers=(replace(poor, share=0.9), both.providers[0])))).loss == 1.0


def test_a_shift_and_fewer_people_make_a_loss_more_likely():
    tight = with_provider(programme(), overhead_monthly=2600.0)

    base = exact(Case(tight)).loss

    assert 0.0 < base < exact(Case(tight, shift=-0.5)).loss
    assert base < exact(Case(tight, volume=0.8)).loss


def test_people_who_come_too_late_neither_cost_nor_bring_anything():
    late = replace(programme(), groups=(Group("g", "Group", "band", 20.0, 0.0),), contract_months=3)

    found = exact(Case(replace(late, referral_months=3, evidence=(Evidence("g", "job", 0.2),))))

    assert (found.spend, found.additional) == (0.0, 0.0)
    assert found.of(Figure.MARGIN) == 0.0
