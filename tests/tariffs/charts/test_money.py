"""What pictures of money say: cash, profit and loss, the trough, the commissioner's spend."""

from dataclasses import replace
from typing import Any

import pytest

from tariffs import charts
from tariffs.charts import Chart
from tariffs.core.programmes import PriceLine, Programme, Provider
from tests.factories.results import names, result
from tests.factories.small_programmes import programme, with_provider, with_tariff


def drawn(given: Programme, **asked: Any) -> dict[str, Chart]:
    found = result(given, **asked)
    provider = given.providers[0].id
    pictures = (*charts.of_provider(found, provider, names(given)), charts.of_spend(found))
    return {picture.key: picture for picture in pictures}


def texts(picture: Chart) -> list[str]:
    return [note["text"] for note in picture.figure["layout"]["annotations"]]


def test_cash_shows_the_line_below_which_the_provider_fails_and_the_one_below_which_it_cuts_support() -> None:
    generous = with_tariff(programme(), prices=(PriceLine("band", "job", 20_000.0),))

    found = drawn(with_provider(generous, reserve_floor_months=2, overdraft=500.0))["cash"]

    assert texts(found) == ["below this line the provider fails", "below this line it cuts support"]
    assert found.figure["layout"]["shapes"][0]["y0"] == -500.0
    assert "months of its planned costs" in found.sentence


def test_without_a_reserve_floor_there_is_one_line_only() -> None:
    found = drawn(with_provider(programme(), reserve_floor_months=0))["cash"]

    assert texts(found) == ["below this line the provider fails"]


def test_a_provider_that_spends_nothing_has_no_months_of_cost_to_speak_of() -> None:
    unpaid = with_tariff(with_provider(programme(), reserve_floor_months=0), prices=())

    found = drawn(unpaid)["cash"]

    assert "months of its planned costs" not in found.sentence
    assert "At its worst the contract ties up £0" in found.sentence


def test_the_chance_of_a_loss_comes_with_its_doubt() -> None:
    found = drawn(programme(), draws=64)["margin"]

    assert "give or take" in found.sentence


def test_with_fewer_draws_than_doubt_needs_none_is_claimed() -> None:
    found = drawn(programme(), draws=16)["margin"]

    assert "give or take" not in found.sentence
    assert "of draws. Nine times in ten" in found.sentence


def test_losses_are_striped_and_gains_are_not() -> None:
    costly = with_provider(programme(), overhead_monthly=3000.0)

    found = drawn(costly, draws=256)["margin"]

    bars = found.figure["data"][0]
    shapes = bars["marker"]["pattern"]["shape"]
    assert {"/", ""} == set(shapes)
    assert all((shape == "/") == (middle < 0) for shape, middle in zip(shapes, bars["x"], strict=True))


def test_spend_is_set_against_the_budget() -> None:
    found = drawn(replace(programme(), budget=20_000.0))["spend"]

    assert found.title.startswith("The budget is overspent in ")
    assert "against a budget of £20,000" in found.sentence
    assert texts(found) == ["budget ⌄"]


def test_without_a_budget_nothing_is_set_against_it() -> None:
    found = drawn(programme())["spend"]

    assert found.title.startswith("Spend comes to about £")
    assert "has no budget yet" in found.sentence
    assert texts(found) == []


def test_where_every_draw_spends_the_same_there_is_one_bar() -> None:
    found = drawn(with_tariff(programme(), prices=(), service_fee_monthly=100.0))["spend"]

    assert [row[2] for row in found.table.rows] == [1.0]
    assert sum(found.figure["data"][0]["y"]) == pytest.approx(1)


def test_the_trough_is_set_against_the_reserves() -> None:
    poor = with_provider(programme(), reserves=0.0, overdraft=1e6)

    found = drawn(poor)["trough"]

    assert texts(found) == ["its reserves ⌄"]
    assert "reserves are £0" in found.sentence


def test_spend_adds_all_providers_up() -> None:
    two = replace(programme(), providers=(Provider("p", share=0.5), Provider("q", share=0.5)))
    found = result(two)

    total = [sum(pair) for pair in zip(*(row["by_draw"]["payments"] for row in found["providers"]), strict=True)]

    shown = charts.of_spend(found).figure["data"][0]
    middle = sum(x * share for x, share in zip(shown["x"], shown["y"], strict=True))
    assert middle == pytest.approx(sum(total) / len(total), abs=max(shown["width"]))
