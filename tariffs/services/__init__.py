"""All writes of what is paid: one function for each thing a person does."""

from . import demonstrations, incentive_runs, price_lines, programmes

__all__ = ["demonstrations", "incentive_runs", "price_lines", "programmes"]
