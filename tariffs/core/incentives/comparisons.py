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


def of_groups(first: Document, second: Document, provider: str, figure: str) -> dict[str, Difference]:
    """Compare an exact figure of one provider's plan, by group; None for a group that a run does not have."""
    tables = [
        {row["group"]: row[figure] for row in result["decisions"] if row["provider"] == provider}
        for result in (first, second)
    ]
    groups = dict.fromkeys([*tables[0], *tables[1]])
    return {group: Difference(tables[0].get(group), tables[1].get(group)) for group in groups}


def _both(first: Document, second: Document, provider: str) -> tuple[Document, Document] | None:
    """Find a provider's rows in both runs, or nothing where one of them lacks it."""
    rows = [row for result in (first, second) for row in result["providers"] if row["provider"] == provider]
    return (rows[0], rows[1]) if len(rows) == 2 else None


def of_provider(first: Document, second: Document, provider: str, figure: str) -> Difference | None:
    """Compare a drawn figure (margin, trough, payments) of a provider that both runs have."""
    rows = _both(first, second, provider)
    if rows is None:
        return None
    return _drawn(rows[0]["by_draw"][figure], rows[1]["by_draw"][figure], paired=same_luck(first, second))


def of_losses(first: Document, second: Document, provider: str) -> Difference | None:
    """Compare the chance of a loss, with the standard error of its difference."""
    rows = _both(first, second, provider)
    if rows is None:
        return None
    lost = [np.array(row["by_draw"]["margin"]) < 0 for row in rows]
    error = None
    if same_luck(first, second):
        error = standard_error(lambda part: float(part.mean()), lost[1].astype(float) - lost[0])
    return Difference(float(lost[0].mean()), float(lost[1].mean()), standard_error=error)


def of_spend(first: Document, second: Document) -> Difference:
    """Compare the commissioner's spend on all providers."""
    totals = [np.sum([row["by_draw"]["payments"] for row in result["providers"]], axis=0) for result in (first, second)]
    return _drawn(totals[0], totals[1], paired=same_luck(first, second))


def _drawn(first: Sequence[float], second: Sequence[float], *, paired: bool) -> Difference:
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
