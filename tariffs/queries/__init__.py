"""All reads of what is paid."""

from . import incentive_runs, programmes

__all__ = ["incentive_runs", "programmes"]
