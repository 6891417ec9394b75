"""Measure cards, made through the product's own services."""

from typing import Any

from commissioning import services
from commissioning.models import MeasureCard, Programme, User

#: A card that says everything, of somebody who is in work for half a year.
WHOLE = {
    "name": "In work for half a year",
    "outcome": "I have a job that I can keep.",
    "use": "paid",
    "definition": "Paid work of at least 16 hours a week in 26 of 30 weeks.",
    "unit": "one person, once",
    "for_everyone": True,
    "minimum_change": "From no paid work to 16 hours a week.",
    "relapse_rule": "It can be claimed again after 6 months.",
    "verifier": "records",
    "independence": "full",
    "data_source_for_outcome_validation": "Payroll records of the tax authority.",
    "outcome_validation_method": "Every claim is matched with them.",
    "cost_of_claim": 20,
    "lag_months": 6,
    "baseline": "20 in 100 within a year.",
    "baseline_source": "Records of the job centre.",
    "baseline_date": "2025",
    "depends_on": "Jobs nearby, and buses to them.",
    "gaming": "Employers may be paid to keep somebody on for 26 weeks.",
    "gaming_guard": "Work that ends in week 27 is counted and published.",
}


def added(programme: Programme, *, by: User, at: str = "", **said: Any) -> MeasureCard:
    """Add a card of a name and what else is given; `at` is the key of its milestone."""
    values = {"name": "In work", **said}
    if at:
        values["milestone"] = programme.milestones.get(key=at)
    return services.measures.add(programme=programme, values=values, by=by)


def whole(programme: Programme, *, by: User, at: str = "job", **said: Any) -> MeasureCard:
    """Add a card that says everything."""
    return added(programme, by=by, at=at, **{**WHOLE, **said})
