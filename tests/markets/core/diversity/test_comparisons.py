"""Designs against each other: draw by draw, in words, and what drives a difference."""

import json
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest

from markets.core.diversity import Comparison, compare, document, headline, pack, run, unpack
from markets.core.diversity.comparisons import Ran, market_of
from markets.core.made_up_registers import made_up
from markets.core.registers import Register
from markets.sources.designs import designs_of
from tariffs.sources import programme_files
from tests.factories.markets import market_document
from tests.factories.tariffs import small_document

pytestmark = pytest.mark.slow


def register() -> Register:
    return Register.of(made_up(("a", "b"), ("X", "Y"), 2020, np.random.default_rng(1))[:60], 1)


def ran(**market: Any) -> Ran:
    programme = programme_files.loads(json.dumps(market_document(**market)))
    return run(designs_of(programme), register(), 30, 1)


def test_differences_are_paired_and_leave_out_what_one_side_lacks() -> None:
    found = compare(np.array([3.0, 5.0, np.nan, 9.0, 2.0]), np.array([1.0, 5.0, 4.0, np.nan, 5.0]))

    assert asdict(found) == {"mean": -1 / 3, "p5": -3.0, "p50": 0.0, "p95": 2.0, "more": 1 / 3, "less": 1 / 3}
    assert set(asdict(compare(np.array([np.nan]), np.array([1.0]))).values()) == {None}


def test_the_report_says_what_was_drawn() -> None:
    drawn = ran()

    said = document(drawn, register(), 1, 30, is_made_up=True)

    first = said["rounds"][0]["figures"]
    able = drawn.figures["drafted"]["able"][0]
    assert first["able"]["mean"] == able.mean()
    assert first["able"]["p5"] == np.quantile(able, 0.05, method="inverted_cdf")
    assert set(first["providers_left_by_group"]) == {"a", "b"}
    difference = next(row for row in said["differences"] if row["figure"] == "able" and row["round"] == 1)
    apart = drawn.figures["small"]["able"][0] - able
    assert difference["mean"] == apart.mean()
    assert difference["more_in_100"] == round(100 * (apart > 0).mean())
    json.dumps(said, allow_nan=False)


def test_a_driver_is_the_design_less_the_design_with_the_term_returned() -> None:
    changes = {"market.lots.0.annual_value": 10_000, "market.selection.turnover_multiple": 0}
    drawn = ran(designs=[{"id": "drafted"}, {"id": "small", "changes": changes}])

    said = document(drawn, register(), 1, 30, is_made_up=True)

    assert [row["term"] for row in said["drivers"]] == list(changes)
    for row in said["drivers"]:
        apart = drawn.figures["small"]["able"][-1] - drawn.returned["small", row["term"]]["able"][-1]
        assert row["figures"]["able"]["mean"] == apart.mean()


def test_a_design_with_one_change_and_this_returned_is_the_reference() -> None:
    drawn = ran()

    back = drawn.returned["small", "market.lots.0.annual_value"]

    assert all(np.array_equal(back[name], drawn.figures["drafted"][name], equal_nan=True) for name in back)


def test_designs_of_other_lengths_are_compared_as_far_as_both_go() -> None:
    drawn = ran(designs=[{"id": "a"}, {"id": "b", "changes": {"market.rounds": 1, "market.lots": one_lot()}}])

    said = document(drawn, register(), 1, 30, is_made_up=True)

    assert {row["round"] for row in said["differences"]} == {1}
    assert "providers_left_by_group.b" not in {row["figure"] for row in said["differences"]}
    assert {row["round"] for row in said["drivers"]} == {1}


def one_lot() -> list[dict[str, Any]]:
    return [{"id": "n", "annual_value": 1000, "groups": ["a"]}]


def test_figures_that_no_draw_has_are_null() -> None:
    drawn = ran(lots=[{"id": "n", "annual_value": 1e9, "groups": ["a"]}], designs=[])

    said = document(drawn, register(), 1, 30, is_made_up=False)

    assert said["rounds"][0]["figures"]["hhi"] is None
    assert said["differences"] == said["drivers"] == []


def test_ratios_beyond_everybody_are_null() -> None:
    costly = market_document() | {"providers": [{"id": "one", "share": 1, "overhead_monthly": 100}]}
    costly["tariff"] = {"prices": []}
    drawn = run(designs_of(programme_files.loads(json.dumps(costly))), register(), 8, 1)

    facts = document(drawn, register(), 1, 8, is_made_up=True)["designs"][0]["facts"]

    assert facts[0]["capital"] is None
    assert facts[0]["annual_payments"] == 0


def test_progress_is_told_to_the_end() -> None:
    heard: list[float] = []

    run(designs_of(programme_files.loads(json.dumps(market_document()))), register(), 150, 1, heard.append)

    assert heard == [1 / 3, 2 / 3, 1.0]


def test_blocks_that_travelled_as_bytes_are_the_same_in_any_order_of_drawing() -> None:
    designs = designs_of(programme_files.loads(json.dumps(market_document())))
    comparison = Comparison(designs, register())
    payloads = {index: pack(Comparison(designs, register()).block(150, 1, index)) for index in (2, 0, 1)}

    joined = comparison.ran([unpack(payloads[index]) for index in range(3)])

    assert comparison.block_count(150) == 3
    direct = run(designs, register(), 150, 1)
    for ours, theirs in ((joined.figures, direct.figures), (joined.returned, direct.returned)):
        assert ours.keys() == theirs.keys()
        for key in ours:
            assert ours[key].keys() == theirs[key].keys()
            for name, values in ours[key].items():
                np.testing.assert_array_equal(values, theirs[key][name])


def test_a_programme_without_a_market_cannot_be_compared() -> None:
    programme = programme_files.loads(json.dumps(small_document()))

    with pytest.raises(ValueError, match="without a market"):
        market_of(replace(programme, market=None))


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ((14.2, 0.93, 0.07), "In 93 of 100 futures, “B” keeps more small providers than “A”; on average 14 more."),
        ((-0.25, 0.1, 0.62), "In 62 of 100 futures, “B” keeps fewer small providers than “A”; on average 0.2 fewer."),
        ((0.0, 0.0, 0.0), "In every future, “B” keeps as many small providers as “A”."),
    ],
)
def test_the_sentence_says_in_how_many_futures_and_how_many(told: tuple[float, float, float], sentence: str) -> None:
    mean, more, less = told
    row = {"design": "b", "reference": "a", "figure": "small_providers_left", "mean": mean, "more": more, "less": less}
    row |= {"more_in_100": round(100 * more), "less_in_100": round(100 * less)}
    earlier = row | {"more_in_100": 1, "less_in_100": 1, "mean": 99.0, "more": 0.01}

    said = headline({"designs": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}], "differences": [earlier, row]})

    assert said == [sentence]
