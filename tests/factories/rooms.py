"""Outcomes rooms in each state, the secrets of their links, and what people say there."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning import queries
from commissioning.core.canonical import sha256
from commissioning.core.rooms import Kind, Sort
from commissioning.models import Participant, Programme, Room, RoomLink, Statement, User
from commissioning.services import fates, moderations, room_links, rooms, taking_part
from commissioning.views.secret_addresses import seal
from tests.factories import measures

SEEDS = ("It helps to have one person to call.", "A job is what I need most.")


def prepared(programme: Programme, *, by: User, cards: int = 1, **given: Any) -> Room:
    """Set up a room with a card and two statements; it closes in a week."""
    values = {
        "title": "What helps you?",
        "about": "We plan a new service. Tell us what is good help.",
        "closes_on": timezone.localdate() + timedelta(days=7),
        "least": 5,
        **given,
    }
    room = rooms.set_up(programme=programme, values=values, by=by)
    for number in range(cards):
        measure = measures.added(programme, by=by, name=f"In work {number}")
        question = "We look if you still work after six months."
        rooms.show_card(room=room, measure=measure, title=f"You have a job {number}", question=question, by=by)
    rooms.seed(room=room, texts=SEEDS, by=by)
    return room


def opened(programme: Programme, *, by: User, **given: Any) -> Room:
    """Open one."""
    return rooms.open_room(room=prepared(programme, by=by, **given), by=by)


def link_of(room: Room, *, by: User, kind: str = Kind.SERVICE_USER, use: str = "many") -> str:
    """Make a link and give its secret."""
    made = {"kind": kind, "use": use, "count": 1, "label": "A poster", "expires_on": room.closes_on}
    return room_links.make(room=room, by=by, **made)[0]


def begun(room: Room, *, by: User, kind: str = Kind.SERVICE_USER) -> str:
    """Let somebody begin; give the secret by which they come back."""
    made = taking_part.begin(link=link_of(room, by=by, kind=kind))
    assert made
    return made


def participant(room: Room, *, by: User, kind: str = Kind.SERVICE_USER) -> Participant:
    """Let somebody begin, and give them."""
    found = queries.taking_part.by_secret(begun(room, by=by, kind=kind))
    assert found
    return found


def many(room: Room, count: int, *, by: User, kind: str = Kind.SERVICE_USER) -> list[Participant]:
    """Let several begin by one link."""
    link = link_of(room, by=by, kind=kind)
    secrets = [taking_part.begin(link=link) for _ in range(count)]
    found = [queries.taking_part.by_secret(each or "") for each in secrets]
    return [each for each in found if each]


def said(author: Participant, text: str = "I want to be safe.", **given: Any) -> Statement:
    """Have somebody write their own words."""
    values = {"sort": Sort.OUTCOME, "may_be_quoted": True, **given}
    return taking_part.write(participant=author, text=text, **values)


def moderated(statement: Statement, *, by: User, act: str = "shown", reason: str = "") -> Statement:
    """Show a statement, or hide it."""
    return moderations.decide(statement=statement, act=act, reason=reason, seen=sha256(statement.text), by=by)


def shown(author: Participant, *, by: User, text: str = "I want to be safe.", **given: Any) -> Statement:
    """Have somebody write their own words, and everyone see them."""
    return moderated(said(author, text, **given), by=by)


def voted(participants: Sequence[Participant], statement: Statement, choice: str = "agree") -> None:
    """Have several say the same to a statement."""
    for each in participants:
        taking_part.vote(participant=each, statement=statement, choice=choice)


def answered(statement: Statement, *, by: User, decision: str = "adopted", **given: Any) -> None:
    """Say what becomes of a statement."""
    values = {"because": "It is what many say.", "measure": None, "was": "", **given}
    fates.decide(statement=statement, decision=decision, by=by, **values)


def closed(programme: Programme, *, by: User, count: int = 6, **given: Any) -> Room:
    """Close a room in which so many service users agreed with somebody's words, which have an answer."""
    room = opened(programme, by=by, **given)
    first, *others = many(room, count, by=by)
    statement = shown(first, by=by)
    voted(others, statement)
    for each in others:
        taking_part.react(participant=each, card=room.cards.get(place=1), said={"is_important": True})
    answered(statement, by=by)
    return rooms.close(room=room, by=by)


def published(programme: Programme, *, by: User, approver: User, **given: Any) -> Room:
    """Publish one."""
    room = closed(programme, by=by, **given)
    fates.publish(room=room, seen=sha256(queries.published_rooms.draft(room)), by=approver)
    return Room.objects.get(pk=room.pk)


def known_link(room: Room, *, by: User, secret: str = "2222-2222-2222-2222-2222-2222-2222") -> str:
    """Make a link whose secret is known beforehand, so that a form for it can be written down."""
    link_of(room, by=by)
    RoomLink.objects.filter(room=room).update(secret_hash=queries.taking_part.core.link_hash(secret))
    return secret


def known_participant(room: Room, *, by: User, secret: str = "3333-3333-3333-3333-3333-3333-3333") -> Participant:
    """Make a participant whose secret is known beforehand."""
    made = participant(room, by=by)
    Participant.objects.filter(pk=made.pk).update(secret_hash=queries.taking_part.core.participant_hash(secret))
    made.refresh_from_db()
    return made


def sealed(secret: str, **data: Any) -> dict[str, Any]:
    """Write what a form of a secret address sends."""
    return {**data, "seal": seal(secret)}


def walk_through(client: Client, link: str) -> str:
    """Take part from a poster's link to the end, saying something to everything; give the secret to come back by."""
    began = client.post(reverse("room-begin", args=[link]), sealed(link))
    secret = began.headers["Location"].split("/")[2]
    mine = queries.taking_part.by_secret(secret)
    assert mine
    answers = {
        "say-card": {"said": ["is_fair", "too_much_paperwork"]},
        "say-vote": {"choice": "agree"},
        "say-words": {"text": "I want to feel safe.", "may_be_quoted": "yes"},
    }
    for step in queries.taking_part.walk(mine):
        address = reverse(step.route, args=[secret, step.key])
        assert client.get(address).status_code == 200
        assert client.post(address, sealed(secret, **answers[step.route])).status_code == 302
    return secret


def pages_of(secret: str) -> list[str]:
    """Give the address of every page that this participant can open now."""
    mine = queries.taking_part.by_secret(secret)
    assert mine
    steps = [reverse(step.route, args=[secret, step.key]) for step in queries.taking_part.walk(mine)]
    own = [reverse("say-own", args=[secret, each.pk]) for each in queries.taking_part.own(mine)]
    named = [reverse(name, args=[secret]) for name in ("say-home", "say-link", "say-others", "say-thanks")]
    return [*named, *steps, *own]


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()
