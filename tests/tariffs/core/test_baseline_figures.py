"""The one figure of a baseline that people wrote in words: read where it is plain, and otherwise left to be asked."""

import pytest

from tariffs.core.baseline_figures import read


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("20 in 100 within a year.", 0.2),
        ("About 11%", 0.11),
        ("12.5 per cent of those referred in 2025", 0.125),
        ("3 out of 10 people", 0.3),
        ("20 in 100, that is 20%", 0.2),
        ("0%", 0.0),
        ("100 in 100", 1.0),
    ],
)
def test_a_figure_is_read(text: str, share: float) -> None:
    assert read(text) == pytest.approx(share)


@pytest.mark.parametrize(
    "text", ["", "Few people", "10 in 100, later 20 in 100", "150%", "1,020%", "4 in 1000", "20 people", "5 in 100,000"]
)
def test_what_is_no_single_share_is_not_guessed(text: str) -> None:
    assert read(text) is None
