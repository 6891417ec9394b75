"""Rules on evidence, targets and time, by hand."""

from dataclasses import replace

import pytest

from commissioning.core.pathways import Evidence, Milestone, Observed, Provenance, Quality
from tariffs.core.programmes import PriceLine, Programme, Target, TargetRule
from tests.factories.feasibility import SOURCED, answers, doubling, finding, severity, two_groups, with_evidence
from tests.factories.small_programmes import with_tariff

ASSUMED = Provenance(quality=Quality.ASSUMPTION)


def aiming(rate: float, observed: float | None = 0.3) -> Programme:
    """A target, and what others have reached by spending £200 a person."""
    seen = Observed(200.0, observed) if observed else None
    base = with_evidence(doubling(), observed=seen)
    return with_tariff(base, target=Target("job", TargetRule.BINARY, rate))


def test_s3_passes_where_baselines_are_measured_on_enough_people_and_shared() -> None:
    given = with_evidence(doubling(), sample_size=100)

    found = finding("S3", given, answers={"baseline": "yes"})

    assert found.severity == "pass"
    assert found.found == "Of 1 baseline that support can move, 0 are assumed."


def test_s3_blocks_where_all_baselines_are_assumed_or_bidders_saw_none() -> None:
    assert severity("S3", with_evidence(doubling(), provenance=ASSUMED)) == "block"
    assert severity("S3", with_evidence(doubling(), sample_size=100), answers={"baseline": "no"}) == "block"


def test_s3_warns_where_some_are_assumed_or_were_partly_shared() -> None:
    two = two_groups()
    some = replace(two, evidence=(two.evidence[0], replace(two.evidence[1], provenance=ASSUMED)))

    assert severity("S3", some) == "warn"
    assert severity("S3", with_evidence(doubling(), sample_size=100), answers={"baseline": "partly"}) == "warn"


@pytest.mark.parametrize(("sample", "weight"), [(230, "warn"), (232, "pass")])
def test_s3_asks_for_as_many_people_as_tell_the_observed_rate_from_the_baseline(sample: int, weight: str) -> None:
    # 20% against 30%, 10% either way and 80%: 230.8 people in each arm.
    given = with_evidence(doubling(), sample_size=sample, observed=Observed(200.0, 0.3))

    assert severity("S3", given, answers=answers()) == weight


def test_s3_asks_for_as_many_people_as_the_target_needs_where_there_is_one() -> None:
    given = with_evidence(aiming(0.22), sample_size=1000)

    found = finding("S3", given, answers=answers())

    assert (found.severity, found.figures["too_small"]) == ("warn", 1)
    assert "1 is from too few people" in found.found


@pytest.mark.parametrize(
    ("sample", "said", "missing"),
    [
        (None, "yes", ["sample-size"]),
        (100, "unknown", ["case:baseline"]),
        (None, "unknown", ["sample-size", "case:baseline"]),
    ],
)
def test_s3_says_what_is_not_known_of_the_baselines(sample: int | None, said: str, missing: list[str]) -> None:
    found = finding("S3", with_evidence(doubling(), sample_size=sample), answers={"baseline": said})

    assert (found.severity, found.figures["missing"]) == ("unknown", missing)


@pytest.mark.parametrize(("rate", "weight"), [(0.3, "pass"), (0.301, "warn"), (0.389, "warn"), (0.391, "block")])
def test_s4_weighs_the_target_against_the_best_reached(rate: float, weight: str) -> None:
    found = finding("S4", aiming(rate))

    assert found.severity == weight
    assert found.figures["ratio"] == pytest.approx(rate / 0.3)


def test_s4_finds_the_work_programmes_target_far_outside_the_evidence() -> None:
    found = finding("S4", aiming(0.40, observed=0.26))

    assert found.severity == "block"
    assert found.found == "The target asks for 40%, 1.54 times the best reached, 26%."


def test_s4_multiplies_rates_along_the_way_and_pools_the_groups() -> None:
    base = two_groups(baselines=(0.5, 0.5))
    milestones = (Milestone("course", "Course"), Milestone("job", "Job", after="course", final=True))
    evidence = (
        Evidence("near", "course", 0.5, observed=Observed(100.0, 0.6)),
        *(replace(row, observed=Observed(100.0, 0.8)) for row in base.evidence),
    )
    given = with_tariff(
        replace(base, milestones=milestones, evidence=evidence), target=Target("job", TargetRule.BINARY, 0.5)
    )

    assert finding("S4", given).figures["best_reached"] == pytest.approx(0.5 * 0.6 * 0.8 + 0.5 * 0.8)


def test_s4_takes_the_cases_answer_where_nothing_was_observed() -> None:
    assert severity("S4", aiming(0.4, observed=None), answers=answers()) == "pass"
    assert severity("S4", aiming(0.4, observed=None), answers=answers(realistic_targets="no")) == "block"
    found = finding("S4", aiming(0.4, observed=None))
    assert found.figures["missing"] == ["observed", "case:realistic-targets"]


def test_s4_has_nothing_to_weigh_without_a_target() -> None:
    assert severity("S4", doubling()) == "pass"


@pytest.mark.parametrize(("lag", "weight"), [(3, "pass"), (4, "warn")])
def test_s6_warns_where_the_first_payment_comes_after_six_months(lag: int, weight: str) -> None:
    found = finding("S6", doubling(payment_lag_months=lag))

    assert (found.severity, found.figures["first_months"]) == (weight, 3 + lag)


@pytest.mark.parametrize(("delay", "weight"), [(18, "pass"), (19, "warn")])
def test_s6_warns_where_half_comes_after_eighteen_months(delay: int, weight: str) -> None:
    base = replace(
        doubling(upfront_payment=10.0), milestones=(Milestone("job", "Job", delay_months=delay, final=True),)
    )

    found = finding("S6", base)

    assert (found.severity, found.figures) == (weight, {"first_months": 0, "half_months": delay})


def test_s6_cannot_tell_where_nothing_is_paid() -> None:
    assert severity("S6", doubling(price=0.0)) == "unknown"


def several(number: int, chance: float = 0.5) -> Programme:
    """So many milestones that follow referral, each with a price."""
    base = doubling()
    names = [f"m{place}" for place in range(number)]
    return replace(
        base,
        milestones=tuple(Milestone(name, name, final=name == "m0") for name in names),
        evidence=tuple(Evidence("g", name, chance, provenance=SOURCED) for name in names),
        tariff=replace(base.tariff, prices=tuple(PriceLine("band", name, 10.0) for name in names)),
    )


@pytest.mark.parametrize(("number", "weight"), [(10, "pass"), (11, "warn")])
def test_s9_warns_at_more_than_ten_outcomes(number: int, weight: str) -> None:
    found = finding("S9", several(number))

    assert (found.severity, found.figures["outcomes"]) == (weight, number)


@pytest.mark.parametrize(("rare", "weight"), [(3, "pass"), (4, "warn")])
def test_s9_warns_where_more_than_three_in_ten_are_rarely_earned(rare: int, weight: str) -> None:
    base = several(10)
    evidence = tuple(replace(row, baseline=0.04 if place < rare else 0.5) for place, row in enumerate(base.evidence))

    found = finding("S9", replace(base, evidence=evidence))

    assert (found.severity, found.figures["rarely_earned"]) == (weight, rare)
    assert "fewer than 5% of people are expected to reach m0, m1, m2" in found.found


def test_s9_does_not_count_being_taken_on() -> None:
    assert finding("S9", replace(several(3), evidence=())).figures["outcomes"] == 0
