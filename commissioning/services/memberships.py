"""Writes memberships. An organisation always keeps at least one member who can invite."""

from django.core.exceptions import ValidationError
from django.db import transaction

from commissioning import queries
from commissioning.models import Membership, Organisation, User

from . import audit

LAST_MANAGER = "An organisation needs at least one member who can invite others. Give this role to someone else first."


@transaction.atomic
def add(*, user: User, organisation: Organisation, role: str, by: User | None) -> Membership:
    """Make a person a member."""
    membership = Membership(user=user, organisation=organisation, role=role)
    membership.full_clean()
    membership.save()
    _record(membership, by=by, action="added a member")
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User) -> Membership:
    """Give a member another role."""
    before = membership.role
    if role == before:
        return membership
    _lock_members(membership.organisation)
    membership.role = role
    membership.full_clean()
    membership.save(update_fields=["role"])
    _refuse_without_manager(membership.organisation)
    _record(membership, by=by, action="changed a role", role_before=before)
    return membership


@transaction.atomic
def remove(*, membership: Membership, by: User) -> None:
    """End a membership. The person loses its rights with their next request."""
    _lock_members(membership.organisation)
    _record(membership, by=by, action="removed a member")
    membership.delete()
    _refuse_without_manager(membership.organisation)


def _lock_members(organisation: Organisation) -> None:
    """Let one change at a time through, so that two cannot each take away the other's last manager."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _refuse_without_manager(organisation: Organisation) -> None:
    if not queries.memberships.managers(organisation).exists():
        raise ValidationError(LAST_MANAGER)


def _record(membership: Membership, *, by: User | None, action: str, **detail: str) -> None:
    audit.record(
        by=by,
        action=action,
        target=membership,
        organisation=membership.organisation,
        detail={"person": membership.user_id, "role": membership.role, **detail},
    )
