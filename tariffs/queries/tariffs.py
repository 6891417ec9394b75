"""Reads tariffs: the one that a programme proposes, and the scenarios beside it."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commissioning import queries as commissioning_queries
from commissioning.models import Programme, User
from tariffs.models import Tariff


def visible_to(user: User | AnonymousUser) -> QuerySet[Tariff]:
    """Give the tariffs of the programmes that the person may read."""
    return _of(commissioning_queries.programmes.visible_to(user))


def editable_by(user: User | AnonymousUser) -> QuerySet[Tariff]:
    """Give the tariffs of the programmes that the person may change."""
    return _of(commissioning_queries.programmes.editable_by(user))


def of_programme(programme: Programme) -> QuerySet[Tariff]:
    """Give all tariffs of a programme, the one it proposes first."""
    return programme.tariffs.select_related("target_milestone")


def _of(programmes: QuerySet[Programme]) -> QuerySet[Tariff]:
    found = Tariff.objects.filter(programme__in=programmes)
    return found.select_related("target_milestone", "programme__organisation", "programme__uncertainty")
