"""Two to five runs of one programme side by side, the first as the reference: what each brings, draw by draw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from . import comparisons
from .comparisons import Difference

Document = Mapping[str, Any]


class Figure(StrEnum):
    """A figure that matters for choosing between tariffs."""

    PARKED = "parked"  # people parked
    ADDITIONAL = "additional"  # outcomes that would not have happened anyway
    SPEND = "payments"  # pounds that the commissioner pays
    MARGIN = "margin"  # pounds that the provider keeps
    TROUGH = "trough"  # pounds of its own that the provider ties up at the worst moment
    LOSS = "loss"  # chance that the provider loses money


OF_ALL = (Figure.PARKED, Figure.ADDITIONAL, Figure.SPEND)
OF_EACH_PROVIDER = (Figure.LOSS, Figure.MARGIN, Figure.TROUGH)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of every run: its mean in each, and how each but the first differs from the first.

    `provider` is the id of the provider that it is of, and empty for a figure of the whole programme.
    """

    figure: Figure
    provider: str
    means: tuple[float, ...]
    differences: tuple[Difference, ...]


def lines(results: Sequence[Document]) -> tuple[Line, ...]:
    """Compare the figures that all of the runs have: of the whole programme, then of each provider they share.

    Raises ValueError for fewer than two runs.
    """
    if len(results) < 2:
        raise ValueError("A comparison takes at least two runs")
    whole = (_line(figure, "", [_summed(result, figure) for result in results], results) for figure in OF_ALL)
    providers = [_of_provider(results, provider) for provider in shared_providers(results)]
    return tuple(line for line in (*whole, *(line for part in providers for line in part)) if line is not None)


def shared_providers(results: Sequence[Document]) -> tuple[str, ...]:
    """Give the ids of the providers that every run has."""
    named = [[row["provider"] for row in result["providers"]] for result in results]
    return tuple(name for name in named[0] if all(name in others for others in named[1:]))


def same_luck(results: Sequence[Document]) -> bool:
    """Tell whether all runs met the same draws."""
    return all(comparisons.same_luck(results[0], other) for other in results[1:])


def _of_provider(results: Sequence[Document], provider: str) -> tuple[Line | None, ...]:
    rows = [next(row for row in result["providers"] if row["provider"] == provider) for result in results]
    return tuple(_line(figure, provider, [_drawn(row, figure) for row in rows], results) for figure in OF_EACH_PROVIDER)


def _drawn(row: Document, figure: Figure) -> "np.ndarray[Any, np.dtype[np.float64]] | None":
    """Give a provider's figure by draw; a run of an older engine may lack it."""
    if figure is Figure.LOSS:
        return (np.array(row["by_draw"]["margin"]) < 0).astype(float)
    found = row["by_draw"].get(figure.value)
    return None if found is None else np.array(found, dtype=float)


def _summed(result: Document, figure: Figure) -> "np.ndarray[Any, np.dtype[np.float64]] | None":
    parts = [_drawn(row, figure) for row in result["providers"]]
    known = [part for part in parts if part is not None]
    return np.sum(known, axis=0) if len(known) == len(parts) else None


def _line(figure: Figure, provider: str, drawn: Sequence[Any], results: Sequence[Document]) -> Line | None:
    if any(values is None for values in drawn):
        return None
    first, *others = drawn
    pairs = [
        comparisons.drawn(first, other, paired=comparisons.same_luck(results[0], result))
        for other, result in zip(others, results[1:], strict=True)
    ]
    return Line(figure, provider, tuple(float(values.mean()) for values in drawn), tuple(pairs))
