"""Notes the figures of a programme's measure cards as facts, for the rules of good design that ask for them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from commissioning import queries as commissioning_queries
from commissioning.core.figures import plain_date
from commissioning.models import Programme, User
from tariffs import queries
from tariffs.models import Fact

from . import facts


@transaction.atomic
def note(*, programme: Programme, seen: str, by: User) -> tuple[Fact, ...]:
    """Note the figures as they were `seen`, each with the cards and the day it comes from."""
    # Cards are written under the programme's lock, so that none changes between its figure and the fact.
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    cards = tuple(commissioning_queries.measures.for_programme(locked))
    ties, room = queries.price_marks.ties(locked), commissioning_queries.room_standings.standing(locked)
    figures = queries.measure_figures.figures(queries.programmes.to_core(locked), cards, ties, room)
    if not figures.found:
        raise ValidationError("The figures cannot be worked out yet. See what is missing.")
    if figures.seen != seen:
        raise ValidationError("The figures have changed since you read them. Read them again, then note them.")
    source = figures.source(plain_date(timezone.localdate()))
    return tuple(
        facts.put(programme=locked, question=each.question, value=each.value, source=source, by=by)
        for each in figures.found
    )
