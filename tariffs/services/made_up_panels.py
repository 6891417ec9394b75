"""Gives the demonstration measure cards, one of them defined by the person, and a panel with marks. All is made up."""

from collections.abc import Mapping
from typing import Any

from commissioning.models import MeasureCard, Programme, User
from commissioning.services import measures
from tariffs.models import ReviewPanel

from . import measure_bases, panel_cases, panels

WORK: Mapping[str, Any] = {
    "name": "In work for half a year (made up)",
    "outcome": "I have a job, and I can keep it.",
    "use": "paid",
    "definition": "Paid work in 26 weeks of the 30 that follow the first day, with one employer or several.",
    "unit": "one person, once",
    "for_everyone": True,
    "minimum_change": "From no paid work to 16 hours a week.",
    "relapse_rule": "It can be claimed again after another 26 weeks out of work.",
    "verifier": "records",
    "independence": "full",
    "data_source_for_outcome_validation": "Payroll records that employers send to the tax authority.",
    "outcome_validation_method": "Every claim is matched with them before it is paid.",
    "cost_of_claim": 15,
    "lag_months": 7,
    "depends_on": "Jobs nearby, and a referral in time.",
    "gaming": "An employer may be paid to keep somebody for 26 weeks.",
    "gaming_guard": "How many are still in work in week 30 is published for each provider.",
    "state": "agreed",
    "state_reason": "Made up for this demonstration.",
}
OWN: Mapping[str, Any] = {
    "name": "A step of my own choosing (made up)",
    "outcome": "I have reached something that I chose myself.",
    "use": "valued",
    "definition": "What the person chose with their adviser, written so that both would know when it is reached.",
    "unit": "one outcome of one person",
    "own_outcomes": 2,
    "own_agreement": "The person and their adviser, with an advocate if they wish, within 6 weeks of starting.",
    "own_record": "In the person's own plan, which the provider keeps.",
    "for_everyone": True,
    "verifier": "body",
    "independence": "partly",
    "state": "discussion",
    "state_reason": "Made up for this demonstration.",
}
COPES: Mapping[str, Any] = {
    "name": "Feels able to cope with a bad week (made up)",
    "outcome": "When things go wrong I know what to do and whom to ask.",
    "use": "valued",
    "verifier": "person",
}
SEATS = ("service_user", "advocate", "worker", "commissioner")
A, P, N, NONE = "achieved", "partly", "not", ""
#: Group, what the measure says, a mark for each seat, the mark agreed, and why.
CASES = (
    ("PG1", "yes", (A, A, A, A), A, "Still there, and likes it."),
    ("PG1", "yes", (P, A, A, A), A, "Hours change every week, but it holds."),
    ("PG1", "no", (A, P, A, N), P, "24 weeks, then the firm closed."),
    ("PG2", "yes", (A, A, A, A), A, "A permanent place."),
    ("PG2", "yes", (N, P, A, A), P, "In work, with too little pay to live on."),
    ("PG2", "no", (N, N, P, N), N, "Two short jobs."),
    ("PG6", "yes", (A, NONE, A, A), A, "Part time, as agreed with the doctor."),
    ("PG6", "no", (A, A, P, P), P, "14 hours a week is what health allows."),
    ("PG6", "no", (P, P, P, N), P, "Volunteers every day."),
    ("PG7", "no", (N, N, N, N), N, "Too ill to start."),
    ("PG7", "no", (A, P, P, N), P, "12 hours a week after ten years."),
    ("PG7", "yes", (A, A, A, A), A, "Found it without help, and kept it."),
)
HALF = 0.5


def build(*, programme: Programme, by: User) -> None:
    """Give the worked example its made-up cards and panel, unless somebody has written cards already."""
    if programme.measure_cards.exists():
        return
    final = programme.milestones.filter(is_final=True).first()
    work, *_ = (measures.add(programme=programme, values=values, by=by) for values in _cards(final))
    if final is not None:
        measure_bases.rest(card=work, by=by)
    _mark(_panel(programme, work, by), by)


def _cards(final: Any) -> list[dict[str, Any]]:
    return [{**WORK, "milestone": final}, dict(OWN), dict(COPES)]


def _panel(programme: Programme, card: MeasureCard, by: User) -> ReviewPanel:
    values = {"name": "Review panel (made up)", "card": card, "partly_share": HALF}
    panel = panels.add(programme=programme, values=values, by=by)
    for role in SEATS:
        panels.seat(panel=panel, role=role, by=by)
    return panel


def _mark(panel: ReviewPanel, by: User) -> None:
    seats = {seat.role: seat for seat in panel.members.all()}
    groups = {group.key: group for group in panel.programme.groups.all()}
    for number, (group, measured, given, agreed, reason) in enumerate(CASES, 1):
        marks = {f"{panel_cases.MARK}{seats[role].pk}": mark for role, mark in zip(SEATS, given, strict=True)}
        said = {"code": f"C-{number:02}", "group": groups.get(group), "measured": measured, "agreed": agreed}
        panel_cases.add(panel=panel, values={**said, "reason": reason, **marks}, by=by)
