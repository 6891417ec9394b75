"""Outcomes rooms: the authority's pages, those of invited providers, and those of whoever has a link."""

from collections.abc import Mapping
from typing import Any

from commissioning.models import Participant, Room, RoomInvitation
from commissioning.permissions import Ability
from commissioning.services import fates, room_links
from tests.factories import rooms
from tests.permission_world import ANYONE, SIGNED_IN, Row, World, of_programme

LINK, MINE = "2222-2222-2222-2222-2222-2222-2222", "3333-3333-3333-3333-3333-3333-3333"
CARD = {"title": "You have a job", "question": "Do you still work after six months?"}


def room_of(world: World) -> Room:
    return Room.objects.filter(programme=world.programme).first() or rooms.opened(world.programme, by=world.cast.amina)


def of_draft(world: World) -> Mapping[str, Any]:
    rooms.prepared(world.programme, by=world.cast.amina)
    return of_programme(world)


def of_open(world: World) -> Mapping[str, Any]:
    return {"programme_id": room_of(world).programme_id}


def of_closed(world: World) -> Mapping[str, Any]:
    rooms.closed(world.programme, by=world.cast.amina)
    return of_programme(world)


def of_published(world: World) -> Mapping[str, Any]:
    room = rooms.published(world.programme, by=world.cast.amina, approver=world.cast.bob)
    return {"room_id": room.pk}


def of_card(world: World) -> Mapping[str, Any]:
    return {"card_id": rooms.prepared(world.programme, by=world.cast.amina).cards.get().pk}


def of_seed(world: World) -> Mapping[str, Any]:
    return {"statement_id": rooms.prepared(world.programme, by=world.cast.amina).statements.first().pk}


def of_link_row(world: World) -> Mapping[str, Any]:
    room = room_of(world)
    rooms.link_of(room, by=world.cast.amina)
    return {"link_id": room.links.get().pk}


def of_invitation(world: World) -> Mapping[str, Any]:
    room = room_of(world)
    room_links.invite(room=room, name=world.cast.provider.name, by=world.cast.amina)
    return {"invitation_id": RoomInvitation.objects.get(room=room).pk}


def of_waiting(world: World) -> Mapping[str, Any]:
    return {"statement_id": rooms.said(rooms.participant(room_of(world), by=world.cast.amina)).pk}


def of_shown(world: World) -> Mapping[str, Any]:
    author = rooms.participant(room_of(world), by=world.cast.amina)
    return {"statement_id": rooms.shown(author, by=world.cast.amina).pk}


def of_theme(world: World) -> Mapping[str, Any]:
    room = room_of(world)
    return {"theme_id": fates.put_together(room=room, title="Safety", statements=[], by=world.cast.amina).pk}


def of_link(world: World) -> Mapping[str, Any]:
    return {"token": rooms.known_link(room_of(world), by=world.cast.amina)}


def mine(world: World) -> Participant:
    return rooms.known_participant(room_of(world), by=world.cast.amina)


def of_mine(world: World) -> Mapping[str, Any]:
    assert mine(world)
    return {"token": MINE}


def of_my_card(world: World) -> Mapping[str, Any]:
    return {"token": MINE, "card_id": mine(world).room.cards.get().pk}


def of_my_vote(world: World) -> Mapping[str, Any]:
    return {"token": MINE, "statement_id": mine(world).room.statements.first().pk}


def of_my_words(world: World) -> Mapping[str, Any]:
    return {**of_mine(world), "question": "outcome"}


def of_my_own(world: World) -> Mapping[str, Any]:
    return {"token": MINE, "statement_id": rooms.said(mine(world)).pk}


EDITORS = [
    Row("room-edit", "GET", Ability.EDIT, of_draft, answers=(200,)),
    Row("room-edit", "POST", Ability.EDIT, of_draft, answers=(200,)),
    Row("room-open", "POST", Ability.EDIT, of_draft, answers=(302,)),
    Row("room-close", "POST", Ability.EDIT, of_open, answers=(302,)),
    Row("room-enter", "GET", Ability.EDIT, of_open, answers=(200,)),
    Row(
        "room-enter",
        "POST",
        Ability.EDIT,
        of_open,
        data={"kind": "service_user", "has_consent": "on"},
        answers=(302,),
    ),
    Row("room-card-create", "GET", Ability.EDIT, of_draft, answers=(200,)),
    Row("room-card-create", "POST", Ability.EDIT, of_draft, answers=(200,)),
    Row("room-card-edit", "GET", Ability.EDIT, of_card, answers=(200,)),
    Row("room-card-edit", "POST", Ability.EDIT, of_card, data=CARD, answers=(200, 302, 409)),
    Row("room-card-remove", "POST", Ability.EDIT, of_card, answers=(302,)),
    Row("room-seed-create", "GET", Ability.EDIT, of_draft, answers=(200,)),
    Row("room-seed-create", "POST", Ability.EDIT, of_draft, data={"texts": "It is good."}, answers=(302,)),
    Row("room-seed-remove", "POST", Ability.EDIT, of_seed, answers=(302,)),
    Row("room-link-list", "GET", Ability.EDIT, of_open, answers=(200,)),
    Row("room-link-create", "GET", Ability.EDIT, of_open, answers=(200,)),
    Row("room-link-create", "POST", Ability.EDIT, of_open, answers=(200,)),
    Row("room-link-revoke", "POST", Ability.EDIT, of_link_row, answers=(302,)),
    Row("room-invite", "GET", Ability.EDIT, of_open, answers=(200,)),
    Row("room-invite", "POST", Ability.EDIT, of_open, data={"name": "Helping Hands"}, answers=(302,)),
    Row("room-moderation", "GET", Ability.EDIT, of_open, answers=(200,)),
    Row("room-moderation-log", "GET", Ability.EDIT, of_open, answers=(200,)),
    Row("room-moderate", "GET", Ability.EDIT, of_waiting, answers=(200,)),
    Row("room-moderate", "POST", Ability.EDIT, of_waiting, data={"act": "hidden"}, answers=(200,)),
    Row("room-fates", "GET", Ability.EDIT, of_open, answers=(200,)),
    Row("room-fate", "GET", Ability.EDIT, of_shown, answers=(200,)),
    Row(
        "room-fate",
        "POST",
        Ability.EDIT,
        of_shown,
        data={"decision": "adopted", "because": "Many say so."},
        answers=(302,),
    ),
    Row("room-themes", "GET", Ability.EDIT, of_open, answers=(200,)),
    Row("room-theme-create", "GET", Ability.EDIT, of_open, answers=(200,)),
    Row("room-theme-create", "POST", Ability.EDIT, of_open, answers=(200,)),
    Row("room-theme-edit", "GET", Ability.EDIT, of_theme, answers=(200,)),
    Row("room-theme-edit", "POST", Ability.EDIT, of_theme, answers=(200,)),
    Row("room-theme-remove", "POST", Ability.EDIT, of_theme, answers=(302,)),
]
OTHERS = [
    Row("room-detail", "GET", Ability.VIEW, of_open, answers=(200,)),
    Row("room-preview", "GET", Ability.VIEW, of_open, answers=(200,)),
    Row("room-reading", "GET", Ability.VIEW, of_closed, answers=(200,)),
    Row("room-figures", "GET", Ability.VIEW, of_closed, answers=(200,)),
    Row("room-publish", "GET", Ability.APPROVE, of_closed, answers=(200,), confirmed=True),
    Row("room-publish", "POST", Ability.APPROVE, of_closed, answers=(200,), confirmed=True),
    Row("room-invited", "GET", SIGNED_IN, answers=(200,)),
    Row("room-join", "POST", Ability.COMMENT, of_invitation, owner="provider", answers=(302,)),
]
ANYBODY = [
    Row("moderation-policy", "GET", ANYONE, answers=(200,)),
    Row("published-room-list", "GET", ANYONE, answers=(200,)),
    Row("published-room", "GET", ANYONE, of_published, answers=(200,)),
    Row("published-room-download", "GET", ANYONE, of_published, answers=(200,)),
    Row("published-room-figures", "GET", ANYONE, of_published, answers=(200,)),
    # Whoever has the link. A form without the seal of its page is refused, as the tests of these pages show too.
    Row("room-begin", "GET", ANYONE, of_link, answers=(200,)),
    Row("room-begin", "POST", ANYONE, of_link, data=rooms.sealed(LINK), answers=(302,)),
    Row("say-home", "GET", ANYONE, of_mine, answers=(200,)),
    Row("say-link", "GET", ANYONE, of_mine, answers=(200,)),
    Row("say-others", "GET", ANYONE, of_mine, answers=(200,)),
    Row("say-thanks", "GET", ANYONE, of_mine, answers=(200,)),
    Row("say-card", "GET", ANYONE, of_my_card, answers=(200,)),
    Row("say-card", "POST", ANYONE, of_my_card, data=rooms.sealed(MINE), answers=(302,)),
    Row("say-vote", "GET", ANYONE, of_my_vote, answers=(200,)),
    Row("say-vote", "POST", ANYONE, of_my_vote, data=rooms.sealed(MINE, choice="agree"), answers=(302,)),
    Row("say-words", "GET", ANYONE, of_my_words, answers=(200,)),
    Row("say-words", "POST", ANYONE, of_my_words, data=rooms.sealed(MINE, text="I am safe."), answers=(302,)),
    Row("say-own", "GET", ANYONE, of_my_own, answers=(200,)),
    Row("say-own", "POST", ANYONE, of_my_own, data=rooms.sealed(MINE, act="take back"), answers=(302,)),
]
ROWS = [*EDITORS, *OTHERS, *ANYBODY]
