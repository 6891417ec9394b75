"""Rehearsals in words: every shock, every clause, and who fails without it."""

from dataclasses import replace
from typing import Any

import pytest

from tariffs.charts.rehearsals import charts, clause_words, commissioner, providers, sentences, shock_words, terms
from tariffs.core.rehearsals import Clause, Relief, Shock, ShockKind, Stage, Trigger, merge
from tests.factories.small_programmes import programme, with_provider, with_tariff

SHOCK = Shock(ShockKind.REFERRALS, 0.5)
CLAUSE = Clause(Trigger.INCOME, 0.8, 3, Relief.MINIMUM, 0.9)
POOR = with_provider(programme(), reserves=3_000.0, overhead_monthly=900.0, reserve_floor_months=1.0)


def result(of: Any = POOR, clause: Clause | None = CLAUSE, shock: Shock = SHOCK) -> dict[str, Any]:
    stage = Stage(of, shock, clause)
    return merge(stage, [stage.block(256, 1, 0)])


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ShockKind.REFERRALS, "25% fewer people are referred than planned, throughout"),
        (ShockKind.LABOUR_MARKET, "the labour market is poor: 25% fewer final outcomes, throughout"),
        (ShockKind.POOR_REFERRALS, "as many people come, but their chance without help is 25% lower on average"),
        (ShockKind.LATE_REFERRALS, "25% of the first year's people are referred a year later"),
        (ShockKind.LATE_RESULTS, "the first year is poor: outcomes as rare in it as where 25% of all are lost"),
    ],
)
def test_every_shock_is_said_with_its_size(kind: ShockKind, words: str):
    assert shock_words(Shock(kind, 0.25), programme()) == words


def test_a_lack_of_places_names_the_milestone():
    said = shock_words(Shock(ShockKind.NO_PLACES, 6.0, "job"), programme())

    assert said == "“Job” takes 6 months longer than planned, for want of places"


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        (
            Clause(Trigger.INCOME, 0.8, 12, Relief.FORGIVE, 0.5),
            "When income over the last 12 months is below 80% of the plan, 50% of what income fell short of the plan "
            "over the last 12 months is paid after all, once.",
        ),
        (
            Clause(Trigger.CASH, 1.5, 1, Relief.UPLIFT, 0.1),
            "When cash is below 1.5 months of planned costs, 10% more is paid on all that prices earn from then on.",
        ),
        (
            Clause(Trigger.OUTCOMES, 0.7, 1, Relief.TARGET, 0.2),
            "When final outcomes over the last month are below 70% of the plan, the target is lowered by 20% of itself "
            "from then on.",
        ),
        (
            Clause(Trigger.REFERRALS, 0.7, 3, Relief.MINIMUM, 0.8),
            "When referrals over the last 3 months are below 70% of the plan, each month's income is made up to 80% of "
            "the plan from then on.",
        ),
    ],
)
def test_every_clause_is_said_in_one_sentence(clause: Clause, words: str):
    assert clause_words(clause) == words


def test_who_fails_comes_first_then_the_clause_then_its_cost():
    found = result()

    fails, bites, costs = sentences(found, SHOCK, CLAUSE, POOR)

    shock = found["providers"][0]["variants"]["shock"]["failure"]
    assert fails.startswith("The chance that the provider runs out of money is")
    assert shock > 0.1
    assert "With the review clause it is" in fails
    assert "of draws, in month 5 (month 5 to 6), and then brings £" in bites
    assert "In usual times it would bite in" in bites
    assert costs.startswith("Relief costs the commissioner £")
    assert costs.endswith("more than without the clause, for about as many final outcomes.")


def test_a_clause_out_of_reach_changes_nothing_and_says_so():
    clause = replace(CLAUSE, below=0.0)
    rich = with_provider(programme(), reserves=1e6)

    fails, bites, costs = sentences(result(rich, clause), SHOCK, clause, rich)

    assert fails.endswith("in bad times, as in usual ones. The review clause does not change that.")
    assert bites == "The clause never bites: no review finds what it watches below its level."
    assert "£0 more than without the clause, for about as many final outcomes" in costs


@pytest.mark.parametrize(
    ("paid", "final", "words"),
    [
        (90.0, 13.0, "£10 less than without the clause, for 3 more final"),
        (120.0, 7.0, "£20 more than without the clause, for 3 fewer final"),
    ],
)
def test_more_and_less_are_told_apart(paid: float, final: float, words: str):
    found = result()
    under, without = (found["commissioner"][name] for name in ("shock_clause", "shock"))
    without["payments"]["mean"], without["final"]["mean"] = 100.0, 10.0
    under["payments"]["mean"], under["final"]["mean"] = paid, final

    assert words in sentences(found, SHOCK, CLAUSE, POOR)[2]


def test_without_a_clause_only_who_fails_is_said():
    found = result(clause=None)

    (said,) = sentences(found, SHOCK, None, POOR)

    assert "against" in said
    assert "clause" not in said
    assert [column.heading for column in providers(found)[0].columns] == ["Figure", "Usual times", "Bad times"]


def test_several_providers_are_each_named():
    two = replace(
        POOR,
        providers=(
            replace(POOR.providers[0], id="a", name="Small charity", share=0.5),
            replace(programme().providers[0], id="b", share=0.5),
        ),
    )
    found = result(two)

    said = sentences(found, SHOCK, CLAUSE, two)

    assert "Small charity runs out of money" in said[0]
    assert "b runs out of money" in said[1]
    assert "bites for Small charity" in said[2]
    assert len(charts(found)) == len(providers(found)) == 2


def test_tables_have_a_column_for_each_kind_of_times():
    found = result()

    (table,), whole = providers(found), commissioner(found)

    heads = ["Figure", "Usual times", "Usual times, with the clause", "Bad times", "Bad times, with the clause"]
    assert [column.heading for column in table.columns] == [column.heading for column in whole.columns] == heads
    assert [row[0] for row in table.rows] == [
        "Runs out of money",
        "Loses money",
        "Left over at the end",
        "Ties up of its own, of £3,000 reserves",
        "The clause bites",
        "Relief",
    ]
    assert table.rows[-1][1] == table.rows[-1][3] == "no clause"


def test_the_picture_leaves_out_usual_times_under_the_clause():
    (chart,) = charts(result())

    assert [line["name"] for line in chart.figure["data"]] == ["usual times", "bad times", "bad times, with the clause"]
    assert len(chart.table.rows) == 12


def test_terms_of_the_tariff_that_bite_are_told():
    full = with_tariff(POOR, volume_guarantee=0.9, payment_cap=5_000.0, minimum_service=100.0, annual_price_change=0.02)

    said = terms(result(full), full)

    assert [line.split(":")[0] for line in said[:2]] == ["p", "p"]
    assert "the volume guarantee pays something in" in said[0]
    assert "the most that the contract pays is reached in" in said[1]
    assert said[2] == "The minimum service of £100 a person is given until a provider fails."
    assert said[3] == "Prices change by 2% a year, whatever happens."
    assert terms(result(), POOR) == (
        "The tariff has no volume guarantee, no cap and no minimum service that could bite.",
    )
