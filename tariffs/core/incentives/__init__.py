"""The incentive model: what a tariff makes providers do, and whom it reaches."""

from .decisions import Setting, decide
from .reports import GroupReport, report
from .results import decisions, estimate, joined, merge, pack, run, unpack
from .simulation import ENGINE, Outcome, Simulation

__all__ = [
    "ENGINE",
    "GroupReport",
    "Outcome",
    "Setting",
    "Simulation",
    "decide",
    "decisions",
    "estimate",
    "joined",
    "merge",
    "pack",
    "report",
    "run",
    "unpack",
]
