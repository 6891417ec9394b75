"""Pictures of a comparison of designs: who is left over the rounds, who falls out and why, and what drives it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commissioning.core.figures import percent, plain
from commissioning.core.tables import Column, Table
from markets.core import design_terms
from markets.core.registers import BANDS
from markets.models.providers import BAND_WORDS
from tariffs.charts.pictures import STRIPES, Chart, Document, Figure, framed
from tariffs.charts.scenarios import COLOURS, DASHES, PATTERNS

Show = Callable[[Any], str]
_TRANSPARENT = "1f"


def tenths(value: Any) -> str:
    """Write a number of which tenths say something."""
    return plain(value, 1)


@dataclass(frozen=True)
class Told:
    """One figure over the rounds: its key in the result, and how it is spoken of."""

    figure: str
    key: str
    title: str
    sentence: str
    show: Show


OVER_ROUNDS = (
    Told(
        "small_providers_left",
        "small",
        "Small providers left",
        "Providers with an income under £1 million that are still in this market at the end of each round.",
        plain,
    ),
    Told(
        "voluntary_sector_share",
        "voluntary",
        "The voluntary sector's share",
        "What part of the contracts' value goes to charities, community interest companies and mutuals.",
        percent,
    ),
    Told(
        "effective_providers.order_1",
        "effective",
        "How many providers the value is really spread over",
        "Ten with like shares count as ten; ten of which one has nearly everything count as little more than one.",
        tenths,
    ),
    Told(
        "people_whose_provider_closed_to_date",
        "closed",
        "People whose provider closed",
        "Everybody on the books of a provider that ran out of money, up to the end of each round.",
        plain,
    ),
)
MAIN: tuple[tuple[str, str, Show], ...] = (
    ("small_providers_left", "Small providers left", plain),
    ("providers_left", "Providers left", plain),
    ("able", "Providers able to bid", plain),
    ("bidders_per_lot", "Bidders for a contract", tenths),
    ("unlet_lots", "Contracts that nobody bids for", tenths),
    ("effective_providers.order_1", "Effective number of providers", tenths),
    ("hhi", "Concentration (HHI, 0 to 10,000)", plain),
    ("voluntary_sector_share", "Voluntary sector's share of value", percent),
    ("small_and_medium_share", "Small and medium providers' share of value", percent),
    ("new_entrant_share", "Newcomers' share of value", percent),
    ("groups_covered", "Groups that somebody can serve", plain),
    ("areas_covered", "Areas that somebody can serve", plain),
    ("closures_to_date", "Providers closed", tenths),
    ("exits_to_date", "Providers that left", plain),
    ("people_whose_provider_closed_to_date", "People whose provider closed", plain),
)
#: The tests in their order: what a provider that fails one lacks, and what the test is called.
REASONS = {
    "groups": ("Do not serve the groups", "whom they serve"),
    "area": ("Do not work in the area", "where they work"),
    "years": ("Not registered long enough", "the years they must have been registered"),
    "turnover": ("Fail the turnover test", "the turnover test"),
    "capital": ("Cannot wait for the money", "the months they would have to wait for money"),
    "loss": ("Could not bear a loss", "the loss they would have to bear"),
}


def all_of(result: Document) -> tuple[Chart, ...]:
    """Draw everything about a finished comparison."""
    shown = [over_rounds(result, told) for told in OVER_ROUNDS]
    return (shown[0], reasons(result), *shown[1:], by_size(result), *drivers(result))


def titles(result: Document) -> dict[str, str]:
    """Name the designs, the reference first."""
    return {row["id"]: row["name"] or row["id"] for row in result["designs"]}


def figure_of(row: Document, name: str) -> Mapping[str, float] | None:
    """Give a figure of a round by its dotted name."""
    main, _, part = name.partition(".")
    found: Any = row["figures"].get(main)
    figure: Mapping[str, float] | None = found.get(part) if part and found else found
    return figure


def rounds_of(result: Document, design: str) -> list[Document]:
    """Give a design's rounds in order."""
    return [row for row in result["rounds"] if row["design"] == design]


def main_figures(result: Document) -> Table:
    """Lay the figures at the end beside each other, each with the range that holds nine futures in ten."""
    named = titles(result)
    last = {design: rounds_of(result, design)[-1] for design in named}
    columns = (Column("At the end"), *(Column(name, str) for name in named.values()))
    rows = (
        (words, *(_ranged(figure_of(last[design], figure), show) for design in named)) for figure, words, show in MAIN
    )
    return Table("Where each design leads", columns, tuple(rows))


def _ranged(figure: Mapping[str, float] | None, show: Show) -> str:
    if figure is None:
        return "nothing to measure"
    low, middle, high = (show(figure[key]) for key in ("p5", "p50", "p95"))
    return middle if low == high else f"{middle} ({low} to {high})"


def over_rounds(result: Document, told: Told) -> Chart:
    """Draw one figure round by round, each design a line with the band that holds nine futures in ten."""
    named = titles(result)
    traces: list[Document] = []
    rows: list[tuple[Any, ...]] = []
    for place, (design, name) in enumerate(named.items()):
        told_rounds = [(row, figure_of(row, told.figure)) for row in rounds_of(result, design)]
        known = [(row, figure) for row, figure in told_rounds if figure is not None]
        traces += _line(place, name, known)
        rows += [(name, row["round"], *(figure[key] for key in ("p5", "p50", "p95"))) for row, figure in known]
    columns = (
        Column("Design"),
        Column("Round", plain),
        Column("1 in 20 below", told.show),
        Column("Middle", told.show),
        Column("1 in 20 above", told.show),
    )
    axis = {"tickformat": ".0%", "rangemode": "tozero"} if told.show is percent else {"rangemode": "tozero"}
    whole = [row["round"] for row in rounds_of(result, next(iter(named)))]
    picture = framed(*traces, height=400, x={"title": {"text": "round"}, "tickvals": whole}, y=axis)
    title = f"{told.title}, round by round"
    sentence = f"{told.sentence} The band holds nine futures in ten."
    return Chart(told.key, title, sentence, Table(told.title, columns, tuple(rows)), picture)


def _line(place: int, name: str, known: Sequence[tuple[Document, Mapping[str, float]]]) -> Iterator[Document]:
    rounds = [row["round"] for row, _ in known]
    low, middle, high = ([figure[key] for _, figure in known] for key in ("p5", "p50", "p95"))
    band = {"x": rounds + rounds[::-1], "y": high + low[::-1], "fill": "toself", "hoverinfo": "skip"}
    colour = COLOURS[place]
    yield {
        "type": "scatter",
        "mode": "lines",
        **band,
        "fillcolor": colour + _TRANSPARENT,
        "line": {"width": 0},
        "showlegend": False,
    }
    yield {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": rounds,
        "y": middle,
        "line": {"color": colour, "dash": DASHES[place], "width": 3},
    }


def reasons(result: Document) -> Chart:
    """Draw how many fall out in the first round, by the first test that each fails."""
    named = titles(result)
    first = {design: rounds_of(result, design)[0] for design in named}
    fallen = {key: [_middle(first[design], f"excluded.{key}") for design in named] for key in REASONS}
    kept = [(REASONS[key][0], *counts) for key, counts in fallen.items() if any(counts)]
    ends = [
        ("All in this market", *(_middle(first[design], "providers") for design in named)),
        *kept,
        ("Able to bid", *(_middle(first[design], "able") for design in named)),
        ("Bid", *(_middle(first[design], "bidding") for design in named)),
    ]
    columns = (Column("In the first round"), *(Column(name, plain) for name in named.values()))
    sentence = "Each provider is counted at the first test that it fails for every contract; middle of all futures."
    title = _most(fallen, next(iter(named.values())))
    table = Table("From all providers to those that bid", columns, tuple(ends))
    return Chart("reasons", title, sentence, table, _bars(ends, list(named.values())))


def _middle(row: Document, name: str) -> float:
    found = figure_of(row, name)
    return found["p50"] if found else 0.0


def _most(fallen: Mapping[str, Sequence[float]], reference: str) -> str:
    worst = max(fallen, key=lambda key: fallen[key][0])
    if not fallen[worst][0]:
        return f"As “{reference}” is let, nobody falls out at first"
    return f"As “{reference}” is let, most fall out at {REASONS[worst][1]}"


def _bars(rows: Sequence[tuple[Any, ...]], names: Sequence[str], height: int = 0) -> Figure:
    labels = [row[0] for row in rows]
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "y": labels,
            "x": [row[place + 1] for row in rows],
            "marker": {"color": COLOURS[place], "pattern": {"shape": PATTERNS[place], **STRIPES}},
            "hovertemplate": "%{y}: %{x}<extra></extra>",
        }
        for place, name in enumerate(names)
    ]
    height = height or 120 + 26 * len(names) * max(1, len(rows))
    return framed(*bars, height=height, x={"rangemode": "tozero"}, y={"autorange": "reversed"}, barmode="group")


def by_size(result: Document) -> Chart:
    """Draw who is left at the end, by size."""
    named = titles(result)
    last = {design: rounds_of(result, design)[-1] for design in named}
    rows = [
        (BAND_WORDS[band], *(_middle(last[design], f"providers_left_by_size_band.{band.value}") for design in named))
        for band in BANDS
    ]
    columns = (Column("Size"), *(Column(name, plain) for name in named.values()))
    sentence = "Providers in this market at the end, by yearly income; middle of all futures."
    table = Table("Who is left at the end, by size", columns, tuple(rows))
    return Chart("sizes", "Who is left at the end, by size", sentence, table, _bars(rows, list(named.values())))


def drivers(result: Document) -> Iterator[Chart]:
    """Draw of each design what its changed terms do, each returned to the reference by itself."""
    named = titles(result)
    for place, (design, name) in enumerate(list(named.items())[1:], start=1):
        rows = [row for row in result["drivers"] if row["design"] == design]
        if rows:
            yield _drivers(place, name, sorted(rows, key=lambda row: -abs(_effect(row))))


def _effect(row: Document) -> float:
    return float(row["figures"]["small_providers_left"]["mean"] or 0.0)


def _drivers(place: int, name: str, rows: Sequence[Document]) -> Chart:
    told = [
        (
            design_terms.named(row["term"]),
            design_terms.said(row["term"], row["value"]),
            design_terms.said(row["term"], row["reference_value"]),
            _effect(row),
        )
        for row in rows
    ]
    columns = (
        Column("Term"),
        Column("In this design", str),
        Column("In the reference", str),
        Column("Small providers kept by it", tenths),
    )
    bars = [(row[0], row[3]) for row in told]
    sentence = (
        "How many more small providers are left at the end because of each term, on average: the design less the same "
        "design with this one term as in the reference. Terms may work together, so that these need not add up."
    )
    strongest = told[0][0][0].lower() + told[0][0][1:]
    table = Table(f"What drives “{name}”", columns, tuple(told))
    return Chart(
        f"drivers-{place}", f"What matters most in “{name}”: {strongest}", sentence, table, _bars(bars, [name])
    )
