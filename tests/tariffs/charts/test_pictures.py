"""What all pictures have in common: plotly.js takes them, and their tables hold what they show."""

from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest

from commissioning.core.figures import MINUS
from commissioning.templatetags.govuk import plain_figure
from tariffs import charts
from tariffs.charts import Chart
from tariffs.charts.pictures import framed, line_at, pounds_axis, striped
from tariffs.sources.examples import work_programme
from tests.factories.results import names, result

EXAMPLE = work_programme()
RESULT = result(EXAMPLE)
PICTURES = (*charts.of_provider(RESULT, "prime", names(EXAMPLE)), charts.of_spend(RESULT))
BY_KEY = {picture.key: picture for picture in PICTURES}


def column(picture: Chart, number: int) -> list[Any]:
    return [row[number] for row in picture.table.rows]


def trace(key: str, number: int = 0) -> dict[str, Any]:
    return BY_KEY[key].figure["data"][number]


def test_there_is_a_picture_of_each_question() -> None:
    expected = ["support", "rates", "parked", "near", "deadweight", "parity", "cash", "margin", "trough", "spend"]

    assert [picture.key for picture in PICTURES] == expected


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.key)
def test_every_picture_is_one_that_plotly_takes(picture: Chart) -> None:
    figure = go.Figure(plain_figure(picture.figure))

    assert len(figure.data) == len(picture.figure["data"]) > 0


@pytest.mark.promise("A6")
@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.key)
def test_every_picture_has_words_and_a_table(picture: Chart) -> None:
    assert picture.title and picture.sentence
    assert len(picture.table.rows) > 0


@pytest.mark.promise("A6")
def test_the_table_of_support_holds_every_bar() -> None:
    bars = [one for one in BY_KEY["support"].figure["data"] if one["type"] == "bar"]

    assert len(bars) == len(EXAMPLE.groups)
    for place, one in enumerate(bars):
        assert column(BY_KEY["support"], place + 1) == one["y"]


@pytest.mark.promise("A6")
@pytest.mark.parametrize(("key", "number"), [("parked", 1), ("near", 1), ("parity", 4)])
def test_the_tables_of_shares_hold_every_bar(key: str, number: int) -> None:
    assert column(BY_KEY[key], 0) == trace(key)["y"]
    assert column(BY_KEY[key], number) == trace(key)["x"]


@pytest.mark.promise("A6")
def test_the_table_of_rates_holds_both_marks_of_each_group() -> None:
    assert column(BY_KEY["rates"], 1) == trace("rates")["x"]
    assert column(BY_KEY["rates"], 2) == trace("rates", 1)["x"]


@pytest.mark.promise("A6")
def test_the_table_of_deadweight_holds_both_parts_of_each_bar() -> None:
    anyway, added = trace("deadweight")["x"], trace("deadweight", 1)["x"]

    assert column(BY_KEY["deadweight"], 2) == anyway
    assert column(BY_KEY["deadweight"], 1) == pytest.approx([a + b for a, b in zip(anyway, added, strict=True)])


@pytest.mark.promise("A6")
def test_the_table_of_cash_holds_the_light_band_and_the_middle() -> None:
    upper_then_lower, middle = trace("cash")["y"], trace("cash", 2)["y"]
    months = len(middle)

    assert column(BY_KEY["cash"], 0) == trace("cash", 2)["x"] == list(range(1, months + 1))
    assert column(BY_KEY["cash"], 3) == upper_then_lower[:months]
    assert column(BY_KEY["cash"], 1) == upper_then_lower[months:][::-1]
    assert column(BY_KEY["cash"], 2) == middle


@pytest.mark.promise("A6")
@pytest.mark.parametrize("key", ["margin", "trough", "spend"])
def test_the_table_of_draws_holds_every_bar_with_a_draw_in_it(key: str) -> None:
    shares = [share for share in trace(key)["y"] if share > 0]

    assert column(BY_KEY[key], 2) == shares
    assert sum(shares) == pytest.approx(1)


def test_the_parked_stand_out_without_colour() -> None:
    hardest = next(
        place for place, row in enumerate(RESULT["decisions"]) if row["group"] == "PG7" and row["parked_share"] > 0
    )
    bars, crosses = BY_KEY["support"].figure["data"][2 * hardest : 2 * hardest + 2]
    parked = round(20 * RESULT["decisions"][hardest]["parked_share"])

    assert bars["marker"]["pattern"]["shape"] == ["/"] * parked + [""] * (20 - parked)
    assert crosses["x"] == list(range(1, parked + 1))


def test_bars_of_one_colour_may_be_striped_or_plain() -> None:
    assert striped("#000000")["pattern"]["shape"] == "/"
    assert striped("#000000", where=False) == {
        "color": "#000000",
        "pattern": {"shape": "", "fillmode": "overlay", "fgcolor": "#ffffff"},
    }


def test_small_pictures_stand_above_one_another_without_touching() -> None:
    layout = BY_KEY["support"].figure["layout"]
    domains = [layout[f"yaxis{number}"]["domain"] for number in ("", "2", "3", "4")]

    assert domains[0][1] == 1
    assert domains[-1][0] == pytest.approx(0)
    for (low, _), (_, high) in pairwise(domains):
        assert high < low


def test_a_line_is_named_above_or_under_itself() -> None:
    figure = framed()

    line_at(figure, value=5, words="the limit")
    line_at(figure, value=3, words="the end", under=True)

    above, under = figure["layout"]["annotations"]
    assert (above["text"], above["y"], above["yanchor"]) == ("the limit", 5, "bottom")
    assert (under["text"], under["y"], under["yanchor"]) == ("the end", 3, "top")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0, 12, ["£0", "£2", "£4", "£6", "£8", "£10", "£12"]),
        (-1e6, 2e6, [f"{MINUS}£1m", f"{MINUS}£500,000", "£0", "£500,000", "£1m", "£1.5m", "£2m"]),
        (5, 5, ["£5"]),
    ],
)
def test_an_axis_of_pounds_is_marked_at_round_amounts(low: float, high: float, words: list[str]) -> None:
    assert pounds_axis(low, high)["ticktext"] == words
