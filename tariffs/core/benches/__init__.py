"""The bench: a provider tries a draft on its own costs, reserves, caseload and way of working."""

from .outlooks import SUCCESSES, VOLUMES, BreakEven, Cell, Outlook, loss_of, outlook
from .plans import Bench, Practice, own_programme

__all__ = [
    "SUCCESSES",
    "VOLUMES",
    "Bench",
    "BreakEven",
    "Cell",
    "Outlook",
    "Practice",
    "loss_of",
    "outlook",
    "own_programme",
]
