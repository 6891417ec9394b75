"""Says for the findings what a room has brought: whether service users shaped what is to be paid for."""

from dataclasses import dataclass
from uuid import UUID

from commissioning.core.rooms import Decision, Kind, Sort
from commissioning.core.suppression import nearest
from commissioning.models import Fate, Programme, Reaction, Room

from . import room_figures, rooms

TAKEN = (Decision.ADOPTED.value, Decision.ADAPTED.value)


@dataclass(frozen=True)
class RoomStanding:
    """What the outcomes room of a programme has brought, as far as it may be told.

    `service_users` is the number that took part, to the nearest five, and nought where it is below what the room tells
    or the room is not closed yet. `measures` are the cards to which so many of them reacted. `has_adopted` says whether
    an outcome in the words of one of them was adopted, as it was or in another form. `without_fate` counts statements
    of anybody that nobody has answered yet.
    """

    state: str
    service_users: int
    measures: tuple[UUID, ...]
    has_adopted: bool
    without_fate: int


def standing(programme: Programme) -> RoomStanding | None:
    """Say what a programme's room has brought, in at most five queries; nothing where there is no room."""
    room = rooms.of_programme(programme)
    if room is None:
        return None
    without = room.statements.filter(rooms.owed_a_fate()).count()
    if not room_figures.is_told(room):
        return RoomStanding(room.state, 0, (), False, without)
    there = rooms.took_part(room).filter(kind=Kind.SERVICE_USER).count()
    is_told = there >= room.least
    return RoomStanding(
        state=room.state,
        service_users=nearest(there) if is_told else 0,
        measures=_reacted_to(room) if is_told else (),
        has_adopted=is_told and _has_adopted(room),
        without_fate=without,
    )


def _reacted_to(room: Room) -> tuple[UUID, ...]:
    """Give the measures to which enough service users reacted to be told."""
    theirs = Reaction.objects.filter(card__room=room, participant__kind=Kind.SERVICE_USER, card__measure__isnull=False)
    found = list(theirs.values_list("card__measure", flat=True))
    return tuple(sorted({each for each in found if each and found.count(each) >= room.least}))


def _has_adopted(room: Room) -> bool:
    theirs = Fate.objects.filter(statement__room=room, statement__author__kind=Kind.SERVICE_USER)
    return theirs.filter(statement__sort=Sort.OUTCOME, decision__in=TAKEN).exists()
