"""Rules on forecasts, budgets and caps, by hand: 120 people, one in three of whom earn £1,000."""

from dataclasses import replace

import pytest

from commissioning.core.pathways import Evidence, Milestone, Provenance, Quality
from tariffs.core.feasibility import Facts
from tariffs.core.programmes import PriceLine, Programme
from tests.factories.feasibility import SOURCED, doubling, finding, result, severity, two_groups, with_evidence


def budgeted(budget: float) -> Programme:
    return replace(doubling(), budget=budget)


def test_p6_says_what_the_payments_are_worth_at_the_start() -> None:
    found = finding("P6", doubling())

    worth = sum(20 * 1000 / 3 * 1.035 ** (-month / 12) for month in range(3, 9))
    assert found.severity == "info"
    assert found.figures == pytest.approx({"expected": 40_000.0, "present_value": worth, "rate": 0.035})


def test_p7_passes_where_every_figure_is_sourced_and_has_a_range() -> None:
    found = finding("P7", doubling())

    assert found.severity == "pass"
    assert found.figures["median"] == pytest.approx(37_200)
    assert found.figures["p10"] == pytest.approx(12_400)


@pytest.mark.parametrize(
    "provenance",
    [
        Provenance(quality=Quality.STRONG),
        Provenance(interval=(0.1, 0.3)),
        replace(SOURCED, quality=Quality.WEAK),
        replace(SOURCED, quality=Quality.ASSUMPTION),
    ],
)
def test_p7_warns_where_a_figure_has_no_range_or_a_poor_source(provenance: Provenance) -> None:
    assert severity("P7", with_evidence(doubling(), provenance=provenance)) == "warn"


@pytest.mark.parametrize(("budget", "weight"), [(40_001.0, "info"), (39_999.0, "block")])
def test_p8_compares_expected_payments_where_there_is_no_run(budget: float, weight: str) -> None:
    found = finding("P8", budgeted(budget))

    assert found.severity == weight
    assert ("needs a simulation" in found.found) == (weight == "info")


@pytest.mark.parametrize(("p95", "weight"), [(50_000.0, "pass"), (50_001.0, "block")])
def test_p8_compares_a_dear_year_where_there_is_a_run(p95: float, weight: str) -> None:
    found = finding("P8", budgeted(50_000.0), result=result(p95=p95))

    assert (found.severity, found.figures["p95"]) == (weight, p95)


def test_p8_says_by_how_much_the_budget_is_missed() -> None:
    found = finding("P8", budgeted(50_000.0), result=result(p95=52_500.0))

    assert found.found == ("In 95 of 100 draws no more than £53,000 is paid, £2,500 more than the budget of £50,000.")


@pytest.mark.parametrize(("cap", "weight", "month"), [(40_001.0, "pass", None), (39_999.0, "warn", 9)])
def test_p9_says_when_the_cap_is_reached(cap: float, weight: str, month: int | None) -> None:
    # £6,666.67 a month arrive from month 4 to month 9.
    found = finding("P9", doubling(payment_cap=cap))

    assert (found.severity, found.figures["month"]) == (weight, month)
    assert found.figures["ratio"] == pytest.approx(40_000 / cap)


def test_p9_and_p10_have_nothing_to_say_without_caps() -> None:
    assert finding("P9", doubling()).found == "The contract has no cap."
    assert finding("P10", doubling()).found == "There is no cap on what one person earns."


def test_a_cap_of_nothing_is_reached_at_once() -> None:
    found = finding("P9", doubling(payment_cap=0.0))

    assert (found.severity, found.figures) == ("warn", {"ratio": None, "month": 1})


def two_steps(chance: float, cap: float) -> Programme:
    """A course that everyone starts, then a job; each pays £500."""
    base = doubling(person_cap=cap, minimum_service=0.0)
    return replace(
        base,
        milestones=(Milestone("course", "Course"), Milestone("job", "Job", after="course", final=True)),
        evidence=(Evidence("g", "course", 1.0), Evidence("g", "job", chance)),
        tariff=replace(base.tariff, prices=(PriceLine("band", "course", 500.0), PriceLine("band", "job", 500.0))),
    )


@pytest.mark.parametrize(
    ("chance", "cap", "weight"), [(0.1, 999.0, "pass"), (0.11, 999.0, "warn"), (0.9, 1000.0, "pass")]
)
def test_p10_counts_who_reaches_a_price_that_the_cap_cuts(chance: float, cap: float, weight: str) -> None:
    found = finding("P10", two_steps(chance, cap))

    assert found.severity == weight
    assert found.figures["share"] == pytest.approx(chance if cap < 1000 else 0.0)
    assert ("first at Job" in found.found) == (cap < 1000)


def test_p10_looks_at_the_group_furthest_from_the_outcome() -> None:
    base = two_groups(baselines=(0.5, 0.05))

    found = finding("P10", replace(base, tariff=replace(base.tariff, person_cap=999.0)))

    assert "Far" in found.found
    assert found.severity == "pass"


@pytest.mark.parametrize(("share", "weight"), [(0.0, "pass"), (1 / 6, "warn")])
def test_p11_warns_of_any_overlap(share: float, weight: str) -> None:
    assert severity("P11", doubling(), facts=Facts(overlap_share=share)) == weight


@pytest.mark.parametrize(("share", "weight"), [(0.5, "pass"), (0.49, "info")])
def test_p12_notes_where_others_get_most_of_the_benefit(share: float, weight: str) -> None:
    assert severity("P12", doubling(), facts=Facts(payer_share=share)) == weight
