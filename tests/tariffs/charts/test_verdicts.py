"""What a run says in a sentence."""

from dataclasses import replace
from typing import Any

import pytest

from commissioning.core.pathways import Group
from tariffs import charts
from tariffs.charts.verdicts import parked_people
from tariffs.core.programmes import PriceLine, Programme, Provider
from tests.factories.results import document, names, result
from tests.factories.small_programmes import programme, with_tariff

TWO_GROUPS = replace(programme(), groups=(Group("near", "Near", "A", 30.0), Group("far", "Far", "B", 10.0)))
INPUTS, NAMES = document(TWO_GROUPS), names(TWO_GROUPS)

GENEROUS = with_tariff(programme(), prices=(PriceLine("band", "job", 20_000.0),))


def plans(near: float, far: float, support: float = 100.0) -> list[dict[str, Any]]:
    return [
        {"provider": "p", "group": group, "parked_share": share, "support": support}
        for group, share in (("near", near), ("far", far))
    ]


def verdict_of(given: Programme) -> tuple[str, ...]:
    return charts.verdict(result(given), document(given), names(given))


def test_the_parked_are_counted_as_people_and_not_as_groups() -> None:
    assert parked_people(plans(0.0, 0.4), INPUTS) == pytest.approx(0.1)
    assert parked_people(plans(0.2, 0.6), INPUTS) == pytest.approx(0.3)


def test_where_nobody_is_referred_nobody_is_parked() -> None:
    nobody = document(
        replace(TWO_GROUPS, groups=tuple(replace(one, referrals_per_month=0) for one in TWO_GROUPS.groups))
    )

    assert parked_people(plans(0.5, 0.5), nobody) == 0


@pytest.mark.parametrize(
    ("decisions", "words"),
    [
        (plans(0.0, 0.4), "About 1 in 10 people would be parked (10%). Worst off are Far, where it is about 4 in 10."),
        (plans(0.0, 0.0), "Under this tariff nobody would be parked."),
        (plans(0.0, 0.0, support=0.0), "Under this tariff it pays no provider to support anyone."),
    ],
)
def test_parking_is_said_in_one_sentence(decisions: list[dict[str, Any]], words: str) -> None:
    assert charts.parking(decisions, INPUTS, NAMES) == words


def test_a_verdict_says_who_is_parked_who_can_afford_it_and_what_it_costs() -> None:
    parked, losses, cost = verdict_of(GENEROUS)

    assert parked == "Under this tariff nobody would be parked."
    assert losses.startswith("p loses money in ")
    assert cost.startswith("The commissioner spends £")


def test_each_provider_is_named_or_called_by_its_short_name() -> None:
    providers = (Provider("p", name="Helping Hands", share=0.5), Provider("q", share=0.5))

    losses = verdict_of(replace(programme(), providers=providers))[1]

    assert "Helping Hands loses money in" in losses
    assert "; q loses money in" in losses


def test_what_buys_nothing_more_is_called_that_however_lucky_the_draws() -> None:
    assert (
        "buys no more outcomes than would have happened anyway"
        in verdict_of(with_tariff(programme(), prices=(), service_fee_monthly=100.0))[2]
    )


@pytest.mark.parametrize(("worst", "words"), [(9e6, "(£1,000 to £9m)"), (None, "(£1,000 upwards)")])
def test_the_cost_of_an_outcome_has_an_upper_end_where_there_is_one(worst: float | None, words: str) -> None:
    found = result(GENEROUS)
    found["commissioner"]["cost_per_additional_outcome"] = {"p5": 1000.0, "p50": 2000.0, "p95": worst}

    cost = charts.verdict(found, document(GENEROUS), names(GENEROUS))[2]

    assert "£2,000 for each outcome that would not have happened anyway" in cost
    assert words in cost


def test_where_the_middle_draw_adds_no_outcome_no_cost_of_one_is_claimed() -> None:
    found = result(GENEROUS)
    found["commissioner"]["cost_per_additional_outcome"] = {"p5": 1000.0, "p50": None, "p95": None}

    cost = charts.verdict(found, document(GENEROUS), names(GENEROUS))[2]

    assert cost.endswith("and buys no more outcomes than would have happened anyway.")
