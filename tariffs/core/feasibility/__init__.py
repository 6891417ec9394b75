"""Feasibility: every rule of good Payment by Results design, checked, explained, and with what would cure it."""

from .catalogue import Need, Rule, Source, Threshold, areas, page_name, rules, thresholds
from .checking import check
from .facts import FactQuestion, Kind, fact_questions, gather
from .findings import UNCHECKED, Finding, Severity, count, fingerprint, sorted_worst_first, verdict
from .measurement import bets
from .subject import Facts, Inputs, Subject

__all__ = [
    "UNCHECKED",
    "FactQuestion",
    "Facts",
    "Finding",
    "Inputs",
    "Kind",
    "Need",
    "Rule",
    "Severity",
    "Source",
    "Subject",
    "Threshold",
    "areas",
    "bets",
    "check",
    "count",
    "fact_questions",
    "fingerprint",
    "gather",
    "page_name",
    "rules",
    "sorted_worst_first",
    "thresholds",
    "verdict",
]
