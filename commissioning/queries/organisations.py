"""Reads organisations: which ones a person belongs to, and where they hold an ability."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commissioning.models import Organisation, User
from commissioning.permissions import Ability, roles_with


def where(user: User | AnonymousUser, ability: Ability) -> QuerySet[Organisation]:
    """Return the organisations in which a person has the ability."""
    if not user.is_authenticated or not user.is_active:
        return Organisation.objects.none()
    # One filter call, so that it is the same membership that gives the role.
    return Organisation.objects.filter(memberships__user=user, memberships__role__in=roles_with(ability))


def visible_to(user: User | AnonymousUser) -> QuerySet[Organisation]:
    return where(user, Ability.VIEW)


def managed_by(user: User | AnonymousUser) -> QuerySet[Organisation]:
    return where(user, Ability.MANAGE_MEMBERS)


def audited_by(user: User | AnonymousUser) -> QuerySet[Organisation]:
    return where(user, Ability.READ_AUDIT_LOG)


def demonstration(name: str) -> Organisation | None:
    """Return one of the demonstration's own organisations."""
    return Organisation.objects.filter(name=name, is_demonstration=True).first()
