"""The to-do list: which evidence to get first, because much hangs on it and little is known."""

from dataclasses import dataclass

from commissioning.core.evidence_quality import ORDER
from commissioning.core.units import Share

from .figures import Figure
from .swings import Swing
from .tornados import Bar, Tornado

#: An input that moves no figure by this part of itself is nobody's task.
LEAST = 0.01
#: Figures by which an input's weight is told; the chance of a loss follows from the margin.
WEIGHED = (Figure.PARKED, Figure.SPEND, Figure.MARGIN, Figure.ADDITIONAL)


@dataclass(frozen=True, slots=True)
class ToDo:
    """One input worth knowing better: the figure that it moves most, by how much of it, and how little is known.

    `effect` is the move as a share: of people referred for parking, of the spend for money, of all additional outcomes
    for outcomes. `doubt` is 1 for no source or no range and 0 for a strong source.
    """

    swing: Swing
    bar: Bar
    figure: Figure
    effect: Share
    doubt: Share

    @property
    def weight(self) -> float:
        """Cross how much hangs on the input with how little is known of it."""
        return self.effect * self.doubt


def to_do(tornado: Tornado) -> tuple[ToDo, ...]:
    """List what to find out, inputs of unknown range first, then by how much hangs on them and how little is known."""
    found = [_of(bar, tornado) for bar in tornado.bars if not bar.swing.is_luck]
    worth = [item for item in found if item.effect >= LEAST and item.doubt > 0]
    return tuple(sorted(worth, key=lambda item: (item.swing.has_range, -item.weight)))


def _of(bar: Bar, tornado: Tornado) -> ToDo:
    effects = {figure: effect(bar, tornado, figure) for figure in WEIGHED}
    figure = max(effects, key=lambda each: effects[each])
    return ToDo(bar.swing, bar, figure, effects[figure], doubt_of(bar.swing))


def effect(bar: Bar, tornado: Tornado, figure: Figure) -> Share:
    """Give how far a bar moves a figure, as a share of what the figure is measured against."""
    base = tornado.base
    against = {Figure.PARKED: 1.0, Figure.SPEND: base.spend, Figure.MARGIN: base.spend}
    whole = abs(against.get(figure, base.additional))
    moved = bar.moves(figure, base)
    return moved / whole if whole > 0 else float(moved > 0)


def doubt_of(swing: Swing) -> Share:
    """Give how little is known of an input: 1 where its range is not, else by the quality of its source."""
    if not swing.has_range:
        return 1.0
    best = len(ORDER) - 1
    return (best - ORDER.index(swing.quality)) / best
