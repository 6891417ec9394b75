"""Reads what a report of a programme says. Each section has its own function, so that others can stand beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from commissioning import queries as commissioning_queries
from commissioning.core import evidence_quality, pathway_drawings
from commissioning.core.figures import percent, percent_range, plain, plain_time, pounds, pounds_range
from commissioning.core.pathway_drawings import Drawing
from commissioning.core.pathways import Evidence, Group, Milestone, Provenance
from commissioning.core.tables import Column, Table
from commissioning.models import Programme, Run
from commissioning.queries.programmes import Event
from tariffs.core import programmes as core
from tariffs.core import tariff_terms, tariff_words
from tariffs.core.tariff_terms import Term
from tariffs.sources import programme_files

from . import incentive_runs, programmes
from .incentive_runs import Record

# A paper has its limits: longer lists are cut, say so, and stand whole in the exports.
MOST_ROWS = 200
MOST_RUNS = 5
MOST_EVENTS = 20


@dataclass(frozen=True)
class Sourced:
    """One row of figures with where they come from."""

    cells: tuple[str, ...]
    origin: Provenance


@dataclass(frozen=True)
class SourcedTable:
    """Figures with their sources; `numeric` says which columns stand to the right."""

    caption: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[Sourced, ...]
    left_out: int

    @property
    def columns(self) -> tuple[tuple[str, bool], ...]:
        """Give each heading with whether its figures stand to the right."""
        return tuple(zip(self.headings, self.numeric, strict=True))

    @property
    def lines(self) -> tuple[tuple[tuple[tuple[str, bool, str], ...], Provenance], ...]:
        """Give each row's cells with their headings, and the row's origin."""
        return tuple((tuple(zip(self.headings, self.numeric, row.cells, strict=True)), row.origin) for row in self.rows)


@dataclass(frozen=True)
class Test:
    """The newest finished run, whether the draft has moved on since, and the runs before it."""

    record: Record
    is_stale: bool
    earlier: tuple[Run, ...]


@dataclass(frozen=True)
class Report:
    """Everything that the paper says, the pictures of the newest run apart."""

    programme: Programme
    whole: core.Programme
    facts: tuple[tuple[str, str], ...]
    founded: str
    groups: SourcedTable
    pathway: tuple[tuple[Milestone, str], ...]
    drawing: Drawing
    evidence: SourcedTable
    prices: Table
    price_sources: SourcedTable
    terms: tuple[Term, ...]
    providers: tuple[tuple[str, tuple[tuple[str, str], ...], Provenance], ...]
    uncertainty: tuple[tuple[str, str], ...]
    test: Test | None
    history: tuple[Event, ...]
    fingerprint: str


def report(programme: Programme) -> Report:
    """Read the whole report, in a fixed number of queries."""
    whole = programmes.to_core(programme)
    fingerprint = programme_files.inputs_sha256(whole)
    return Report(
        programme=programme,
        whole=whole,
        facts=facts(programme, whole),
        founded=evidence_quality.in_words(whole.evidence),
        groups=groups(whole),
        pathway=pathway(whole),
        drawing=pathway_drawings.draw(whole.milestones, whole.groups, whole.evidence),
        evidence=evidence(whole),
        prices=prices(whole),
        price_sources=price_sources(whole),
        terms=tariff_terms.terms(whole.tariff, names(whole.milestones)),
        providers=tuple((row.name or row.id, provider(row), row.provenance) for row in whole.providers),
        uncertainty=uncertainty(whole.uncertainty),
        test=test(programme, fingerprint),
        history=tuple(commissioning_queries.programmes.history(programme, MOST_EVENTS)),
        fingerprint=fingerprint,
    )


def facts(programme: Programme, whole: core.Programme) -> tuple[tuple[str, str], ...]:
    """Say what is bought, by whom and for how long."""
    return (
        ("Authority", programme.organisation.name),
        ("Commissioner", whole.commissioner or "not stated"),
        ("First month", tariff_words.month(whole.start)),
        ("Referrals", programmes.counted(whole.referral_months, "month")),
        ("Contract", programmes.counted(whole.contract_months, "month")),
        ("Budget", pounds(programme.budget) if programme.budget else "not set"),
        ("Tariff", f"{whole.tariff.version or 'Draft'}: {tariff_words.in_one_line(whole.tariff)}"),
    )


def groups(whole: core.Programme) -> SourcedTable:
    """Say for whom it is."""
    rows = (
        Sourced(
            (
                row.name or row.id,
                row.price_band,
                plain(row.referrals_per_month),
                pounds(row.social_value) if row.social_value else "not given",
                "not given" if row.intended_support is None else pounds(row.intended_support),
            ),
            row.provenance,
        )
        for row in whole.groups
    )
    headings = (
        "Group",
        "Price band",
        "Referrals a month",
        "One final outcome is worth to society",
        "Planned spending a person",
    )
    return _table("The groups", headings, (False, False, True, True, True), tuple(rows))


def pathway(whole: core.Programme) -> tuple[tuple[Milestone, str], ...]:
    """Say on which way: each milestone with the name of what it follows."""
    known = names(whole.milestones)
    ordered = pathway_drawings.in_order(whole.milestones)
    return tuple((row, known[row.after] if row.after else "referral") for row in ordered)


def evidence(whole: core.Programme) -> SourcedTable:
    """Say what is known of each step."""
    of_group, of_milestone = names(whole.groups), names(whole.milestones)
    rows = (
        Sourced(
            (
                of_group[row.group],
                of_milestone[row.milestone],
                percent(row.baseline),
                percent_range(*row.provenance.interval) if row.provenance.interval else "not stated",
                _moved(row),
            ),
            row.provenance,
        )
        for row in whole.evidence
    )
    headings = ("Group", "Step", "Without the service", "It may lie from", "Moved by support")
    return _table("What is known of each step", headings, (False, False, True, True, True), tuple(rows))


def _moved(row: Evidence) -> str:
    if row.observed is not None:
        return f"{percent(row.observed.rate)} at {pounds(row.observed.spending)} a person"
    return plain(row.responsiveness, 2) if row.responsiveness else "not at all"


def prices(whole: core.Programme) -> Table:
    """Lay the prices out as a grid: a row for each band, a column for each milestone that is paid."""
    lines = {(line.price_band, line.milestone): line for line in whole.tariff.prices}
    bands: dict[str, list[str]] = {}
    for group in whole.groups:
        bands.setdefault(group.price_band, []).append(group.name or group.id)
    paid = [row for row in whole.milestones if any(line.milestone == row.id for line in whole.tariff.prices)]
    rows = (
        (band, "; ".join(members), *(_price(lines.get((band, milestone.id))) for milestone in paid))
        for band, members in bands.items()
    )
    columns = (Column("Price band"), Column("Groups"), *(Column(row.name or row.id, str) for row in paid))
    return Table("What one person who reaches a milestone earns", columns, tuple(rows))


def _price(line: core.PriceLine | None) -> str:
    if line is None:
        return "nothing"
    return pounds(line.price) if line.payments == 1 else f"{pounds(line.price)}, up to {line.payments} times"


def price_sources(whole: core.Programme) -> SourcedTable:
    """Say where each price comes from."""
    of_milestone = names(whole.milestones)
    rows = (
        Sourced(
            (
                line.price_band,
                of_milestone[line.milestone],
                pounds(line.price),
                pounds_range(*line.provenance.interval) if line.provenance.interval else "not stated",
            ),
            line.provenance,
        )
        for line in whole.tariff.prices
    )
    headings = ("Price band", "Milestone", "Price", "It may lie from")
    return _table("Where each price comes from", headings, (False, False, True, True), tuple(rows))


def provider(row: core.Provider) -> tuple[tuple[str, str], ...]:
    """Say what kind of provider the tariff is tested on."""
    if row.spending_rule is core.SpendingRule.INCOME_SHARE:
        spends = f"{percent(row.income_share)} of its income"
    else:
        spends = "while a pound brings back more than a pound"
    purse = "all income is one purse" if row.budget_scope is core.BudgetScope.CONTRACT else "each group has its own"
    return (
        ("Legal form", row.legal_form or "not stated"),
        ("Share of the referrals", percent(row.share)),
        ("It spends", spends),
        ("Purse", purse),
        ("Weight of its mission", f"{row.mission_weight:g}"),
        ("Cost of a pound's worth of support", pounds(row.unit_cost)),
        ("Discount for risk", percent(row.risk_discount)),
        ("Cost of capital a year", percent(row.cost_of_capital)),
        ("Overhead a month", pounds(row.overhead_monthly)),
        ("Reserves", pounds(row.reserves)),
        (
            "Reserve it keeps",
            f"enough for {row.reserve_floor_months:g} month{'' if row.reserve_floor_months == 1 else 's'} of cost",
        ),
        ("Overdraft", pounds(row.overdraft)),
    )


def uncertainty(row: core.Uncertainty) -> tuple[tuple[str, str], ...]:
    """Say what no provider controls, as the simulation draws it."""
    season = "none" if not any(row.season) else ", ".join(plain(month, 2) for month in row.season)
    return (
        ("Shock to all outcomes, on log-odds", plain(row.outcome_shock, 2)),
        ("Shock that changes month by month, on log-odds", plain(row.outcome_shock_monthly, 2)),
        ("Season, January first, on log-odds", season),
        ("Spread of volumes, on the logarithm", plain(row.volume_spread, 2)),
        ("Trend of volumes a year", percent(row.volume_trend)),
        ("Time to replace a failed provider", programmes.counted(row.replacement_months, "month")),
    )


def test(programme: Programme, fingerprint: str) -> Test | None:
    """Read the newest finished run whole, and the few before it for a list, in two queries."""
    finished = incentive_runs.of_programme(programme).filter(state=Run.State.SUCCEEDED)
    found = list(finished.order_by("-finished_at")[:MOST_RUNS])
    if not found:
        return None
    newest, *earlier = found
    whole = programme.runs.select_related("created_by").get(pk=newest.pk)
    return Test(incentive_runs.record(whole), newest.inputs_sha256 != fingerprint, tuple(earlier))


def earlier_runs(runs: Sequence[Run]) -> Table:
    """List the runs before the newest, by what makes each what it is."""
    columns = (
        Column("Finished"),
        Column("Asked for by"),
        Column("Draws", plain),
        Column("Seed", str),
        Column("Inputs"),
    )
    rows = (
        (plain_time(run.finished_at), str(run.created_by), run.draws, run.seed, run.inputs_sha256[:12]) for run in runs
    )
    return Table("Runs before it", columns, tuple(rows))


def names(rows: Sequence[Group | Milestone]) -> dict[str, str]:
    """Give each row's name by its id."""
    return {row.id: row.name or row.id for row in rows}


def _table(caption: str, headings: tuple[str, ...], numeric: tuple[bool, ...], rows: tuple[Any, ...]) -> SourcedTable:
    return SourcedTable(caption, headings, numeric, rows[:MOST_ROWS], max(0, len(rows) - MOST_ROWS))
