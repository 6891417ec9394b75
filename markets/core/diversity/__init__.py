"""The diversity simulation: how letting a contract this way changes who is in the market."""

from .comparisons import Comparison, Design, Ran, compare, run, simulations
from .packing import pack, unpack
from .reports import document
from .sentences import headline
from .simulation import ENGINE, Simulation, joined

__all__ = [
    "ENGINE",
    "Comparison",
    "Design",
    "Ran",
    "Simulation",
    "compare",
    "document",
    "headline",
    "joined",
    "pack",
    "run",
    "simulations",
    "unpack",
]
