"""Rules on targets and on who counts, by hand."""

from dataclasses import replace

import pytest

from tariffs.core.feasibility import Facts, Inputs, Subject, bets
from tariffs.core.luck import luck_test
from tariffs.core.programmes import PriceLine, Programme, Target, TargetRule, Uncertainty
from tariffs.sources.examples import load
from tests.factories.feasibility import doubling, finding, severity, with_evidence, with_group
from tests.factories.small_programmes import with_provider, with_tariff


def aiming(rule: TargetRule = TargetRule.BINARY, rate: float = 0.3, rate_from: float | None = None) -> Programme:
    """A target over windows of six months, 120 people in each."""
    return with_tariff(doubling(), target=Target("job", rule, rate, rate_from, 6))


@pytest.mark.parametrize("rule", ["I6", "I7"])
def test_without_a_target_there_is_no_cliff_and_no_power_to_ask_for(rule: str) -> None:
    assert finding(rule, doubling()).found == "There is no target: every outcome is paid."


def test_a_bet_is_about_everyone_in_a_window() -> None:
    given = replace(aiming(), uncertainty=Uncertainty(outcome_shock=0.1))

    bet = bets(Subject(given, Inputs()))["p"]

    assert (bet.people, bet.needed) == (120, 36)
    assert (bet.baseline, bet.price, bet.shock) == pytest.approx((0.2, 1000.0, 0.1))


def test_a_bets_price_holds_the_payments_that_repeat() -> None:
    base = aiming()
    given = replace(
        base,
        milestones=(replace(base.milestones[0], repeats=3),),
        evidence=(replace(base.evidence[0], baseline=0.5, responsiveness=0.0),),
        tariff=replace(base.tariff, prices=(PriceLine("band", "job", 1000.0, payments=2),)),
    )

    assert bets(Subject(given, Inputs()))["p"].price == pytest.approx(1500.0)


def test_i6_always_warns_of_all_or_nothing() -> None:
    found = finding("I6", aiming())

    test = luck_test(bets(Subject(aiming(), Inputs()))["p"])
    assert found.severity == "warn"
    assert found.figures["p"] == {
        "unpaid_at_target": test.unpaid_at_target,
        "below": 0.0,
        "at": pytest.approx(36_000.0),
        "cliff": pytest.approx(36_000.0),
        "moved": 1.0,
    }


@pytest.mark.parametrize(("people", "weight"), [(20.0, "warn"), (20_000.0, "pass")])
def test_i6_passes_a_sliding_scale_that_luck_moves_little(people: float, weight: str) -> None:
    given = with_group(aiming(TargetRule.SLIDING, 0.3, 0.1), referrals_per_month=people)

    assert severity("I6", given) == weight


@pytest.mark.parametrize("rule", ["I6", "I7"])
def test_nobody_in_a_window_leaves_nothing_to_test(rule: str) -> None:
    few = with_group(aiming(), referrals_per_month=0.01)
    never = with_evidence(aiming(), baseline=0.0)

    assert finding(rule, few).figures["missing"] == ["referrals"]
    assert finding(rule, never).figures["missing"] == ["referrals"]


def test_i7_blocks_all_or_nothing_because_half_of_those_who_reach_it_go_unpaid() -> None:
    found = finding("I7", aiming(rate=0.3))

    assert found.severity == "block"
    assert found.figures["people"] == 120
    assert found.figures["missed"] == pytest.approx(0.46, abs=0.01)
    assert found.figures["false_pay"] == pytest.approx(0.006, abs=0.002)
    assert found.figures["needed_in_each_arm"] == 231


def test_i7_passes_a_sliding_scale_that_starts_above_luck() -> None:
    given = with_group(aiming(TargetRule.SLIDING, 0.3, 0.25), referrals_per_month=100.0)

    found = finding("I7", given)

    assert found.severity == "pass"


@pytest.mark.parametrize(("start", "weight"), [(0.26, "pass"), (0.23, "block")])
def test_i7_blocks_where_luck_alone_is_paid_too_often(start: float, weight: str) -> None:
    # 120 people at 20%: more than 31 in 3%, more than 27 in 17% of windows.
    assert severity("I7", aiming(TargetRule.SLIDING, 0.3, start)) == weight


def test_i7_counts_the_error_of_a_measured_baseline() -> None:
    base = replace(aiming(), uncertainty=Uncertainty())
    sampled = with_evidence(base, sample_size=60)

    assert finding("I7", sampled).figures["false_pay"] > finding("I7", base).figures["false_pay"]
    sliding = with_tariff(sampled, target=Target("job", TargetRule.SLIDING, 0.3, 0.25, 6))
    assert finding("I7", sliding).figures["false_pay"] < 0.1


def test_i7_knows_no_number_of_people_who_tell_the_baseline_from_itself() -> None:
    found = finding("I7", with_evidence(aiming(rate=0.2), sample_size=50, baseline=0.2))

    assert found.figures["needed_in_each_arm"] is None
    assert "more people than there are" in found.found


def test_i7_looks_at_the_smallest_provider() -> None:
    base = with_provider(aiming(), share=0.9)
    given = replace(base, providers=(*base.providers, replace(base.providers[0], id="q", share=0.1)))

    assert finding("I7", given).figures["provider"] == "q"


def test_i7_finds_doncasters_and_peterboroughs_targets_wanting() -> None:
    assert severity("I7", load("hmp-doncaster")) == "block"
    assert severity("I7", load("peterborough")) == "block"


@pytest.mark.parametrize(("payments", "weight"), [(1, "warn"), (2, "pass")])
def test_i8_warns_where_one_yes_or_no_is_all(payments: int, weight: str) -> None:
    base = doubling()
    lines = (PriceLine("band", "job", 1000.0, payments=payments),)
    given = replace(
        base, milestones=(replace(base.milestones[0], repeats=payments),), tariff=replace(base.tariff, prices=lines)
    )

    assert severity("I8", given) == weight


@pytest.mark.parametrize(("share", "weight"), [(0.25, "pass"), (0.26, "warn")])
def test_i10_warns_where_much_rests_on_the_payees_word(share: float, weight: str) -> None:
    assert severity("I10", doubling(), facts=Facts(self_declared_share=share)) == weight


@pytest.mark.parametrize(("grades", "weight"), [(False, "pass"), (True, "warn")])
def test_i11_warns_where_the_payee_grades_need(grades: bool, weight: str) -> None:
    assert severity("I11", doubling(), facts=Facts(payee_grades=grades)) == weight


def test_i12_holds_by_what_a_target_is() -> None:
    assert severity("I12", aiming()) == "pass"


@pytest.mark.parametrize(("number", "weight"), [(0, "pass"), (1, "warn")])
def test_i13_warns_of_any_outcome_that_nothing_protects(number: int, weight: str) -> None:
    assert severity("I13", doubling(), facts=Facts(unprotected=number)) == weight
