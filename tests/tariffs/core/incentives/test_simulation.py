"""Blocks of draws: the same anywhere, right on average, and no money made or lost."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, replace
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commissioning.core.pathways import Evidence, Milestone
from tariffs.core.incentives import Outcome, Simulation, pack, unpack
from tariffs.core.programmes import PriceLine, Programme, Provider, Target, TargetRule, Uncertainty
from tariffs.sources.examples import work_programme
from tests.factories.small_programmes import drawn, programme, with_provider, with_tariff
from tests.strategies.programmes import programmes


def _paid(**terms: object) -> Programme:
    return with_tariff(programme(), prices=(PriceLine("band", "job", 5000.0),), **terms)


def _digest(given_: Programme, draws: int, index: int) -> str:
    return sha256(pack(Simulation(given_).block(draws, 7, index))).hexdigest()


@pytest.mark.promise("R2")
@pytest.mark.slow
def test_blocks_are_the_same_alone_in_any_order_and_in_other_processes() -> None:
    given_ = work_programme()
    whole = Simulation(given_)
    count = whole.block_count(3000)
    here = [sha256(pack(whole.block(3000, 7, index))).hexdigest() for index in range(count)]

    with ProcessPoolExecutor(2) as pool:
        elsewhere = list(pool.map(_digest, [given_] * count, [3000] * count, range(count)))
    backwards = [_digest(given_, 3000, index) for index in reversed(range(count))][::-1]

    assert count > 1
    assert here == elsewhere == backwards


def test_a_longer_run_begins_with_the_shorter_one() -> None:
    size = Simulation(_paid()).block_draws
    short, long = (drawn(_paid(), draws) for draws in (size, 2 * size))

    assert long.margin[:size].tolist() == short.margin.tolist()


def test_other_seeds_bring_other_luck() -> None:
    assert drawn(_paid(), 64, seed=1).margin.tolist() != drawn(_paid(), 64, seed=2).margin.tolist()


def test_packing_keeps_everything() -> None:
    outcomes = Simulation(_paid()).block(64, 1, 0)

    again = unpack(pack(outcomes))

    for field in fields(Outcome):
        assert getattr(again[0], field.name).tolist() == getattr(outcomes[0], field.name).tolist()


def test_without_shocks_margins_have_the_mean_and_spread_of_a_compound_poisson_number() -> None:
    simulation = Simulation(_paid())
    decision = simulation.decisions[0]
    chance, support = float(decision.chance[0, 0, 0]), float(decision.support_at[0, 0, 0])
    people = 6 * 20.0

    outcome = drawn(_paid(), 8192)

    mean = people * (chance * 5000 - support)
    variance = people * (chance * (5000 - support) ** 2 + (1 - chance) * support**2)
    assert outcome.margin.mean() == pytest.approx(mean, abs=4.5 * np.sqrt(variance / 8192))
    assert outcome.margin.var() == pytest.approx(variance, rel=0.07)
    assert outcome.referred.mean() == pytest.approx(people, rel=0.01)
    assert outcome.final.mean() == pytest.approx(people * chance, rel=0.02)
    assert outcome.final_without_help.mean() == pytest.approx(people * 0.2, rel=0.01)


def test_months_and_lags_by_hand() -> None:
    # Everyone succeeds three months after referral: 20 people a month on average, paid one month later.
    sure = with_tariff(programme(evidence=()), prices=(PriceLine("band", "job", 100.0),), payment_lag_months=1)
    outcome = drawn(with_provider(sure, overhead_monthly=50.0), 4096)

    path = outcome.cash.mean(-1) - 1e6
    expected = [-50.0 * (t + 1) + 2000.0 * min(max(t - 3, 0), 6) for t in range(12)] + [-600.0 + 12000.0]
    assert path == pytest.approx(expected, abs=60)


def test_milestones_reached_at_the_end_of_the_contract_or_later_do_not_count() -> None:
    late = replace(programme(evidence=()), milestones=(Milestone("job", "Job", delay_months=9, final=True),))
    outcome = drawn(with_tariff(late, prices=(PriceLine("band", "job", 100.0),)), 2048)

    # Only the first three of six cohorts arrive before month 12.
    assert outcome.final.mean() == pytest.approx(60, rel=0.02)
    assert outcome.payments.mean() == pytest.approx(6000, rel=0.02)


def test_fees_upfront_payment_and_cap() -> None:
    fees = with_tariff(programme(), prices=(), service_fee_monthly=100.0, upfront_payment=1000.0, payment_cap=1500.0)

    outcome = drawn(with_provider(fees, share=0.5), 64)

    assert outcome.payments.tolist() == [750.0] * 64
    assert (outcome.cash[0] - 1e6).tolist() == [550.0] * 64
    assert (outcome.cash[-1] - 1e6).tolist() == [750.0] * 64


def test_prices_change_each_year() -> None:
    sure = replace(programme(evidence=()), referral_months=24, contract_months=36)
    dearer = with_tariff(sure, prices=(PriceLine("band", "job", 100.0),), annual_price_change=0.5)

    outcome = drawn(dearer, 2048)

    # Referrals of months 0-8 arrive in the first year, 9-20 in the second, 21-23 in the third.
    assert outcome.payments.mean() == pytest.approx(2000 * (9 + 12 * 1.5 + 3 * 2.25), rel=0.02)


def test_a_volume_guarantee_pays_first_automatic_payments_of_missing_referrals() -> None:
    quiet = replace(programme(evidence=()), uncertainty=Uncertainty(volume_trend=-0.9999))
    sure = with_tariff(quiet, prices=(PriceLine("band", "job", 100.0),), volume_guarantee=2.0)

    outcome = drawn(sure, 2048)

    planned = sum(20 * 0.0001 ** (t / 12) for t in range(6))
    assert outcome.payments.mean() == pytest.approx(2.0 * planned * 100, rel=0.02)


def test_season_shifts_the_months_of_the_calendar() -> None:
    good = Uncertainty(season=(0.0, 0.0, 0.0, 9.0) + (0.0,) * 8)
    april = with_tariff(replace(programme(uncertainty=good), start="2026-04"), prices=())
    january = replace(april, start="2026-01")

    first, fourth = (drawn(given_, 512) for given_ in (april, january))

    # Whoever is referred in April succeeds almost surely, others at 0.2.
    assert first.final.mean() == pytest.approx(20 + 100 * 0.2, rel=0.03)
    assert fourth.final.mean() == pytest.approx(20 + 100 * 0.2, rel=0.03)
    assert first.cash.shape == (12, 512)


def test_volumes_have_mean_one_and_the_given_spread() -> None:
    wide = replace(programme(), uncertainty=Uncertainty(volume_spread=0.5))

    referred = drawn(wide, 8192).referred[0]

    assert referred.mean() == pytest.approx(120, rel=0.02)
    assert referred.var() == pytest.approx(120 + 120**2 * (np.exp(0.25) - 1), rel=0.15)


@pytest.mark.parametrize("rule", [TargetRule.BINARY, TargetRule.EXCESS, TargetRule.SLIDING])
def test_a_window_pays_by_its_own_rate(rule: TargetRule) -> None:
    target = Target("job", rule, 0.3, 0.1, 3)
    sure = with_tariff(programme(evidence=()), prices=(PriceLine("band", "job", 100.0),), target=target)

    outcome = drawn(sure, 1024)

    # Everyone succeeds: all is paid, but for the share below an excess target.
    share = 0.7 if rule is TargetRule.EXCESS else 1.0
    assert outcome.payments == pytest.approx(outcome.referred[0] * 100 * share, rel=1e-5)
    # The first window's last referral (month 2) arrives in month 5: nothing is paid before that.
    assert (outcome.cash[4] == 1e6).all()
    assert (outcome.cash[5] > 1e6).all()


def test_branches_of_the_pathway_are_both_walked() -> None:
    fork = (
        Milestone("course", "Course", delay_months=1),
        Milestone("job", "Job", delay_months=2, final=True),
        Milestone("stay", "Stay", "job", 1),
    )
    evidence = (Evidence("g", "course", 0.5), Evidence("g", "job", 0.25), Evidence("g", "stay", 0.5))
    prices = (PriceLine("band", "course", 10.0), PriceLine("band", "job", 1000.0), PriceLine("band", "stay", 100000.0))
    outcome = drawn(with_tariff(programme(milestones=fork, evidence=evidence), prices=prices), 4096)

    assert outcome.payments.mean() == pytest.approx(120 * (0.5 * 10 + 0.25 * 1000 + 0.125 * 100000), rel=0.03)


@settings(max_examples=40, deadline=None)
@given(programmes(), st.integers(0, 2**31))
def test_no_money_is_made_or_lost(given_: Programme, seed: int) -> None:
    simulation = Simulation(given_)

    for outcome, provider in zip(simulation.block(48, seed, 0), given_.providers, strict=True):
        size = 1.0 + abs(provider.reserves) + np.abs(outcome.cash).max() + outcome.payments.max()
        assert outcome.cash[-1] - provider.reserves == pytest.approx(outcome.margin, abs=1e-5 * size)
        assert (outcome.trough >= 0).all()
        assert outcome.trough == pytest.approx(np.maximum(0, provider.reserves - outcome.cash.min(0)), abs=1e-5 * size)
        assert (outcome.final.sum(0) <= outcome.referred.sum(0) + 1e-6).all()
        assert (outcome.payments <= _cap(given_, provider) * (1 + 1e-9) + 1e-6).all()
        assert all(np.isfinite(getattr(outcome, field.name)).all() for field in fields(Outcome))


def _cap(given_: Programme, provider: Provider) -> float:
    cap = given_.tariff.payment_cap
    return np.inf if cap is None else cap * provider.share


@settings(max_examples=20, deadline=None)
@given(st.floats(100, 20_000), st.floats(1, 3))
def test_paying_more_never_costs_the_commissioner_less_by_the_same_luck(price: float, times: float) -> None:
    low, high = (
        drawn(with_tariff(programme(), prices=(PriceLine("band", "job", each),)), 64) for each in (price, price * times)
    )

    assert (high.payments >= low.payments * (1 - 1e-6)).all()


def test_a_block_depends_on_the_programme_alone() -> None:
    assert Simulation(work_programme()).block_draws == 768
    assert Simulation(programme()).block_draws == 1024


def test_a_step_beside_the_main_line_that_needs_no_help_is_taken_by_everyone() -> None:
    milestones = (Milestone("job", "Job", delay_months=3, final=True), Milestone("letter", "Letter", delay_months=1))
    given = with_tariff(replace(programme(), milestones=milestones), prices=(PriceLine("band", "letter", 100.0),))

    outcome = drawn(given, 1024)

    assert outcome.payments.tolist() == (100.0 * outcome.referred.sum(0)).tolist()
