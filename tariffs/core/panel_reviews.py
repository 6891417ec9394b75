"""Panel reviews: how far those who mark agree, who leans which way, and what their marks would have paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from commissioning.core.units import Array, Pounds, Share

from .parameters import PARAMETERS


class Mark(StrEnum):
    """What is said of an outcome, as in the Cyrenians' panels (NCVO 2014, case study 5)."""

    NOT = "not"
    PARTLY = "partly"
    ACHIEVED = "achieved"


#: Every mark as a step on the way, for sums.
LEVELS = {mark: level for level, mark in enumerate(Mark)}


def as_array(marks: Sequence[Sequence[Mark | None]]) -> Array:
    """Write marks as steps, shape (case, member); what was not marked is nan."""
    steps = [[np.nan if mark is None else LEVELS[mark] for mark in row] for row in marks]
    return np.array(steps, dtype=float).reshape(len(steps), len(steps[0]) if steps else 0)


def counts(marks: Array, levels: int) -> Array:
    """Count each case's marks by step, for cases that two or more marked; shape (case, step)."""
    found = np.stack([(marks == level).sum(1) for level in range(levels)], axis=1)
    return np.asarray(found[found.sum(1) > 1], dtype=float)


def agreeing_pairs(marks: Array, levels: int = len(LEVELS)) -> Share | None:
    """Give the share of all pairs of marks of one case that agree; nothing where no case has two marks."""
    each = counts(marks, levels)
    pairs = (each.sum(1) * (each.sum(1) - 1)).sum()
    return float((each * (each - 1)).sum() / pairs) if pairs else None


def alpha(marks: Array, levels: int = len(LEVELS)) -> float | None:
    """Krippendorff's alpha for ordered marks: 1 where all agree, 0 where they agree no more than by chance.

    Parameters
    ----------
    marks : shape (case, member), steps from 0 to `levels` - 1; nan where a member did not mark.

    Notes
    -----
    It is not defined where all marks are alike, because then chance cannot be told from agreement.
    Source: Klaus Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections E and F.
    """
    each = counts(marks, levels)
    members = each.sum(1)
    pairs = each[:, :, None] * each[:, None, :] - each[:, :, None] * np.eye(levels)
    coincidences = (pairs / (members - 1)[:, None, None]).sum(0)
    totals = coincidences.sum(0)
    apart = _ordinal(totals)
    expected = float((np.outer(totals, totals) * apart).sum())
    if not expected:
        return None
    return 1.0 - float((totals.sum() - 1) * (coincidences * apart).sum()) / expected


def _ordinal(totals: Array) -> Array:
    """How far two steps lie apart, squared: by the marks that lie between them and half of those on them."""
    reached = totals.cumsum() - totals / 2
    return np.asarray((reached[:, None] - reached[None, :]) ** 2)


@dataclass(frozen=True, slots=True)
class Leaning:
    """How far one member marks above (+) or below (-) the others, in steps; nothing where the cases are too few."""

    cases: int
    steps: float | None


def leanings(marks: Array, least: int | None = None) -> tuple[Leaning, ...]:
    """Set each member's marks against the mean of the others' in the same case, where both are there.

    Parameters
    ----------
    least : with fewer cases than this nothing is said, because it would tell of single people and not of a habit.
    """
    given = ~np.isnan(marks)
    steps = np.where(given, marks, 0.0)
    others = given.sum(1, keepdims=True) - given
    both = given & (others > 0)
    mean = (steps.sum(1, keepdims=True) - steps) / np.maximum(others, 1)
    above = np.where(both, steps - mean, 0.0).sum(0)
    enough = PARAMETERS.panel_least_of_a_seat if least is None else least
    return tuple(
        Leaning(int(number), float(sum_ / number) if number >= max(1, enough) else None)
        for number, sum_ in zip(both.sum(0), above, strict=True)
    )


def spreads(marks: Array) -> tuple[int, ...]:
    """Give for each case how many steps lie between its lowest and its highest mark; 0 with fewer than two marks."""
    found = (row[~np.isnan(row)] for row in marks)
    return tuple(int(row.max() - row.min()) if len(row) else 0 for row in found)


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one case: the price of its line, what the measure alone says, and the mark agreed."""

    price: Pounds | None
    measured: bool | None
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Shadow:
    """What cases pay by the measure alone and would pay by the panel's marks, £.

    `counted` cases are those of which all is known. `up` and `down` count those that would pay more and less.
    """

    counted: int
    by_measure: Pounds
    by_panel: Pounds
    up: int
    down: int

    @property
    def moved(self) -> Pounds:
        """What the panel's marks would have added, or taken away."""
        return self.by_panel - self.by_measure

    @property
    def less(self) -> Pounds:
        """What the panel's marks would have taken away."""
        return -self.moved


def shadow(cases: Sequence[Case], partly: Share) -> Shadow:
    """Set what the measure alone pays against what the panel's marks would pay.

    Parameters
    ----------
    partly : the share of the price that "partly achieved" would pay.

    Notes
    -----
    A case counts where its price, the measure's word and the panel's mark are known. Caps, targets and repeats are left
    out: each case is one outcome at its price.
    """
    worth = {Mark.ACHIEVED: 1.0, Mark.PARTLY: partly, Mark.NOT: 0.0}
    known = [(each.price, each.measured, each.mark) for each in cases]
    both = [
        (price * measured, price * worth[mark])
        for price, measured, mark in known
        if price is not None and measured is not None and mark is not None
    ]
    return Shadow(
        len(both),
        sum(before for before, _ in both),
        sum(after for _, after in both),
        sum(after > before for before, after in both),
        sum(after < before for before, after in both),
    )
