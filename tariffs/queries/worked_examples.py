"""The worked example as its public page shows it: who it is for, what is paid, and what that makes providers do."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from commissioning.core import evidence_quality, pathway_drawings
from commissioning.core.figures import percent, plain, pounds
from commissioning.core.pathway_drawings import Drawing
from commissioning.core.pathways import Group, Milestone, Provenance
from commissioning.core.tables import Column, Table
from tariffs.core import incentives, price_effects, tariff_words
from tariffs.core.programmes import PriceLine, Programme
from tariffs.sources import examples, programme_files

_SOURCED = (Column("Source"), Column("Quality"))


@dataclass(frozen=True)
class WorkedExample:
    """Everything on the page; nothing of it is drawn by chance, so it is worked out once."""

    programme: Programme
    inputs: dict[str, Any]
    decisions: list[dict[str, Any]]
    drawing: Drawing
    founded: str
    groups: Table
    evidence: Table
    tariff_line: str
    answer: str
    prices: Table
    sources: Table

    @property
    def group_names(self) -> dict[str, str]:
        return {group.id: group.name or group.id for group in self.programme.groups}


@lru_cache(maxsize=1)
def work_programme() -> WorkedExample:
    """Work out what the Work Programme's tariff made providers do."""
    programme = examples.work_programme()
    return WorkedExample(
        programme=programme,
        inputs=programme_files.to_document(programme),
        decisions=incentives.decisions(incentives.Simulation(programme)),
        drawing=pathway_drawings.draw(programme.milestones, programme.groups, programme.evidence),
        founded=evidence_quality.in_words(programme.evidence),
        groups=_groups(programme),
        evidence=_evidence(programme),
        tariff_line=tariff_words.in_one_line(programme.tariff),
        answer=price_effects.in_words(price_effects.effects(programme)),
        prices=_prices(programme),
        sources=_sources(programme),
    )


def _groups(programme: Programme) -> Table:
    columns = (Column("Group"), Column("Price band"), Column("Referrals a month", plain), *_SOURCED)
    rows = (
        (group.name, group.price_band, group.referrals_per_month, *_sourced(group.provenance))
        for group in programme.groups
    )
    return Table("The groups", columns, tuple(rows))


def _evidence(programme: Programme) -> Table:
    columns = (Column("Group"), Column("Step"), Column("Without the service", percent), *_SOURCED)
    groups, milestones = _names(programme.groups), _names(programme.milestones)
    rows = (
        (groups[row.group], milestones[row.milestone], row.baseline, *_sourced(row.provenance))
        for row in programme.evidence
    )
    return Table("What is known of each step", columns, tuple(rows))


def _prices(programme: Programme) -> Table:
    """Lay the prices out as a grid: a row for each band, a column for each milestone."""
    lines = {(line.price_band, line.milestone): line for line in programme.tariff.prices}
    bands: dict[str, list[str]] = {}
    for group in programme.groups:
        bands.setdefault(group.price_band, []).append(group.name)
    paid = (Column(milestone.name, str) for milestone in programme.milestones)
    rows = (
        (band, "; ".join(groups), *(_price(lines.get((band, one.id))) for one in programme.milestones))
        for band, groups in bands.items()
    )
    return Table("What each milestone pays a person", (Column("Price band"), Column("Groups"), *paid), tuple(rows))


def _price(line: PriceLine | None) -> str:
    if line is None:
        return "nothing"
    return pounds(line.price) if line.payments == 1 else f"{pounds(line.price)}, up to {line.payments} times"


def _sources(programme: Programme) -> Table:
    columns = (Column("Price band"), Column("Milestone"), Column("Price", pounds), *_SOURCED)
    milestones = _names(programme.milestones)
    rows = (
        (line.price_band, milestones[line.milestone], line.price, *_sourced(line.provenance))
        for line in programme.tariff.prices
    )
    return Table("Where each price comes from", columns, tuple(rows))


def _names(rows: Sequence[Group | Milestone]) -> dict[str, str]:
    return {row.id: row.name or row.id for row in rows}


def _sourced(provenance: Provenance) -> tuple[str, str]:
    quality = provenance.quality.value if provenance.quality else "not stated"
    return provenance.source or "No source given", quality
