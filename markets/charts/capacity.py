"""What a look at capacity found, in words, pictures and tables."""

from collections.abc import Mapping, Sequence
from typing import Any

from commissioning.core.figures import UNKNOWN, percent, plain, pounds, short_pounds
from commissioning.core.suppression import suppressed, told
from commissioning.core.tables import Column, Table
from markets.core.registers import LegalForm
from markets.models.providers import BAND_WORDS, FORM_WORDS
from tariffs.charts.pictures import OTHER, SUPPORT, Chart, Document, framed, striped

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
    """Draw how many fall at each test, between all that there are and those that would bid."""
    whole, steps = result["providers"], result["funnel"]
    able, bidding = steps[-2]["left"], steps[-1]["left"]
    ends = [("Could bid", able), (STEPS["unwilling"], steps[-1]["fallen"]), ("Would bid", bidding)]
    told = [("All in this market", {key: whole for key in ("p5", "p50", "p95")})]
    told += [(STEPS[step["reason"]], step["fallen"]) for step in steps[:-1]]
    rows = tuple((words, figure["p50"], figure["p5"], figure["p95"]) for words, figure in [*told, *ends])
    kept = [row for row in rows if row[0] in ("All in this market", "Could bid", "Would bid")]
    out = [row for row in rows if row not in kept]
    traces = [_counts("are left", kept, {"color": SUPPORT}), _counts("fall out", out, striped(OTHER))]
    columns = (
        Column("Providers"),
        Column("Middle", plain),
        Column("1 in 20 below", plain),
        Column("1 in 20 above", plain),
    )
    title = f"Of {plain(whole)} providers {plain(able['p50'])} could bid"
    sentence = "Each provider is counted at the first test that it fails for every lot."
    order = {"autorange": "reversed", "categoryorder": "array", "categoryarray": [row[0] for row in rows]}
    figure = framed(*traces, height=480, x={"rangemode": "tozero"}, y=order, barmode="overlay")
    return Chart("funnel", title, sentence, Table("From all providers to those that bid", columns, rows), figure)


def _counts(name: str, rows: Sequence[tuple[Any, ...]], marker: Document) -> Document:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": [row[0] for row in rows],
        "x": [row[1] for row in rows],
        "marker": marker,
        "text": [plain(row[1]) for row in rows],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": "%{y}: %{x}<extra></extra>",
    }


def by_size(result: Document) -> Table:
    """Lay out of each size band who could bid, and what keeps out most."""
    columns = (
        Column("Size"),
        Column("Providers", plain),
        Column("Could bid", plain),
        Column("Would bid", plain),
        Column("Most fall at", str),
    )
    rows = tuple(
        (BAND_WORDS[row["band"]], row["providers"], row["able"]["p50"], row["bidding"]["p50"], _worst(row["reasons"]))
        for row in result["by_size"]
    )
    return Table("Who could bid, by size", columns, rows)


def money(result: Document) -> Table:
    """Lay out of each size band its free reserves in months of spending, and how far it lives on government."""
    columns = (
        Column("Size"),
        Column("Months of reserves", tenths),
        Column("1 in 10 below", tenths),
        Column("1 in 10 above", tenths),
        Column("Known of", plain),
        Column("Not known of", plain),
        Column("From government", str),
    )
    rows = tuple(
        (
            BAND_WORDS[row["band"]].split(":")[0],
            *(row["reserves"][key] for key in ("p50", "p10", "p90", "known", "unknown")),
            _government(row["government"]),
        )
        for row in result["by_size"]
    )
    return Table("Free reserves and income from government, by size", columns, rows)


def _worst(reasons: Document) -> str:
    worst = max(reasons, key=lambda key: reasons[key])
    return REASONS[worst][1] if reasons[worst] > 0 else NOBODY


def _government(row: Document) -> str:
    if not row["known"]:
        return "not known"
    return f"{percent(row['p50'])} (of {plain(row['known'])})"


def by_lot(result: Document) -> Table:
    """Lay out what one contract of each lot asks for, and what share of each size band can carry it."""
    bands = [row["band"] for row in result["by_size"] if row["providers"]]
    columns = (
        Column("Lot"),
        Column("Income asked for", pounds),
        Column("Own money tied up", str),
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
    """Lay out counts by size band so that nobody can be recognised by one, nor by taking it from the others."""
    columns = (Column("Size"), Column("Providers", str), Column("Could bid", str), Column("Would bid", str))
    counts = suppressed({BAND_WORDS[row["band"]]: _able(row) for row in result["by_size"]})
    rows = tuple((words, *map(told, row.cells)) for words, row in counts.parts.items())
    return Table("Who could bid, by size (small numbers suppressed)", columns, rows)


def _able(row: Document) -> list[int]:
    return [round(count) for count in (row["providers"], row["able"]["p50"], row["bidding"]["p50"])]
