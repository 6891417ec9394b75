"""Reads evidence for the pages on which it is edited."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commissioning import queries as commissioning_queries
from commissioning.models import Evidence, User


def editable_by(user: User | AnonymousUser) -> QuerySet[Evidence]:
    """Give the evidence of the programmes that the person may change."""
    mine = commissioning_queries.programmes.editable_by(user)
    return Evidence.objects.filter(group__programme__in=mine).select_related("group__programme", "milestone")
