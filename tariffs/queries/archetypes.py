"""Reads the kinds of provider that a tariff is tested on, for the pages on which they are edited."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commissioning import queries as commissioning_queries
from commissioning.models import User
from tariffs.models import Archetype


def editable_by(user: User | AnonymousUser) -> QuerySet[Archetype]:
    """Give the kinds of provider of the programmes that the person may change."""
    mine = commissioning_queries.programmes.editable_by(user)
    return Archetype.objects.filter(programme__in=mine).select_related("programme")
