"""Reads programmes: whose they are, and what a list of them shows."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commissioning.models import AuditEntry, Organisation, Programme, User
from commissioning.permissions import Ability, roles_with

from . import organisations


def visible_to(user: User | AnonymousUser) -> QuerySet[Programme]:
    """Give the programmes of the organisations in which the person may read."""
    return _where(user, Ability.VIEW)


def editable_by(user: User | AnonymousUser) -> QuerySet[Programme]:
    """Give the programmes of the organisations in which the person may change things."""
    return _where(user, Ability.EDIT)


def authorities_for(user: User | AnonymousUser) -> QuerySet[Organisation]:
    """Give the authorities for which the person may make a programme."""
    return organisations.where(user, Ability.EDIT).filter(kind=Organisation.Kind.AUTHORITY)


def _where(user: User | AnonymousUser, ability: Ability) -> QuerySet[Programme]:
    if not isinstance(user, User) or not user.is_active:
        return Programme.objects.none()
    return Programme.objects.filter(
        organisation__memberships__user=user, organisation__memberships__role__in=roles_with(ability)
    )


@dataclass(frozen=True)
class Event:
    """Something that somebody did to a programme."""

    at: datetime
    by: str
    what: str


def history(programme: Programme, most: int = 10) -> list[Event]:
    """Give what was done to the programme, newest first, in one query."""
    entries = AuditEntry.objects.filter(organisation=programme.organisation_id, target_id=str(programme.pk))
    newest = entries.select_related("by").order_by("-sequence")[:most]
    return [Event(entry.at, str(entry.by or "The system"), _words(entry)) for entry in newest]


def _words(entry: AuditEntry) -> str:
    changes = entry.detail.get("changes", ())
    if entry.action == "changed prices":
        return f"changed {len(changes)} price{'s' if len(changes) != 1 else ''}"
    name = entry.detail.get("name", "")
    return f"{entry.action}: {name}" if name and entry.detail.get("row") != entry.target_id else str(entry.action)
