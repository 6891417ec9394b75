"""Reads memberships: who belongs where, in which role."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commissioning.models import Membership, Organisation, User
from commissioning.permissions import Ability, roles_with

from . import organisations


def of_person(user: User | AnonymousUser) -> QuerySet[Membership]:
    if not user.is_authenticated:
        return Membership.objects.none()
    return Membership.objects.filter(user=user).select_related("organisation").order_by("organisation__name")


def of_organisation(organisation: Organisation) -> QuerySet[Membership]:
    return Membership.objects.filter(organisation=organisation).select_related("user")


def managed_by(user: User | AnonymousUser) -> QuerySet[Membership]:
    """Return the memberships whose role a person may change or end."""
    managed = organisations.managed_by(user)
    return Membership.objects.filter(organisation__in=managed).select_related("user", "organisation")


def managers(organisation: Organisation) -> QuerySet[Membership]:
    """Return the memberships that can invite, of people who can still sign in."""
    return of_organisation(organisation).filter(role__in=roles_with(Ability.MANAGE_MEMBERS), user__is_active=True)
