"""Writes moderation: what others see of what people wrote, and why not."""

from django.core.exceptions import ValidationError
from django.db import transaction

from commissioning.core.canonical import sha256
from commissioning.core.rooms import Reason
from commissioning.models import Moderation, Room, Statement, User

from .rooms import locked, record


@transaction.atomic
def decide(*, statement: Statement, act: str, seen: str, by: User, reason: str = "") -> Statement:
    """Show a statement to everyone, or hide it with the reason; `seen` is the hash of what the moderator read.

    A hidden one keeps its words, which its author and the moderators see; everyone else sees the reason in its place.
    """
    room = locked(statement.room, by)
    if room.state == Room.State.PUBLISHED:
        raise ValidationError("This is published. It cannot be changed any more.")
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    if statement.author_id is None or statement.state == Statement.State.TAKEN_BACK:
        raise ValidationError("There is nothing to decide about this one")
    if sha256(statement.text) != seen:
        raise ValidationError("Its author has changed it since you read it. Read it again, then decide.")
    if act == Moderation.Act.HIDDEN and reason not in list(Reason):
        raise ValidationError({"reason": "Choose why it is hidden"})
    why = reason if act == Moderation.Act.HIDDEN else ""
    moderation = Moderation(statement=statement, act=act, reason=why, by=by)
    moderation.full_clean()
    moderation.save(force_insert=True)
    statement.state, statement.reason = act, why
    statement.full_clean()
    statement.save()
    record(room, by, f"{_did(act)} a statement of an outcomes room", statement=statement.pk, reason=why)
    return statement


def _did(act: str) -> str:
    return "hid" if act == Moderation.Act.HIDDEN else "showed"
