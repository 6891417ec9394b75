"""Figures in words."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.core import figures
from commissioning.core.figures import MINUS, Simulated


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "£0"),
        (1234, "£1,234"),
        (Decimal("1234.50"), "£1,234.50"),
        (-3500, f"{MINUS}£3,500"),
        (0.005, "£0.01"),
        (None, "not known"),
    ],
)
def test_exact_money_has_separators_and_pence_only_where_there_are_any(value, text):
    assert figures.pounds(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1_234_567, "£1.2m"),
        (2_000_000, "£2m"),
        (345_678, "£350,000"),
        (4_249, "£4,200"),
        (999_999, "£1m"),
        (35_400_000, "£35m"),
        (5_250_000_000, "£5.3bn"),
        (42, "£42"),
        (1.25, "£1.30"),
        (3, "£3"),
        (0, "£0"),
        (-1_260_000, f"{MINUS}£1.3m"),
    ],
)
def test_simulated_money_has_two_significant_figures(value, text):
    assert figures.short_pounds(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.4, "40%"), (0.042, "4.2%"), (0.003, "0.3%"), (0.05, "5%"), (0.125, "13%"), (1, "100%"), (-0.2, f"{MINUS}20%")],
)
def test_a_share_is_shown_as_per_cent(share, text):
    assert figures.percent(share) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "none"),
        (0.004, "fewer than 1 in 100"),
        (0.03, "about 3 in 100"),
        (0.4, "about 4 in 10"),
        (0.42, "about 4 in 10"),
        (0.45, "about 9 in 20"),
        (0.1, "about 1 in 10"),
        (0.97, "nearly all"),
        (1, "all"),
    ],
)
def test_a_share_is_said_as_people_say_it(share, text):
    assert figures.about(share) == text


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_what_is_no_share_is_refused(share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        figures.about(share)


@given(st.floats(min_value=0.01, max_value=0.95))
def test_the_words_for_a_share_never_stray_further_than_three_hundredths(share: float):
    few, many = figures.about(share).removeprefix("about ").split(" in ")

    assert abs(int(few) / int(many) - share) <= 0.0301


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False))
def test_two_figures_stay_within_a_twentieth_of_the_value(value: float):
    rounded = figures.two_figures(value)

    assert abs(float(rounded) - value) <= abs(value) / 20 + 1e-300
    assert len(rounded.normalize().as_tuple().digits) <= 2


def test_an_infinite_number_cannot_be_shown():
    with pytest.raises(ValueError, match="finite"):
        figures.two_figures(float("inf"))


def test_a_range_says_both_ends_once():
    assert figures.pounds_range(1_200_000, 1_500_000) == "£1.2m to £1.5m"
    assert figures.pounds_range(1_200_000, 1_210_000) == "£1.2m"
    assert figures.percent_range(0.35, 0.45) == "35% to 45%"


def test_a_simulated_figure_brings_its_range():
    assert figures.simulated_pounds(Simulated(1_300_000, 1_200_000, 1_500_000)) == "£1.3m (£1.2m to £1.5m)"
    assert figures.simulated_percent(Simulated(0.4, 0.35, 0.45)) == "40% (35% to 45%)"
    assert figures.simulated_number(Simulated(1234, 1100, 1380)) == "1,200 (1,100 to 1,400)"
    assert figures.simulated_number(Simulated(0.034, 0.03, 0.04)) == "0.034 (0.030 to 0.040)"


def test_dates_and_times_follow_the_clock_in_london():
    summer_night = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    assert figures.plain_date(summer_night) == "1 July 2026"
    assert figures.plain_time(summer_night) == "1 July 2026 at 12:30am"
    assert figures.plain_time(datetime(2026, 1, 3, 16, 0, tzinfo=UTC)) == "3 January 2026 at 4pm"
    assert figures.plain_date(date(2026, 11, 22)) == "22 November 2026"
    assert figures.plain_date(None) == figures.plain_time(None) == "not known"


def test_plain_numbers_have_separators_and_as_many_places_as_asked():
    assert figures.plain(1234567) == "1,234,567"
    assert figures.plain(-2.345, 2) == f"{MINUS}2.35"
    assert figures.plain(None) == "not known"


@pytest.mark.parametrize("words", [figures.pounds, figures.short_pounds, figures.percent, figures.about])
def test_what_is_not_known_is_said_so(words):
    assert words(None) == "not known"
