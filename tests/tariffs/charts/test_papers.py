"""What a printed report says of a run: main figures with ranges, and the pictures that there is room for."""

from dataclasses import replace
from typing import Any

import pytest

from tariffs import charts
from tariffs.charts import papers
from tariffs.core.programmes import PriceLine, Programme
from tests.factories.results import document, names, result
from tests.factories.small_programmes import programme, with_tariff

RICH = with_tariff(programme(), prices=(PriceLine("band", "job", 20_000.0),))


def figures(whole: Programme) -> dict[str, tuple[str, str]]:
    table = papers.main_figures(result(whole), document(whole))
    return {str(row[0]): (row[1], row[2]) for row in table.rows}


def pictures(whole: Programme) -> tuple[papers.Picture, ...]:
    found = result(whole)
    return papers.pictures(found, names(whole), charts.of_spend(found))


def test_every_figure_that_chance_drew_has_its_range() -> None:
    found = figures(RICH)

    assert found.pop("People parked")[1] == "worked out, not drawn by chance"
    assert all(" to " in spread or "give or take" in spread for _, spread in found.values())


def test_the_chance_to_overspend_is_told_where_there_is_a_budget() -> None:
    assert "Chance to overspend the budget" in figures(replace(RICH, budget=1e6))
    assert "Chance to overspend the budget" not in figures(RICH)


def test_a_tariff_that_pays_nothing_buys_no_more_than_would_have_happened() -> None:
    found = figures(with_tariff(programme(), prices=()))

    assert found["Cost of each additional outcome"][0] in ("no more outcomes than anyway", "£0")


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ({"p5": 1000.0, "p50": 2000.0, "p95": None}, ("cost", "2000", "1000 upwards")),
        ({"p5": None, "p50": None, "p95": None}, ("cost", "no more outcomes than anyway", "no range")),
    ],
)
def test_a_range_without_an_end_says_so(figure: dict[str, Any], said: tuple[str, str, str]) -> None:
    assert papers._ranged("cost", figure, lambda value: f"{value:.0f}") == said


def test_one_run_is_no_measure_of_its_own_luck() -> None:
    assert papers._give_or_take(None) == "not known"


def test_a_provider_has_four_pictures_and_the_commissioner_one() -> None:
    found = pictures(RICH)

    assert [picture.chart.key for picture in found] == ["support", "parked", "cash", "margin", "spend"]
    assert found[0].provider == RICH.providers[0].id
    assert found[-1].provider == ""


def test_only_so_many_providers_are_drawn() -> None:
    (one,) = RICH.providers
    several = tuple(replace(one, id=f"p{place}", share=0.2) for place in range(papers.MOST_PROVIDERS + 1))

    assert len(pictures(replace(RICH, providers=several))) == 4 * papers.MOST_PROVIDERS + 1


def test_of_many_groups_those_with_the_most_parking_are_drawn_and_the_table_has_all() -> None:
    (group,) = RICH.groups[:1]
    many = tuple(replace(group, id=f"g{place}", name=f"Group {place}") for place in range(papers.MOST_GROUPS + 2))
    evidence = tuple(replace(row, group=one.id) for one in many for row in RICH.evidence if row.group == group.id)

    support, parked, *_ = pictures(replace(RICH, groups=many, evidence=evidence))

    assert support.note == parked.note == "Drawn are the 8 groups with the most parking."
    assert len(support.drawing.bars) == 20 * papers.MOST_GROUPS
    assert len(parked.drawing.bars) == papers.MOST_GROUPS
    assert parked.table is not None
    assert len(parked.table.rows) == len(many)


def test_cash_stands_at_the_end_of_each_year_and_of_the_contract() -> None:
    cash = pictures(RICH)[2]

    assert cash.table is not None
    months = [row[0] for row in cash.table.rows]
    last = len(cash.chart.table.rows)
    assert months == [month for month in range(1, last + 1) if month % 12 == 0 or month == last]
