"""What every picture shares: its message, its words, its table, and one meaning for each colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

import plotly.graph_objects as go

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

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Chart:
    """One message: said in a title and a sentence, shown in a picture, and given as a table.

    `key` names it in addresses.
    """

    key: str
    title: str
    sentence: str
    table: Table
    figure: go.Figure


def framed(figure: go.Figure, *, height: int = 380, **layout: Any) -> go.Figure:
    """Give a picture the plain frame that all share."""
    figure.update_layout(
        template="none",
        height=height,
        margin={"l": 70, "r": 30, "t": 40, "b": 50},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": INK, "size": 14, "family": "arial, sans-serif"},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        hovermode="closest",
        **layout,
    )
    figure.update_xaxes(gridcolor=GRID, zerolinecolor=INK, automargin=True, fixedrange=True)
    figure.update_yaxes(gridcolor=GRID, zerolinecolor=INK, automargin=True, fixedrange=True)
    return figure


def striped(colour: str, *, where: Sequence[bool] | bool = True) -> dict[str, Any]:
    """Mark bars by stripes as well as by colour, all of them or those that `where` says."""
    if isinstance(where, bool):
        return {"color": colour, "pattern": {"shape": "/" if where else "", "fillmode": "overlay"}}
    shapes = ["/" if marked else "" for marked in where]
    return {"pattern": {"shape": shapes, "fillmode": "overlay"}}


def line_at(figure: go.Figure, *, value: float, words: str, vertical: bool = False) -> None:
    """Draw a dashed line at a limit, with its name beside it: above the picture where the line stands upright."""
    line = {"color": LIMIT, "dash": "dash", "width": 2}
    if vertical:
        figure.add_vline(value, line=line)
        place = {"x": value, "xref": "x", "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "right"}
        figure.add_annotation(text=f"{words} ⌄", showarrow=False, **place)
    else:
        figure.add_hline(value, line=line, annotation_text=words, annotation_position="top right")


def pounds_axis(figure: go.Figure, low: float, high: float, *, axis: str) -> None:
    """Label an axis in round pounds as the pages write them."""
    rough = max(high - low, 1.0) / 6
    scale = 10.0 ** floor(log10(rough))
    step = next(part * scale for part in (1, 2, 5, 10) if part * scale >= rough)
    ticks = [step * place for place in range(ceil(low / step), floor(high / step) + 1)]
    change = figure.update_xaxes if axis == "x" else figure.update_yaxes
    change(tickvals=ticks, ticktext=[short_pounds(tick) for tick in ticks])
