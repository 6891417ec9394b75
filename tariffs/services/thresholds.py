"""Draws the lines of the rules where an authority wants them."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from commissioning.models import Organisation, User
from commissioning.permissions import Ability, can
from commissioning.services import audit, drafts
from commissioning.services.drafts import Edit
from tariffs.core import feasibility
from tariffs.models import OwnThreshold


@transaction.atomic
def draw(*, organisation: Organisation, key: str, edit: Edit, by: User) -> OwnThreshold:
    """Save where an authority draws a line, for all its programmes; without a value the default counts again."""
    if organisation.kind != Organisation.Kind.AUTHORITY or not can(by, Ability.APPROVE, organisation):
        raise PermissionDenied
    if key not in feasibility.thresholds():
        raise ValidationError("There is no such threshold")
    row = OwnThreshold.objects.get_or_create(organisation=organisation, key=key)[0]
    signed = {"set_by": by, "set_at": timezone.now()}
    values = {field: {**attributes, **signed} for field, attributes in edit.values.items()}
    row, changes = drafts.apply(row, replace(edit, values=values))
    if changes:
        detail = {"threshold": key, "changes": [change.as_detail() for change in changes]}
        audit.record(by=by, action="drew a threshold", target=organisation, organisation=organisation, detail=detail)
    return row
