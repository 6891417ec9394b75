"""Figures of runs as a statement takes them in, with small numbers suppressed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from commissioning.core import tables
from commissioning.core.figures import plain, plain_date
from commissioning.core.suppression import IN_WORDS, LEAST, nearest, published
from commissioning.core.tables import Column, Table
from commissioning.models import Run
from markets import queries
from markets.core.editions import Figure
from markets.queries.capacity_runs import CAPACITY
from markets.queries.diversity_runs import DIVERSITY
from markets.queries.statement_figures import ON_MADE_UP, SAID_MADE_UP
from tariffs.charts import groups as of_groups
from tariffs.charts import of_spend
from tariffs.charts.pictures import Chart
from tariffs.queries import incentive_runs
from tariffs.queries.run_kinds import INCENTIVES

from . import capacity, diversity

Build = Callable[[Run], Figure]


@dataclass(frozen=True)
class Offer:
    """A figure that can be put in: its key in the form, what it is called, and what it comes from."""

    key: str
    title: str
    hint: str


def of_chart(chart: Chart, *, source: str = "", is_made_up: bool = False) -> Figure:
    """Turn a chart into a figure of a statement: its cells become the words that the page shows."""
    return Figure(
        key=chart.key,
        title=chart.title,
        sentence=chart.sentence + (SAID_MADE_UP if is_made_up else ""),
        columns=tuple(column.heading for column in chart.table.columns),
        rows=_words(chart.table),
        picture=dict(chart.figure) if chart.figure else None,
        source=ON_MADE_UP if is_made_up else source,
    )


def _words(table: Table) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(tables.shown(column, value) for column, value in zip(table.columns, row, strict=True))
        for row in table.rows
    )


def _of_capacity(run: Run) -> Figure:
    found = queries.capacity_runs.found(run)
    table = capacity.for_publication(found.result)
    said = "Providers by yearly income: how many there are, could bid and would bid under the terms as drafted."
    chart = Chart("who-could-bid", "Who could bid, by size", f"{said} {IN_WORDS}", table, {})
    return of_chart(chart, is_made_up=found.is_made_up)


def _over_rounds(key: str) -> Build:
    told = next(each for each in diversity.OVER_ROUNDS if each.key == key)

    def build(run: Run) -> Figure:
        found = queries.diversity_runs.record(run)
        chart = diversity.over_rounds(found.result, told)
        return of_chart(counts_hidden(chart) if told.show is plain else chart, is_made_up=found.is_made_up)

    return build


def counts_hidden(chart: Chart) -> Chart:
    """Suppress small counts over rounds; the picture goes with them where one of its points would give one away."""
    columns = (*chart.table.columns[:2], *(Column(each.heading, published) for each in chart.table.columns[2:]))
    points = [value for trace in chart.figure["data"] for value in trace["y"]]
    is_safe = bool(points) and min(points) >= LEAST
    return replace(chart, table=replace(chart.table, columns=columns), figure=_rounded(chart) if is_safe else {})


def _rounded(chart: Chart) -> dict[str, Any]:
    traces = [{**trace, "y": [nearest(value) for value in trace["y"]]} for trace in chart.figure["data"]]
    return {**chart.figure, "data": traces}


def _of_groups(draw: Callable[..., Chart]) -> Build:
    def build(run: Run) -> Figure:
        found = incentive_runs.record(run)
        first = found.provider_ids[0]
        rows = [row for row in found.result["decisions"] if row["provider"] == first]
        return of_chart(draw(rows, found.group_names))

    return build


def _spend(run: Run) -> Figure:
    return of_chart(of_spend(incentive_runs.record(run).result))


#: By the kind of run: what can be put in of it, by the word in the form.
OF_RUNS: dict[str, dict[str, tuple[str, Build]]] = {
    CAPACITY: {"sizes": ("Who could bid, by size", _of_capacity)},
    DIVERSITY: {
        "small": ("Small providers left, round by round", _over_rounds("small")),
        "voluntary": ("The voluntary sector's share, round by round", _over_rounds("voluntary")),
    },
    INCENTIVES: {
        "support": ("Support planned for each twentieth of a group", _of_groups(of_groups.support)),
        "parked": ("Who would be parked, group by group", _of_groups(of_groups.parked)),
        "spend": ("What the authority would spend", _spend),
    },
}


def offers(run: Run, *, is_stale: bool) -> Iterator[Offer]:
    """Name what can be put in of a run."""
    made = plain_date(run.finished_at)
    hint = f"{run.programme}: run of {made}, {run.draws:,} draws"
    for word, (title, _) in OF_RUNS[run.kind].items():
        late = ". The programme has changed since: run it again first" if is_stale else ""
        yield Offer(f"{word}:{run.pk}", title, hint + late)


def build(run: Run, word: str) -> Figure | None:
    """Give a figure of a run by its word; nothing where there is no such figure."""
    found = OF_RUNS.get(run.kind, {}).get(word)
    return found[1](run) if found else None
