"""Two to five runs side by side: sentences, one table of the figures that matter, and pictures laid over each other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commissioning.core.figures import percent, plain, short_pounds
from commissioning.core.tables import Column, Table
from tariffs.core.incentives import scenarios
from tariffs.core.incentives.comparisons import Difference
from tariffs.core.incentives.scenarios import Figure, Line

from .pictures import STRIPES, Chart, Document, framed, pounds_axis

#: One look for each side; lightness, line and pattern differ too, so that grey tells them apart.
COLOURS = ("#1d70b8", "#f47738", "#0b0c0c", "#0f7a52", "#7d6bb0")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
PATTERNS = ("", "/", ".", "x", "-")


@dataclass(frozen=True)
class Side:
    """One of the runs: what its tariff is called, its result, and the names of its groups."""

    name: str
    result: Document
    groups: Mapping[str, str]


@dataclass(frozen=True)
class Words:
    """How a figure is spoken of: its row's name, what more and less of it is, and how it is written."""

    row: str
    more: str
    less: str
    show: Callable[[Any], str]
    unit_more: str = "more"
    unit_less: str = "less"


WORDS = {
    Figure.PARKED: Words("People parked", "parks more people", "parks fewer people", plain, "more", "fewer"),
    Figure.ADDITIONAL: Words(
        "Outcomes that would not have happened anyway",
        "brings more additional outcomes",
        "brings fewer additional outcomes",
        plain,
        "more",
        "fewer",
    ),
    Figure.SPEND: Words("The commissioner pays", "costs more", "costs less", short_pounds),
    Figure.LOSS: Words("Chance of a loss", "", "", percent),
    Figure.MARGIN: Words("Left over at the end", "leaves {name} with more", "leaves {name} with less", short_pounds),
    Figure.TROUGH: Words(
        "Tied up at the worst moment",
        "ties up more of the money of {name}",
        "ties up less of the money of {name}",
        short_pounds,
    ),
}


@dataclass(frozen=True)
class Cell:
    """One figure of one run, which is called `side`, and how it differs from the first run's."""

    side: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One figure of all runs."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Comparison:
    """Everything that the page of a comparison says."""

    names: tuple[str, ...]
    same_luck: bool
    sentences: tuple[str, ...]
    rows: tuple[Row, ...]
    charts: tuple[Chart, ...]


def comparison(sides: Sequence[Side]) -> Comparison:
    """Set the runs side by side, the first as the reference."""
    results = [side.result for side in sides]
    found = scenarios.lines(results)
    providers = {row["provider"]: row["name"] or row["provider"] for row in results[0]["providers"]}
    shared = scenarios.shared_providers(results)
    charts = [
        parked(sides),
        support(sides),
        *(cash(sides, each, providers[each], place) for place, each in enumerate(shared)),
    ]
    return Comparison(
        names=tuple(side.name for side in sides),
        same_luck=scenarios.same_luck(results),
        sentences=tuple(sentence for line in found for sentence in _sentences(line, sides, providers)),
        rows=tuple(_row(line, providers, [side.name for side in sides]) for line in found),
        charts=tuple(charts),
    )


def _row(line: Line, providers: Mapping[str, str], sides: Sequence[str]) -> Row:
    words = WORDS[line.figure]
    name = f"{words.row}: {providers[line.provider]}" if line.provider else words.row
    notes = ["", *(_note(difference, words) for difference in line.differences)]
    cells = (Cell(side, words.show(mean), note) for side, mean, note in zip(sides, line.means, notes, strict=True))
    return Row(name, tuple(cells))


def _note(difference: Difference, words: Words) -> str:
    """Say by how much a figure differs from the first run's, and how far luck moves that."""
    by = difference.difference or 0.0
    if words.show(abs(by)) == words.show(0.0):
        return "the same"
    if words.show is percent:
        return f"{plain(100 * abs(by), 1)} points {words.unit_more if by > 0 else words.unit_less}"
    said = f"{words.show(abs(by))} {words.unit_more if by > 0 else words.unit_less}"
    if difference.low is None or difference.high is None:
        return said
    return f"{said} ({_signed(difference.low, words)} to {_signed(difference.high, words)})"


def _signed(value: float, words: Words) -> str:
    return f"+{words.show(value)}" if value > 0 else words.show(value)


def _sentences(line: Line, sides: Sequence[Side], providers: Mapping[str, str]) -> list[str]:
    """Say in how many of 100 draws each run is better or worse than the first."""
    said = []
    for side, difference in zip(sides[1:], line.differences, strict=True):
        if difference.more is None or difference.less is None or line.figure is Figure.LOSS:
            continue
        way, share = ("more", difference.more) if difference.more >= difference.less else ("less", difference.less)
        if share > 0:
            words = getattr(WORDS[line.figure], way).format(name=providers.get(line.provider, ""))
            said.append(f"{side.name} {words} than {sides[0].name} in {plain(100 * share)} of 100 draws.")
    return said


def parked(sides: Sequence[Side]) -> Chart:
    """Lay the parked share of each group under each tariff beside each other."""
    sentence = "The share of each group that would get next to nothing. It follows from the plans alone, without luck."
    return _by_group(sides, "parked_share", "parked", ("Who would be parked", sentence), percent)


def support(sides: Sequence[Side]) -> Chart:
    """Lay the support planned for a person of each group beside each other."""
    sentence = "Pounds spent on helping one person of each group, as planned."
    return _by_group(sides, "support", "support", ("What one person would get", sentence), short_pounds)


def _by_group(
    sides: Sequence[Side], figure: str, key: str, words: tuple[str, str], show: Callable[[Any], str]
) -> Chart:
    groups = {group: name for side in reversed(sides) for group, name in side.groups.items()}
    values = [[_of_group(side.result, group, figure) for group in groups] for side in sides]
    columns = (Column("Group"), *(Column(side.name, show) for side in sides))
    rows = tuple((name, *(column[place] for column in values)) for place, name in enumerate(groups.values()))
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "name": side.name,
            "y": list(groups.values()),
            "x": column,
            "marker": {"color": COLOURS[place], "pattern": {"shape": PATTERNS[place], **STRIPES}},
            "hovertemplate": "%{y}: %{x}<extra></extra>",
        }
        for place, (side, column) in enumerate(zip(sides, values, strict=True))
    ]
    axis = (
        {"tickformat": ".0%", "rangemode": "tozero"} if show is percent else {"tickprefix": "£", "rangemode": "tozero"}
    )
    height = 120 + 26 * len(sides) * max(1, len(groups))
    figure_ = framed(*bars, height=height, x=axis, y={"autorange": "reversed"}, barmode="group")
    return Chart(key, words[0], words[1], Table(words[0], columns, rows), figure_)


def _of_group(result: Document, group: str, figure: str) -> float | None:
    """Average a figure of a group over the providers of a run; nothing where the run does not have the group."""
    found = [row[figure] for row in result["decisions"] if row["group"] == group]
    return sum(found) / len(found) if found else None


def cash(sides: Sequence[Side], provider: str, name: str, place: int) -> Chart:
    """Lay the middle paths of a provider's cash over each other."""
    rows = [next(row for row in side.result["providers"] if row["provider"] == provider) for side in sides]
    longest = max(len(row["cash"]["p50"]) for row in rows)
    months = list(range(1, longest + 1))
    paths = [row["cash"]["p50"] + [None] * (longest - len(row["cash"]["p50"])) for row in rows]
    columns = (Column("Month", plain), *(Column(side.name, short_pounds) for side in sides))
    table = Table(f"Cash of {name} in the middle draw", columns, tuple(zip(months, *paths, strict=True)))
    lines = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": side.name,
            "x": months,
            "y": path,
            "line": {"color": colour, "dash": dash, "width": 3},
        }
        for side, path, colour, dash in zip(sides, paths, COLOURS, DASHES, strict=False)
    ]
    known = [value for path in paths for value in path if value is not None]
    axis = pounds_axis(min(0.0, *known), max(known))
    figure = framed(*lines, height=420, x={"title": {"text": "month of the contract"}, "rangemode": "tozero"}, y=axis)
    sentence = "Half of all draws lie above each line and half below. The runs have a page each with the whole range."
    return Chart(f"cash-{place}", f"Cash of {name}, month by month", sentence, table, figure)
