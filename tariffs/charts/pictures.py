"""What every picture shares: its message, its words, its table, and one meaning for each colour."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

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
        margin={"l": 70, "r": 20, "t": 20, "b": 50},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": INK},
        legend={"orientation": "h", "y": 1.12, "x": 0},
        hovermode="closest",
        **layout,
    )
    figure.update_xaxes(gridcolor=GRID, zerolinecolor=INK, automargin=True, fixedrange=True)
    figure.update_yaxes(gridcolor=GRID, zerolinecolor=INK, automargin=True, fixedrange=True)
    return figure


def line_at(figure: go.Figure, *, value: float, words: str, vertical: bool = False) -> None:
    """Draw a dashed line at a limit, with its name beside it."""
    add = figure.add_vline if vertical else figure.add_hline
    place: dict[str, Any] = {"annotation_position": "top right" if vertical else "top left"}
    add(value, line={"color": LIMIT, "dash": "dash", "width": 2}, annotation_text=words, **place)
