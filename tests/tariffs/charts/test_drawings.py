"""Pictures drawn on the server show the same figures as those that a browser draws, and stay within their frame."""

import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as some

from tariffs import charts
from tariffs.charts import drawings
from tariffs.charts.drawings import Drawing, Scale, drawn, ticks
from tariffs.charts.pictures import PARKED
from tariffs.core.programmes import PriceLine, Programme
from tests.factories.results import names, result
from tests.factories.small_programmes import programme, with_provider, with_tariff

RICH = with_tariff(programme(), prices=(PriceLine("band", "job", 20_000.0),))


def all_drawn(whole: Programme) -> dict[str, Drawing]:
    found = result(whole)
    pictures = (*charts.of_provider(found, whole.providers[0].id, names(whole)), charts.of_spend(found))
    return {chart.key: drawn(chart) for chart in pictures if chart.key in drawings._KINDS}


def words(drawing: Drawing) -> list[str]:
    return [label.text for label in drawing.labels]


@pytest.mark.parametrize("whole", [programme(), RICH, with_provider(RICH, reserve_floor_months=2, overdraft=5e4)])
def test_everything_stays_within_the_frame(whole: Programme) -> None:
    for key, drawing in all_drawn(whole).items():
        for bar in drawing.bars:
            assert 0 <= bar.x <= bar.x + bar.width <= drawing.width + 1, key
            assert 0 <= bar.y <= bar.y + bar.height <= drawing.height, key
        for label in drawing.labels:
            assert 0 <= label.x <= drawing.width, key
            assert 0 <= label.y <= drawing.height, key
        for path in drawing.paths:
            numbers = [float(number) for number in re.findall(r"-?[\d.]+", path.d)]
            assert all(0 <= number <= max(drawing.width, drawing.height) for number in numbers), key


def test_a_strip_has_a_bar_for_each_of_twenty_people_and_a_cross_for_each_of_the_parked() -> None:
    found = result(RICH)["decisions"]

    drawing = all_drawn(RICH)["support"]

    assert len(drawing.bars) == 20 * len(found)
    parked = sum(round(20 * row["parked_share"]) for row in found)
    assert words(drawing).count("×") == parked  # noqa: RUF001
    assert sum(bar.fill == PARKED for bar in drawing.bars) == parked
    heights = [bar.height for bar in drawing.bars[:20]]
    planned = found[0]["support_by_stratum"]
    tallest = max(planned)
    assert heights == pytest.approx([60 * value / tallest for value in planned], abs=0.11)


def test_nobody_supported_draws_no_bars_at_all_and_still_a_picture() -> None:
    drawing = all_drawn(with_tariff(programme(), prices=()))["support"]

    assert {bar.height for bar in drawing.bars} == {0}


def test_parked_shares_are_as_long_as_they_are_large() -> None:
    found = result(RICH)["decisions"]

    drawing = all_drawn(RICH)["parked"]

    room = drawings.WIDTH - 56 - drawings.LABELS
    assert [bar.width / room for bar in drawing.bars] == pytest.approx(
        [row["parked_share"] for row in found], abs=0.001
    )


def test_losses_are_striped_and_so_told_apart_without_colour() -> None:
    drawing = all_drawn(with_provider(RICH, overhead_monthly=200_000.0))["margin"]

    losses = [bar for bar in drawing.bars if bar.fill == PARKED and bar.height > drawings.STRIPE]
    assert losses
    stripes = [path for path in drawing.paths if path.stroke == "#ffffff"]
    assert len(stripes) == 1
    assert f"M{losses[0].x} " in stripes[0].d


def test_a_fan_names_its_limits_and_keeps_their_names_apart() -> None:
    drawing = all_drawn(with_provider(RICH, reserve_floor_months=2))["cash"]

    named = {label.text: label.y for label in drawing.labels if "below this line" in label.text}
    assert set(named) == {"below this line the provider fails", "below this line it cuts support"}
    assert named["below this line the provider fails"] - named["below this line it cuts support"] >= 14
    assert len([path for path in drawing.paths if path.fill != "none"]) == 2


def test_a_budget_is_a_line_in_the_picture_of_spend() -> None:
    assert "budget" in words(all_drawn(replace(RICH, budget=1e6))["spend"])
    assert "budget" not in words(all_drawn(RICH)["spend"])


def test_a_long_name_is_cut() -> None:
    long = replace(RICH, groups=tuple(replace(group, name="Very " * 40) for group in RICH.groups))

    found = all_drawn(long)

    assert max(map(len, words(found["parked"]))) <= drawings.NAME_LENGTH
    assert max(map(len, words(found["support"]))) <= drawings.TITLE_LENGTH


def test_a_name_cannot_break_out_of_the_picture() -> None:
    hostile = replace(RICH, groups=tuple(replace(group, name="</svg><script>") for group in RICH.groups))

    text = render_to_string("components/drawing.html", {"drawing": all_drawn(hostile)["parked"]})

    assert "<script>" not in text
    assert "&lt;/svg&gt;&lt;script&gt;" in text
    assert "style=" not in text


@given(low=some.floats(-1e9, 1e9), length=some.floats(0.01, 1e9))
def test_ticks_are_few_and_between_the_ends(low: float, length: float) -> None:
    found = ticks(low, low + length)

    assert 1 <= len(found) <= 6
    assert all(low - 1e-6 * length <= tick <= low + length * (1 + 1e-6) for tick in found)


def test_a_scale_without_length_puts_everything_at_its_start() -> None:
    assert Scale(5, 5, 10, 90)(5) == 10
