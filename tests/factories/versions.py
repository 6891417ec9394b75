"""Edits of a draft, as people make them through the product's own services, in any order."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model

from commissioning.models import Evidence, Programme, User
from commissioning.services.drafts import Edit
from tariffs import queries
from tariffs.core.snapshots import Snapshot
from tariffs.models import Tariff, Version
from tariffs.services import archetypes, evidence, groups, milestones, parts, price_lines, scenarios, terms, versions
from tariffs.services.price_lines import Cell
from tariffs.services.scenarios import TooManyError
from tariffs.services.versions import UnchangedError

Row = TypeVar("Row", bound=Model)
BANDS = ("A", "B", "C")


def frozen(programme: Programme, note: str = "As agreed", by: User | None = None) -> Version:
    return versions.freeze(programme=programme, note=note, by=by or programme.created_by)


def draft_of(programme: Programme) -> Snapshot:
    """Read the draft as the database has it now."""
    return queries.snapshots.of_draft(Programme.objects.get(pk=programme.pk))


def edit(row: Model, **values: Any) -> Edit:
    """Type new values into the fields of a row, as it is shown now."""

    def shown(one: Any) -> dict[str, str]:
        return {name: str(getattr(one, name)) for name in values}

    typed = {name: f"{value} " for name, value in values.items()}
    return Edit(
        was=shown(row), typed=typed, values={name: {name: value} for name, value in values.items()}, shown=shown
    )


def reprice(programme: Programme, amount: Decimal, place: int = 0, tariff: Tariff | None = None) -> None:
    """Change the price at a place of a tariff, of the proposed one unless another is given."""
    found = Tariff.objects.get(pk=tariff.pk) if tariff else Tariff.objects.get(main_of=programme)
    if line := _at(found.price_lines.all(), place):
        cell = Cell(line.price_band, line.milestone_id)
        price_lines.save_grid(tariff=found, prices={cell: amount}, revision=found.revision, by=programme.created_by)


def _at(rows: Iterable[Row], place: int) -> Row | None:
    """Pick a row, whatever the number; none where there is none."""
    found = list(rows)
    return found[place % len(found)] if found else None


def add_group(programme: Programme, place: int, amount: int) -> None:
    values = {"name": f"Group {amount}", "price_band": BANDS[place % 3], "referrals_per_month": amount / 4}
    groups.add(programme=programme, values={**values, "intended_support": Decimal(amount)}, by=programme.created_by)


def change_group(programme: Programme, place: int, amount: int) -> None:
    if group := _at(programme.groups.all(), place):
        new = {"price_band": BANDS[amount % 3], "social_value": Decimal(amount) / 100, "source": f"Paper {amount}"}
        groups.change(group=group, edit=edit(group, **new), by=programme.created_by)


def remove_group(programme: Programme, place: int, _amount: int) -> None:
    if group := _at(programme.groups.all(), place):
        groups.remove(group=group, by=programme.created_by)


def add_milestone(programme: Programme, place: int, amount: int) -> None:
    after = _at(programme.milestones.all(), place)
    values = {"name": f"Step {amount}", "after": after, "is_final": amount % 2 == 0, "delay_months": amount % 12}
    milestones.add(programme=programme, values=values, by=programme.created_by)


def change_milestone(programme: Programme, place: int, amount: int) -> None:
    if milestone := _at(programme.milestones.all(), place):
        new = {"name": f"Step {amount}", "repeats": 3 + amount % 5, "quality": "weak"}
        milestones.change(milestone=milestone, edit=edit(milestone, **new), by=programme.created_by)


def remove_milestone(programme: Programme, place: int, _amount: int) -> None:
    if milestone := _at(programme.milestones.all(), place):
        milestones.remove(milestone=milestone, by=programme.created_by)


def add_evidence(programme: Programme, place: int, amount: int) -> None:
    group, milestone = _at(programme.groups.all(), place), _at(programme.milestones.all(), amount)
    if group and milestone:
        seen = {"observed_spending": Decimal(500), "observed_rate": 0.11 + amount / 1_000_000}
        values = {"baseline": 0.1, "sample_size": float(amount), "interval_low": 0.1, "interval_high": 0.2, **seen}
        evidence.add(group=group, milestone=milestone, values=values, by=programme.created_by)


def remove_evidence(programme: Programme, place: int, _amount: int) -> None:
    if row := _at(Evidence.objects.filter(group__programme=programme), place):
        evidence.remove(evidence=row, by=programme.created_by)


def change_price(programme: Programme, place: int, amount: int) -> None:
    reprice(programme, Decimal(amount) / 100, place)


def add_price(programme: Programme, place: int, amount: int) -> None:
    tariff = Tariff.objects.get(main_of=programme)
    group, milestone = _at(programme.groups.all(), place), _at(programme.milestones.all(), amount)
    if group and milestone:
        prices = {Cell(group.price_band, milestone.pk): Decimal(amount)}
        price_lines.save_grid(tariff=tariff, prices=prices, revision=tariff.revision, by=programme.created_by)


def add_scenario(programme: Programme, place: int, amount: int) -> None:
    if tariff := _at(programme.tariffs.all(), place):
        scenarios.add(tariff=tariff, name=f"Plan {amount}", by=programme.created_by)


def remove_scenario(programme: Programme, place: int, _amount: int) -> None:
    if tariff := _at(programme.tariffs.filter(main_of=None), place):
        scenarios.remove(tariff=tariff, by=programme.created_by)


def propose_scenario(programme: Programme, place: int, _amount: int) -> None:
    if tariff := _at(programme.tariffs.filter(main_of=None), place):
        scenarios.propose(tariff=tariff, by=programme.created_by)


def change_terms(programme: Programme, place: int, amount: int) -> None:
    tariff, milestone = _at(programme.tariffs.all(), place), _at(programme.milestones.all(), amount)
    assert tariff
    new = {"upfront_payment": Decimal(amount), "annual_price_change": amount / 100_000}
    target = {"target_rule": "binary", "target_milestone": milestone, "target_rate": amount / 100_000}
    both = new | target if milestone and amount % 2 else new
    terms.change(tariff=tariff, edit=edit(tariff, **both), by=programme.created_by)


def change_details(programme: Programme, _place: int, amount: int) -> None:
    new = {"name": f"Into work {amount}", "budget": Decimal(amount) / 100, "start": f"2027-{amount % 12 + 1:02}"}
    parts.change(part=programme, edit=edit(programme, **new), by=programme.created_by)


def change_luck(programme: Programme, _place: int, amount: int) -> None:
    luck = programme.uncertainty
    parts.change(part=luck, edit=edit(luck, outcome_shock=amount / 1000, source="A guess"), by=programme.created_by)


def add_provider(programme: Programme, _place: int, amount: int) -> None:
    values = {"name": f"Kind {amount}", "reserves": Decimal(amount) / 100}
    archetypes.add(programme=programme, values=values, by=programme.created_by)


def remove_provider(programme: Programme, place: int, _amount: int) -> None:
    if archetype := _at(programme.archetypes.all(), place):
        archetypes.remove(archetype=archetype, by=programme.created_by)


EDITS: tuple[Callable[[Programme, int, int], None], ...] = (
    add_group,
    change_group,
    remove_group,
    add_milestone,
    change_milestone,
    remove_milestone,
    add_evidence,
    remove_evidence,
    change_price,
    add_price,
    add_scenario,
    remove_scenario,
    propose_scenario,
    change_terms,
    change_details,
    change_luck,
    add_provider,
    remove_provider,
)


def make(do: Callable[[Programme, int, int], None], programme: Programme, place: int, amount: int) -> None:
    """Make an edit; one that the rules refuse changes nothing."""
    try:
        do(Programme.objects.get(pk=programme.pk), place, amount)
    except (ValidationError, TooManyError):
        return


def freeze_if_changed(programme: Programme) -> Version | None:
    try:
        return frozen(programme)
    except UnchangedError:
        return None


def go_back(version: Version, by: User) -> Version | None:
    try:
        return versions.go_back(version=version, by=by)
    except UnchangedError:
        return None
