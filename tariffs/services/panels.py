"""Writes review panels: sets one up for a measure, and says by role who sits on it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max

from commissioning.models import Programme, User
from commissioning.permissions import Ability, can
from commissioning.services import audit, drafts
from commissioning.services.drafts import Edit
from tariffs.models import PanelMember, ReviewPanel

#: More panels than this are no trial, and more seats than this are no panel.
MOST_PANELS, MOST_SEATS = 50, 12


@transaction.atomic
def add(*, programme: Programme, values: Mapping[str, Any], by: User) -> ReviewPanel:
    """Set up a panel for one measure. Nobody sits on it yet."""
    programme = locked(programme, by)
    if programme.review_panels.count() >= MOST_PANELS:
        raise ValidationError(f"A programme has at most {MOST_PANELS} panels. Remove one first.")
    panel = ReviewPanel(programme=programme, **values)
    panel.full_clean()
    panel.save(force_insert=True)
    record(panel, by, "set up a review panel")
    return panel


@transaction.atomic
def change(*, panel: ReviewPanel, edit: Edit, by: User) -> ReviewPanel:
    """Save what a person changed about a panel, beside what others changed meanwhile."""
    locked(panel.programme, by)
    panel, changes = drafts.apply(panel, edit)
    if changes:
        record(panel, by, "changed a review panel", changes=[each.as_detail() for each in changes])
    return panel


@transaction.atomic
def remove(*, panel: ReviewPanel, by: User) -> None:
    """Remove a panel with all its marks."""
    locked(panel.programme, by)
    record(panel, by, "removed a review panel", cases=panel.cases.count())
    panel.delete()


@transaction.atomic
def seat(*, panel: ReviewPanel, role: str, by: User) -> PanelMember:
    """Add a seat of a role to a panel."""
    locked(panel.programme, by)
    if panel.members.count() >= MOST_SEATS:
        raise ValidationError(f"A panel has at most {MOST_SEATS} seats.")
    last = panel.members.filter(role=role).aggregate(last=Max("number"))["last"] or 0
    member = PanelMember(panel=panel, role=role, number=last + 1)
    member.full_clean()
    member.save(force_insert=True)
    record(panel, by, "added a seat to a review panel", seat=str(member))
    return member


@transaction.atomic
def unseat(*, member: PanelMember, by: User) -> None:
    """Take a seat away. One that has marked stays, and so does the last service user while there are cases."""
    panel = member.panel
    locked(panel.programme, by)
    if member.marks.exists():
        raise ValidationError("This member has marked already, so the seat stays.")
    others = panel.members.exclude(pk=member.pk)
    if member.role == PanelMember.Role.SERVICE_USER and panel.cases.exists() and not has_service_user(others):
        raise ValidationError("A panel that has cases keeps a service user.")
    record(panel, by, "took a seat from a review panel", seat=str(member))
    member.delete()


def has_service_user(members: Any) -> bool:
    """Tell whether a service user is among the members of a panel."""
    return bool(members.filter(role=PanelMember.Role.SERVICE_USER).exists())


def locked(programme: Programme, by: User) -> Programme:
    """Let one person at a time write the panels of a programme, and only who may."""
    found = Programme.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=programme.pk)
    if not can(by, Ability.EDIT, found.organisation):
        raise PermissionDenied
    return found


def record(panel: ReviewPanel, by: User, action: str, **detail: Any) -> None:
    """Write to the audit log what was done to a panel."""
    programme = panel.programme
    said = {"row": panel.pk, "name": str(panel), **detail}
    audit.record(by=by, action=action, target=programme, organisation=programme.organisation, detail=said)
