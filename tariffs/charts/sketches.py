"""Draws any picture of ours on the server: bands, lines and bars, from the dictionary that plotly.js draws."""

from collections.abc import Sequence
from typing import Any

from commissioning.core.figures import plain

from .drawings import GUTTER, LABELS, WIDTH, Bar, Drawing, Label, Path, Scale, ticks
from .pictures import ANYWAY, CASH, INK, Document, Figure

_TALL, _TOP, _LINE = 240, 16, 22
_NAME = 32
_LETTER = 8  # about as wide as a bold letter is


def sketch(title: str, figure: Figure) -> Drawing | None:
    """Draw bars where there are any, else lines with their bands; nothing for what is neither."""
    traces = [trace for trace in figure.get("data", ()) if trace.get("visible", True) is True]
    bars = [trace for trace in traces if trace.get("type") == "bar"]
    lines = [trace for trace in traces if trace.get("type") == "scatter"]
    if bars:
        return _bars(title, bars)
    return _lines(title, lines) if lines else None


def _bars(title: str, traces: Sequence[Document]) -> Drawing:
    """Lay bars on their side, one for each name and trace, each with its figure at the end."""
    lying = [
        trace if trace.get("orientation") == "h" else {**trace, "x": trace["y"], "y": trace["x"]} for trace in traces
    ]
    names = list(dict.fromkeys(str(name) for trace in lying for name in trace["y"]))
    across = Scale(0, max([1e-9, *(float(value) for trace in lying for value in trace["x"])]), LABELS, WIDTH - 70)
    legend = _legend(lying)
    bars, labels, top = [], [*legend], _TOP + _deep(legend)
    for name in names:
        labels.append(Label(0, top + 15, name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"))
        for trace in lying:
            for found, value in zip(trace["y"], trace["x"], strict=True):
                if str(found) == name:
                    bars.append(Bar(LABELS, top, round(across(float(value)) - LABELS, 1), 18, _fill(trace)))
                    labels.append(Label(across(float(value)) + 6, top + 14, _number(float(value))))
                    top += _LINE
        top += 6
    return Drawing(title, top + 4, tuple(bars), (Path(f"M{LABELS} {_TOP}V{top}", stroke=INK),), tuple(labels))


def _lines(title: str, traces: Sequence[Document]) -> Drawing:
    """Draw bands first, then lines over them, along one axis."""
    places = _places(traces)
    values = [float(value) for trace in traces for value in trace["y"] if value is not None]
    across = Scale(min(places.values()), max(places.values()), GUTTER, WIDTH - 10)
    named = [trace for trace in traces if not trace.get("fill") and trace.get("name")]
    legend = _legend(named)
    top = _TOP + _deep(legend)
    up = Scale(min([0.0, *values]), max(values), top + _TALL, top)
    paths = []
    for trace in sorted(traces, key=lambda each: not each.get("fill")):
        points = "L".join(
            f"{across(places[str(x)])} {up(float(y))}"
            for x, y in zip(trace["x"], trace["y"], strict=True)
            if y is not None
        )
        if trace.get("fill"):
            paths.append(Path(f"M{points}Z", fill=trace.get("fillcolor", ANYWAY)))
        else:
            paths.append(Path(f"M{points}", stroke=_stroke(trace), width=2.5, dashes=_dashes(trace)))
    labels = [
        *legend,
        *(Label(GUTTER - 8, up(tick) + 5, _number(tick), "end") for tick in ticks(up.low, up.high)),
    ]
    kept = list(places.items())[:: max(1, len(places) // 8)]
    labels += [Label(across(place), top + _TALL + 18, name, "middle") for name, place in kept]
    paths.append(Path(f"M{GUTTER} {top + _TALL}H{WIDTH - 10}", stroke=INK))
    return Drawing(title, top + _TALL + 28, paths=tuple(paths), labels=tuple(labels))


def _places(traces: Sequence[Document]) -> dict[str, float]:
    """Place what stands along the axis: numbers where they are, words one after the other."""
    found = list(dict.fromkeys(str(x) for trace in traces for x in trace["x"]))
    try:
        return {name: float(name) for name in sorted(found, key=float)}
    except ValueError:
        return {name: float(place) for place, name in enumerate(found)}


def _legend(traces: Sequence[Document]) -> list[Label]:
    """Name traces in their own colours, where there are several: side by side if there is room, else one to a line."""
    if len(traces) < 2:
        return []
    wide = (WIDTH - GUTTER) / len(traces)
    names = [f"■ {trace.get('name', '')}" for trace in traces]
    fits = max(map(len, names)) * _LETTER <= wide
    across, down = (wide, 0) if fits else (0, _LINE)
    return [
        Label(round(GUTTER + across * place), _TOP + down * place, name, weight="bold", fill=_stroke(trace))
        for place, (name, trace) in enumerate(zip(names, traces, strict=True))
    ]


def _deep(legend: Sequence[Label]) -> float:
    """Give the height that a legend takes."""
    return legend[-1].y - _TOP + _LINE if legend else 0


def _stroke(trace: Document) -> str:
    line: Any = trace.get("line") or {}
    return str(line.get("color") or _fill(trace))


def _dashes(trace: Document) -> str:
    line: Any = trace.get("line") or {}
    return {"dot": "2 4", "dash": "8 5"}.get(str(line.get("dash")), "none")


def _fill(trace: Document) -> str:
    marker: Any = trace.get("marker") or {}
    colour = marker.get("color")
    return colour if isinstance(colour, str) else CASH


def _number(value: float) -> str:
    return plain(value, 0 if value == round(value) or abs(value) >= 10 else 2)
