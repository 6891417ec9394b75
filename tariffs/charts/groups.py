"""Pictures of what a plan means for each group: support, parking, creaming, deadweight, parity."""

from collections.abc import Sequence

from commissioning.core.figures import about, percent, plain, pounds
from commissioning.core.tables import Column, Table
from tariffs.core.parameters import PARAMETERS

from .pictures import ANYWAY, AXIS, INCOME, LIMIT, PARKED, SUPPORT, Chart, Document, Figure, framed, line_at, striped

Rows = Sequence[Document]


def _pounds(value: float) -> str:
    return pounds(round(value))


_EVEN_HANDED = 0.5
#: The first group at the top.
_DOWNWARDS = {"autorange": "reversed"}


def support(rows: Rows, names: Document) -> Chart:
    """Support of twenty people like each twentieth of a group, the hardest to help first; the parked stand out."""
    people = len(rows[0]["support_by_stratum"])
    table = Table(
        "Support planned for each of twenty people, the hardest to help first",
        (Column("Person"), *(Column(names[row["group"]], _pounds) for row in rows)),
        tuple(
            (f"{person + 1} of {people}", *(row["support_by_stratum"][person] for row in rows))
            for person in range(people)
        ),
    )
    most = max(rows, key=lambda row: row["parked_share"])
    if most["parked_share"] > 0:
        title = f"Most parking is in {names[most['group']]}: {about(most['parked_share'])} people"
    else:
        title = "Nobody would be parked"
    sentence = (
        "Each bar is one person in twenty, the hardest to help on the left. A parked person (shown in red, with "
        "stripes) has a poorer chance than average without help, and gets less than "
        f"{percent(PARAMETERS.parked_below)} of the average support."
    )
    return Chart("support", title, sentence, table, _support_figure(rows, names))


def _support_figure(rows: Rows, names: Document) -> Figure:
    """Stack one small picture a group, all to the same scale."""
    highest = max(max(row["support_by_stratum"]) for row in rows)
    figure = framed(height=190 * len(rows))
    # The same range in every small picture, so that like people stand above each other.
    nothing = dict.fromkeys(("showticklabels", "showgrid", "zeroline"), False)
    across = {"range": [0.5, len(rows[0]["support_by_stratum"]) + 0.5], **nothing}
    for place, row in enumerate(rows):
        number = str(place + 1) if place else ""
        axes = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
        parked_people = round(row["parked_share"] * len(row["support_by_stratum"]))
        figure["data"] += [_strata(row["support_by_stratum"], parked_people) | axes]
        figure["data"] += [_marks(parked_people, highest) | axes]
        low, high = _stacked(place, len(rows))
        pounds_up = {"tickprefix": "£", "tickformat": ",.0f", "nticks": 4} | ({"matches": "y"} if place else {})
        figure["layout"] |= {
            f"xaxis{number}": {**AXIS, **across, "anchor": f"y{number}"},
            f"yaxis{number}": {**AXIS, **pounds_up, "anchor": f"x{number}", "domain": [low, high]},
        }
        text = {"text": f"{names[row['group']]}: {_pounds(row['support'])} a person", "font": {"size": 15}}
        corner = {"x": 0, "xref": "paper", "xanchor": "left", "y": high, "yref": "paper", "yanchor": "bottom"}
        figure["layout"]["annotations"].append({**text, **corner, "showarrow": False})
    return figure


def _stacked(place: int, count: int) -> tuple[float, float]:
    """Give the lower and upper edge of a small picture, counted from the top."""
    gap = 0.3 / count
    height = (1 - gap * (count - 1)) / count
    high = 1 - place * (height + gap)
    return max(0.0, high - height), high


def _strata(support: Sequence[float], parked: int) -> dict[str, object]:
    is_parked = [person < parked for person in range(len(support))]
    return {
        "type": "bar",
        "x": list(range(1, len(support) + 1)),
        "y": list(support),
        "marker": striped(SUPPORT, where=is_parked) | {"color": [PARKED if one else SUPPORT for one in is_parked]},
        "hovertemplate": "Person %{x} of 20: £%{y:,.0f}<extra></extra>",
        "showlegend": False,
    }


def _marks(parked: int, highest: float) -> dict[str, object]:
    """Crosses under the parked: someone with nothing has no bar to be seen by."""
    return {
        "type": "scatter",
        "x": list(range(1, parked + 1)),
        "y": [-0.04 * highest] * parked,
        "mode": "markers",
        "marker": {"symbol": "x", "color": PARKED, "size": 7},
        "hovertemplate": "Person %{x} of 20: parked<extra></extra>",
        "showlegend": False,
    }


def parked(rows: Rows, names: Document) -> Chart:
    """Parked share of each group."""
    table = Table(
        "Who would be parked",
        (Column("Group"), Column("Parked share", percent), Column("Support a person", _pounds)),
        tuple((names[row["group"]], row["parked_share"], row["support"]) for row in rows),
    )
    figure = _bars(rows, names, "parked_share", PARKED)
    all_parked = [names[row["group"]] for row in rows if row["parked_share"] > 0]
    title = f"{len(all_parked)} of {len(rows)} groups would have people parked" if all_parked else "No group is parked"
    sentence = "The share of each group with a poorer chance than average and next to no support."
    return Chart("parked", title, sentence, table, figure)


def near(rows: Rows, names: Document) -> Chart:
    """Share of support that goes to the half of each group nearest to the outcome."""
    table = Table(
        "Who the support goes to",
        (Column("Group"), Column("Share of support for the nearer half", percent)),
        tuple((names[row["group"]], row["near_share"]) for row in rows),
    )
    figure = _bars(rows, names, "near_share", SUPPORT)
    line_at(figure, value=_EVEN_HANDED, words="even-handed", vertical=True)
    most = max(rows, key=lambda row: row["near_share"])
    if most["near_share"] > _EVEN_HANDED:
        title = f"Creaming is strongest in {names[most['group']]}"
        said = f"There the half nearest to the outcome gets {percent(most['near_share'])} of the support."
    else:
        title = "No group is creamed"
        said = "In no group does the half nearest to the outcome get more than half of the support."
    sentence = f"{said} Half each (the dashed line) would be even-handed."
    return Chart("near", title, sentence, table, figure)


def deadweight(rows: Rows, names: Document) -> Chart:
    """Income of a person, divided into what would have been paid without any service and the rest."""
    anyway = [row["income"] * row["deadweight_share"] for row in rows]
    table = Table(
        "What payments buy",
        (
            Column("Group"),
            Column("Paid a person", _pounds),
            Column("of it for outcomes that would have happened anyway", _pounds),
            Column("Deadweight share", percent),
        ),
        tuple(
            (names[row["group"]], row["income"], part, row["deadweight_share"])
            for row, part in zip(rows, anyway, strict=True)
        ),
    )
    labels = [names[row["group"]] for row in rows]
    added = [row["income"] - part for row, part in zip(rows, anyway, strict=True)]
    across = {"type": "bar", "y": labels, "orientation": "h"}
    figure = framed(
        across | {"x": anyway, "name": "would have happened anyway", "marker": {"color": ANYWAY}},
        across | {"x": added, "name": "added by the service", "marker": striped(INCOME)},
        height=140 + 50 * len(rows),
        barmode="stack",
        x={"tickprefix": "£", "tickformat": ",.0f", "nticks": 6},
        y=_DOWNWARDS,
    )
    most = max(rows, key=lambda row: row["deadweight_share"])
    if most["deadweight_share"] > 0:
        title = f"Deadweight is highest in {names[most['group']]}: {percent(most['deadweight_share'])} of payments"
    else:
        title = "No payment is deadweight"
    sentence = "Deadweight is payment for outcomes that people would have reached without the service."
    return Chart("deadweight", title, sentence, table, figure)


def parity(rows: Rows, names: Document) -> Chart:
    """Income per pound of intended or efficient support, each group against the best-paid one."""
    known = [row for row in rows if row["parity"] is not None]
    table = Table(
        "Income for each pound of support that is needed",
        (
            Column("Group"),
            Column("Income a person", _pounds),
            Column("Support needed", _pounds),
            Column("which is"),
            Column("Against the best-paid group", percent),
        ),
        tuple((names[row["group"]], row["income"], *_needed(row), row["parity"]) for row in rows),
    )
    figure = _bars(known, names, "parity", INCOME, most=1.05)
    line_at(figure, value=1, words="as well paid as the best", vertical=True)
    least = min(known, key=lambda row: row["parity"], default=None)
    if least is None:
        title = "No group's need is known"
    elif least["parity"] == 1:
        title = "No group is worse paid than another for what it needs"
    else:
        title = f"{names[least['group']]} is the worst paid for what it needs"
    sentence = (
        "Income from each group for every pound of support it needs: what the commissioner intends to be spent on "
        "each person or, where that is not given, the support that would be worth its cost to society. An even "
        "tariff pays every group alike."
    )
    return Chart("parity", title, sentence, table, figure)


def _needed(row: Document) -> tuple[float, str]:
    if row["intended_support"] is not None:
        return row["intended_support"], "intended"
    return row["efficient_support"], "worth its cost to society"


def rates(rows: Rows, names: Document) -> Chart:
    """Chance of the final outcome with and without the service."""
    table = Table(
        "Who reaches the final outcome",
        (
            Column("Group"),
            Column("Without the service", percent),
            Column("With it", percent),
            Column("More in 1,000 people", lambda value: plain(value, 0)),
        ),
        tuple((names[row["group"]], row["baseline_final"], row["final"], 1000 * row["additional"]) for row in rows),
    )
    labels = [names[row["group"]] for row in rows]
    pair = (("baseline_final", "without the service", ANYWAY, "circle-open"), ("final", "with it", SUPPORT, "circle"))
    traces = [
        {
            "type": "scatter",
            "y": labels,
            "x": [row[key] for row in rows],
            "mode": "markers",
            "name": words,
            "marker": {"color": colour if symbol == "circle" else LIMIT, "size": 13, "symbol": symbol},
        }
        for key, words, colour, symbol in pair
    ]
    shares = {"tickformat": ".0%", "rangemode": "tozero"}
    figure = framed(*traces, height=140 + 50 * len(rows), x=shares, y=_DOWNWARDS)
    most = max(rows, key=lambda row: row["additional"])
    more = 1000 * most["additional"]
    if more > 0:
        title = f"The service adds most for {names[most['group']]}"
        many = plain(more) if more >= 1 else "fewer than 1"
        sentence = f"There {many} more in every 1,000 people reach the final outcome."
    else:
        title = "The service adds nothing for any group"
        sentence = "As many people reach the final outcome as would without it."
    return Chart("rates", title, sentence, table, figure)


def _bars(rows: Rows, names: Document, key: str, colour: str, *, most: float = 1.0) -> Figure:
    bars = {
        "type": "bar",
        "y": [names[row["group"]] for row in rows],
        "x": [row[key] for row in rows],
        "orientation": "h",
        "text": [percent(row[key]) for row in rows],
        "textposition": "auto",
        "marker": {"color": colour},
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }
    shares = {"tickformat": ".0%", "range": [0, most]}
    return framed(bars, height=130 + 45 * len(rows), x=shares, y=_DOWNWARDS)


ALL = (support, rates, parked, near, deadweight, parity)
