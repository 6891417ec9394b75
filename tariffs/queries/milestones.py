"""Reads milestones for the pages on which they are edited."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commissioning import queries as commissioning_queries
from commissioning.core import pathway_drawings
from commissioning.models import Evidence, Milestone, Programme, User
from tariffs.models import PriceLine, Tariff


def editable_by(user: User | AnonymousUser) -> QuerySet[Milestone]:
    """Give the milestones of the programmes that the person may change."""
    mine = commissioning_queries.programmes.editable_by(user)
    return Milestone.objects.filter(programme__in=mine).select_related("programme")


def in_order(programme: Programme) -> tuple[Milestone, ...]:
    """Give the milestones in the order of the pathway, each with what it follows, in one query."""
    found = {milestone.key: milestone for milestone in programme.milestones.select_related("after")}
    return tuple(found[each.id] for each in pathway_drawings.in_order([row.to_core() for row in found.values()]))


def may_precede(milestone: Milestone) -> tuple[Milestone, ...]:
    """Give the milestones that this one may follow: all but itself and what comes after it, in one query."""
    after: set[object] = {milestone.pk}
    ordered = in_order(milestone.programme)
    for each in ordered:  # parents stand before their children
        if each.after_id in after:
            after.add(each.pk)
    return tuple(each for each in ordered if each.pk not in after)


@dataclass(frozen=True)
class Removal:
    """What goes when a milestone is removed, and what stands in the way."""

    evidence: int
    prices: int
    followers: tuple[str, ...]
    targets: tuple[str, ...]


def removal(milestone: Milestone) -> Removal:
    """Tell what goes with a milestone, in four queries."""
    return Removal(
        evidence=Evidence.objects.filter(milestone=milestone).count(),
        prices=PriceLine.objects.filter(milestone=milestone).count(),
        followers=tuple(str(follower) for follower in milestone.followers.all()),
        targets=tuple(str(tariff) for tariff in Tariff.objects.filter(target_milestone=milestone)),
    )
