"""Adds, changes and removes groups of service users, and sees to the prices of their bands."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from commissioning.models import Group, Programme, User
from commissioning.services import drafts
from commissioning.services.drafts import Edit
from tariffs.models import PriceLine

from . import parts


def add(*, programme: Programme, values: Mapping[str, Any], by: User) -> Group:
    """Add a group at the end of the list."""
    groups = Group.objects.filter(programme=programme)
    with parts.editing(programme, by) as locked:
        place, key = parts.next_place(groups), parts.new_key(values["name"], groups)
        group = Group(programme=locked, place=place, key=key, **values)
        group.full_clean()
        group.save()
        parts.record(group, locked, by, "added")
    return group


def change(*, group: Group, edit: Edit, by: User) -> int:
    """Change the touched fields of a group; give how many prices went with a band that has no group any more."""
    with parts.editing(Programme(pk=group.programme_id), by) as programme:
        bands_before = _bands(programme)
        changed, changes = drafts.apply(group, edit)
        prices = _settle_prices(programme, bands_before, changed.price_band)
        if changes:
            detail = [each.as_detail() for each in changes]
            parts.record(changed, programme, by, "changed", changes=detail, **prices)
    return prices.get("prices_removed", 0)


def remove(*, group: Group, by: User) -> None:
    """Remove a group with its evidence, and the prices of its band where no other group has it."""
    with parts.editing(Programme(pk=group.programme_id), by) as programme:
        if any(group.key in lot.get("groups", ()) for lot in (programme.market or {}).get("lots", ())):
            raise ValidationError("A lot of the market section is for this group.")
        bands_before = _bands(programme)
        parts.record(group, programme, by, "removed", **group_figures(group))
        group.delete()
        _settle_prices(programme, bands_before, "")


def group_figures(group: Group) -> dict[str, Any]:
    """Write down what a group was, for the audit log."""
    return {"price_band": group.price_band, "referrals_per_month": group.referrals_per_month}


def _bands(programme: Programme) -> set[str]:
    return set(Group.objects.filter(programme=programme).values_list("price_band", flat=True))


def _settle_prices(programme: Programme, before: set[str], band: str) -> dict[str, int]:
    """Let the prices of a band without groups follow its last group into a new band; where there is none they go."""
    after = _bands(programme)
    (emptied,) = before - after or {""}
    if not emptied:
        return {}
    lines = PriceLine.objects.filter(tariff__programme=programme, price_band=emptied)
    if band and band not in before:
        return {"prices_moved": lines.update(price_band=band)}
    return {"prices_removed": lines.delete()[0]}
