"""Rehearsals: the same luck for every variant, the ordinary engine's law in usual times, and relief that adds up."""

from dataclasses import replace

import numpy as np
import pytest

from commissioning.core.pathways import Milestone
from tariffs.core.incentives.disinvestment import NEVER_MONTH
from tariffs.core.programmes import PriceLine, Programme, Target, TargetRule, Tariff, Uncertainty
from tariffs.core.rehearsals import Clause, Lived, Relief, Shock, ShockKind, Stage, Trigger, merge, pack, unpack
from tests.factories.small_programmes import drawn, programme, with_provider, with_tariff
from tests.twins.cases import ladder

FORGIVE = Clause(Trigger.INCOME, 0.95, 4, Relief.FORGIVE, 0.5)
UNSURE = replace(programme(), uncertainty=Uncertainty(outcome_shock=0.3, volume_spread=0.3, replacement_months=2))
NOTHING = Shock(ShockKind.REFERRALS, 0.0)


def played(of: Programme, shock: Shock, clause: Clause | None = FORGIVE, draws: int = 512) -> tuple[Lived, ...]:
    stage = Stage(of, shock, clause)
    (variants,) = stage.block(draws, 1, 0)
    return variants


def same(one: Lived, other: Lived) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in Lived.__slots__)


def test_no_shock_changes_nothing_in_any_draw():
    usual, usual_clause, shock, shock_clause = played(UNSURE, NOTHING)

    assert same(usual, shock)
    assert same(usual_clause, shock_clause)


@pytest.mark.parametrize("given", [UNSURE, ladder], ids=["small", "everything"])
def test_usual_times_are_those_of_the_ordinary_engine(given: Programme):
    stage = Stage(given, NOTHING, None)
    usual, _ = stage.block(2048, 1, 0)[0]
    count = len(usual.margin)
    plain = drawn(given, 2048)

    for name in ("margin", "payments", "left_without_service", "trough"):
        mine, other = getattr(usual, name), getattr(plain, name)
        error = 5 * np.hypot(mine.std() / count**0.5, other.std() / 2048**0.5) + 1e-6
        assert mine.mean() == pytest.approx(other.mean(), abs=error), name
    final = plain.final.sum(0)
    assert usual.final.mean() == pytest.approx(final.mean(), abs=5 * final.std() * (2 / count) ** 0.5)


def test_fewer_referrals_never_bring_more_and_meet_the_same_luck():
    usual, _, shock, _ = played(UNSURE, Shock(ShockKind.REFERRALS, 1 / 3))

    assert (shock.payments <= usual.payments).mean() > 0.99
    assert shock.payments.mean() == pytest.approx(usual.payments.mean() * 2 / 3, rel=0.03)
    assert np.corrcoef(shock.payments, usual.payments)[0, 1] > 0.9


def test_a_guarantee_holds_against_what_was_planned():
    attached = replace(
        UNSURE,
        milestones=(Milestone("start", "Start"), Milestone("job", "Job", after="start", final=True)),
        tariff=Tariff(prices=(PriceLine("band", "start", 100.0),), volume_guarantee=1.0),
    )

    usual, shock = played(attached, Shock(ShockKind.REFERRALS, 1.0), clause=None)

    assert shock.guaranteed == pytest.approx(np.full(512, 6 * 20 * 100.0))
    assert shock.payments == pytest.approx(shock.guaranteed)
    assert usual.guaranteed.mean() < shock.guaranteed.mean() / 2


def test_a_milestone_that_takes_too_long_is_neither_reached_nor_paid():
    usual, _, shock, _ = played(UNSURE, Shock(ShockKind.NO_PLACES, 12.0, "job"))

    assert usual.final.mean() > 0
    assert not shock.final.any()
    assert not shock.payments.any()


def test_outcomes_fall_by_the_size_of_a_poor_labour_market():
    calm = replace(programme(), uncertainty=Uncertainty())

    usual, _, shock, _ = played(calm, Shock(ShockKind.LABOUR_MARKET, 0.3), draws=2048)

    assert shock.final.mean() == pytest.approx(0.7 * usual.final.mean(), rel=0.02)


def test_where_nobody_is_short_of_cash_relief_adds_up_to_the_penny():
    usual, usual_clause, shock, shock_clause = played(UNSURE, Shock(ShockKind.REFERRALS, 0.5))

    for without, under in ((usual, usual_clause), (shock, shock_clause)):
        assert under.payments - without.payments == pytest.approx(under.relief, abs=0.01)
        assert under.margin - without.margin == pytest.approx(under.relief, abs=0.01)
        assert not without.relief.any()
        assert ((under.since < NEVER_MONTH) | (under.relief == 0)).all()
    assert shock_clause.relief.mean() > usual_clause.relief.mean() > 0


def test_half_of_what_the_first_year_fell_short_is_paid_back_in_every_draw():
    calm = replace(programme(), referral_months=12, contract_months=24, uncertainty=Uncertainty())
    stage = Stage(calm, Shock(ShockKind.REFERRALS, 0.4), Clause(Trigger.INCOME, 1.0, 12, Relief.FORGIVE, 0.5))
    (variants,) = stage.block(256, 1, 0)
    without, under = variants[2], variants[3]

    bites = under.since < NEVER_MONTH
    earned = stage.plans[0].income[:12].sum() - 2 * under.relief[bites]

    assert set(under.since[bites]) == {12.0}
    assert not under.relief[~bites].any()
    # Of £1,000 each, whole outcomes: what income there was in the year is a whole number of them.
    assert earned / 1000 == pytest.approx(np.round(earned / 1000), abs=1e-6)
    assert (earned <= without.payments[bites] + 1e-6).all()


def test_relief_keeps_a_provider_going_that_would_have_failed():
    poor = with_provider(UNSURE, reserves=8_000.0, overhead_monthly=900.0, reserve_floor_months=1.0)
    clause = Clause(Trigger.REFERRALS, 0.95, 2, Relief.MINIMUM, 1.0)

    usual, _, shock, shock_clause = played(poor, Shock(ShockKind.REFERRALS, 0.7), clause)

    def failing(lived: Lived) -> float:
        return float((lived.failed_month < NEVER_MONTH).mean())

    assert failing(shock) > failing(usual)
    assert failing(shock_clause) < failing(shock)


def test_an_uplift_and_a_cap_do_not_eat_each_other():
    capped = with_tariff(UNSURE, payment_cap=20_000.0)

    _, _, shock, shock_clause = played(
        capped, Shock(ShockKind.REFERRALS, 0.3), Clause(Trigger.REFERRALS, 2.0, 1, Relief.UPLIFT, 0.1)
    )

    assert shock_clause.payments - shock_clause.relief == pytest.approx(shock.payments, abs=0.01)
    assert (shock.payments <= 20_000.01).all()
    assert shock_clause.relief.mean() > 0


def test_an_eased_target_pays_windows_that_missed_it_by_little():
    target = Target("job", TargetRule.BINARY, rate=0.55, window_months=6)
    aimed = replace(with_tariff(UNSURE, target=target, minimum_service=400.0, payment_lag_months=1), contract_months=14)

    clause = Clause(Trigger.REFERRALS, 2.0, 1, Relief.TARGET, 0.4)
    usual, usual_clause, _, shock_clause = played(aimed, Shock(ShockKind.LABOUR_MARKET, 0.2), clause)

    assert shock_clause.relief.mean() > 0
    paid = shock_clause.payments[shock_clause.relief > 0]
    assert (paid == shock_clause.relief[shock_clause.relief > 0]).all()
    assert (usual_clause.payments >= usual.payments).all()
    silent = played(UNSURE, NOTHING, clause)
    assert not silent[1].relief.any()


def test_a_sliding_target_is_eased_at_both_its_ends():
    target = Target("job", TargetRule.SLIDING, rate=0.6, rate_from=0.3, window_months=6)
    aimed = with_tariff(UNSURE, target=target, minimum_service=400.0)

    _, _, shock, shock_clause = played(
        aimed, Shock(ShockKind.LABOUR_MARKET, 0.2), Clause(Trigger.REFERRALS, 2.0, 1, Relief.TARGET, 0.2)
    )

    assert (shock_clause.payments >= shock.payments - 0.01).all()
    assert shock_clause.relief.mean() > 0


def test_blocks_are_the_same_wherever_they_are_played_and_survive_packing():
    stage = Stage(UNSURE, Shock(ShockKind.LATE_RESULTS, 0.5), FORGIVE)
    block = stage.block(64, 7, 0)

    again = Stage(UNSURE, Shock(ShockKind.LATE_RESULTS, 0.5), FORGIVE).block(64, 7, 0)

    assert pack(block) == pack(again)
    assert all(same(one, other) for one, other in zip(block[0], unpack(pack(block))[0], strict=True))


def test_the_report_says_who_fails_when_the_clause_bites_and_what_it_costs():
    poor = with_provider(replace(UNSURE, start="2026-04"), reserves=6_000.0, overhead_monthly=900.0)
    stage = Stage(poor, Shock(ShockKind.REFERRALS, 0.7), FORGIVE)
    block = stage.block(256, 1, 0)

    found = merge(stage, [block])

    (row,) = found["providers"]
    shock, under = row["variants"]["shock"], row["variants"]["shock_clause"]
    lived = block[0][3]
    assert shock["failure"] == float((block[0][2].failed_month < NEVER_MONTH).mean()) > 0
    assert under["bites"] == float((lived.since < NEVER_MONTH).mean())
    assert under["bite_month"]["p50"] >= 4
    assert under["relief"]["mean"] == pytest.approx(lived.relief.mean())
    assert under["relief_where_it_bites"]["mean"] == pytest.approx(lived.relief[lived.since < NEVER_MONTH].mean())
    assert shock["relief_where_it_bites"] is None
    assert shock["bite_month"] is None
    assert len(shock["cash"]["p5"]) == poor.contract_months
    assert found["commissioner"]["shock_clause"]["relief"]["mean"] == pytest.approx(lived.relief.mean())
    assert set(merge(Stage(poor, NOTHING, None), [Stage(poor, NOTHING, None).block(64, 1, 0)])["commissioner"]) == {
        "usual",
        "shock",
    }
