"""All reads of what is paid."""

from . import (
    archetypes,
    evidence,
    exports,
    groups,
    incentive_runs,
    milestones,
    price_lines,
    programmes,
    reports,
    snapshots,
    standings,
    tariffs,
    validations,
    versions,
    worked_examples,
)

__all__ = [
    "archetypes",
    "evidence",
    "exports",
    "groups",
    "incentive_runs",
    "milestones",
    "price_lines",
    "programmes",
    "reports",
    "snapshots",
    "standings",
    "tariffs",
    "validations",
    "versions",
    "worked_examples",
]
