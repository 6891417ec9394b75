"""Writes what people say in an outcomes room, through their secret.

None of it leaves an audit entry, because its hour could betray whose it is.
"""

import secrets as random
from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from commissioning import queries
from commissioning.core import rooms as core
from commissioning.core import screening
from commissioning.core.rooms import ALPHABET, LONGEST_WORDS, SECRET_LENGTH
from commissioning.models import Participant, Reaction, Room, RoomCard, RoomInvitation, Statement, User, Vote
from commissioning.permissions import Ability, can

#: More than this nobody writes who means it.
MOST_WORDS_EACH = 20
CLOSED = "This is closed. Nothing can be changed any more."


def secret() -> str:
    """Make a secret of 140 random bits, written in groups."""
    return core.grouped("".join(random.choice(ALPHABET) for _ in range(SECRET_LENGTH)))


@transaction.atomic
def begin(*, link: str, has_consent: bool = False) -> str | None:
    """Let somebody begin by a link: give the secret by which they come back; nothing where the link does not work.

    A personal link is itself what they come back by. A facilitator begins for somebody else, who agreed to it.
    """
    found = queries.taking_part.link_by_secret(link)
    if found is None:
        return None
    # The room's turn, against a closing at the same moment; then look again.
    Room.objects.select_for_update(no_key=True, of=("self",)).get(pk=found.room_id)
    found = queries.taking_part.link_by_secret(link)
    if found is None:
        return None
    if found.for_facilitator and not has_consent:
        raise ValidationError({"has_consent": "Ask them first, and tick that they agreed"})
    if found.is_personal:
        # The same hash as anybody's who comes back: nothing ties it to the row of the link.
        mine = {"secret_hash": core.participant_hash(link), "room": found.room, "kind": found.kind}
        Participant.objects.get_or_create(secret_hash=mine["secret_hash"], defaults=mine)
        return link
    return _new(found.room, found.kind, is_assisted=found.for_facilitator)


@transaction.atomic
def begin_for(*, room: Room, kind: str, has_consent: bool, by: User) -> str:
    """Let a member of the authority begin for somebody who agreed to it; give the secret for that person to keep."""
    if not can(by, Ability.EDIT, room.programme.organisation):
        raise PermissionDenied
    if not has_consent:
        raise ValidationError({"has_consent": "Ask them first, and tick that they agreed"})
    _lock(room)
    return _new(room, kind, is_assisted=True)


def begin_as_provider(*, invitation: RoomInvitation, by: User) -> str:
    """Let a provider begin that is invited with its account, once; nothing says afterwards which words are its own.

    Two transactions, because rows that one transaction writes carry its number in the database.
    """
    _use_up(invitation, by)
    return _begin(invitation.room, core.Kind.PROVIDER)


@transaction.atomic
def _use_up(invitation: RoomInvitation, by: User) -> None:
    if not queries.taking_part.invited(by).filter(pk=invitation.pk).exists():
        raise PermissionDenied
    _lock(invitation.room)
    taken = RoomInvitation.objects.filter(pk=invitation.pk, has_begun=False).update(has_begun=True)
    if not taken:
        raise ValidationError("Somebody of your organisation has begun already, and has the link to come back.")


@transaction.atomic
def _begin(room: Room, kind: str) -> str:
    _lock(room)
    return _new(room, kind)


def _new(room: Room, kind: str, *, is_assisted: bool = False) -> str:
    made = secret()
    participant = Participant(room=room, kind=kind, secret_hash=core.participant_hash(made), is_assisted=is_assisted)
    participant.full_clean()
    participant.save(force_insert=True)
    return made


def _lock(room: Room) -> Room:
    """Take the room's turn, against a closing at the same moment, and refuse where it takes no answers."""
    locked = Room.objects.select_for_update(no_key=True, of=("self",)).get(pk=room.pk)
    if not locked.is_taking_answers:
        raise ValidationError(CLOSED)
    return locked


@transaction.atomic
def react(*, participant: Participant, card: RoomCard, said: Mapping[str, bool]) -> Reaction:
    """Keep what somebody says to a card, in place of what they said before."""
    _lock(participant.room)
    _refuse_elsewhere(participant, card)
    given = {name: bool(said.get(name)) for name in core.REACTIONS}
    return Reaction.objects.update_or_create(participant=participant, card=card, defaults=given)[0]


@transaction.atomic
def vote(*, participant: Participant, statement: Statement, choice: str) -> Vote:
    """Keep what somebody says to a statement of somebody else, in place of what they said before."""
    _lock(participant.room)
    if choice not in list(core.Choice) or not queries.taking_part.votable(participant).filter(pk=statement.pk).exists():
        raise ValidationError("Choose one of the answers")
    return Vote.objects.update_or_create(participant=participant, statement=statement, defaults={"choice": choice})[0]


@transaction.atomic
def forget(*, participant: Participant, step: str, key: UUID) -> None:
    """Take an answer back, as if the question had been skipped."""
    _lock(participant.room)
    rows = participant.reactions.filter(card=key) if step == "say-card" else participant.votes.filter(statement=key)
    rows.delete()


@transaction.atomic
def write(*, participant: Participant, sort: str, text: str, may_be_quoted: bool) -> Statement:
    """Keep somebody's own words; they wait until a moderator has read them."""
    _lock(participant.room)
    if queries.taking_part.own(participant).count() >= MOST_WORDS_EACH:
        raise ValidationError(f"You can write {MOST_WORDS_EACH} things. Change one of them, or take one back.")
    statement = Statement(room=participant.room, author=participant, sort=sort)
    return _said(statement, text, may_be_quoted)


@transaction.atomic
def change(*, statement: Statement, text: str, may_be_quoted: bool, by: Participant) -> Statement:
    """Change one's own words before everyone sees them; they wait again for a moderator."""
    _lock(by.room)
    statement = _own(statement, by)
    if statement.text == tidy(text):
        return quoting(statement=statement, may_be_quoted=may_be_quoted, by=by)
    if statement.state not in (Statement.State.WAITING, Statement.State.HIDDEN):
        raise ValidationError({"text": "Others have read this. Take it back, and write it anew."})
    statement.state, statement.reason = Statement.State.WAITING, ""
    return _said(statement, text, may_be_quoted)


@transaction.atomic
def quoting(*, statement: Statement, may_be_quoted: bool, by: Participant) -> Statement:
    """Agree that one's own words are quoted in public, or agree no more: possible until they are published."""
    room = _not_published(by)
    statement = _own(statement, by)
    if may_be_quoted and not room.is_taking_answers:
        raise ValidationError(CLOSED)
    statement.may_be_quoted = may_be_quoted
    statement.save(update_fields=["may_be_quoted"])
    return statement


@transaction.atomic
def take_back(*, statement: Statement, by: Participant) -> Statement:
    """Take back one's own words, until they are published. What others said to them goes too."""
    _not_published(by)
    statement = _own(statement, by)
    statement.votes.all().delete()
    statement.state, statement.text, statement.marks = Statement.State.TAKEN_BACK, "", []
    statement.reason, statement.may_be_quoted, statement.theme = "", False, None
    statement.full_clean()
    statement.save()
    return statement


def _not_published(by: Participant) -> Room:
    room = Room.objects.select_for_update(no_key=True, of=("self",)).get(pk=by.room_id)
    if room.state == Room.State.PUBLISHED:
        raise ValidationError("This is published. It cannot be changed any more.")
    return room


def _own(statement: Statement, by: Participant) -> Statement:
    found = Statement.objects.select_for_update().filter(pk=statement.pk, author=by)
    mine = found.exclude(state=Statement.State.TAKEN_BACK).first()
    if mine is None:
        raise ValidationError("You have taken this back")
    return mine


def _refuse_elsewhere(participant: Participant, card: RoomCard) -> None:
    if card.room_id != participant.room_id:
        raise ValidationError("This card belongs to something else")


def _said(statement: Statement, text: str, may_be_quoted: bool) -> Statement:
    """Keep words as they are, with a mark for the moderator where they may name somebody."""
    statement.text = tidy(text)
    if not statement.text:
        raise ValidationError({"text": "Write something, or go on without"})
    if len(statement.text) > LONGEST_WORDS:
        raise ValidationError({"text": f"Use at most {LONGEST_WORDS} letters"})
    statement.marks, statement.may_be_quoted = list(screening.found(statement.text)), may_be_quoted
    statement.full_clean()
    statement.save()
    return statement


def tidy(text: str) -> str:
    """Write words on one line, without what cannot be kept."""
    return " ".join(text.replace("\0", "").split())
