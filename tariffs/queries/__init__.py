"""All reads of what is paid."""

from . import incentive_runs, price_lines, programmes, validations

__all__ = ["incentive_runs", "price_lines", "programmes", "validations"]
