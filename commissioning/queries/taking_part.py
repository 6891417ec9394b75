"""Reads an outcomes room for whoever takes part: what they are asked, what they said, and what became of it."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from commissioning.core import rooms as core
from commissioning.core.rooms import QUESTIONS
from commissioning.models import Participant, Room, RoomCard, RoomInvitation, RoomLink, Statement, User
from commissioning.permissions import Ability

from . import organisations

#: So many statements of others one person is asked about: what two minutes leave room for.
MOST_VOTES = 6


@dataclass(frozen=True)
class Step:
    """One question on one page."""

    route: str
    key: str
    is_done: bool


def link_by_secret(secret: str) -> RoomLink | None:
    """Find a link by which somebody can begin now."""
    today = timezone.localdate()
    open_now = Q(room__state=Room.State.OPEN, room__closes_on__gte=today, expires_on__gte=today, revoked_at=None)
    found = RoomLink.objects.filter(open_now, secret_hash=core.link_hash(secret))
    return found.select_related("room__programme__organisation").first()


def by_secret(secret: str) -> Participant | None:
    """Find the participant whose secret this is, however long ago the room was open."""
    found = Participant.objects.filter(secret_hash=core.participant_hash(secret))
    return found.select_related("room__programme__organisation", "room__publication").first()


def invited(user: User) -> QuerySet[RoomInvitation]:
    """Give the invitations of the providers for which a person may speak, of rooms that are open."""
    mine = organisations.where(user, Ability.COMMENT)
    today = timezone.localdate()
    found = RoomInvitation.objects.filter(
        organisation__in=mine, room__state=Room.State.OPEN, room__closes_on__gte=today
    )
    return found.select_related("room__programme__organisation", "organisation")


def walk(participant: Participant) -> list[Step]:
    """Give all questions to a participant, in their order, in four queries."""
    room = participant.room
    reacted = set(participant.reactions.values_list("card", flat=True))
    voted = set(participant.votes.values_list("statement", flat=True))
    written = set(participant.statements.exclude(state=Statement.State.TAKEN_BACK).values_list("sort", flat=True))
    cards = [Step("say-card", str(card), card in reacted) for card in room.cards.values_list("pk", flat=True)]
    votes = [Step("say-vote", str(pk), pk in voted) for pk in _asked_about(participant, voted)]
    words = [Step("say-words", sort.value, sort.value in written) for sort in QUESTIONS]
    return [*cards, *votes, *words]


def _asked_about(participant: Participant, voted: set[UUID]) -> list[UUID]:
    """Choose whose words somebody is asked about: those they answered, then others by lot, the same each time."""
    there = list(votable(participant).values_list("pk", "author"))
    lot = {pk: sha256(f"{participant.pk} {pk}".encode()).digest() for pk, _ in there}
    # What the commissioner put in comes before what others wrote, as it was asked of everybody from the start.
    order = sorted(there, key=lambda each: (each[0] not in voted, each[1] is not None, lot[each[0]]))
    return [pk for pk, _ in order[: max(MOST_VOTES, len(voted))]]


def votable(participant: Participant) -> QuerySet[Statement]:
    """Give the statements of others that everyone sees."""
    shown = Statement.objects.filter(room=participant.room, state=Statement.State.SHOWN)
    return shown.exclude(author=participant)


def further(participant: Participant) -> Statement | None:
    """Give one more statement to say something to, beyond those of the walk; nothing where there is none."""
    return votable(participant).exclude(votes__participant=participant).first()


def cards(participant: Participant) -> QuerySet[RoomCard]:
    """Give the cards that a participant may react to."""
    return RoomCard.objects.filter(room=participant.room)


def own(participant: Participant) -> QuerySet[Statement]:
    """Give a participant's own words, with what became of them."""
    return Statement.objects.filter(author=participant).select_related("fate__measure").order_by("sort", "pk")


def of_others(participant: Participant) -> QuerySet[Statement]:
    """Give what everyone sees: statements that are shown, and the traces of those that are hidden."""
    seen = [Statement.State.SHOWN, Statement.State.HIDDEN]
    return Statement.objects.filter(room=participant.room, state__in=seen).select_related("fate")
