"""The diversity simulation: how letting a contract this way changes who is in the market."""

from .comparisons import Design, Ran, compare, run, simulations
from .reports import document
from .sentences import headline
from .simulation import ENGINE, Simulation, joined

__all__ = ["ENGINE", "Design", "Ran", "Simulation", "compare", "document", "headline", "joined", "run", "simulations"]
