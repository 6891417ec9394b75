"""All reads of what is paid."""

from . import incentive_runs, programmes, validations

__all__ = ["incentive_runs", "programmes", "validations"]
