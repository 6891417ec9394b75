"""Reads what a report of a programme says. Each section has its own function, so that others can stand beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, When

from commissioning import queries as commissioning_queries
from commissioning.core import evidence_quality, pathway_drawings
from commissioning.core.figures import percent, plain, plain_time, pounds
from commissioning.core.pathway_drawings import Drawing
from commissioning.core.pathways import Milestone, Provenance
from commissioning.core.tables import Column, Table
from commissioning.models import CaseConclusion, Programme, Run
from commissioning.queries.cases import Overview
from commissioning.queries.programmes import Event
from tariffs.core import programmes as core
from tariffs.core import tariff_terms, tariff_words
from tariffs.core.tariff_terms import Term
from tariffs.sources import programme_files

from . import incentive_runs, programmes, report_tables, versions
from .incentive_runs import Record
from .report_tables import SourcedTable, names

MOST_RUNS = 5
MOST_EVENTS = 20


@dataclass(frozen=True)
class Test:
    """The run that speaks for the programme, whether the draft has moved on since, and other runs."""

    record: Record
    is_stale: bool
    earlier: tuple[Run, ...]

    @property
    def tariff(self) -> str:
        """Give the name of the tariff that was tested."""
        return str(self.record.inputs["tariff"]["version"])


@dataclass(frozen=True)
class CaseFound:
    """Whether Payment by Results is right here: the answers so far, and what is concluded from them."""

    overview: Overview
    conclusion: CaseConclusion


@dataclass(frozen=True)
class Report:
    """Everything that the paper says, the pictures of the newest run apart."""

    programme: Programme
    whole: core.Programme
    facts: tuple[tuple[str, str], ...]
    case: CaseFound
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
        case=case(programme),
        founded=evidence_quality.in_words(whole.evidence),
        groups=report_tables.groups(whole),
        pathway=pathway(whole),
        drawing=pathway_drawings.draw(whole.milestones, whole.groups, whole.evidence),
        evidence=report_tables.evidence(whole),
        prices=report_tables.prices(whole),
        price_sources=report_tables.price_sources(whole),
        terms=tariff_terms.terms(whole.tariff, names(whole.milestones)),
        providers=tuple((row.name or row.id, provider(row), row.provenance) for row in whole.providers),
        uncertainty=uncertainty(whole.uncertainty),
        test=test(programme, fingerprint),
        history=tuple(commissioning_queries.programmes.history(programme, MOST_EVENTS)),
        fingerprint=fingerprint,
    )


def facts(programme: Programme, whole: core.Programme) -> tuple[tuple[str, str], ...]:
    """Say what is bought, by whom and for how long, in five queries."""
    others = programme.tariffs.filter(main_of=None)
    weighed = ", ".join(str(tariff) for tariff in others) or "none"
    return (
        ("Authority", programme.organisation.name),
        ("Commissioner", whole.commissioner or "not stated"),
        ("First month", tariff_words.month(whole.start)),
        ("Referrals", programmes.counted(whole.referral_months, "month")),
        ("Contract", programmes.counted(whole.contract_months, "month")),
        ("Budget", pounds(programme.budget) if programme.budget else "not set"),
        ("Tariff", f"{whole.tariff.version or 'Draft'}: {tariff_words.in_one_line(whole.tariff)}"),
        ("Other tariffs weighed up", weighed),
        ("Version", versions.standing(programme, whole).words),
    )


def case(programme: Programme) -> CaseFound:
    """Say whether Payment by Results is right here, in two queries."""
    found = commissioning_queries.cases
    return CaseFound(found.overview(programme), found.conclusion(programme))


def pathway(whole: core.Programme) -> tuple[tuple[Milestone, str], ...]:
    """Say on which way: each milestone with the name of what it follows."""
    known = names(whole.milestones)
    ordered = pathway_drawings.in_order(whole.milestones)
    return tuple((row, known[row.after] if row.after else "referral") for row in ordered)


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
    """Read the newest finished run whole, and a few others for a list, in two queries.

    A run of the programme as it stands goes before a newer one of something else: another draft, or another tariff.
    """
    finished = incentive_runs.of_programme(programme).filter(state=Run.State.SUCCEEDED)
    as_it_stands = Case(When(inputs_sha256=fingerprint, then=0), default=1)
    found = list(finished.order_by(as_it_stands, "-finished_at")[:MOST_RUNS])
    if not found:
        return None
    newest, *earlier = found
    whole = programme.runs.select_related("created_by").get(pk=newest.pk)
    return Test(incentive_runs.record(whole), newest.inputs_sha256 != fingerprint, tuple(earlier))


def earlier_runs(runs: Sequence[Run]) -> Table:
    """List the other runs, by what makes each what it is."""
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
    return Table("Other finished runs", columns, tuple(rows))
