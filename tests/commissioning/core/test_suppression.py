"""Small numbers are not told, and the rest are rounded."""

import pytest

from commissioning.core.suppression import published


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0"), (1, "fewer than 10"), (9, "fewer than 10"), (10, "10"), (12, "10"), (13, "15"), (1_238, "1,240")],
)
def test_small_numbers_are_not_published(count: int, said: str) -> None:
    assert published(count) == said
