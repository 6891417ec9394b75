"""Rehearsals of bad times: a shock that nobody planned for, a review clause that answers it, and who fails without."""

from .clauses import Clause, Facts, Plan, Relief, Review, Trigger
from .results import ENGINE, VARIANTS, merge, pack, unpack
from .shocks import DEFAULTS, Shock, ShockKind, fits, strike
from .stages import Lived, Stage

__all__ = [
    "DEFAULTS",
    "ENGINE",
    "VARIANTS",
    "Clause",
    "Facts",
    "Lived",
    "Plan",
    "Relief",
    "Review",
    "Shock",
    "ShockKind",
    "Stage",
    "Trigger",
    "fits",
    "merge",
    "pack",
    "strike",
    "unpack",
]
