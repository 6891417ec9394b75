"""Expected money by month: by hand, and against the simulation where nothing is left to luck."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from commissioning.core.pathways import Evidence, Milestone
from tariffs.core.feasibility import Inputs, Subject, check
from tariffs.core.feasibility.flows import even_handed, flows
from tariffs.core.incentives import Setting
from tariffs.core.price_totals import totals
from tariffs.core.programmes import Programme, Target, TargetRule, Uncertainty
from tariffs.sources.examples import KEYS, load
from tests.factories.feasibility import doubling
from tests.factories.small_programmes import drawn, with_provider, with_tariff
from tests.strategies.programmes import programmes


def expected(of: Programme):
    return Subject(of, Inputs()).contracts[0].flows


def test_payments_arrive_after_delay_and_lag_and_costs_at_once() -> None:
    found = expected(doubling(payment_lag_months=2, service_fee_monthly=10.0, upfront_payment=100.0))

    assert found.results == pytest.approx([0] * 5 + [20_000 / 3] * 6 + [0] * 3)
    assert found.fees == pytest.approx([110] + [10] * 11 + [0] * 2)
    assert found.costs == pytest.approx([4000] * 6 + [0] * 8)
    assert found.income == pytest.approx(40_220)
    assert found.margin == pytest.approx(16_220)


def test_a_cap_ends_payment_in_the_month_in_which_it_is_reached() -> None:
    found = expected(doubling(payment_cap=10_000.0))

    assert found.results == pytest.approx([0] * 3 + [20_000 / 3, 10_000 / 3] + [0] * 7)
    assert found.uncapped.sum() == pytest.approx(40_000)


def test_a_target_settles_when_its_windows_last_result_could_be_in() -> None:
    given = with_tariff(doubling(), target=Target("job", TargetRule.BINARY, 0.01, None, 4))

    found = expected(given)

    # Referred in months 1 to 4 and 5 to 6, three months each: settled at the end of months 7 and 9.
    assert found.results == pytest.approx([0] * 6 + [80_000 / 3, 0, 40_000 / 3] + [0] * 3)


def test_prices_and_volumes_grow_by_the_year() -> None:
    base = replace(
        doubling(annual_price_change=0.1),
        contract_months=24,
        referral_months=13,
        uncertainty=Uncertainty(volume_trend=1.0),
    )

    found = expected(base)

    people = 20 * 2 ** (np.arange(13) / 12)
    index = np.where(np.arange(13) + 3 >= 12, 1.1, 1.0)
    assert found.results[3:16] == pytest.approx(people / 3 * 1000 * index)


@pytest.mark.slow
@pytest.mark.parametrize("key", ["work-programme", "innovation-fund", "troubled-families"])
def test_the_expectation_is_the_simulations_mean_without_shocks(key: str) -> None:
    calm = replace(load(key), uncertainty=Uncertainty())
    calm = with_provider(calm, reserves=1e9, reserve_floor_months=0.0)

    outcome, found = drawn(calm, draws=1024), expected(calm)

    assert found.income == pytest.approx(outcome.payments.mean(), rel=0.005)
    assert found.margin == pytest.approx(outcome.margin.mean(), rel=0.05, abs=20_000)
    assert found.balance[:-1] == pytest.approx(outcome.cash.mean(-1)[: len(found.balance) - 1] - 1e9, abs=60_000)


@pytest.mark.parametrize("key", KEYS)
def test_what_is_expected_is_what_the_tariffs_totals_say(key: str) -> None:
    subject, worth = Subject(load(key), Inputs()), totals(load(key))

    assert worth is not None
    assert sum(contract.flows.income for contract in subject.contracts) == pytest.approx(worth.total)
    assert subject.results_share == pytest.approx(worth.results_share)


@pytest.mark.slow
def test_a_guarantee_is_worth_what_the_simulation_pays_for_it() -> None:
    base = load("troubled-families")
    calm = with_tariff(with_provider(replace(base, uncertainty=Uncertainty()), reserves=1e9), volume_guarantee=1.0)
    contract = Subject(calm, Inputs()).contracts[0]

    short = flows(contract.setting, contract.provider, contract.planned, volume=0.5)

    # Half of 1,000.8 people are missing, at £3,200 each for being taken on.
    assert short.fees.sum() == pytest.approx(0.5 * 27.8 * 36 * 3200)


@pytest.mark.parametrize("amount", [0.0, 200.0, 5000.0])
def test_even_handed_support_comes_to_the_amount(amount: float) -> None:
    setting = Setting.of(load("innovation-fund"))

    reach, spend = even_handed(setting, 0, amount)

    assert spend.sum() == pytest.approx(amount, abs=1e-6)
    assert (np.diff(reach[:7]) <= 0).all()


def test_even_handed_support_on_a_later_step_is_as_much_larger_as_fewer_come_so_far() -> None:
    base = doubling()
    milestones = (Milestone("course", "Course"), Milestone("job", "Job", after="course", final=True))
    evidence = (Evidence("g", "course", 0.25), base.evidence[0])
    setting = Setting.of(replace(base, milestones=milestones, evidence=evidence))

    reach, spend = even_handed(setting, 0, 50.0)

    # £200 for the one in four who come so far.
    assert spend == pytest.approx([0.0, 50.0])
    assert reach == pytest.approx([0.25, 0.25 / 3])


def test_even_handed_support_that_moves_nothing_is_spent_at_the_first_step() -> None:
    setting = Setting.of(replace(doubling(), evidence=()))

    reach, spend = even_handed(setting, 0, 300.0)

    assert (reach.tolist(), spend.tolist()) == ([1.0], pytest.approx([300.0]))


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(programmes())
def test_any_programme_is_checked(of: Programme) -> None:
    assert len(check(of)) == 52
