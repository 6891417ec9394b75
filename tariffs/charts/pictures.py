"""What every picture shares: its message, its words, its table, and one meaning for each colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any, TypeAlias

from commissioning.core.figures import short_pounds
from commissioning.core.tables import Table

# The same colour means the same thing on every page. They differ in lightness too, so that grey tells them apart.
SUPPORT = "#1d70b8"
PARKED = "#d4351c"
INCOME = "#0f7a52"
ANYWAY = "#b1b4b6"
CASH = "#1d70b8"
CASH_BAND = "rgba(29, 112, 184, 0.30)"
CASH_WIDE_BAND = "rgba(29, 112, 184, 0.15)"
LIMIT = "#0b0c0c"
OTHER = "#f47738"
INK = "#0b0c0c"
GRID = "#d8dde0"

AXIS = {"gridcolor": GRID, "zerolinecolor": INK, "automargin": True, "fixedrange": True}

Document = Mapping[str, Any]
#: A picture as plotly.js takes it: traces under "data", and how they are laid out under "layout".
Figure: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """One message: said in a title and a sentence, shown in a picture, and given as a table.

    `key` names it in addresses.
    """

    key: str
    title: str
    sentence: str
    table: Table
    figure: Figure


def framed(
    *traces: Document, height: int = 380, x: Document | None = None, y: Document | None = None, **layout: Any
) -> Figure:
    """Put traces into the plain frame that all pictures share; `x` and `y` say what is special about the axes."""
    frame = {
        "height": height,
        "margin": {"l": 70, "r": 30, "t": 40, "b": 50},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": INK, "size": 14, "family": "arial, sans-serif"},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "hovermode": "closest",
        "shapes": [],
        "annotations": [],
        "xaxis": {**AXIS, **(x or {})},
        "yaxis": {**AXIS, **(y or {})},
    }
    return {"data": list(traces), "layout": {**frame, **layout}}


#: White stripes over the bar's own colour.
STRIPES = {"fillmode": "overlay", "fgcolor": "#ffffff"}


def striped(colour: str, *, where: Sequence[bool] | bool = True) -> dict[str, Any]:
    """Mark bars by stripes as well as by colour, all of them or those that `where` says."""
    if isinstance(where, bool):
        return {"color": colour, "pattern": {"shape": "/" if where else "", **STRIPES}}
    return {"pattern": {"shape": ["/" if marked else "" for marked in where], **STRIPES}}


def line_at(figure: Figure, *, value: float, words: str, vertical: bool = False, under: bool = False) -> None:
    """Draw a dashed line at a limit with its name: above an upright one, else over it or under it."""
    line = {"type": "line", "line": {"color": LIMIT, "dash": "dash", "width": 2}}
    if vertical:
        place = {"xref": "x", "x0": value, "x1": value, "yref": "y domain", "y0": 0, "y1": 1}
        name = {"text": f"{words} ⌄", "x": value, "xref": "x", "y": 1, "yref": "paper"}
    else:
        place = {"xref": "x domain", "x0": 0, "x1": 1, "yref": "y", "y0": value, "y1": value}
        name = {"text": words, "x": 1, "xref": "x domain", "y": value, "yref": "y"}
    figure["layout"]["shapes"].append(line | place)
    side = {"xanchor": "right", "yanchor": "top" if under else "bottom"}
    figure["layout"]["annotations"].append({**name, **side, "showarrow": False})


def pounds_axis(low: float, high: float) -> dict[str, Any]:
    """Label an axis in round pounds as the pages write them."""
    rough = max(high - low, 1.0) / 6
    scale = 10.0 ** floor(log10(rough))
    step = next(part * scale for part in (1, 2, 5, 10) if part * scale >= rough)
    ticks = [step * place for place in range(ceil(low / step), floor(high / step) + 1)]
    return {"tickvals": ticks, "ticktext": [short_pounds(tick) for tick in ticks]}
