"""All writes of what is paid: one function for each thing a person does."""

from . import (
    archetypes,
    copies,
    demonstrations,
    evidence,
    findings,
    groups,
    incentive_runs,
    milestones,
    parts,
    price_lines,
    programmes,
    scenarios,
    starts,
    supply_chains,
    terms,
    versions,
)

__all__ = [
    "archetypes",
    "copies",
    "demonstrations",
    "evidence",
    "findings",
    "groups",
    "incentive_runs",
    "milestones",
    "parts",
    "price_lines",
    "programmes",
    "scenarios",
    "starts",
    "supply_chains",
    "terms",
    "versions",
]
