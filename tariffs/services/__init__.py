"""All writes of what is paid: one function for each thing a person does."""

from . import demonstrations, evidence, groups, incentive_runs, milestones, parts, price_lines, programmes

__all__ = ["demonstrations", "evidence", "groups", "incentive_runs", "milestones", "parts", "price_lines", "programmes"]
