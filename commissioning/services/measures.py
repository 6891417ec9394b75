"""Writes measure cards: adds one, changes it, says how far the talks about it are, removes it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from commissioning.models import MeasureCard, Milestone, Programme, User
from commissioning.permissions import Ability, can

from . import audit, drafts
from .drafts import Edit

#: More outcomes than this nobody keeps in mind; rate cards run to some twenty lines.
MOST_CARDS = 100


@transaction.atomic
def add(*, programme: Programme, values: Mapping[str, Any], by: User) -> MeasureCard:
    """Add a card to a programme, as an idea unless something else is said."""
    programme = _locked(programme, by)
    if programme.measure_cards.count() >= MOST_CARDS:
        raise ValidationError(f"A programme has at most {MOST_CARDS} measures. Remove one first.")
    card = MeasureCard(programme=programme, **values)
    card.full_clean()
    card.save(force_insert=True)
    _record(card, by, "added a measure")
    return card


@transaction.atomic
def change(*, card: MeasureCard, edit: Edit, by: User) -> MeasureCard:
    """Save what a person changed on a card, beside what others changed meanwhile."""
    return _apply(card, edit, by, "changed a measure")


@transaction.atomic
def decide(*, card: MeasureCard, edit: Edit, by: User) -> MeasureCard:
    """Say how far the talks about a card are. Whoever drops it says why."""
    return _apply(card, edit, by, "decided about a measure")


@transaction.atomic
def place(*, card: MeasureCard, milestone: Milestone, by: User) -> MeasureCard:
    """Put a card at the step of the pathway that was made of it."""
    _locked(card.programme, by)
    card = MeasureCard.objects.select_for_update(of=("self",)).get(pk=card.pk)
    card.milestone = milestone
    card.full_clean()
    card.save(update_fields=["milestone"])
    _record(card, by, "put a measure at its step", step=str(milestone))
    return card


@transaction.atomic
def remove(*, card: MeasureCard, by: User) -> None:
    """Remove a card. One that is agreed stays: it is dropped first, with the reason."""
    programme = _locked(card.programme, by)
    card = MeasureCard.objects.select_for_update(of=("self",)).get(pk=card.pk, programme=programme)
    if card.state == MeasureCard.State.AGREED:
        raise ValidationError("It is agreed. Drop it first, and say why.")
    _record(card, by, "removed a measure")
    card.delete()


def _apply(card: MeasureCard, edit: Edit, by: User, action: str) -> MeasureCard:
    _locked(card.programme, by)
    card, changes = drafts.apply(card, edit)
    if changes:
        _record(card, by, action, changes=[change.as_detail() for change in changes])
    return card


def _locked(programme: Programme, by: User) -> Programme:
    """Let one person at a time write the measures of a programme, and only who may."""
    found = Programme.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=programme.pk)
    if not can(by, Ability.EDIT, found.organisation):
        raise PermissionDenied
    return found


def _record(card: MeasureCard, by: User, action: str, **detail: Any) -> None:
    programme = card.programme
    said = {"row": card.pk, "name": str(card), **detail}
    audit.record(by=by, action=action, target=programme, organisation=programme.organisation, detail=said)
