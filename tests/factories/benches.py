"""Benches: a provider's own figures for a consultation, typed as its people type them."""

from typing import Any

from commissioning.forms.drafts import WAS
from commissioning.models import Organisation, User
from tariffs import queries, services
from tariffs.forms.benches import form_for
from tariffs.models import BenchSheet, Consultation

#: A provider with a twentieth of the worked example's contract that spends £300 on each person.
TYPED = {
    "share": "5",
    "way": "sums",
    "success": "100",
    "overhead_monthly": "4000",
    "reserves": "150000",
    "overdraft": "",
    "reserve_floor_months": "",
    "cost_of_capital": "3.5",
}


def typed(consultation: Consultation, **given: str) -> dict[str, str]:
    """Give what somebody types: the same sum for every group."""
    groups = queries.benches.groups(consultation)
    sums = {f"spend_{place}": "300" for place in range(len(groups))}
    return {**TYPED, **sums, **given}


def sheet(consultation: Consultation, organisation: Organisation, by: User, **given: str) -> BenchSheet:
    """Save a provider's own figures."""
    row = queries.benches.sheet(consultation, organisation)
    made = form_for(queries.benches.groups(consultation))
    was = {f"{WAS}{name}": text for name, text in made.shown(row).items()}
    form: Any = made(was | typed(consultation, **given), row=row, by=by)
    assert form.is_valid(), form.errors
    return services.benches.save(consultation=consultation, organisation=organisation, edit=form.edit(), by=by)
