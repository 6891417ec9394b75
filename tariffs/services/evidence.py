"""Adds, changes and removes evidence: what is known of one group's chance to reach one milestone."""

from collections.abc import Mapping
from typing import Any

from commissioning.models import Evidence, Group, Milestone, Programme, User
from commissioning.services.drafts import Edit

from . import parts


def add(*, group: Group, milestone: Milestone, values: Mapping[str, Any], by: User) -> Evidence:
    """Add what is known of a step; a step that has evidence already is refused by the rules of the file."""
    of_programme = Evidence.objects.filter(group__programme=group.programme_id)
    with parts.editing(Programme(pk=group.programme_id), by) as programme:
        step = programme.groups.get(pk=group.pk), programme.milestones.get(pk=milestone.pk)
        place = parts.next_place(of_programme)
        evidence = Evidence(group=step[0], milestone=step[1], place=place, **values)
        evidence.full_clean()
        evidence.save()
        parts.record(evidence, programme, by, "added")
    return evidence


def change(*, evidence: Evidence, edit: Edit, by: User) -> Evidence:
    """Change the touched fields of a piece of evidence."""
    return parts.change(part=evidence, edit=edit, by=by)


def remove(*, evidence: Evidence, by: User) -> None:
    """Remove a piece of evidence: the step then happens by itself."""
    with parts.editing(Programme(pk=evidence.programme_id), by) as programme:
        parts.record(evidence, programme, by, "removed", baseline=evidence.baseline)
        evidence.delete()
