"""What a run says in a sentence, and what two runs say beside each other."""

from dataclasses import replace
from typing import Any

import pytest

from commissioning.core.pathways import Group
from tariffs import charts
from tariffs.charts.verdicts import compared_money, parked_people
from tariffs.core.programmes import PriceLine, Programme, Provider
from tests.factories.results import document, names, result
from tests.factories.small_programmes import programme, with_provider, with_tariff

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


def priced(*lines: PriceLine) -> Programme:
    return with_tariff(programme(), prices=lines)


CHEAP, DEAR = priced(PriceLine("band", "job", 1000.0)), priced(PriceLine("band", "job", 1250.5))


def compared(first: Programme, second: Programme, **asked: Any) -> dict[str, Any]:
    return charts.comparison(result(first), result(second, **asked), names(first))


def test_a_dearer_price_is_seen_in_every_draw_on_the_same_luck() -> None:
    found = compared(CHEAP, DEAR)

    [part] = found["parts"]
    assert found["same_luck"]
    assert part["name"] == "p"
    assert "Provider's margin is higher in the second run in 100 of 100 draws." in part["sentences"]
    assert "Commissioner's spend is higher in the second run in 100 of 100 draws." in part["sentences"]


def test_a_cheaper_price_is_lower_in_the_second_run() -> None:
    [part] = compared(DEAR, CHEAP)["parts"]

    assert "Provider's margin is lower in the second run in 100 of 100 draws." in part["sentences"]


def test_a_run_beside_itself_is_the_same_in_every_draw() -> None:
    [part] = compared(CHEAP, CHEAP)["parts"]

    assert part["sentences"] == (
        "Provider's margin is the same in every draw.",
        "Deepest fall of cash is the same in every draw.",
        "Commissioner's spend is the same in every draw.",
    )


def test_on_other_luck_no_interval_and_no_sentence_is_claimed() -> None:
    found = compared(CHEAP, DEAR, seed=2)

    [part] = found["parts"]
    assert not found["same_luck"]
    assert part["sentences"] == ()
    assert {row[-1] for row in part["money"].rows} == {"not the same luck"}


def test_differences_carry_a_sign_and_an_interval() -> None:
    table, _ = compared_money(result(CHEAP), result(DEAR), "p")

    rows = {row[0]: row[1:] for row in table.rows}
    _, _, difference, interval = rows["Commissioner's spend"]
    assert difference.startswith("+£")
    assert interval.startswith("+£") and " to +£" in interval
    assert rows["Chance of a loss"][-1].endswith("(luck of the draws)")


def test_groups_are_compared_one_by_one_with_what_only_one_run_has() -> None:
    renamed = replace(DEAR, groups=(replace(DEAR.groups[0], id="h", name="Other"),), evidence=())

    [part] = compared(CHEAP, renamed)["parts"]

    support = next(table for table in part["groups"] if table.caption == "Support a person")
    assert [row[0] for row in support.rows] == ["Group", "h"]
    assert support.rows[0][2] is None and support.rows[1][1] is None
    assert support.rows[0][3] is None


def test_only_providers_of_both_runs_are_compared() -> None:
    assert compared(CHEAP, with_provider(CHEAP, id="someone else"))["parts"] == []


def test_a_named_provider_is_called_by_its_name() -> None:
    named = with_provider(CHEAP, name="Helping Hands")

    assert [part["name"] for part in compared(named, named)["parts"]] == ["Helping Hands"]


def test_where_the_middle_draw_adds_no_outcome_no_cost_of_one_is_claimed() -> None:
    found = result(GENEROUS)
    found["commissioner"]["cost_per_additional_outcome"] = {"p5": 1000.0, "p50": None, "p95": None}

    cost = charts.verdict(found, document(GENEROUS), names(GENEROUS))[2]

    assert cost.endswith("and buys no more outcomes than would have happened anyway.")
