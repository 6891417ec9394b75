"""Writes what becomes of what people said: themes, the fate of each statement, and the publication."""

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from commissioning import queries
from commissioning.core.canonical import sha256
from commissioning.models import Fate, MeasureCard, Room, RoomPublication, Statement, Theme, User
from commissioning.permissions import Ability, can

from .rooms import locked, record

MOST_THEMES = 30


@transaction.atomic
def decide(
    *, statement: Statement, decision: str, because: str, measure: MeasureCard | None, was: str, by: User
) -> Fate:
    """Say what becomes of a statement, and because of what; `was` is the decision that the page showed, if any."""
    room = _not_published(statement.room, by)
    statement = Statement.objects.select_for_update(of=("self",)).select_related("fate").get(pk=statement.pk)
    if statement.state != Statement.State.SHOWN:
        raise ValidationError("Only what everyone sees gets a fate. Decide first whether it is shown.")
    fate = getattr(statement, "fate", None) or Fate(statement=statement)
    if queries.fates.fingerprint(fate) != was:
        raise ValidationError("Somebody else has decided meanwhile. Read what they wrote, then decide again.")
    if measure is not None and measure.programme_id != room.programme_id:
        raise ValidationError({"measure": "Choose a measure of this programme"})
    fate.decision, fate.because, fate.measure = decision, because, measure
    fate.decided_by, fate.decided_at = by, timezone.now()
    fate.full_clean()
    fate.save()
    record(room, by, "decided what becomes of a statement", statement=statement.pk, decision=decision)
    return fate


@transaction.atomic
def put_together(
    *, room: Room, title: str, statements: Collection[UUID], by: User, theme: Theme | None = None
) -> Theme:
    """Put statements together under one heading; each belongs to one theme at most."""
    room = _not_published(room, by)
    if theme is None and room.themes.count() >= MOST_THEMES:
        raise ValidationError(f"A room has at most {MOST_THEMES} themes")
    theme = theme or Theme(room=room)
    theme.title = title
    theme.full_clean()
    theme.save()
    mine = Statement.objects.filter(room=room)
    mine.filter(theme=theme).exclude(pk__in=statements).update(theme=None)
    mine.filter(pk__in=statements, state=Statement.State.SHOWN).update(theme=theme)
    record(room, by, "put statements together", row=theme.pk, name=title)
    return theme


@transaction.atomic
def take_apart(*, theme: Theme, by: User) -> None:
    """Remove a theme; its statements stay."""
    room = _not_published(theme.room, by)
    record(room, by, "removed a theme", row=theme.pk, name=theme.title)
    theme.delete()


@transaction.atomic
def publish(*, room: Room, seen: str, by: User) -> RoomPublication:
    """Publish what people said and what became of it, frozen as it was `seen`: the hash of what the approver read."""
    room = _not_published(room, by)
    if not can(by, Ability.APPROVE, room.programme.organisation):
        raise PermissionDenied
    if room.state != Room.State.CLOSED:
        raise ValidationError("The room is not closed yet")
    if room.statements.filter(queries.rooms.owed_a_fate()).exists():
        raise ValidationError("Some statements have no answer yet. Say first what becomes of each.")
    if room.statements.filter(state=Statement.State.WAITING).exists():
        raise ValidationError("Some statements wait to be read. Decide first whether they are shown.")
    content = queries.published_rooms.draft(room)
    if sha256(content) != seen:
        raise ValidationError("Something has changed since you read it. Read it again, then publish.")
    publication = RoomPublication(room=room, content=content, sha256=seen, published_by=by)
    publication.full_clean()
    publication.save(force_insert=True)
    room.state = Room.State.PUBLISHED
    room.save(update_fields=["state"])
    record(room, by, "published what people said", sha256=seen)
    return publication


def _not_published(room: Room, by: User) -> Room:
    room = locked(room, by)
    if room.state == Room.State.PUBLISHED:
        raise ValidationError("This is published. It cannot be changed any more.")
    return room
