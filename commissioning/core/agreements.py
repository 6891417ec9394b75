"""How far people agree, by kind, as far as it may be told; and where one kind differs from the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .suppression import LEAST, Counts, suppressed

#: The places of the two answers that speak for and against, in every question.
FOR, AGAINST = 0, 1


@dataclass(frozen=True)
class Agreement:
    """What may be told of one question: how many of each kind gave each answer, the side of most, and who differs."""

    counts: Counts
    side: int | None
    differing: tuple[str, ...]


def agreement(parts: Mapping[str, Sequence[int]], least: int = LEAST) -> Agreement:
    """Say how far people agree on one question.

    Parameters
    ----------
    parts : for each kind that took part the number of people at each answer: for, against, and others after them.
    least : the smallest number that is told.

    Returns
    -------
    A kind differs where most of it that took a side took the other one than most of all did. Its own majority must be
    a number that may be told; the side of all is named only where the numbers that are told point to it too.
    """
    counts = suppressed(parts, least)
    whole = [sum(column) for column in zip(*parts.values(), strict=True)]
    seen = [_seen(counts, answer) for answer in range(len(whole))]
    side = _side(whole, seen) if _side(seen, seen) == _side(whole, seen) else None
    other = {FOR: AGAINST, AGAINST: FOR}.get(side if side is not None else -1)
    differing = (kind for kind, row in parts.items() if _side(row, counts.parts[kind].cells) == other)
    return Agreement(counts, side, tuple(differing) if other is not None else ())


def _seen(counts: Counts, answer: int) -> int | None:
    """Give what a reader sees of all at one answer: the whole, or the told parts of it; nothing where there is none."""
    whole = counts.whole.cells[answer]
    return whole if whole is not None else sum(row.cells[answer] or 0 for row in counts.parts.values()) or None


def _side(counts: Sequence[int | None], told: Sequence[int | None]) -> int | None:
    """Give the answer of the most, for or against, where its number may be told; nothing where neither has most."""
    sides = [count or 0 for count in counts[: AGAINST + 1]]
    if not sides or sides[FOR] == sides[AGAINST]:
        return None
    most = FOR if sides[FOR] > sides[AGAINST] else AGAINST
    return most if told[most] is not None else None
