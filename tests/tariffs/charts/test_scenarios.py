"""Two to five tariffs beside each other, in words, in a table and in pictures."""

from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from tariffs.charts import scenarios
from tariffs.charts.scenarios import Side
from tariffs.core.programmes import PriceLine, Programme, Provider
from tests.factories.results import names, result
from tests.factories.small_programmes import programme, with_provider, with_tariff


def priced(price: float) -> Programme:
    return with_tariff(programme(), prices=(PriceLine("band", "job", price),))


CHEAP, DEAR = priced(1000.0), priced(5000.0)


def side(name: str, given: Programme, **asked: Any) -> Side:
    return Side(name, result(given, **asked), names(given))


def test_it_is_said_in_how_many_draws_a_tariff_is_better() -> None:
    found = scenarios.comparison([side("Cheap", CHEAP), side("Dear", DEAR)])

    assert "Dear costs more than Cheap in 100 of 100 draws." in found.sentences
    assert "Dear brings more additional outcomes than Cheap in 100 of 100 draws." in found.sentences
    assert any("leaves p with " in sentence for sentence in found.sentences)
    assert found.same_luck


def test_each_figure_stands_under_its_tariff_with_its_difference_and_interval() -> None:
    found = scenarios.comparison([side("Cheap", CHEAP), side("Dear", DEAR), side("Again", CHEAP)])

    spend = next(row for row in found.rows if row.name == "The commissioner pays")
    assert [cell.side for cell in spend.cells] == ["Cheap", "Dear", "Again"]
    assert spend.cells[0].note == ""
    assert spend.cells[1].note.startswith("£")
    assert " more (+£" in spend.cells[1].note
    assert spend.cells[2].note == "the same"


def test_a_tariff_beside_itself_differs_in_no_draw() -> None:
    assert scenarios.comparison([side("One", CHEAP), side("Two", CHEAP)]).sentences == ()


def test_on_other_luck_nothing_is_said_of_draws() -> None:
    found = scenarios.comparison([side("One", CHEAP), side("Two", DEAR, seed=2)])

    assert not found.same_luck
    assert found.sentences == ()
    assert all("(" not in cell.note for row in found.rows for cell in row.cells)


def test_only_providers_that_all_runs_have_are_compared() -> None:
    other = with_provider(CHEAP, id="someone else")

    found = scenarios.comparison([side("One", CHEAP), side("Two", other)])

    assert [chart.key for chart in found.charts] == ["parked", "support"]


def test_a_named_provider_is_called_by_its_name() -> None:
    named = replace(CHEAP, providers=(Provider("p", name="Helping Hands", share=1.0),))

    found = scenarios.comparison([side("One", named), side("Two", named)])

    assert "Chance of a loss: Helping Hands" in [row.name for row in found.rows]
    assert found.charts[-1].title == "Cash of Helping Hands, month by month"


def test_a_group_that_one_run_lacks_has_no_figure_there() -> None:
    renamed = replace(
        CHEAP,
        groups=(replace(CHEAP.groups[0], id="other", name="Others"),),
        evidence=tuple(replace(row, group="other") for row in CHEAP.evidence),
    )

    parked = scenarios.comparison([side("One", CHEAP), side("Two", renamed)]).charts[0]

    assert {row[1:].count(None) for row in parked.table.rows} == {1}


def test_a_shorter_contract_has_a_shorter_line() -> None:
    short = replace(CHEAP, contract_months=CHEAP.contract_months - 2)

    cash = scenarios.comparison([side("One", CHEAP), side("Two", short)]).charts[-1]

    assert cash.table.rows[-1][2] is None


@pytest.mark.parametrize("count", [2, 5])
def test_every_picture_is_one_that_plotly_draws_and_each_side_looks_its_own_way(count: int) -> None:
    sides = [side(f"Tariff {number}", priced(1000.0 * number)) for number in range(1, count + 1)]

    for chart in scenarios.comparison(sides).charts:
        traces = go.Figure(chart.figure).data
        looks = {str(trace.line.dash if trace.type == "scatter" else trace.marker.pattern.shape) for trace in traces}
        assert len(traces) == len(looks) == count
