"""Two runs side by side: differences draw by draw, where both met the same luck."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from commissioning.core.units import Share

from .results import standard_error

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure in two runs.

    `low` and `high` hold nine differences in ten, `more` and `less` are the shares of draws above and below 0.
    All but the first two are None where the figure is exact, or the runs did not meet the same luck.
    """

    first: float | None
    second: float | None
    low: float | None = None
    high: float | None = None
    standard_error: float | None = None
    more: Share | None = None
    less: Share | None = None

    @property
    def difference(self) -> float | None:
        """Second less first, on average."""
        return None if self.first is None or self.second is None else self.second - self.first


def same_luck(first: Document, second: Document) -> bool:
    """Tell whether two runs met the same draws, so that differences between draws mean something."""
    return all(first[key] == second[key] for key in ("seed", "draws", "engine"))


def drawn(first: Sequence[float], second: Sequence[float], *, paired: bool) -> Difference:
    """Compare a figure by draw; `paired` where both runs met the same luck, draw by draw."""
    one, two = np.array(first, dtype=float), np.array(second, dtype=float)
    if not paired:
        return Difference(float(one.mean()), float(two.mean()))
    apart = two - one
    low, high = np.quantile(apart, [0.05, 0.95], method="inverted_cdf")
    return Difference(
        float(one.mean()),
        float(two.mean()),
        float(low),
        float(high),
        standard_error(lambda part: float(part.mean()), apart),
        float((apart > 0).mean()),
        float((apart < 0).mean()),
    )
