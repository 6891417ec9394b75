"""The bench: a provider tries a draft on its own costs, reserves, caseload and way of working."""

from .bands import LOSS_BANDS, MARGIN_BANDS, RESERVE_BANDS, Bands, Read, bands_of, read
from .outlooks import SUCCESSES, VOLUMES, BreakEven, Cell, Outlook, loss_of, outlook
from .plans import Bench, Practice, own_programme
from .trials import Effect, Standing, Trial, in_words, trial

__all__ = [
    "LOSS_BANDS",
    "MARGIN_BANDS",
    "RESERVE_BANDS",
    "SUCCESSES",
    "VOLUMES",
    "Bands",
    "Bench",
    "BreakEven",
    "Cell",
    "Effect",
    "Outlook",
    "Practice",
    "Read",
    "Standing",
    "Trial",
    "bands_of",
    "in_words",
    "loss_of",
    "outlook",
    "own_programme",
    "read",
    "trial",
]
