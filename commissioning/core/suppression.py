"""Small numbers in anything published: nobody is to be recognised by a count, nor by taking one count from another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: Counts below this are not told, and others are rounded to the nearest five: the practice of UK official statistics
#: on small populations, as in the Office for National Statistics' policy on disclosure control for counts.
LEAST, STEP = 10, 5
HIDDEN = "not told"
#: What stands beside a table that was suppressed as a whole.
IN_WORDS = (
    f"Numbers under {LEAST} are not told, nor are those from which one could be worked out. "
    "Others are to the nearest five."
)


def published(count: float) -> str:
    """Write a count as it may be published: nothing, fewer than 10, or to the nearest 5."""
    if count <= 0:
        return "0"
    if count < LEAST:
        return f"fewer than {LEAST}"
    return f"{nearest(count):,}"


def told(cell: int | None) -> str:
    """Write a cell of a table that was suppressed as a whole."""
    return HIDDEN if cell is None else f"{cell:,}"


def nearest(count: float) -> int:
    """Round a count to the nearest five, halves up."""
    return STEP * int(count / STEP + 0.5)


@dataclass(frozen=True)
class Row:
    """Counts that may be told; nothing where one is hidden, whether it is small or protects one that is."""

    cells: tuple[int | None, ...]

    @property
    def total(self) -> int:
        """Add up what is told, and nothing else, so that the total gives nothing away."""
        return sum(cell or 0 for cell in self.cells)


@dataclass(frozen=True)
class Counts:
    """A table of counts as it may be told: each part's row, and the whole."""

    parts: Mapping[str, Row]
    whole: Row


def suppressed(parts: Mapping[str, Sequence[int]], least: int = LEAST) -> Counts:
    """Say what may be told of a table with one row for each part and one column for each answer.

    Parameters
    ----------
    parts : for each part the number of people at each answer; every row as long as the others.
    least : the smallest number that is told, a multiple of five.

    Returns
    -------
    Every number that is told is at least `least` and a multiple of five. Nought is as hidden as any small number, so
    that nobody learns that a whole part agrees.

    Notes
    -----
    The whole is counted from everybody, so that parts too small to be told still count. In a column whose whole is
    told, two or more parts are hidden or none, and those hidden hold at least `least` people together: what is left
    when the told parts are taken from the whole says of no hidden part less than that it may be anything from 0 up.
    To that end further parts are hidden, the smallest first; where only one would be left, the whole is hidden instead.

    Raises
    ------
    ValueError
        If `least` is below five or no multiple of five: rounding could then tell less than it.
    """
    if least < STEP or least % STEP:
        raise ValueError("The smallest number told is a multiple of five")
    columns = [_column(list(column), least) for column in zip(*parts.values(), strict=True)]
    rows = {part: Row(tuple(cells[place] for cells, _ in columns)) for place, part in enumerate(parts)}
    return Counts(rows, Row(tuple(whole for _, whole in columns)))


def _column(counts: list[int], least: int) -> tuple[list[int | None], int | None]:
    """Give what may be told of one answer: each part, and the whole."""
    hidden = {place for place, count in enumerate(counts) if count < least}
    by_size = sorted(set(range(len(counts))) - hidden, key=lambda place: counts[place])

    def is_safe() -> bool:
        return not hidden or (len(hidden) > 1 and sum(counts[place] for place in hidden) >= least)

    # The last part that can be told stays: rather than one kind's view the whole is hidden.
    while not is_safe() and len(by_size) > 1:
        hidden.add(by_size.pop(0))
    told = [None if place in hidden else nearest(count) for place, count in enumerate(counts)]
    return told, nearest(sum(counts)) if is_safe() and sum(counts) >= least else None
