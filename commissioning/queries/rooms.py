"""Reads outcomes rooms for an authority: whose they are, what they show, and how far they are."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from commissioning.core import rooms as core
from commissioning.core.suppression import STEP
from commissioning.models import (
    MeasureCard,
    Participant,
    Programme,
    Reaction,
    Room,
    RoomCard,
    RoomInvitation,
    RoomLink,
    Statement,
    User,
    Vote,
)
from commissioning.permissions import Ability

from . import organisations, programmes
from .taking_part import MOST_VOTES


def visible_to(user: User | AnonymousUser) -> QuerySet[Room]:
    """Give the rooms of programmes that a person may read."""
    return _whole(Room.objects.filter(programme__in=programmes.visible_to(user)))


def editable_by(user: User | AnonymousUser) -> QuerySet[Room]:
    """Give the rooms of programmes that a person may change."""
    return _whole(Room.objects.filter(programme__in=programmes.editable_by(user)))


def approvable_by(user: User | AnonymousUser) -> QuerySet[Room]:
    """Give the rooms that a person may publish."""
    mine = organisations.where(user, Ability.APPROVE)
    return _whole(Room.objects.filter(programme__organisation__in=mine))


def _whole(rooms: QuerySet[Room]) -> QuerySet[Room]:
    return rooms.select_related("programme__organisation", "publication")


def of_programme(programme: Programme) -> Room | None:
    """Give a programme's room, if it has one."""
    return _whole(Room.objects.filter(programme=programme)).first()


def cards_editable_by(user: User | AnonymousUser) -> QuerySet[RoomCard]:
    """Give the cards of rooms that a person may change."""
    return RoomCard.objects.filter(room__in=editable_by(user)).select_related("room__programme__organisation")


def links_editable_by(user: User | AnonymousUser) -> QuerySet[RoomLink]:
    """Give the links of rooms that a person may change."""
    return RoomLink.objects.filter(room__in=editable_by(user)).select_related("room__programme__organisation")


def statements_editable_by(user: User | AnonymousUser) -> QuerySet[Statement]:
    """Give the statements of rooms that a person may change, without who wrote them."""
    return Statement.objects.filter(room__in=editable_by(user)).select_related(
        "room__programme__organisation", "fate__measure", "theme"
    )


def measures_to_show(room: Room) -> QuerySet[MeasureCard]:
    """Give the measures that could be shown and are not yet; none that is dropped."""
    live = MeasureCard.objects.filter(programme=room.programme_id).exclude(state=MeasureCard.State.DROPPED)
    return live.exclude(room_cards__room=room)


def links(room: Room) -> QuerySet[RoomLink]:
    """Give a room's links, the newest first."""
    return RoomLink.objects.filter(room=room)


def invitations(room: Room) -> QuerySet[RoomInvitation]:
    """Give the providers that are invited with their accounts; who has begun is told to nobody."""
    return RoomInvitation.objects.filter(room=room).select_related("organisation")


def seeds(room: Room) -> QuerySet[Statement]:
    """Give the statements that the commissioner put in to begin with."""
    return Statement.objects.filter(room=room, author=None)


def took_part(room: Room) -> QuerySet[Participant]:
    """Give the participants who said anything at all."""
    reacted = Reaction.objects.filter(participant=OuterRef("pk"))
    voted = Vote.objects.filter(participant=OuterRef("pk"))
    written = Statement.objects.filter(author=OuterRef("pk"))
    return Participant.objects.filter(Exists(reacted) | Exists(voted) | Exists(written), room=room)


@dataclass(frozen=True)
class Progress:
    """How far a room is: what is in it, who took part in whole steps of five from the least told, what is owed."""

    took_part: int
    cards: int
    links: int
    waiting: int
    shown: int
    without_fate: int


def progress(room: Room) -> Progress:
    """Say how far a room is, in three queries. While it is open whole steps of five are told, and no step back."""
    statements = Statement.objects.filter(room=room).aggregate(
        waiting=Count("pk", filter=Q(state=Statement.State.WAITING)),
        shown=Count("pk", filter=Q(state=Statement.State.SHOWN)),
        without_fate=Count("pk", filter=owed_a_fate()),
    )
    counts = Room.objects.filter(pk=room.pk).aggregate(
        cards=Count("cards", distinct=True), links=Count("links", distinct=True)
    )
    there = took_part(room).count()
    return Progress(took_part=there // STEP * STEP if there >= room.least else 0, **counts, **statements)


def owed_a_fate() -> Q:
    """Select the statements of participants that everyone sees and that have no fate yet."""
    return Q(state=Statement.State.SHOWN, author__isnull=False, fate=None)


def annotation() -> Subquery:
    """Give the state of a programme's room as a column of each programme."""
    return Subquery(Room.objects.filter(programme=OuterRef("pk")).values("state")[:1])


@dataclass(frozen=True)
class Page:
    """One page as whoever takes part will see it."""

    title: str
    text: str
    choices: tuple[str, ...] = ()


def pages(room: Room) -> list[Page]:
    """Give what people will see, page by page, in two queries."""
    cards = [Page(card.title, card.question, tuple(core.REACTIONS.values())) for card in room.cards.all()]
    said = [Page("Do you agree with this?", seed.text, tuple(core.CHOICES.values())) for seed in seeds(room)]
    words = [Page(question, core.EXAMPLES[sort]) for sort, question in core.QUESTIONS.items()]
    return [Page(room.title, room.about, ("Start",)), *cards, *said[:MOST_VOTES], *words]
