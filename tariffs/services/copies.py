"""Copies programmes: a draft, or one of its versions, becomes a draft of its own that knows its parent."""

from dataclasses import replace
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction

from commissioning.models import Organisation, Programme, User
from commissioning.permissions import Ability, can
from commissioning.services import audit
from tariffs import queries
from tariffs.core.snapshots import Snapshot, renewed
from tariffs.models import Version

from . import parts
from .snapshots import restore


@transaction.atomic
def copy(
    *, source: Programme | Version, organisation: Organisation, name: str, by: User, key: UUID | None = None
) -> Programme:
    """Copy a draft, or a version of it, as a new draft of an authority: new ids throughout, no run and no version.

    Raise DraftError where the rules have become stricter since a version was frozen. With a key, the same person
    copying again gives the copy that is there, however often they press the button.
    """
    parent = source if isinstance(source, Programme) else source.programme
    if not can(by, Ability.VIEW, parent.organisation):
        raise PermissionDenied
    if organisation.kind != Organisation.Kind.AUTHORITY or not can(by, Ability.EDIT, organisation):
        raise PermissionDenied
    # One copy at a time for each organisation, so that of two presses at once the second finds the first's work.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    taken = Programme.objects.filter(pk=key).first() if key else None
    if taken and (taken.organisation_id, taken.created_by_id) == (organisation.pk, by.pk):
        return taken
    # Nobody changes the parent while it is read, so that the copy is of one moment.
    parent = Programme.objects.select_for_update(of=("self",)).get(pk=parent.pk)
    version = source if isinstance(source, Version) else None
    snapshot = queries.snapshots.of_version(version) if version else queries.snapshots.of_draft(parent)
    programme = Programme(
        id=uuid4() if taken or not key else key,
        organisation=organisation,
        copied_from=parent,
        copied_version=version.number if version else None,
        created_by=by,
    )
    restore(programme=programme, snapshot=_called(snapshot, name))
    parts.check(programme)
    detail = {"from": parent.pk, "version": programme.copied_version}
    audit.record(by=by, action="copied a programme", target=programme, organisation=organisation, detail=detail)
    return programme


def _called(snapshot: Snapshot, name: str) -> Snapshot:
    fresh = renewed(snapshot, uuid4)
    return replace(fresh, programme=replace(fresh.programme, name=name))
