"""Concentration against its closed forms."""

import numpy as np
import pytest

from markets.core.diversity.figures import concentration


@pytest.mark.parametrize("count", [1, 2, 5, 40])
def test_equal_holders_count_in_full(count: int) -> None:
    found = concentration(np.full((count, 1), 7.0))

    assert found["hhi"][0] == pytest.approx(10_000 / count)
    assert [found[f"effective_providers.order_{order}"][0] for order in (0, 1, 2)] == pytest.approx([count] * 3)


def test_unequal_holders_count_for_less() -> None:
    found = concentration(np.array([[0.5], [0.25], [0.25], [0.0]]))

    assert found["hhi"][0] == pytest.approx(3750)
    assert found["effective_providers.order_0"][0] == 3
    assert found["effective_providers.order_1"][0] == pytest.approx(2**1.5)
    assert found["effective_providers.order_2"][0] == pytest.approx(8 / 3)


def test_where_nothing_is_held_nothing_is_said() -> None:
    found = concentration(np.array([[0.0, 1.0]]))

    assert all(np.isnan(values[0]) and not np.isnan(values[1]) for values in found.values())
