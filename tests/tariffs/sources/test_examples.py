"""The examples: what they rest on, and that each tells what happened."""

import csv
import os
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from commissioning.core.pathways import Quality
from tariffs.core import incentives
from tariffs.core.incentives.targets import paid_share
from tariffs.core.programmes import Programme, TargetRule
from tariffs.sources import examples
from tariffs.sources.examples import NoSuchExampleError, load, provenances

NEW = examples.KEYS[1:]
TABLES = os.environ.get("PBR_SHARED_DATA", "")
with_tables = pytest.mark.skipif(not TABLES, reason="PBR_SHARED_DATA names no folder of source tables")


def table(name: str) -> list[dict[str, str]]:
    with (Path(TABLES) / "schemes" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def figure(name: str, item: str, year: str | None = None) -> float:
    [found] = [row["value"] for row in table(name) if row["item"] == item and year in (None, row.get("year"))]
    return float(found)


def prices(programme: Programme) -> dict[str, float]:
    return {line.milestone: line.price for line in programme.tariff.prices}


def without_cap(programme: Programme) -> Programme:
    return replace(programme, tariff=replace(programme.tariff, person_cap=None))


def test_the_examples_are_offered_the_worked_one_first() -> None:
    offered = examples.examples()

    assert [example.key for example in offered] == [
        "work-programme", "innovation-fund", "troubled-families", "hmp-doncaster", "peterborough",
    ]  # fmt: skip
    assert offered[0].name == examples.work_programme().name
    assert all(example.summary for example in offered)


def test_what_is_sourced_and_what_is_assumed_is_counted_from_the_file() -> None:
    counts = {example.key: (example.sourced, example.assumed) for example in examples.examples()}

    # Prices of the rate card; the fees and the milestone of the attachment; the milestone of both prison schemes.
    assert counts["innovation-fund"] == (10, 34)
    assert counts["troubled-families"] == (4, 10)
    assert counts["hmp-doncaster"] == (1, 5)
    assert counts["peterborough"] == (1, 5)


def test_an_example_says_how_much_of_it_rests_on_sources() -> None:
    words = [example.foundation for example in examples.examples() if example.key == "innovation-fund"]

    assert words == ["Of 44 entries, 10 come from sources and 34 are assumed, at least in part."]


def test_an_example_that_is_not_shipped_is_not_read() -> None:
    with pytest.raises(NoSuchExampleError):
        load("../sources/programme")


@pytest.mark.parametrize("key", NEW)
def test_every_entry_names_its_source_and_how_far_it_can_be_relied_on(key: str) -> None:
    for provenance in provenances(load(key)):
        assert provenance.source
        assert provenance.quality


@pytest.mark.parametrize("key", NEW)
def test_what_is_assumed_is_labelled_and_explained_and_what_is_not_has_an_address(key: str) -> None:
    for provenance in provenances(load(key)):
        if provenance.quality is Quality.ASSUMPTION:
            assert re.search(r"Assumed: .*", provenance.source)
        else:
            assert "ssumed" not in provenance.source
            assert provenance.url.startswith("http")


@pytest.mark.parametrize("key", NEW)
def test_the_summary_says_what_is_sourced_what_is_assumed_what_went_wrong_and_what_the_format_cannot_say(
    key: str,
) -> None:
    summary = load(key).summary

    assert all(words in summary for words in ("Sourced: ", "Assumed: ", "What went wrong: ", "The format "))


@pytest.mark.parametrize("key", examples.KEYS)
@pytest.mark.slow
def test_every_example_can_be_drawn_a_thousand_times(key: str) -> None:
    result = incentives.run(load(key), 1_000, seed=1)

    assert result["draws"] == 1_000
    assert all(row["support"] > 0 for row in result["decisions"])
    assert result["commissioner"]["spend"]["p95"] > 0


def test_the_innovation_funds_cap_leaves_little_for_higher_level_qualifications() -> None:
    programme = load("innovation-fund")

    simulation = incentives.Simulation(programme)

    paid = dict(zip([milestone.id for milestone in programme.milestones], simulation.setting.prices[0], strict=True))
    below = ["attitude", "behaviour", "attendance", "entry-level", "basic-skills", "level-1", "level-2"]
    assert sum(paid[key] for key in below) == 9_600
    assert (paid["level-3"], paid["job-26-weeks"]) == (2_100, 0)


def test_the_innovation_funds_low_level_qualifications_rise_and_higher_ones_hardly() -> None:
    programme = load("innovation-fund")
    steps = [milestone.id for milestone in programme.milestones]

    simulation = incentives.Simulation(programme)
    uncapped = incentives.Simulation(without_cap(programme))

    unhelped = simulation.setting.without_help().mean(-1)
    for place, row in enumerate(incentives.decisions(simulation)):
        gain = {key: row["reach"][key] - unhelped[place][steps.index(key)] for key in steps}
        assert gain["level-1"] > 0.1
        assert gain["level-3"] < 0.04
        spent, freely = (
            run.decisions[0].support_at[place, steps.index("level-3")].mean() for run in (simulation, uncapped)
        )
        assert spent < 0.3 * freely


def test_troubled_families_pays_the_same_for_every_need_and_the_needy_get_the_least_for_it() -> None:
    programme = load("troubled-families")

    fewer, more = incentives.decisions(incentives.Simulation(programme))

    assert len({group.price_band for group in programme.groups}) == 1
    assert programme.groups[1].intended_support == 3 * programme.groups[0].intended_support
    assert more["parity"] < 0.4
    assert more["support"] < fewer["support"]
    assert more["parked_share"] > fewer["parked_share"] == 0


def test_most_of_what_troubled_families_pays_would_be_paid_without_any_effect() -> None:
    rows = incentives.decisions(incentives.Simulation(load("troubled-families")))

    assert all(row["deadweight_share"] > 0.95 for row in rows)


def test_doncaster_pays_all_at_a_fall_of_5_points_and_nothing_at_3_3() -> None:
    target, without_help = load("hmp-doncaster").tariff.target, 0.42

    paid = paid_share(target, without_help + np.array([0.057, 0.05, 0.033]))

    assert paid.tolist() == [1, 1, 0]
    assert (target.rule, target.window_months) == (TargetRule.BINARY, 12)


def test_doncaster_puts_a_tenth_of_the_price_at_risk() -> None:
    programme = load("hmp-doncaster")
    tariff, people = programme.tariff, 12 * programme.groups[0].referrals_per_month

    at_risk = tariff.prices[0].price * people * tariff.target.rate
    fixed = tariff.service_fee_monthly * programme.contract_months / 3

    assert at_risk / (at_risk + fixed) == pytest.approx(0.1, abs=0.001)


@pytest.mark.slow
def test_doncasters_yearly_payment_hangs_on_luck() -> None:
    programme = load("hmp-doncaster")

    [row] = incentives.run(programme, 1_000, seed=1)["providers"]

    assert row["cliff"] == pytest.approx(1_000_000, rel=0.01)
    assert row["payments"]["p5"] < 28_500_000 < row["payments"]["p50"] < 30_000_000 < row["payments"]["p95"]


def test_peterboroughs_first_cohort_misses_its_threshold_and_both_together_pass_the_pooled_one() -> None:
    cohort = load("peterborough").tariff.target
    pooled = replace(cohort, rate=0.445, window_months=60)

    assert paid_share(cohort, np.array([1 - 0.6 * (1 - 0.084)])).tolist() == [0]
    assert paid_share(pooled, np.array([1 - 0.6 * (1 - 0.090)])).tolist() == [1]


def test_peterboroughs_thresholds_are_the_falls_turned_round() -> None:
    programme = load("peterborough")
    reconvicted = 1 - programme.evidence[0].baseline

    assert programme.tariff.target.rate == pytest.approx(1 - reconvicted * (1 - 0.10))
    assert pytest.approx(1 - reconvicted * (1 - 0.075)) == 0.445
    assert programme.tariff.target.window_months * programme.groups[0].referrals_per_month == 1_000


@pytest.mark.slow
def test_peterborough_would_rather_be_paid_on_all_cohorts_together_than_on_each() -> None:
    programme = load("peterborough")
    pooled = replace(programme.tariff.target, rate=0.445, window_months=60)

    alone = incentives.run(programme, 1_000, seed=1)
    together = incentives.run(replace(programme, tariff=replace(programme.tariff, target=pooled)), 1_000, seed=1)

    assert alone["decisions"][0]["final"] == pytest.approx(0.454)
    assert alone["providers"][0]["loss_probability"] > 0.8
    assert together["providers"][0]["loss_probability"] < 0.4


@with_tables
def test_the_innovation_funds_prices_are_those_of_its_rate_card() -> None:
    starts = {
        "attitude": "Improved attitude", "behaviour": "Improved school behav", "attendance": "Improved school attend",
        "entry-level": "QCF-accredited", "basic-skills": "Basic skills", "level-1": "First Level 1",
        "level-2": "First Level 2", "level-3": "First Level 3", "job-13-weeks": "Entry to first employment (13",
        "job-26-weeks": "Entry to first employment (26",
    }  # fmt: skip
    programme, card = (
        load("innovation-fund"),
        [row for row in table("innovation_fund_rate_card") if row["round"] == "2"],
    )

    sourced = {
        key: float(row["max_price_gbp"])
        for key, words in starts.items()
        for row in card
        if row["outcome"].startswith(words)
    }

    assert prices(programme) == sourced
    assert len(card) == len(sourced)
    assert {float(row["cap_per_participant_gbp"]) for row in card} == {programme.tariff.person_cap}


@with_tables
def test_troubled_families_prices_are_those_of_its_first_year() -> None:
    name, programme = "troubled_families_tariff", load("troubled-families")

    most = figure(name, "maximum per family")

    assert prices(programme) == {
        "attachment": most * figure(name, "attachment share", "2012/13") / 100,
        "crime-education": figure(name, "crime/ASB/education result, year 1"),
        "work": figure(name, "progress to work, year 1"),
    }
    assert programme.tariff.person_cap == most
    cost = figure(name, "estimated cost per family")
    assert sum(group.intended_support or 0 for group in programme.groups) / 2 == cost


@with_tables
def test_doncasters_target_and_people_are_those_of_its_table() -> None:
    name, programme = "hmp_doncaster_pilot", load("hmp-doncaster")

    points = figure(name, "threshold") / 100

    assert programme.tariff.target.rate == pytest.approx(programme.evidence[0].baseline + points)
    people = figure(name, "eligible participants first 9 months")
    assert programme.groups[0].referrals_per_month == round(people / 9)


@with_tables
def test_peterboroughs_thresholds_and_money_are_those_of_its_table() -> None:
    name, programme = "peterborough_sib", load("peterborough")

    fall = figure(name, "early payment threshold") / 100

    assert programme.tariff.target.rate == pytest.approx(1 - 0.6 * (1 - fall))
    assert programme.providers[0].reserves == figure(name, "investment committed")
    observed = programme.evidence[0].observed
    assert observed is not None
    assert observed.rate == pytest.approx(1 - 0.6 * (1 - figure(name, "pooled result") / 100))
