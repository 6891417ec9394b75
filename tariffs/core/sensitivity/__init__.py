"""Sensitivity: which input the figures hang on most, how good its source is, and how far it may be wrong."""

from .figures import FIGURES, Case, Figure, Figures, exact
from .margins import LIMIT, Margin, Verdict, margin_of, responding
from .orders import ToDo, to_do
from .swings import Kind, Swing, swings, swung
from .tornados import ENGINE, Bar, Tornado, bar_of, base_of, merge, pieces, read, work

__all__ = [
    "ENGINE",
    "FIGURES",
    "LIMIT",
    "Bar",
    "Case",
    "Figure",
    "Figures",
    "Kind",
    "Margin",
    "Swing",
    "ToDo",
    "Tornado",
    "Verdict",
    "bar_of",
    "base_of",
    "exact",
    "margin_of",
    "merge",
    "pieces",
    "read",
    "responding",
    "swings",
    "swung",
    "to_do",
    "work",
]
