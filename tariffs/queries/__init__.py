"""All reads of what is paid."""

from . import (
    evidence,
    exports,
    groups,
    incentive_runs,
    milestones,
    price_lines,
    programmes,
    reports,
    tariffs,
    validations,
    worked_examples,
)

__all__ = [
    "evidence",
    "exports",
    "groups",
    "incentive_runs",
    "milestones",
    "price_lines",
    "programmes",
    "reports",
    "tariffs",
    "validations",
    "worked_examples",
]
