"""Rules on whom the money leads to, by hand."""

from dataclasses import replace

import pytest

from commissioning.core.pathways import Evidence, Group, Milestone
from tariffs.core.feasibility import Facts
from tariffs.core.price_effects import effects
from tariffs.core.programmes import PriceLine, Programme
from tariffs.sources.examples import load
from tests.factories.feasibility import SOURCED, doubling, finding, severity, two_groups, with_evidence, with_group
from tests.factories.small_programmes import with_provider


@pytest.mark.parametrize(("price", "weight"), [(801.0, "pass"), (799.0, "warn"), (601.0, "warn"), (599.0, "block")])
def test_i1_compares_income_for_the_support_needed(price: float, weight: str) -> None:
    found = finding("I1", two_groups(prices=(1000.0, price)))

    assert found.severity == weight
    assert found.figures["parity"] == pytest.approx({"near": 1.0, "far": price / 1000})
    assert found.figures["income_a_head_least_over_most"] == pytest.approx(price / 1000)


def test_i1_says_the_same_as_the_price_grid() -> None:
    example = load("work-programme")

    parity = finding("I1", example).figures["parity"]

    assert parity == pytest.approx({row.group: row.parity for row in effects(example)})


def test_i1_has_nobody_to_compare_in_one_group() -> None:
    found = finding("I1", with_group(doubling(), intended_support=200.0))

    assert found.found == "There is one group only, so nobody is paid less than others."


def test_i1_cannot_compare_where_no_support_is_needed() -> None:
    given = with_group(doubling(), social_value=0.0)

    assert finding("I1", given).figures["missing"] == ["social-value"]


def test_i1_finds_no_income_to_compare() -> None:
    found = finding("I1", with_group(doubling(price=0.0), intended_support=200.0))

    assert found.severity == "unknown"


def parked(people: float) -> Programme:
    """A worthwhile group, and beside it people of whom the ones below a stratum get nothing."""
    base = two_groups(baselines=(0.3, 0.01), prices=(3000.0, people))
    tariff = replace(base.tariff, minimum_service=0.0)
    return replace(base, tariff=tariff)


def test_i2_blocks_where_a_whole_group_is_parked() -> None:
    found = finding("I2", parked(100.0))

    assert found.severity == "block"
    assert found.figures == {"all": 0.5, "by_group": {"near": 0.0, "far": 1.0}}
    assert found.found == "50% of all people would be parked, most of Far: 100%."


def test_i2_passes_where_nobody_is_parked() -> None:
    assert finding("I2", doubling()).found == "Nobody would be parked."


@pytest.mark.parametrize(
    ("limits", "weight"),
    [((0.55, 0.9), "pass"), ((0.549, 0.55), "warn"), ((0.1, 0.549), "block")],
)
def test_i2_draws_its_lines_at_the_worst_group(limits: tuple[float, float], weight: str) -> None:
    # 11 of the 20 parts of the Work Programme's hardest group.
    thresholds = dict(zip(("I2_warn", "I2_block"), limits, strict=True))

    found = finding("I2", load("work-programme"), thresholds=thresholds)

    assert (found.figures["by_group"]["PG7"], found.severity) == (pytest.approx(0.55), weight)


def spread(of: float) -> Programme:
    return with_group(doubling(), need_spread=of)


def test_i3_passes_where_all_are_alike_and_warns_where_they_are_not() -> None:
    assert finding("I3", spread(0.0)).figures["ratio"] == pytest.approx(1.0)
    assert severity("I3", spread(0.0)) == "pass"
    assert severity("I3", spread(1.5)) == "warn"


@pytest.mark.parametrize(("ratio", "weight"), [(3.0, "pass"), (3.1, "warn"), (2e6, "warn")])
def test_i3_takes_the_ratio_of_persons_records_where_it_is_known(ratio: float, weight: str) -> None:
    found = finding("I3", spread(0.0), facts=Facts(need_ratio=ratio))

    assert found.severity == weight
    assert ("more than 1,000 times" in found.found) == (ratio > 1000)


@pytest.mark.parametrize(("share", "weight"), [(0.3, "pass"), (0.29, "warn")])
def test_i3_warns_where_groups_hardly_tell_people_apart(share: float, weight: str) -> None:
    assert severity("I3", spread(0.0), facts=Facts(between_share=share)) == weight


def test_i3_divides_the_differences_between_and_within_groups() -> None:
    apart, same = two_groups(baselines=(0.2, 0.4)), two_groups()

    assert finding("I3", apart).figures["between_share"] == pytest.approx(1.0)
    assert finding("I3", same).figures["between_share"] is None


def ladder(early: float, final: float, after: float, beside: float = 0.0) -> Programme:
    """Course, job, kept job and a prize beside them, each reached by half of those before it."""
    base = doubling(minimum_service=0.0)
    milestones = (
        Milestone("course", "Course"),
        Milestone("job", "Job", after="course", final=True),
        Milestone("kept", "Kept job", after="job"),
        Milestone("prize", "Prize"),
    )
    prices = {"course": early, "job": final, "kept": after, "prize": beside}
    return replace(
        base,
        milestones=milestones,
        evidence=tuple(Evidence("g", item.id, 0.5, provenance=SOURCED) for item in milestones),
        tariff=replace(base.tariff, prices=tuple(PriceLine("band", key, price) for key, price in prices.items())),
    )


@pytest.mark.parametrize(("early", "weight"), [(50.0, "pass"), (50.1, "warn")])
def test_i4_warns_where_most_is_earned_before_the_final_outcome(early: float, weight: str) -> None:
    # Half reach the course, a quarter the job: £25 against £25 at £50 and £100.
    assert severity("I4", ladder(early, 100.0, 0.0)) == weight


@pytest.mark.parametrize(("beside", "weight"), [(149.0, "pass"), (151.0, "warn")])
def test_i4_warns_where_the_final_outcome_earns_less_than_a_quarter(beside: float, weight: str) -> None:
    # £12.50 for the job and as much for keeping it, against £75 beside them.
    found = finding("I4", ladder(0.0, 50.0, 100.0, beside))

    assert found.severity == weight
    assert found.figures["early_share"] == 0.0


def test_i4_cannot_tell_where_nothing_is_paid() -> None:
    assert severity("I4", ladder(0.0, 0.0, 0.0)) == "unknown"


def climbing(second: float, scale: float = 200.0) -> Programme:
    """Two steps that support can move; the second pays so much."""
    base = ladder(2000.0, second, 0.0)
    evidence = tuple(
        Evidence("g", key, 0.2, responsiveness=1.0, response_scale=scale, provenance=SOURCED)
        for key in ("course", "job")
    )
    return replace(
        base,
        evidence=evidence,
        milestones=base.milestones[:2],
        tariff=replace(base.tariff, prices=base.tariff.prices[:2]),
    )


def test_i5_finds_where_it_pays_to_stop() -> None:
    found = finding("I5", climbing(100.0))

    assert found.severity == "warn"
    assert found.found == "It pays to stop before: Job (Group)."
    assert severity("I5", climbing(5000.0)) == "pass"


def test_i5_looks_at_later_steps_only() -> None:
    assert finding("I5", doubling(minimum_service=0.0, price=1.0)).found == "No later step needs support."


def test_i5_follows_the_way_back_past_steps_that_nothing_moves() -> None:
    base = climbing(5000.0)
    milestones = (
        Milestone("course", "Course"),
        Milestone("wait", "Wait", after="course"),
        Milestone("job", "Job", after="wait", final=True),
        Milestone("prize", "Prize", after="job"),
    )

    found = finding("I5", replace(base, milestones=milestones))

    assert found.severity == "pass"
    assert found.figures["least_worth_over_cost"] > 1


def test_i9_warns_where_people_are_worth_turning_away() -> None:
    given = doubling(price=100.0)

    found = finding("I9", given)

    assert (found.severity, found.found) == ("warn", "A provider earns more by turning people away from: Group.")
    assert found.figures["head_value"]["g"] == pytest.approx(100 / 3 - 200)
    assert severity("I9", given, facts=Facts(provider_selects=False)) == "pass"


@pytest.mark.parametrize(("selects", "weight"), [(None, "unknown"), (False, "pass"), (True, "warn")])
def test_i9_asks_who_may_turn_people_away(selects: bool | None, weight: str) -> None:
    assert severity("I9", doubling(), facts=Facts(provider_selects=selects)) == weight


def years(change: float, months: int = 27) -> Programme:
    """Two years of referrals, with prices that change by the year."""
    base = replace(doubling(annual_price_change=change), referral_months=24, contract_months=months)
    return replace(base, milestones=(Milestone("job", "Job", final=True),))


@pytest.mark.parametrize(("change", "weight"), [(-0.1499, "pass"), (-0.151, "warn")])
def test_i14_warns_where_prices_fall_for_those_who_come_later(change: float, weight: str) -> None:
    found = finding("I14", years(change))

    assert found.severity == weight
    assert found.figures["income_by_year"]["g"] == pytest.approx([1000 / 3, 1000 / 3 * (1 + change)])


def test_i14_counts_what_the_contracts_end_cuts_off() -> None:
    given = replace(years(0.0, months=24), milestones=(Milestone("job", "Job", delay_months=6, final=True),))

    found = finding("I14", given)

    assert found.severity == "warn"
    assert found.figures["fall"] == pytest.approx(0.5)


def test_i14_finds_everyone_worth_the_same() -> None:
    assert finding("I14", years(0.0)).found == "A person is worth the same in every year of referral."


def test_i14_leaves_out_a_group_that_earns_nothing() -> None:
    base = two_groups(prices=(1000.0, 0.0))

    assert finding("I14", base).figures["fall"] == 0
    assert severity("I14", two_groups(prices=(0.0, 0.0))) == "unknown"


def test_kinds_of_provider_without_shares_count_alike() -> None:
    base = doubling(price=100.0)
    given = replace(
        base, providers=(replace(base.providers[0], share=0.0), replace(base.providers[0], id="q", share=0.0))
    )

    assert finding("I9", given).figures["head_value"]["g"] == pytest.approx(100 / 3 - 200)


def test_groups_without_referrals_count_alike() -> None:
    base = two_groups(baselines=(0.2, 0.5))
    given = replace(base, groups=tuple(replace(group, referrals_per_month=0.0) for group in base.groups))

    assert finding("P5", given).figures["share"] == pytest.approx((0.2 + 0.5) / (1 / 3 + 2 / 3))


def test_names_stand_in_for_what_has_none() -> None:
    base = with_provider(doubling(price=100.0), name="")
    unnamed = replace(
        base,
        groups=(Group("g", "", "band", 20.0, need_spread=0.0),),
        milestones=(Milestone("job", "", final=True),),
    )

    assert finding("I9", unnamed).found.endswith("from: g.")
    assert "p: " in finding("F7", unnamed).found
    assert with_evidence(unnamed).evidence
