"""Reads groups of service users for the pages on which they are edited."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commissioning import queries as commissioning_queries
from commissioning.models import Evidence, Group, Programme, User
from tariffs.models import PriceLine


def editable_by(user: User | AnonymousUser) -> QuerySet[Group]:
    """Give the groups of the programmes that the person may change."""
    mine = commissioning_queries.programmes.editable_by(user)
    return Group.objects.filter(programme__in=mine).select_related("programme")


def bands(programme: Programme) -> tuple[str, ...]:
    """Give the programme's price bands, in the order of their groups."""
    return tuple(dict.fromkeys(programme.groups.values_list("price_band", flat=True)))


@dataclass(frozen=True)
class Removal:
    """What goes when a group is removed."""

    evidence: int
    prices: int


def removal(group: Group) -> Removal:
    """Tell what goes with a group, in three queries."""
    others = Group.objects.filter(programme=group.programme_id, price_band=group.price_band).exclude(pk=group.pk)
    lines = PriceLine.objects.filter(tariff__programme=group.programme_id, price_band=group.price_band)
    return Removal(
        evidence=Evidence.objects.filter(group=group).count(), prices=0 if others.exists() else lines.count()
    )
