"""Starts programmes: from nothing, or from an example that the product ships."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from commissioning.models import Organisation, Programme, User
from commissioning.permissions import Ability, can
from commissioning.services import audit
from tariffs.models import Tariff, Uncertainty
from tariffs.sources import examples, programme_files

from . import programmes

FIRST_NAME = "First draft"
#: What a new programme supposes of luck until somebody knows better: the values of the worked example.
ASSUMED_LUCK = {
    "outcome_shock": 0.15,
    "outcome_shock_monthly": 0.1,
    "volume_spread": 0.2,
    "replacement_months": 4,
    "source": "Assumed: as in the worked example. Put in what you know of your own area.",
    "quality": "assumption",
}


@transaction.atomic
def from_nothing(*, organisation: Organisation, values: Mapping[str, Any], key: UUID, by: User) -> Programme:
    """Start a draft that has a name and a length, and nothing else; pressing the button twice makes one."""
    if organisation.kind != Organisation.Kind.AUTHORITY or not can(by, Ability.EDIT, organisation):
        raise PermissionDenied
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    taken = Programme.objects.filter(pk=key, organisation=organisation, created_by=by).first()
    if taken:
        return taken
    programme = Programme(id=key, organisation=organisation, created_by=by, **values)
    programme.full_clean()
    programme.save(force_insert=True)
    Tariff.objects.create(programme=programme, main_of=programme, version=FIRST_NAME)
    Uncertainty.objects.create(programme=programme, **ASSUMED_LUCK)
    audit.record(by=by, action="started a programme", target=programme, organisation=organisation)
    return programme


def from_example(*, organisation: Organisation, example: str, name: str, key: UUID, by: User) -> Programme:
    """Start a draft that has everything an example has, under a name of its own."""
    text = programme_files.dumps(replace(examples.load(example), name=name))
    return programmes.import_file(organisation=organisation, text=text, by=by, key=key)
