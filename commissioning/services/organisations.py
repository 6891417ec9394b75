"""Writes organisations."""

from django.db import transaction

from commissioning.models import Organisation, User

from . import audit


@transaction.atomic
def create(*, name: str, kind: str, by: User | None, is_demonstration: bool = False) -> Organisation:
    """Add an organisation. Its first member is invited after that."""
    organisation = Organisation(name=name, kind=kind, is_demonstration=is_demonstration)
    organisation.full_clean()
    organisation.save()
    audit.record(
        by=by, action="created the organisation", target=organisation, organisation=organisation, detail={"kind": kind}
    )
    return organisation
