"""Bands of an outlook, and how often each came out, once enough providers share."""

from dataclasses import replace

import pytest

from commissioning.core.figures import Simulated
from tariffs.core.benches import Bands, Bench, Outlook, bands_of, outlook, read
from tests.factories.small_programmes import programme


@pytest.fixture(scope="module")
def found() -> Outlook:
    return outlook(programme(), Bench(reserves=1000.0, spend=(("g", 0.0),)))


@pytest.mark.parametrize(
    ("loss", "band"), [(0.0, "rare"), (0.05, "low"), (0.2, "high"), (0.49, "high"), (0.5, "likely"), (1.0, "likely")]
)
def test_a_chance_of_a_loss_falls_into_its_band(found: Outlook, loss: float, band: str) -> None:
    assert bands_of(replace(found, loss=loss)).loss == band


@pytest.mark.parametrize(
    ("margin", "band"), [(-1.0, "loss"), (0.0, "thin"), (4.0, "thin"), (5.0, "fair"), (10.0, "wide")]
)
def test_a_margin_falls_into_its_band_against_income(found: Outlook, margin: float, band: str) -> None:
    one = Simulated(margin, margin, margin)

    assert bands_of(replace(found, margin=one, income=Simulated(100.0, 100.0, 100.0))).margin == band


def test_a_margin_without_income_is_a_loss(found: Outlook) -> None:
    assert bands_of(replace(found, income=Simulated(0.0, 0.0, 0.0))).margin == "loss"


@pytest.mark.parametrize(
    ("trough", "reserves", "band"),
    [
        (0.0, 0.0, "little"),
        (240.0, 1000.0, "little"),
        (250.0, 1000.0, "some"),
        (500.0, 1000.0, "most"),
        (1000.0, 1000.0, "most"),
        (1001.0, 1000.0, "beyond"),
        (1.0, 0.0, "beyond"),
    ],
)
def test_reserves_used_fall_into_their_band(found: Outlook, trough: float, reserves: float, band: str) -> None:
    used = replace(found, trough=Simulated(trough, 0.0, trough), reserves=reserves)

    assert bands_of(used).reserves == band


@pytest.mark.promise("P6")
def test_nothing_is_shown_of_four_and_everything_of_five() -> None:
    one = Bands("rare", "wide", "little")

    assert read([one] * 4) is None
    shown = read([one] * 4 + [Bands("likely", "loss", "beyond")])
    assert shown is not None
    assert [line.providers for line in shown.loss] == [4, 0, 0, 1]
    assert [line.providers for line in shown.margin] == [1, 0, 0, 4]
    assert [line.providers for line in shown.reserves] == [4, 0, 0, 1]
    assert shown.providers == 5
