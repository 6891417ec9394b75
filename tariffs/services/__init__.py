"""All writes of what is paid: one function for each thing a person does."""

from . import demonstrations, groups, incentive_runs, parts, price_lines, programmes

__all__ = ["demonstrations", "groups", "incentive_runs", "parts", "price_lines", "programmes"]
