"""All reads of what is paid."""

from . import exports, groups, incentive_runs, price_lines, programmes, reports, tariffs, validations, worked_examples

__all__ = [
    "exports",
    "groups",
    "incentive_runs",
    "price_lines",
    "programmes",
    "reports",
    "tariffs",
    "validations",
    "worked_examples",
]
