"""What happens to draws that run short of cash: support is cut, or the provider fails."""

from dataclasses import replace

import pytest

from commissioning.core.pathways import Evidence, Milestone
from tariffs.core.incentives.disinvestment import NEVER_MONTH
from tariffs.core.programmes import PriceLine, Uncertainty
from tests.factories.small_programmes import drawn, programme, with_provider, with_tariff

PAID = with_tariff(programme(), prices=(PriceLine("band", "job", 5000.0),))


def test_a_provider_short_of_cash_cuts_support_to_a_quarter_and_no_further() -> None:
    poor = with_provider(
        with_tariff(programme(), prices=(PriceLine("band", "job", 5000.0),)),
        reserves=0.0,
        reserve_floor_months=1.0,
        overdraft=1e9,
    )
    rich = with_provider(
        with_tariff(programme(), prices=(PriceLine("band", "job", 5000.0),)), reserves=1e9, reserve_floor_months=1.0
    )

    cut, full = drawn(poor, 1024), drawn(rich, 1024)

    first_month = float(-cut.cash[0].mean() / -(full.cash[0].astype(float) - 1e9).mean())
    assert first_month == pytest.approx(0.25, rel=0.03)
    assert cut.final.mean() < full.final.mean()
    assert (cut.failed_month == NEVER_MONTH).all()


def test_the_minimum_service_is_not_cut() -> None:
    floor = with_tariff(programme(), prices=(), minimum_service=100.0)
    poor = with_provider(floor, reserves=0.0, reserve_floor_months=1.0, overdraft=1e9)

    outcome = drawn(poor, 1024)

    assert outcome.margin.mean() == pytest.approx(-120 * 100, rel=0.02)


def test_a_provider_without_a_reserve_floor_never_cuts_support_before_it_fails() -> None:
    # A month costs 20 people x 100 of support and 10,000 of overhead, so that 2,500 of reserves fail in the first.
    floor = with_tariff(programme(), prices=(), minimum_service=100.0)
    failing = with_provider(floor, reserves=2500.0, reserve_floor_months=0.0, overhead_monthly=10_000.0)

    outcome = drawn(failing, 1024)

    assert (outcome.failed_month == 0).all()
    assert outcome.margin.mean() == pytest.approx(-12_000, rel=0.01)


def test_failure_stops_costs_and_counts_who_is_left() -> None:
    # A month costs about 20 people x 100: overhead 1000 a month and no income; 2,500 of reserves fail in month 2.
    doomed = with_tariff(programme(), prices=(), minimum_service=0.0)
    failing = with_provider(
        replace(doomed, uncertainty=Uncertainty(replacement_months=2)), reserves=2500.0, overhead_monthly=1000.0
    )

    outcome = drawn(failing, 1024)

    assert (outcome.failed_month == 2).all()
    assert outcome.margin.tolist() == [-3000.0] * 1024
    # Referrals of months 3 and 4; nobody on the books has a step before them.
    assert outcome.left_without_service.mean() == pytest.approx(40, rel=0.02)
    # Decided in months 0 to 2 only.
    assert outcome.final.mean() == pytest.approx(60 * 0.2, rel=0.05)


def test_people_on_the_books_with_a_step_before_them_are_left_too() -> None:
    two_steps = (Milestone("start", "Start", delay_months=2), Milestone("job", "Job", "start", 1, final=True))
    given_ = with_tariff(replace(programme(), milestones=two_steps), prices=())
    failing = with_provider(given_, reserves=2500.0, overhead_monthly=1000.0)

    outcome = drawn(failing, 1024)

    # Those referred in months 1 and 2 have not yet stood before the job when the provider fails in month 2.
    assert outcome.left_without_service.mean() == pytest.approx(40, rel=0.02)


def test_payments_already_earned_still_arrive_after_failure() -> None:
    given_ = with_tariff(
        programme(evidence=(Evidence("g", "job", 0.5),)),
        prices=(PriceLine("band", "job", 10.0),),
        payment_lag_months=6,
    )
    failing = with_provider(given_, reserves=2500.0, overhead_monthly=1000.0)

    outcome = drawn(failing, 1024)

    assert outcome.payments.mean() == pytest.approx(30 * 10, rel=0.05)
    assert (outcome.margin - outcome.payments).tolist() == [-3000.0] * 1024
