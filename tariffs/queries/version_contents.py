"""Reads what a version says, in the words and tables in which a report says it of the draft."""

from dataclasses import dataclass

from commissioning.core import evidence_quality, pathway_drawings
from commissioning.core.pathway_drawings import Drawing
from commissioning.core.pathways import Milestone, Provenance
from commissioning.core.tables import Column, Table
from tariffs.core import difference_words as words
from tariffs.core import programmes as core
from tariffs.core import tariff_terms, tariff_words
from tariffs.core.difference_fields import ABOUT, Field
from tariffs.core.snapshots import called
from tariffs.core.tariff_terms import Term
from tariffs.models import Version

from . import report_tables, reports, snapshots
from .report_tables import SourcedTable

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Contents:
    """Everything that a version says, for the parts of a report's page."""

    whole: core.Programme
    facts: Pairs
    founded: str
    groups: SourcedTable
    pathway: tuple[tuple[Milestone, str], ...]
    drawing: Drawing
    evidence: SourcedTable
    prices: Table
    price_sources: SourcedTable
    terms: tuple[Term, ...]
    providers: tuple[tuple[str, Pairs, Provenance], ...]
    uncertainty: Pairs
    scenarios: Table


def contents(version: Version) -> Contents:
    """Read a version, without a query."""
    snapshot = snapshots.of_version(version)
    whole = snapshot.programme
    scenarios = ((called(tariff), tariff_words.in_one_line(tariff)) for tariff in snapshot.scenarios)
    return Contents(
        whole=whole,
        facts=_facts(whole),
        founded=evidence_quality.in_words(whole.evidence),
        groups=report_tables.groups(whole),
        pathway=reports.pathway(whole),
        drawing=pathway_drawings.draw(whole.milestones, whole.groups, whole.evidence),
        evidence=report_tables.evidence(whole),
        prices=report_tables.prices(whole),
        price_sources=report_tables.price_sources(whole),
        terms=tariff_terms.terms(whole.tariff, report_tables.names(whole.milestones)),
        providers=tuple((row.name or row.id, reports.provider(row), row.provenance) for row in whole.providers),
        uncertainty=reports.uncertainty(whole.uncertainty),
        scenarios=Table("Scenarios", (Column("Scenario"), Column("What it pays")), tuple(scenarios)),
    )


def _facts(whole: core.Programme) -> Pairs:
    return tuple((f"{field.words[0].upper()}{field.words[1:]}", _said(field, whole)) for field in ABOUT.fields)


def _said(field: Field, whole: core.Programme) -> str:
    """Write a fact about the programme by itself: a text without the quotation marks that it has within a sentence."""
    value = getattr(whole, field.path)
    if field.path == "budget" and not value:
        return "not set"
    return (value or "not stated") if field.write is words.text else field.write(value, 0)
