"""All reads of what is paid."""

from . import incentive_runs, price_lines, programmes, reports, tariffs, validations, worked_examples

__all__ = ["incentive_runs", "price_lines", "programmes", "reports", "tariffs", "validations", "worked_examples"]
