"""Writes the links of an outcomes room, and who is invited with an account."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from commissioning.core import rooms as core
from commissioning.models import Organisation, Room, RoomInvitation, RoomLink, User

from .rooms import locked, record
from .taking_part import secret

MOST_AT_ONCE, MOST_LINKS = 100, 1000


@transaction.atomic
def make(*, room: Room, kind: str, use: str, count: int, label: str, expires_on: date, by: User) -> list[str]:
    """Make links for a kind of participant; give their secrets, which are kept nowhere.

    `use` is "many" for one link that many people share, "personal" for `count` links of one person each, and
    "facilitator" for one by which somebody writes for others.
    """
    room = locked(room, by)
    if room.state not in (Room.State.DRAFT, Room.State.OPEN):
        raise ValidationError("The room is closed")
    if not timezone.localdate() <= expires_on <= room.closes_on:
        raise ValidationError({"expires_on": "Choose a day from today to the last day of the room"})
    wanted = count if use == "personal" else 1
    if not 0 < wanted <= MOST_AT_ONCE:
        raise ValidationError({"count": f"Make from 1 to {MOST_AT_ONCE} links at a time"})
    if room.links.count() + wanted > MOST_LINKS:
        raise ValidationError({"count": f"A room has at most {MOST_LINKS:,} links"})
    made = [secret() for _ in range(wanted)]
    rows = [
        RoomLink(
            room=room,
            kind=kind,
            for_facilitator=use == "facilitator",
            is_personal=use == "personal",
            label=label,
            secret_hash=core.link_hash(each),
            expires_on=expires_on,
            made_by=by,
        )
        for each in made
    ]
    for row in rows:
        row.full_clean()
    RoomLink.objects.bulk_create(rows)
    record(room, by, "made links to an outcomes room", count=wanted, kind=kind, use=use)
    return made


@transaction.atomic
def revoke(*, link: RoomLink, by: User) -> RoomLink:
    """Let nobody begin by a link any more. Whoever has begun can still come back."""
    room = locked(link.room, by)
    link = RoomLink.objects.select_for_update().get(pk=link.pk)
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        record(room, by, "revoked a link to an outcomes room", link=link.pk)
    return link


@transaction.atomic
def invite(*, room: Room, name: str, by: User) -> RoomInvitation:
    """Invite a provider that has an account here, by its exact name; a second time finds it invited."""
    room = locked(room, by)
    providers = Organisation.objects.filter(kind=Organisation.Kind.PROVIDER, name__iexact=name.strip())
    organisation = providers.first()
    if organisation is None:
        raise ValidationError({"name": "No provider of this name has an account here. Check how it is written."})
    invitation, is_new = RoomInvitation.objects.get_or_create(room=room, organisation=organisation)
    if is_new:
        record(room, by, "invited a provider to an outcomes room", invited=organisation.pk)
    return invitation
