"""What a look at capacity found, in words, pictures and tables."""

from collections.abc import Mapping
from typing import Any

from commissioning.core.figures import UNKNOWN, percent, plain, pounds, short_pounds
from commissioning.core.tables import Column, Table
from markets.core.registers import LegalForm
from markets.core.suppression import published
from markets.models.providers import BAND_WORDS, FORM_WORDS
from tariffs.charts.pictures import SUPPORT, Chart, Document, framed

from .diversity import REASONS, tenths

STEPS = {key: words for key, (words, _) in REASONS.items()} | {"unwilling": "Able, but would not bid"}
NOBODY = "nobody"


def sentences(result: Document) -> list[str]:
    """Say who could bid and who would, and what most fall at."""
    funnel = result["funnel"]
    able, bidding = funnel[-2]["left"], funnel[-1]["left"]
    said = [
        f"Of {plain(result['providers'])} providers {_ranged(able)} could bid under these terms, "
        f"and {_ranged(bidding)} would."
    ]
    worst = max(funnel[:-1], key=lambda step: step["fallen"]["p50"])
    if worst["fallen"]["p50"]:
        said.append(f"Most fall at {REASONS[worst['reason']][1]}: {plain(worst['fallen']['p50'])} of them.")
    return said


def _ranged(figure: Mapping[str, float]) -> str:
    low, middle, high = (plain(figure[key]) for key in ("p5", "p50", "p95"))
    return middle if low == high else f"{middle} ({low} to {high})"


def funnel(result: Document) -> Chart:
    """Draw how many are left after each test."""
    steps = [("All in this market", None, {key: result["providers"] for key in ("p5", "p50", "p95")})]
    steps += [(STEPS[step["reason"]], step["fallen"]["p50"], step["left"]) for step in result["funnel"]]
    rows = tuple((words, fallen, left["p50"], left["p5"], left["p95"]) for words, fallen, left in steps)
    columns = (
        Column("Test"),
        Column("Fall at it", _or_dash),
        Column("Left after it", plain),
        Column("1 in 20 below", plain),
        Column("1 in 20 above", plain),
    )
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": [row[0] for row in rows],
        "x": [row[2] for row in rows],
        "marker": {"color": SUPPORT},
        "text": [plain(row[2]) for row in rows],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": "%{y}: %{x} left<extra></extra>",
    }
    left = [row[2] for row in rows]
    title = f"From {plain(left[0])} providers to {plain(left[-1])} bids"
    sentence = "Each provider is counted at the first test that it fails for every lot. Bars show who is left after it."
    figure = framed(bars, height=420, x={"rangemode": "tozero"}, y={"autorange": "reversed"})
    return Chart("funnel", title, sentence, Table("From all providers to those that bid", columns, rows), figure)


def _or_dash(value: Any) -> str:
    return UNKNOWN if value is None else plain(value)


def by_size(result: Document) -> Table:
    """Lay out of each size band who could bid, what keeps out most, reserves and dependence on government."""
    columns = (
        Column("Size"),
        Column("Providers", plain),
        Column("Could bid", plain),
        Column("Would bid", plain),
        Column("Most fall at", str),
        Column("Free reserves in months: middle (1 in 10 below to 1 in 10 above)", str),
        Column("Income from government, middle", str),
    )
    rows = tuple(
        (
            BAND_WORDS[row["band"]],
            row["providers"],
            row["able"]["p50"],
            row["bidding"]["p50"],
            _worst(row["reasons"]),
            _months(row["reserves"]),
            _government(row["government"]),
        )
        for row in result["by_size"]
    )
    return Table("Who could bid, by size", columns, rows)


def _worst(reasons: Document) -> str:
    worst = max(reasons, key=lambda key: reasons[key])
    return REASONS[worst][1] if reasons[worst] > 0 else NOBODY


def _months(row: Document) -> str:
    if not row["known"]:
        return "not known" if row["unknown"] else UNKNOWN
    known = f"known of {plain(row['known'])}, not of {plain(row['unknown'])}"
    return f"{tenths(row['p50'])} ({tenths(row['p10'])} to {tenths(row['p90'])}); {known}"


def _government(row: Document) -> str:
    if not row["known"]:
        return "not known"
    return f"{percent(row['p50'])}; over half in {percent(row['over_half'])} of the {plain(row['known'])} known"


def by_lot(result: Document) -> Table:
    """Lay out what one contract of each lot asks for, and what share of each size band can carry it."""
    bands = [row["band"] for row in result["by_size"] if row["providers"]]
    columns = (
        Column("Lot"),
        Column("Income asked for", pounds),
        Column("Own money tied up at the worst, 19 times in 20", str),
        *(Column(BAND_WORDS[band].split(":")[0], _share) for band in bands),
    )
    rows = tuple(
        (row["name"], row["turnover"], _capital(row["capital"]), *(row["carry"][band] for band in bands))
        for row in result["lots"]
    )
    return Table("Whose free reserves could carry one contract", columns, rows)


def _share(value: Any) -> str:
    return UNKNOWN if value is None else percent(value)


def _capital(row: Document) -> str:
    """Say what is tied up; each legal form by itself where they differ."""
    said = {form: short_pounds(value) if value is not None else "beyond anybody" for form, value in row.items()}
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return "; ".join(f"{FORM_WORDS[LegalForm(form)]} {words}" for form, words in said.items())


def for_publication(result: Document) -> Table:
    """Lay out counts by size band so that nobody can be recognised: none under ten, others to the nearest five."""
    columns = (Column("Size"), Column("Providers", str), Column("Could bid", str), Column("Would bid", str))
    rows = tuple(
        (
            BAND_WORDS[row["band"]],
            published(row["providers"]),
            published(row["able"]["p50"]),
            published(row["bidding"]["p50"]),
        )
        for row in result["by_size"]
    )
    return Table("Who could bid, by size (small numbers suppressed)", columns, rows)
