"""Writes what notices say: approvers describe their authority, editors what a programme means to buy."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from commissioning.models import AuthorityDetails, Organisation, Procurement, Programme, User
from commissioning.permissions import Ability, can

from . import audit, drafts
from .drafts import Edit


@transaction.atomic
def describe_authority(*, organisation: Organisation, edit: Edit, by: User) -> AuthorityDetails:
    """Save what a person changed of an authority's details."""
    if organisation.kind != Organisation.Kind.AUTHORITY or not can(by, Ability.APPROVE, organisation):
        raise PermissionDenied
    row, _ = AuthorityDetails.objects.get_or_create(organisation=organisation)
    row, changes = drafts.apply(row, edit)
    if changes:
        detail = {"changes": [change.as_detail() for change in changes]}
        action = "described the authority for notices"
        audit.record(by=by, action=action, target=organisation, organisation=organisation, detail=detail)
    return row


@transaction.atomic
def describe(*, programme: Programme, edit: Edit, by: User) -> Procurement:
    """Save what a person changed of what a programme's notices say."""
    found = Programme.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=programme.pk)
    if not can(by, Ability.EDIT, found.organisation):
        raise PermissionDenied
    row, _ = Procurement.objects.get_or_create(programme=found)
    row, changes = drafts.apply(row, edit)
    if changes:
        detail = {"changes": [change.as_detail() for change in changes]}
        action = "described the procurement"
        audit.record(by=by, action=action, target=found, organisation=found.organisation, detail=detail)
    return row
