"""A provider's finances over the years: what came in, what went out, and what it keeps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commissioning.core.figures import plain_date, pounds, short_pounds
from commissioning.core.tables import Column, Table
from tariffs.charts.pictures import ANYWAY, CASH, INCOME, Chart, framed, pounds_axis, striped


@dataclass(frozen=True)
class Year:
    """What is published of one financial year; None is not known."""

    ends: date
    cycle: str
    income: Decimal | None
    expenditure: Decimal | None
    reserves: Decimal | None
    government: Decimal | None


def finances(years: Sequence[Year]) -> Chart:
    """Draw income and spending as bars and free reserves as points, a gap where something is not known."""
    ends = [f"{year.ends:%B %Y}" for year in years]
    bars = [
        {
            "type": "bar",
            "name": "income",
            "x": ends,
            "y": _numbers(y.income for y in years),
            "marker": {"color": INCOME},
        },
        {
            "type": "bar",
            "name": "spending",
            "x": ends,
            "y": _numbers(year.expenditure for year in years),
            "marker": striped(ANYWAY),
        },
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": "free reserves",
            "x": ends,
            "y": _numbers(year.reserves for year in years),
            "marker": {"color": CASH, "size": 11, "symbol": "diamond"},
            "line": {"color": CASH, "width": 3},
        },
    ]
    known = [float(value) for year in years for value in (year.income, year.expenditure, year.reserves) if value]
    axis = pounds_axis(min([0.0, *known]), max([1.0, *known]))
    return Chart(
        "finances",
        "What came in, what went out, and what it keeps",
        _sentence(years),
        _table(years),
        framed(*bars, height=400, x={"type": "category"}, y=axis, barmode="group"),
    )


def _numbers(values: Iterable[Decimal | None]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]


def _sentence(years: Sequence[Year]) -> str:
    told = [year for year in years if year.income is not None]
    if not told:
        return "The register publishes no figures for these years."
    first, last = told[0], told[-1]
    words = f"Income was {short_pounds(last.income)} in the year to {plain_date(last.ends)}"
    if len(told) > 1:
        words += f", and {short_pounds(first.income)} in the year to {plain_date(first.ends)}"
    short = sum(year.expenditure is not None and year.expenditure > (year.income or 0) for year in told)
    return f"{words}. It spent more than came in in {short} of {len(told)} year{'s' if len(told) > 1 else ''}."


def _table(years: Sequence[Year]) -> Table:
    columns = (
        Column("Year to"),
        Column("Annual return"),
        Column("Income", pounds),
        Column("Spending", pounds),
        Column("Free reserves", pounds),
        Column("Of the income, from government", pounds),
    )
    rows = tuple(
        (plain_date(year.ends), year.cycle, year.income, year.expenditure, year.reserves, year.government)
        for year in reversed(years)
    )
    return Table("Finances by year", columns, rows)
