"""The picture of how far people agree with one statement: disagreement to the left, agreement to the right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .agreements import AGAINST, FOR

WIDTH, ROW, TOP, THICK = 620, 28, 26, 16
#: Where the names end, where the two sides meet, and how long the longest bar is on either side.
NAMES, CENTRE, LONGEST = 130, 370, 190
AGREE, DISAGREE, INK, QUIET = "#0e4a4d", "#c9720c", "#0b0c0c", "#505a5f"
#: Dark enough for words on white, where the bar's own colour is not.
DISAGREE_INK = "#8f4f05"
GAP = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One side of one kind."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True, slots=True)
class Label:
    """Some words."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    weight: str = "normal"
    fill: str = INK


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture."""

    title: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    paths: tuple[Any, ...] = ()


def draw(rows: Sequence[Mapping[str, Any]], title: str) -> Drawing | None:
    """Draw the two sides of each row as far as they may be told; nothing where no number may.

    Parameters
    ----------
    rows : each with `who` and its `cells`: for, against, and others that are not drawn. None is a hidden number.
    title : what the picture says, for those who do not see it.
    """
    largest = max((row["cells"][side] or 0 for row in rows for side in (FOR, AGAINST)), default=0)
    if not largest:
        return None
    bars: list[Bar] = []
    labels = [
        Label(CENTRE - GAP, 14, "Disagree", "end", "bold", DISAGREE_INK),
        Label(CENTRE + GAP, 14, "Agree", "start", "bold", AGREE),
    ]
    for place, row in enumerate(rows):
        y = TOP + place * ROW
        labels.append(Label(NAMES, y + 13, row["who"], "end", "normal" if place else "bold"))
        for side in (FOR, AGAINST):
            _side(bars, labels, y, side, row["cells"][side], largest)
    return Drawing(title, WIDTH, TOP + len(rows) * ROW, tuple(bars), tuple(labels))


def _side(bars: list[Bar], labels: list[Label], y: float, side: int, count: int | None, largest: int) -> None:
    way = 1 if side == FOR else -1
    anchor = "start" if side == FOR else "end"
    if count is None:
        labels.append(Label(CENTRE + way * GAP, y + 13, "hidden", anchor, fill=QUIET))
        return
    width = LONGEST * count / largest
    bars.append(Bar(CENTRE if side == FOR else CENTRE - width, y, width, THICK, AGREE if side == FOR else DISAGREE))
    labels.append(Label(CENTRE + way * (width + GAP), y + 13, str(count), anchor))
