"""Writes outcomes rooms for an authority: what is asked there, opening and closing."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from commissioning.models import MeasureCard, Programme, Room, RoomCard, Statement, User
from commissioning.permissions import Ability, can

from . import audit, drafts
from .drafts import Edit
from .taking_part import tidy

MOST_CARDS, MOST_SEEDS, MOST_DAYS = 12, 30, 365
FIXED = "People are taking part already, so this can no longer be changed"


@transaction.atomic
def set_up(*, programme: Programme, values: Mapping[str, Any], by: User) -> Room:
    """Make the room of a programme ready; nobody sees it yet."""
    _refuse(by, programme)
    # One person at a time, so that of two who press at once one makes the room and the other is told.
    Programme.objects.select_for_update(no_key=True, of=("self",)).get(pk=programme.pk)
    if Room.objects.filter(programme=programme).exists():
        raise ValidationError("This programme has a room already")
    room = Room(programme=programme, **values)
    _refuse_day(room.closes_on)
    room.full_clean()
    room.save(force_insert=True)
    record(room, by, "set up an outcomes room")
    return room


@transaction.atomic
def change(*, room: Room, edit: Edit, by: User) -> Room:
    """Save what a person changed of a room. Once it is open, the smallest number told stays."""
    before = locked(room, by)
    if before.state in (Room.State.CLOSED, Room.State.PUBLISHED):
        raise ValidationError("The room is closed")
    room, changes = drafts.apply(before, edit)
    if room.state != Room.State.DRAFT and room.least != before.least:
        raise ValidationError({"least": FIXED})
    if room.closes_on != before.closes_on:
        _refuse_day(room.closes_on)
    if changes:
        record(room, by, "changed an outcomes room", changes=[change.as_detail() for change in changes])
    return room


def _refuse_day(day: date) -> None:
    today = timezone.localdate()
    if not today <= day <= today + timedelta(days=MOST_DAYS):
        raise ValidationError({"closes_on": "Choose a day from today to a year from now"})


@transaction.atomic
def show_card(*, room: Room, measure: MeasureCard, title: str, question: str, by: User) -> RoomCard:
    """Show a measure in a room, in plain words."""
    room = _draft(room, by)
    if measure.programme_id != room.programme_id:
        raise ValidationError({"measure": "Choose a measure of this programme"})
    if room.cards.count() >= MOST_CARDS:
        raise ValidationError(f"Show at most {MOST_CARDS} measures: people have two minutes")
    last = room.cards.order_by("-place").values_list("place", flat=True).first()
    card = RoomCard(room=room, measure=measure, title=title, question=question, place=(last or 0) + 1)
    card.full_clean()
    card.save(force_insert=True)
    record(room, by, "showed a measure in an outcomes room", row=card.pk, name=title)
    return card


@transaction.atomic
def change_card(*, card: RoomCard, edit: Edit, by: User) -> RoomCard:
    """Save what a person changed in the words of a card, as long as nobody has read them."""
    _draft(card.room, by)
    card, changes = drafts.apply(card, edit)
    if changes:
        detail = [change.as_detail() for change in changes]
        record(card.room, by, "changed a card of an outcomes room", row=card.pk, name=card.title, changes=detail)
    return card


@transaction.atomic
def remove_card(*, card: RoomCard, by: User) -> None:
    """Show a measure no more, as long as nobody has seen it."""
    room = _draft(card.room, by)
    record(room, by, "took a measure out of an outcomes room", row=card.pk, name=card.title)
    card.delete()


@transaction.atomic
def seed(*, room: Room, texts: Sequence[str], by: User) -> list[Statement]:
    """Put statements into a room to begin with: they are the commissioner's own, and shown at once."""
    room = _draft(room, by)
    wanted = list(dict.fromkeys(filter(None, map(tidy, texts))))
    if not wanted:
        raise ValidationError({"texts": "Write at least one statement"})
    if room.statements.filter(author=None).count() + len(wanted) > MOST_SEEDS:
        raise ValidationError({"texts": f"Put in at most {MOST_SEEDS} statements"})
    rows = [Statement(room=room, text=text, state=Statement.State.SHOWN, may_be_quoted=True) for text in wanted]
    for row in rows:
        row.full_clean()
    Statement.objects.bulk_create(rows)
    record(room, by, "put statements into an outcomes room", count=len(rows))
    return rows


@transaction.atomic
def remove_seed(*, statement: Statement, by: User) -> None:
    """Take out a statement of the commissioner's own, as long as nobody has read it."""
    room = _draft(statement.room, by)
    if statement.author_id is not None:
        raise ValidationError("Only what you put in yourself can be taken out")
    record(room, by, "took a statement out of an outcomes room", row=statement.pk)
    statement.delete()


@transaction.atomic
def open_room(*, room: Room, by: User) -> Room:
    """Let people take part from now on; a second press finds it open."""
    room = locked(room, by)
    if room.state != Room.State.DRAFT:
        return room
    _refuse_day(room.closes_on)
    if not room.cards.exists() and not room.statements.exists():
        raise ValidationError("Show a measure or put in a statement first: there is nothing to say anything to")
    room.state, room.opened_at = Room.State.OPEN, timezone.now()
    room.full_clean()
    room.save()
    record(room, by, "opened an outcomes room")
    return room


@transaction.atomic
def close(*, room: Room, by: User | None) -> Room:
    """Let nobody take part any more, so that the figures can be read; nobody where its day has passed."""
    room = locked(room, by)
    if room.state != Room.State.OPEN:
        return room
    # All in this one transaction: the database notes with a row which one wrote it, and who began when is nobody's
    # business any more.
    room.participants.update(kind=F("kind"))
    room.invitations.update(has_begun=F("has_begun"))
    room.state, room.closed_at = Room.State.CLOSED, timezone.now()
    room.full_clean()
    room.save()
    record(room, by, "closed an outcomes room")
    return room


def close_due() -> int:
    """Close every room whose last day has passed: the sweeper's chore."""
    past = list(Room.objects.filter(state=Room.State.OPEN, closes_on__lt=timezone.localdate()))
    for room in past:
        close(room=room, by=None)
    return len(past)


def locked(room: Room, by: User | None) -> Room:
    """Lock a room, for somebody who may change its programme or for the sweeper."""
    found = Room.objects.select_for_update(no_key=True, of=("self",)).select_related("programme__organisation")
    room = found.get(pk=room.pk)
    if by is not None:
        _refuse(by, room.programme)
    return room


def _draft(room: Room, by: User) -> Room:
    room = locked(room, by)
    if room.state != Room.State.DRAFT:
        raise ValidationError(FIXED)
    return room


def _refuse(by: User, programme: Programme) -> None:
    if not can(by, Ability.EDIT, programme.organisation):
        raise PermissionDenied


def record(room: Room, by: User | None, action: str, **detail: Any) -> None:
    """Add one entry to the audit log. No entry holds what a participant wrote, or whose it is."""
    programme = room.programme
    said = {"row": room.pk, "name": room.title, **detail}
    audit.record(by=by, action=action, target=programme, organisation=programme.organisation, detail=said)
