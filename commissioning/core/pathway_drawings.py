"""Where everything stands in the drawing of a pathway: milestones from left to right, groups down."""

from collections.abc import Sequence
from dataclasses import dataclass

from .pathways import Evidence, Group, Milestone

# Room left of the boxes: for the names of groups, or for the line of the first box where there is no group.
LEFT, EDGE = 200, 2
COLUMN = 248
BOX_WIDTH = 174
BOX_HEIGHT = 74
ROW = 40
MOST_ROWS = 12
LINE_LENGTH = 17
NAME_LENGTH = 21
# Room above the boxes: little, unless an arrow goes round over others.
TOP, TOP_WITH_ARCS = 14, 70


@dataclass(frozen=True, slots=True)
class Box:
    """A milestone, or referral at the very left."""

    lines: tuple[str, ...]
    note: str
    final: bool
    x: int
    y: int
    width: int = BOX_WIDTH
    height: int = BOX_HEIGHT

    @property
    def centre(self) -> int:
        """Give the middle of the box from left to right."""
        return self.x + self.width // 2

    def texts(self) -> tuple[tuple[int, str], ...]:
        """Give each line of the name with the height it is written at."""
        first = self.y + (26 if self.note or len(self.lines) > 1 else self.height // 2 + 6)
        return tuple((first + 19 * place, line) for place, line in enumerate(self.lines))

    @property
    def note_y(self) -> int:
        """Give the height at which the note is written."""
        return self.y + self.height - 10


@dataclass(frozen=True, slots=True)
class Arrow:
    """The way from what a milestone follows to the milestone, with the time it takes."""

    path: str
    label: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Mark:
    """One group's chance to reach one milestone without the service, and how good its source is."""

    x: int
    y: int
    text: str
    quality: str

    @property
    def dot_x(self) -> int:
        """Give the middle of the dot, left of the figure."""
        return self.x - 18

    @property
    def dot_y(self) -> int:
        """Give the middle of the dot, at half the height of the figure."""
        return self.y - 5


@dataclass(frozen=True, slots=True)
class Row:
    """One group, with a mark under each milestone that has evidence for it."""

    name: str
    y: int
    marks: tuple[Mark, ...]

    @property
    def line_y(self) -> int:
        """Give the height of the line above the row."""
        return self.y - 25


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole drawing, ready to be written as SVG."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    rows: tuple[Row, ...]


def draw(milestones: Sequence[Milestone], groups: Sequence[Group], evidence: Sequence[Evidence]) -> Drawing:
    """Lay the pathway out; groups only where there are few enough to be read.

    Parameters
    ----------
    milestones : a tree, in any order.
    groups, evidence : as on the page; at most `MOST_ROWS` groups are drawn.
    """
    order = in_order(milestones)
    left = LEFT if groups else EDGE
    columns = {None: left} | {item.id: left + COLUMN * (place + 1) for place, item in enumerate(order)}
    arcs = any(columns[item.id] - columns[item.after] != COLUMN for item in order)
    top = TOP_WITH_ARCS if arcs else TOP
    boxes = {None: Box(("Referral",), "", False, left, top)} | {
        item.id: _box(item, columns[item.id], top) for item in order
    }
    known = {(row.group, row.milestone): row for row in evidence}
    first = top + BOX_HEIGHT + 42
    rows = tuple(
        _row(group, first + ROW * place, order, boxes, known) for place, group in enumerate(groups[:MOST_ROWS])
    )
    height = top + BOX_HEIGHT + 18 + ROW * len(rows)
    arrows = tuple(_arrow(boxes[item.after], boxes[item.id], item.delay_months) for item in order)
    return Drawing(left + COLUMN * len(boxes) - COLUMN + BOX_WIDTH + 2, height, tuple(boxes.values()), arrows, rows)


def in_order(milestones: Sequence[Milestone]) -> tuple[Milestone, ...]:
    """Order a tree of milestones so that each stands after what it follows, and next to it where it can."""
    followers: dict[str | None, list[Milestone]] = {}
    for milestone in milestones:
        followers.setdefault(milestone.after, []).append(milestone)
    found: list[Milestone] = []
    waiting = list(reversed(followers.get(None, [])))
    while waiting:
        milestone = waiting.pop()
        found.append(milestone)
        waiting.extend(reversed(followers.get(milestone.id, [])))
    return tuple(found)


def _box(milestone: Milestone, x: int, y: int) -> Box:
    times = f"up to {milestone.repeats} times" if milestone.repeats > 1 else ""
    note = "Final outcome" if milestone.final else ""
    notes = ", ".join(filter(None, (note, times)))
    return Box(wrapped(milestone.name or milestone.id), notes, milestone.final, x, y)


def wrapped(text: str) -> tuple[str, ...]:
    """Break a name into at most two lines, and cut what does not fit."""
    first = ""
    words = text.split()
    while words and len(f"{first} {words[0]}".strip()) <= LINE_LENGTH:
        first = f"{first} {words.pop(0)}".strip()
    if not first and words:
        return (shortened(text, LINE_LENGTH),)
    return (first, shortened(" ".join(words), LINE_LENGTH)) if words else (first,)


def shortened(text: str, length: int) -> str:
    """Cut a text that is too long to be drawn."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def months(number: int) -> str:
    """Say a number of months."""
    return "at once" if number == 0 else f"{number} month{'' if number == 1 else 's'}"


def _arrow(start: Box, end: Box, delay: int) -> Arrow:
    middle = start.y + start.height // 2
    right = start.x + start.width
    if end.x - start.x == COLUMN:
        return Arrow(f"M{right} {middle}H{end.x - 8}", months(delay), (right + end.x) // 2, middle - 10)
    over = f"M{start.centre} {start.y}C{start.centre} 20 {end.centre} 20 {end.centre} {end.y - 8}"
    return Arrow(over, months(delay), (start.centre + end.centre) // 2, 26)


def _row(
    group: Group,
    y: int,
    order: Sequence[Milestone],
    boxes: dict[str | None, Box],
    known: dict[tuple[str, str], Evidence],
) -> Row:
    marks = (
        Mark(boxes[item.id].centre, y, percent(row.baseline), row.provenance.quality or "unknown")
        for item in order
        if (row := known.get((group.id, item.id)))
    )
    return Row(shortened(group.name or group.id, NAME_LENGTH), y, tuple(marks))


def percent(share: float) -> str:
    """Write a chance as per cent, short."""
    return (
        f"{share * 100:.0f}%" if share >= 0.1 or share in (0, 1) else f"{share * 100:.1f}".rstrip("0").rstrip(".") + "%"
    )
