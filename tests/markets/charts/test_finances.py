"""The picture of a provider's finances: gaps where nothing is known."""

from datetime import date
from decimal import Decimal

import plotly.graph_objects as go

from commissioning.core.tables import as_csv
from markets.charts import finances
from markets.charts.finances import Year


def year(ends: int, income: int | None, expenditure: int | None = 90, reserves: int | None = None) -> Year:
    return Year(
        date(ends, 3, 31), f"AR{ends - 2000}", *(_money(value) for value in (income, expenditure, reserves)), None
    )


def _money(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def test_what_is_not_known_is_a_gap_in_the_picture_and_empty_in_the_table() -> None:
    drawn = finances([year(2025, 100, reserves=5), year(2026, 80)])

    assert drawn.figure["data"][2]["y"] == [5.0, None]
    assert as_csv(drawn.table).splitlines()[1] == "31 March 2026,AR26,80,90,,"
    go.Figure(drawn.figure)


def test_the_sentence_says_how_income_went_and_in_how_many_years_more_was_spent() -> None:
    assert finances([year(2025, 100), year(2026, 80)]).sentence == (
        "Income was £80 in the year to 31 March 2026, and £100 in the year to 31 March 2025. "
        "It spent more than came in in 1 of 2 years."
    )
    assert finances([year(2026, 80)]).sentence.endswith("in 1 of 1 year.")
    assert finances([year(2026, None)]).sentence == "The register publishes no figures for these years."
