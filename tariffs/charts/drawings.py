"""Pictures drawn on the server, from the same dictionaries that plotly.js draws, for pages that are printed.

Paper needs neither scripts nor a browser: a few plain shapes, which a template writes as SVG for page and PDF alike.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from commissioning.core.figures import percent, short_pounds

from .pictures import INK, PARKED, Chart, Document, Figure

WIDTH = 640
LABELS = 230  # room for names at the left of bars
GUTTER = 64  # room for figures at the left of an axis
NAME_LENGTH, TITLE_LENGTH = 32, 80
STRIPE = 4


@dataclass(frozen=True)
class Bar:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True)
class Path:
    """A line, or an area where it has a fill."""

    d: str
    stroke: str = "none"
    fill: str = "none"
    dashes: str = "none"
    width: float = 1.0


@dataclass(frozen=True)
class Label:
    """Words at a place."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    weight: str = "normal"
    fill: str = INK


@dataclass(frozen=True)
class Drawing:
    """One message as shapes; `title` is what it says to those who do not see it."""

    title: str
    height: float
    bars: tuple[Bar, ...] = ()
    paths: tuple[Path, ...] = ()
    labels: tuple[Label, ...] = ()
    width: float = WIDTH


@dataclass(frozen=True)
class Scale:
    """Turns values into places along an axis."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Give the place of a value."""
        return round(self.start + (value - self.low) / ((self.high - self.low) or 1.0) * (self.end - self.start), 1)


def drawn(chart: Chart) -> Drawing:
    """Draw a chart of a run; `chart.key` says which of the few kinds of picture it is."""
    return _KINDS[chart.key](f"{chart.title}. The words and tables around it say the same.", chart.figure)


def _support(title: str, figure: Figure) -> Drawing:
    """Stack a strip of twenty people for each group, to one scale; crosses mark the parked."""
    rows = list(zip(figure["data"][0::2], figure["data"][1::2], figure["layout"]["annotations"], strict=True))
    highest = max(max(strata["y"]) for strata, _, _ in rows) or 1.0
    step, tall = (WIDTH - GUTTER) / len(rows[0][0]["y"]), 60
    bars: list[Bar] = []
    paths, labels = [], []
    for place, (strata, marks, heading) in enumerate(rows):
        floor_y = 22 + 108 * place + tall
        up = Scale(0, highest, floor_y, floor_y - tall)
        labels.append(Label(0, floor_y - tall - 8, _short(heading["text"], TITLE_LENGTH), weight="bold"))
        labels.append(Label(GUTTER - 8, floor_y - tall + 12, short_pounds(highest), "end"))
        labels.append(Label(GUTTER - 8, floor_y, "£0", "end"))
        paths.append(Path(f"M{GUTTER} {floor_y}H{WIDTH}", stroke=INK))
        for person, (value, fill) in enumerate(zip(strata["y"], strata["marker"]["color"], strict=True)):
            left = round(GUTTER + step * person + 2, 1)
            bars.append(Bar(left, up(value), round(step - 4, 1), round(floor_y - up(value), 1), fill))
        paths += _stripes(bars[-len(strata["y"]) :], strata["marker"])
        middles = (round(GUTTER + step * (mark - 0.5), 1) for mark in marks["x"])
        labels += [Label(middle, floor_y + 15, "×", "middle", "bold", PARKED) for middle in middles]  # noqa: RUF001
    return Drawing(title, 108 * len(rows), tuple(bars), tuple(paths), tuple(labels))


def _bars(title: str, figure: Figure) -> Drawing:
    """Draw one bar for each name, with its figure at the end."""
    (trace,) = figure["data"]
    across = Scale(0, max(1.0, *trace["x"]), LABELS, WIDTH - 56)
    bars, labels = [], []
    for place, (name, value, text) in enumerate(zip(trace["y"], trace["x"], trace["text"], strict=True)):
        top = 30 * place
        bars.append(Bar(LABELS, top + 5, round(across(value) - LABELS, 1), 20, trace["marker"]["color"]))
        labels += [Label(0, top + 20, _short(name)), Label(across(value) + 6, top + 20, text, weight="bold")]
    height = 30 * len(trace["x"])
    return Drawing(title, height + 4, tuple(bars), (Path(f"M{LABELS} 0V{height}", stroke=INK),), tuple(labels))


def _histogram(title: str, figure: Figure) -> Drawing:
    """Draw the share of draws in each bin over an axis of pounds, with upright lines at limits."""
    (trace,) = figure["data"]
    limits = [(shape["x0"], _words(name)) for shape, name in _limits(figure)]
    half = trace["width"][0] / 2
    ends = [trace["x"][0] - half, trace["x"][-1] + half, *(value for value, _ in limits)]
    across = Scale(min(ends), max(ends), GUTTER, WIDTH - 10)
    highest = max(trace["y"])
    up = Scale(0, highest, 200, 30)
    fills = trace["marker"]["color"]
    colours = fills if isinstance(fills, list) else [fills] * len(trace["x"])
    bars = tuple(
        Bar(across(x - half), up(y), round(across(x + half) - across(x - half) - 1, 1), round(200 - up(y), 1), fill)
        for x, y, fill in zip(trace["x"], trace["y"], colours, strict=True)
    )
    paths = [*_stripes(bars, trace["marker"]), Path(f"M{GUTTER} 200H{WIDTH}", stroke=INK)]
    labels = [Label(GUTTER - 8, 200, "0%", "end"), Label(GUTTER - 8, 36, percent(round(highest, 3)), "end")]
    for value, words in limits:
        paths.append(_dashed(f"M{across(value)} 20V200"))
        labels.append(Label(across(value), 14, words, _anchor(across(value))))
    return Drawing(title, 232, bars, tuple(paths), (*labels, *_ticks(across, 218, short_pounds)))


def _fan(title: str, figure: Figure) -> Drawing:
    """Draw bands and the middle line over the months, with level lines at limits."""
    *bands, middle = figure["data"]
    limits = [(shape["y0"], name) for shape, name in _limits(figure)]
    values = [*(value for band in bands for value in band["y"]), *(value for value, _ in limits)]
    across = Scale(0, max(middle["x"]), GUTTER, WIDTH - 10)
    up = Scale(min(values), max(values), 226, 16)
    areas = [Path(f"{_through(band, across, up)}Z", fill=band["fillcolor"]) for band in bands]
    line = Path(_through(middle, across, up), stroke=middle["line"]["color"], width=2.5)
    labels = [Label(GUTTER - 8, up(tick) + 5, short_pounds(tick), "end") for tick in ticks(up.low, up.high)]
    rules = [Path(f"M{GUTTER} 246H{WIDTH - 10}", stroke=INK)]
    for value, name in limits:
        rules.append(_dashed(f"M{GUTTER} {up(value)}H{WIDTH - 10}"))
        labels.append(Label(WIDTH - 12, up(value) + (14 if name["yanchor"] == "top" else -5), name["text"], "end"))
    months = range(0, max(middle["x"]) + 1, 12 if max(middle["x"]) > 12 else 3)
    labels += [Label(across(month), 264, str(month), "middle") for month in months]
    labels.append(Label(WIDTH / 2, 284, "month of the contract", "middle"))
    return Drawing(title, 290, paths=(*areas, line, *rules), labels=tuple(labels))


def ticks(low: float, high: float) -> list[float]:
    """Give round values between two ends, five or so."""
    rough = ((high - low) or 1.0) / 5
    scale = 10.0 ** floor(log10(rough))
    step = next(part * scale for part in (1, 2, 5, 10) if part * scale >= rough)
    return [step * place for place in range(ceil(low / step), floor(high / step) + 1)]


def _ticks(across: Scale, y: float, show: Callable[[float], str]) -> list[Label]:
    return [Label(across(tick), y, show(tick), _anchor(across(tick))) for tick in ticks(across.low, across.high)]


def _anchor(x: float) -> str:
    """Keep words near an edge inside the picture."""
    return "end" if x > WIDTH - 60 else "middle"


def _stripes(bars: Sequence[Bar], marker: Document) -> list[Path]:
    """Put white stripes over the bars that are marked by more than their colour."""
    shapes = marker.get("pattern", {}).get("shape", [""] * len(bars))
    striped = [bar for bar, shape in zip(bars, shapes, strict=True) if shape]
    lines = [
        f"M{bar.x} {bar.y + down}h{bar.width}" for bar in striped for down in range(STRIPE, ceil(bar.height), STRIPE)
    ]
    return [Path("".join(lines), stroke="#ffffff")] if lines else []


def _dashed(d: str) -> Path:
    return Path(d, stroke=INK, dashes="6 4", width=1.5)


def _through(trace: Document, across: Scale, up: Scale) -> str:
    return "M" + "L".join(f"{across(x)} {up(y)}" for x, y in zip(trace["x"], trace["y"], strict=True))


def _limits(figure: Figure) -> Sequence[tuple[Document, Document]]:
    return list(zip(figure["layout"]["shapes"], figure["layout"]["annotations"], strict=True))


def _words(annotation: Document) -> str:
    return str(annotation["text"]).removesuffix(" ⌄")


def _short(name: str, most: int = NAME_LENGTH) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


_KINDS: dict[str, Callable[[str, Figure], Drawing]] = {
    "support": _support,
    "parked": _bars,
    "cash": _fan,
    "margin": _histogram,
    "spend": _histogram,
}
