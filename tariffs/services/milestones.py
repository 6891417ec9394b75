"""Adds, changes and removes milestones of the pathway, and keeps it a tree with at most one final outcome."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from commissioning.models import Milestone, Programme, User
from commissioning.services import drafts
from commissioning.services.drafts import Edit
from tariffs.models import PriceLine, Tariff

from . import parts


def add(*, programme: Programme, values: Mapping[str, Any], by: User) -> Milestone:
    """Add a milestone at the end of the list."""
    milestones = Milestone.objects.filter(programme=programme)
    with parts.editing(programme, by) as locked:
        place, key = parts.next_place(milestones), parts.new_key(values["name"], milestones)
        milestone = Milestone(programme=locked, place=place, key=key, **values)
        _follows_its_own_programme(milestone)
        if milestone.is_final:
            milestones.update(is_final=False)
        milestone.full_clean()
        milestone.save()
        parts.record(milestone, locked, by, "added")
    return milestone


def change(*, milestone: Milestone, edit: Edit, by: User) -> Milestone:
    """Change the touched fields of a milestone; the mark of the final outcome moves where it is given."""
    with parts.editing(Programme(pk=milestone.programme_id), by) as programme:
        if edit.typed.get("is_final") and not edit.was.get("is_final"):
            Milestone.objects.filter(programme=programme).exclude(pk=milestone.pk).update(is_final=False)
        changed, changes = drafts.apply(milestone, edit)
        _follows_its_own_programme(changed)
        if changes:
            parts.record(changed, programme, by, "changed", changes=[each.as_detail() for each in changes])
    return changed


def remove(*, milestone: Milestone, by: User) -> None:
    """Remove a milestone with its evidence and prices; what followed it follows what it followed.

    A milestone on which a tariff has its target stays.
    """
    with parts.editing(Programme(pk=milestone.programme_id), by) as programme:
        if Tariff.objects.filter(programme=programme, target_milestone=milestone).exists():
            raise ValidationError("A target is set on this milestone. Change the target first.")
        parts.record(milestone, programme, by, "removed")
        Milestone.objects.filter(after=milestone).update(after=milestone.after_id)
        PriceLine.objects.filter(milestone=milestone).delete()
        milestone.delete()


def _follows_its_own_programme(milestone: Milestone) -> None:
    before = milestone.after
    if before is not None and before.programme_id != milestone.programme_id:
        raise ValidationError({"after": "Choose what comes before it from the list"})
