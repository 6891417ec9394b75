"""Bands from which a figure cannot be told."""

import pytest

from markets.core import bands


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "less than a tenth of free reserves"),
        (0.1, "a tenth to a quarter of free reserves"),
        (0.3, "a quarter to a half of free reserves"),
        (0.5, "more than a half of free reserves"),
    ],
)
def test_an_appetite_is_said_as_a_band(share: float, words: str) -> None:
    assert bands.appetite(share) == words


@pytest.mark.parametrize(
    ("pounds", "spending", "words"),
    [
        (-5.0, 120.0, "less than one month of spending"),
        (10.0, 120.0, "one to three months of spending"),
        (50.0, 120.0, "three to six months of spending"),
        (60.0, 120.0, "more than six months of spending"),
        (9_999.0, None, "under £10,000"),
        (2e6, 0.0, "over £1 million"),
    ],
)
def test_reserves_are_said_in_months_of_spending_or_in_pounds(
    pounds: float, spending: float | None, words: str
) -> None:
    assert bands.reserves(pounds, spending) == words
