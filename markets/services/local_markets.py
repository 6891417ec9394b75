"""Writes where a programme looks for providers, and for whom."""

from collections.abc import Collection, Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from commissioning.models import Programme, User
from commissioning.permissions import Ability, can
from commissioning.services import audit
from markets.core import served as codes
from markets.models import LocalMarket


@transaction.atomic
def choose(
    *, programme: Programme, areas: Collection[str], served: Mapping[str, Collection[int]], by: User
) -> LocalMarket:
    """Say in which areas a programme looks for providers, and by which codes of the registers for each group."""
    if not can(by, Ability.EDIT, programme.organisation):
        raise PermissionDenied
    known = set(programme.groups.values_list("key", flat=True))
    if set(served) - known or any(code not in codes.CODES for each in served.values() for code in each):
        raise ValidationError("This names a group or a code that is not known")
    chosen, _ = LocalMarket.objects.update_or_create(
        programme=programme,
        defaults={"areas": list(areas), "served": {key: list(each) for key, each in served.items() if each}},
    )
    audit.record(
        by=by,
        action="chose where to look for providers",
        target=programme,
        organisation=programme.organisation,
        detail={"areas": chosen.areas, "served": chosen.served},
    )
    return chosen
