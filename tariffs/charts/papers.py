"""What a printed report shows of a run: its main figures with their ranges, and a few pictures for each provider."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from commissioning.core.figures import percent, plain, short_pounds
from commissioning.core.tables import Column, Table

from . import groups, money
from .drawings import Drawing, drawn
from .pictures import Chart, Document
from .verdicts import parked_people

# Each provider has its own pictures; beyond a few they are in the run's own pages.
MOST_PROVIDERS = 3
# So many strips of people fit on one sheet of paper.
MOST_GROUPS = 8
MOST_ROWS = 100


@dataclass(frozen=True)
class Picture:
    """A chart as drawn for paper: its words, its shapes, and what of its table there is room for."""

    chart: Chart
    drawing: Drawing
    provider: str = ""
    table: Table | None = None
    note: str = ""


def main_figures(result: Document, inputs: Document) -> Table:
    """Lay out the figures that matter, each with the range that holds nine draws in ten."""
    parked = ("People parked", percent(parked_people(result["decisions"], inputs)), "worked out, not drawn by chance")
    rows = [parked]
    for row in result["providers"]:
        rows += _of_provider(row, row["name"] or row["provider"])
    rows += _of_commissioner(result["commissioner"])
    columns = (Column("Figure"), Column("Middle draw, or share of draws", str), Column("Range", str))
    return Table("Main figures", columns, tuple(rows))


def pictures(result: Document, names: Document, spend: Chart) -> tuple[Picture, ...]:
    """Draw support, parking, cash and margin of the first few providers, and what the commissioner spends."""
    shown = [picture for row in result["providers"][:MOST_PROVIDERS] for picture in _pictures_of(result, row, names)]
    return (*shown, Picture(spend, drawn(spend)))


def _pictures_of(result: Document, row: Document, names: Document) -> Iterator[Picture]:
    plans = [plan for plan in result["decisions"] if plan["provider"] == row["provider"]]
    worst = set(sorted(range(len(plans)), key=lambda place: -plans[place]["parked_share"])[:MOST_GROUPS])
    shown = [plan for place, plan in enumerate(plans) if place in worst]
    note = f"Drawn are the {MOST_GROUPS} groups with the most parking." if len(plans) > MOST_GROUPS else ""
    name, cash, margin = row["name"] or row["provider"], money.cash(row), money.margin(row)
    yield Picture(groups.support(plans, names), drawn(groups.support(shown, names)), name, note=note)
    parked = drawn(groups.parked(shown, names))
    yield Picture(groups.parked(plans, names), parked, name, by_group(plans, names), note)
    yield Picture(cash, drawn(cash), name, by_year(cash.table))
    yield Picture(margin, drawn(margin), name)


def by_group(plans: Sequence[Document], names: Document) -> Table:
    """Lay out what one provider plans for each group: worked out from the tariff, without chance."""
    columns = (
        Column("Group"),
        Column("Support a person", short_pounds),
        Column("Parked", percent),
        Column("Support for the nearer half", percent),
        Column("Final outcome without the service", percent),
        Column("with it", percent),
        Column("Deadweight", percent),
    )
    figures = ("support", "parked_share", "near_share", "baseline_final", "final", "deadweight_share")
    rows = ((names[plan["group"]], *(plan[figure] for figure in figures)) for plan in plans[:MOST_ROWS])
    return Table("What it plans for each group (worked out, not drawn by chance)", columns, tuple(rows))


def by_year(table: Table) -> Table:
    """Keep the end of each year, and of the contract."""
    last = len(table.rows)
    kept = tuple(row for month, row in enumerate(table.rows, start=1) if month % 12 == 0 or month == last)
    return Table("Cash at the end of each year", table.columns, kept)


def _of_provider(row: Document, name: str) -> Iterator[tuple[str, str, str]]:
    for key, words in (("loss_probability", "chance of a loss"), ("failure_probability", "chance to fail early")):
        yield f"{name}: {words}", percent(row[key]), _give_or_take(row["standard_error"][key])
    yield _ranged(f"{name}: profit or loss", row["margin"], short_pounds)
    yield _ranged(f"{name}: own money tied up at the worst", row["trough"], short_pounds)
    if row["trough_months"] is not None:
        yield _ranged(f"{name}: that in months of its costs", row["trough_months"], _months)


def _of_commissioner(row: Document) -> Iterator[tuple[str, str, str]]:
    yield _ranged("Commissioner's spend", row["spend"], short_pounds)
    if row["over_budget_probability"] is not None:
        error = row["standard_error"]["over_budget_probability"]
        yield "Chance to overspend the budget", percent(row["over_budget_probability"]), _give_or_take(error)
    yield _ranged("Final outcomes", row["final_outcomes"], plain)
    yield _ranged("of them more than would have happened anyway", row["additional_outcomes"], plain)
    yield _ranged("Cost of each additional outcome", row["cost_per_additional_outcome"], short_pounds)


def _ranged(words: str, figure: Document, show: Callable[[float | None], str]) -> tuple[str, str, str]:
    middle = show(figure["p50"]) if figure["p50"] is not None else "no more outcomes than anyway"
    low, high = (figure[key] for key in ("p5", "p95"))
    if low is None:
        return words, middle, "no range"
    return words, middle, f"{show(low)} to {show(high)}" if high is not None else f"{show(low)} upwards"


def _give_or_take(error: float | None) -> str:
    """Say how far the luck of the draws may have moved a share, as the pictures do."""
    return "not known" if error is None else f"give or take {plain(200 * error, 1)} points"


def _months(value: float | None) -> str:
    return plain(value, 1)
