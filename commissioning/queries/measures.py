"""Reads the measure cards of a programme."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from commissioning.models import MeasureCard, Programme, User

from . import programmes


def visible_to(user: User | AnonymousUser) -> QuerySet[MeasureCard]:
    """Give the cards of programmes that a person may read."""
    return _whole(MeasureCard.objects.filter(programme__in=programmes.visible_to(user)))


def editable_by(user: User | AnonymousUser) -> QuerySet[MeasureCard]:
    """Give the cards of programmes that a person may change."""
    return _whole(MeasureCard.objects.filter(programme__in=programmes.editable_by(user)))


def for_programme(programme: Programme) -> QuerySet[MeasureCard]:
    """Give a programme's cards, those that are dropped among them, each with its group and milestone."""
    return _whole(MeasureCard.objects.filter(programme=programme))


def _whole(cards: QuerySet[MeasureCard]) -> QuerySet[MeasureCard]:
    return cards.select_related("programme__organisation", "group", "milestone")


def annotation() -> ArraySubquery:
    """Give the states of a programme's cards as a column of each programme."""
    return ArraySubquery(MeasureCard.objects.filter(programme=OuterRef("pk")).order_by("state").values("state"))
