"""Reads programmes: whose they are, and what a list of them shows."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commissioning.models import Programme, User
from commissioning.permissions import Ability, roles_with


def visible_to(user: User | AnonymousUser) -> QuerySet[Programme]:
    """Give the programmes of the organisations in which the person may read."""
    return _where(user, Ability.VIEW)


def editable_by(user: User | AnonymousUser) -> QuerySet[Programme]:
    """Give the programmes of the organisations in which the person may change things."""
    return _where(user, Ability.EDIT)


def _where(user: User | AnonymousUser, ability: Ability) -> QuerySet[Programme]:
    if not isinstance(user, User) or not user.is_active:
        return Programme.objects.none()
    return Programme.objects.filter(
        organisation__memberships__user=user, organisation__memberships__role__in=roles_with(ability)
    )
