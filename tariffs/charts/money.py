"""Pictures of money and luck: cash by month, profit and loss, the trough, and the commissioner's spend."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from commissioning.core.figures import percent, plain, pounds_range, short_pounds
from commissioning.core.tables import Column, Table

from .pictures import (
    CASH,
    CASH_BAND,
    CASH_WIDE_BAND,
    INCOME,
    PARKED,
    SUPPORT,
    Chart,
    Document,
    Figure,
    framed,
    line_at,
    pounds_axis,
    striped,
)

_BINS = 40


def cash(provider: Document) -> Chart:
    """Cash by month as a fan, with the line below which the provider fails."""
    paths = provider["cash"]
    months = list(range(1, len(paths["p50"]) + 1))
    table = Table(
        "Cash at the end of each month",
        (
            Column("Month", plain),
            Column("1 in 20 worse than", short_pounds),
            Column("Middle", short_pounds),
            Column("1 in 20 better than", short_pounds),
        ),
        tuple(zip(months, paths["p5"], paths["p50"], paths["p95"], strict=True)),
    )
    lowest = int(np.argmin(paths["p50"]))
    trough = provider["trough"]
    title = f"Cash is lowest around month {months[lowest]}"
    sentence = (
        f"At its worst the contract ties up {short_pounds(trough['p50'])} "
        f"({pounds_range(trough['p5'], trough['p95'])}) of the provider's own money"
        f"{_in_months(provider)}. It began with {short_pounds(provider['reserves'])}. "
        "The dark band holds half of all draws, the light one nine in ten."
    )
    return Chart("cash", title, sentence, table, fan(months, provider))


def _in_months(provider: Document) -> str:
    months = provider["trough_months"]
    return "" if months is None else f", or {plain(months['p50'], 1)} months of its planned costs"


def fan(months: list[int], provider: Document) -> Figure:
    """Draw cash by month as a fan; of the provider it takes `cash`, `overdraft` and `reserve_floor`."""
    paths = provider["cash"]
    bands = [
        {
            "type": "scatter",
            "x": months + months[::-1],
            "y": paths[high] + paths[low][::-1],
            "fill": "toself",
            "fillcolor": colour,
            "line": {"width": 0},
            "name": words,
            "hoverinfo": "skip",
        }
        for low, high, colour, words in (
            ("p5", "p95", CASH_WIDE_BAND, "9 in 10 draws"),
            ("p25", "p75", CASH_BAND, "half of all draws"),
        )
    ]
    middle = {"type": "scatter", "x": months, "y": paths["p50"], "mode": "lines", "name": "middle draw"}
    months_axis = {"title": {"text": "month of the contract"}, "rangemode": "tozero"}
    pounds = pounds_axis(min(0.0, *paths["p5"]), max(paths["p95"]))
    figure = framed(*bands, middle | {"line": {"color": CASH, "width": 3}}, height=420, x=months_axis, y=pounds)
    line_at(figure, value=-provider["overdraft"], words="below this line the provider fails", under=True)
    if provider["reserve_floor"] > 0:
        line_at(figure, value=provider["reserve_floor"], words="below this line it cuts support")
    return figure


def margin(provider: Document) -> Chart:
    """Profit or loss over the contract, in all draws."""
    values = np.array(provider["by_draw"]["margin"])
    loss, error = provider["loss_probability"], provider["standard_error"]["loss_probability"]
    title = f"The chance of a loss is {percent(loss)}"
    doubt = "" if error is None else f", give or take {plain(200 * error, 1)} points"
    sentence = (
        f"The provider loses money in {percent(loss)} of draws{doubt}. Nine times in ten it ends between "
        f"{short_pounds(provider['margin']['p5'])} and {short_pounds(provider['margin']['p95'])}. "
        f"It fails before the end in {percent(provider['failure_probability'])} of draws."
    )
    counts, edges = _binned(values)
    middles = (edges[:-1] + edges[1:]) / 2
    is_loss = (middles < 0).tolist()
    colours = {"color": [PARKED if lost else INCOME for lost in is_loss]}
    figure = _histogram(counts, edges, striped(INCOME, where=is_loss) | colours)
    line_at(figure, value=0, words="break-even", vertical=True)
    return Chart("margin", title, sentence, _bin_table("Profit or loss", counts, edges), figure)


def spend(commissioner: Document, by_draw: Sequence[float]) -> Chart:
    """Set the commissioner's total spend in all draws against the budget."""
    figures, budget = commissioner["spend"], commissioner["budget"]
    expected = f"{short_pounds(figures['p50'])} ({pounds_range(figures['p5'], figures['p95'])})"
    if budget:
        over = commissioner["over_budget_probability"]
        title = f"The budget is overspent in {percent(over)} of draws"
        sentence = f"Spend comes to {expected}, against a budget of {short_pounds(budget)}."
    else:
        title = f"Spend comes to about {short_pounds(figures['p50'])}"
        sentence = f"Spend comes to {expected}. The programme has no budget yet to set it against."
    counts, edges = _binned(np.array(by_draw))
    figure = _histogram(counts, edges, {"color": SUPPORT})
    if budget:
        line_at(figure, value=float(budget), words="budget", vertical=True)
    return Chart("spend", title, sentence, _bin_table("Total spend", counts, edges), figure)


def trough(provider: Document) -> Chart:
    """Show the working capital the contract ties up, against the provider's reserves."""
    counts, edges = _binned(np.array(provider["by_draw"]["trough"]))
    figure = _histogram(counts, edges, {"color": CASH})
    line_at(figure, value=provider["reserves"], words="its reserves", vertical=True)
    values = np.array(provider["by_draw"]["trough"])
    beyond = float((values > provider["reserves"]).mean())
    title = f"The contract ties up more than the provider's reserves in {percent(beyond)} of draws"
    middle = provider["trough"]
    sentence = (
        f"The deepest fall of cash is {short_pounds(middle['p50'])} "
        f"({pounds_range(middle['p5'], middle['p95'])}); reserves are {short_pounds(provider['reserves'])}."
    )
    return Chart("trough", title, sentence, _bin_table("Deepest fall of cash", counts, edges), figure)


def _binned(values: np.ndarray) -> tuple[list[float], np.ndarray]:
    """Share of draws in bins of a round width."""
    low, high = float(values.min()), float(values.max())
    rough = max(high - low, 1.0) / _BINS
    scale = 10.0 ** np.floor(np.log10(rough))
    width = scale * next(step for step in (1, 2, 5, 10) if step * scale >= rough)
    edges = np.arange(np.floor(low / width), np.floor(high / width) + 2) * width
    counts, _ = np.histogram(values, edges)
    return (counts / len(values)).tolist(), edges


def _histogram(counts: list[float], edges: np.ndarray, marker: Document) -> Figure:
    bars = {
        "type": "bar",
        "x": ((edges[:-1] + edges[1:]) / 2).tolist(),
        "y": counts,
        "width": np.diff(edges).tolist(),
        "marker": {**marker, "line": {"width": 0}},
        "customdata": [pounds_range(low, high) for low, high in pairwise(edges.tolist())],
        "hovertemplate": "%{customdata}: %{y:.1%} of draws<extra></extra>",
    }
    shares = {"tickformat": ".0%", "title": {"text": "share of draws"}}
    return framed(bars, bargap=0, x=pounds_axis(float(edges[0]), float(edges[-1])), y=shares)


def _bin_table(what: str, counts: list[float], edges: np.ndarray) -> Table:
    columns = (Column(f"{what}, from"), Column("to"), Column("Share of draws", lambda value: percent(round(value, 4))))
    pairs = zip(edges[:-1], edges[1:], counts, strict=True)
    rows = tuple((short_pounds(low), short_pounds(high), share) for low, high, share in pairs if share > 0)
    return Table(f"{what} in all draws", columns, rows)
