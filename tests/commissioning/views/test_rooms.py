"""Pages of an outcomes room for its authority: what they show, what they refuse, and what is typed is not lost."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.models import Programme, Room, RoomLink
from commissioning.services import rooms, taking_part
from tests.factories import measures
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.rooms import link_of, opened, prepared
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


@pytest.fixture
def amina(people: Cast) -> Client:
    return client_of(people.amina)


def page(client: Client, name: str, *key: Any, query: str = "") -> str:
    response = client.get(reverse(name, args=key) + query)
    assert response.status_code == 200, name
    return response.content.decode()


def day(days: int) -> dict[str, int]:
    then = timezone.localdate() + timedelta(days=days)
    return {"closes_on_0": then.day, "closes_on_1": then.month, "closes_on_2": then.year}


ROOM = {"title": "What helps?", "about": "Tell us what is good help.", "least": "10"}


def test_without_a_room_the_page_says_so_and_only_an_editor_may_set_one_up(people: Cast, programme: Programme) -> None:
    assert "Set up the room" in page(client_of(people.amina), "room-detail", programme.pk)
    assert "Set up the room" not in page(client_of(people.vera), "room-detail", programme.pk)


def test_a_room_is_set_up_changed_and_a_conflict_shows_both_texts(amina: Client, programme: Programme) -> None:
    address = reverse("room-edit", args=[programme.pk])
    typed = amina.post(address, {**ROOM, "title": ""}).content.decode()
    assert "Enter a title" in typed
    assert "Tell us what is good help." in typed
    assert amina.post(address, {**ROOM, **day(10)}).status_code == 302

    changed = amina.post(address, {**ROOM, **day(10), "title": "B", "was-title": "A"})

    assert changed.status_code == 409
    assert "What helps?" in changed.content.decode()
    assert Room.objects.get().title == "What helps?"


def test_a_day_that_has_passed_is_refused_next_to_its_field(amina: Client, programme: Programme) -> None:
    typed = amina.post(reverse("room-edit", args=[programme.pk]), {**ROOM, **day(-1)}).content.decode()

    assert "Choose a day from today to a year from now" in typed


def test_what_is_hard_to_read_is_pointed_out_and_what_is_easy_is_not(
    people: Cast, amina: Client, programme: Programme
) -> None:
    room = prepared(programme, by=people.amina)
    assert "Hard to read" not in page(amina, "room-detail", programme.pk)

    Room.objects.update(about="Commissioners anticipate individualised interventions.")
    room.statements.update(text="Organisational accountability necessitates verification.")

    assert page(amina, "room-detail", programme.pk).count("Hard to read") == 3


def test_all_pages_are_seen_before_anybody_sees_them(people: Cast, amina: Client, programme: Programme) -> None:
    prepared(programme, by=people.amina)

    text = page(amina, "room-preview", programme.pk)

    assert "Page 1 of 7" in text
    for words in ("What helps you?", "You have a job 0", "It helps to have one person to call.", "What would help you"):
        assert words in text


def test_a_card_is_shown_changed_and_taken_out(people: Cast, amina: Client, programme: Programme) -> None:
    room = prepared(programme, by=people.amina, cards=0)
    measure = measures.added(programme, by=people.amina, name="Feels safe")
    address = reverse("room-card-create", args=[programme.pk])
    assert "Choose a measure" in amina.post(address, {"title": "A", "question": "B"}).content.decode()

    amina.post(address, {"measure": measure.pk, "title": "You are safe", "question": "Do you feel safe?"})
    card = room.cards.get()
    amina.post(
        reverse("room-card-edit", args=[card.pk]),
        {"title": "Safe", "was-title": card.title, "question": card.question, "was-question": card.question},
    )
    card.refresh_from_db()

    assert (card.title, card.measure) == ("Safe", measure)
    assert "There is no measure left to show" in page(amina, "room-card-create", programme.pk)
    amina.post(reverse("room-card-remove", args=[card.pk]))
    assert not room.cards.exists()


def test_statements_too_long_or_too_many_stay_in_the_form(people: Cast, amina: Client, programme: Programme) -> None:
    prepared(programme, by=people.amina)
    address = reverse("room-seed-create", args=[programme.pk])

    assert "has 301" in amina.post(address, {"texts": "Short\n" + "x" * 301}).content.decode()
    many = "\n".join(f"Number {number}" for number in range(40))
    assert "at most 30 statements" in amina.post(address, {"texts": many}).content.decode()
    assert "Write at least one" in amina.post(address, {"texts": " "}).content.decode()


def test_a_room_with_nothing_in_it_does_not_open(people: Cast, amina: Client, programme: Programme) -> None:
    prepared(programme, by=people.amina, cards=0).statements.all().delete()

    said_there = amina.post(reverse("room-open", args=[programme.pk]), follow=True).content.decode()

    assert "nothing to say anything to" in said_there


@pytest.mark.promise("P2")
def test_a_link_is_shown_once_and_on_no_later_page(people: Cast, amina: Client, programme: Programme) -> None:
    opened(programme, by=people.amina)
    data = {"kind": "service_user", "use": "personal", "count": "2", "label": "At the desk"}
    last = {name.replace("closes", "expires"): value for name, value in day(7).items()}

    made = amina.post(reverse("room-link-create", args=[programme.pk]), {**data, **last})

    secrets = re.findall(r"/take-part/([a-z0-9-]+)/", made.content.decode())
    assert len(set(secrets)) == 2
    assert made.headers["Referrer-Policy"] == "no-referrer"
    assert made.headers["Cache-Control"] == "no-store"
    listed = page(amina, "room-link-list", programme.pk)
    assert "At the desk" in listed
    assert not any(secret in listed for secret in secrets)
    assert all(taking_part.begin(link=secret) for secret in secrets)


@pytest.mark.parametrize(
    ("given", "said"),
    [({"count": "101"}, "at most 100"), ({"count": "x"}, "whole number"), ({"expires_on_2": "2001"}, "Choose a day")],
)
def test_a_link_that_cannot_be_made_says_why(
    people: Cast, amina: Client, programme: Programme, given: dict[str, str], said: str
) -> None:
    opened(programme, by=people.amina)
    usual = {
        "kind": "advocate",
        "use": "many",
        "count": "1",
        "expires_on_0": "1",
        "expires_on_1": "1",
        "expires_on_2": "2001",
    }

    assert said in amina.post(reverse("room-link-create", args=[programme.pk]), {**usual, **given}).content.decode()
    assert not RoomLink.objects.exists()


def test_an_unknown_provider_is_not_invited(people: Cast, amina: Client, programme: Programme) -> None:
    opened(programme, by=people.amina)

    typed = amina.post(reverse("room-invite", args=[programme.pk]), {"name": "Nobody"}).content.decode()

    assert "No provider of this name" in typed
    assert 'value="Nobody"' in typed


def test_revoking_says_so_and_the_list_does_too(people: Cast, amina: Client, programme: Programme) -> None:
    link_of(opened(programme, by=people.amina), by=people.amina)

    after = amina.post(reverse("room-link-revoke", args=[RoomLink.objects.get().pk]), follow=True).content.decode()

    assert "Nobody can begin by this link any more." in after
    assert "Revoked" in after


def test_somebody_is_written_for_with_consent_while_open(people: Cast, amina: Client, programme: Programme) -> None:
    room = opened(programme, by=people.amina)
    address = reverse("room-enter", args=[programme.pk])
    assert "Ask them first" in amina.post(address, {"kind": "advocate"}).content.decode()
    assert amina.post(address, {"kind": "advocate", "has_consent": "on"}).headers["Location"].startswith("/say/")

    rooms.close(room=room, by=people.amina)

    assert "This is closed" in amina.post(address, {"kind": "advocate", "has_consent": "on"}).content.decode()
