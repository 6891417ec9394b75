"""Pages of whoever takes part: what they ask, what they keep, and what they refuse."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commissioning import queries
from commissioning.models import Participant, Reaction, Room, Statement, Vote
from commissioning.services import room_links, rooms
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.rooms import (
    begun,
    closed,
    link_of,
    opened,
    pages_of,
    participant,
    said,
    sealed,
    walk_through,
)
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db
VISITOR = {
    "REMOTE_ADDR": "198.51.100.23",
    "HTTP_USER_AGENT": "Tattletale/9.1",
    "HTTP_REFERER": "https://gossip.example/",
}


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def room(people: Cast) -> Room:
    return opened(imported(organisation=people.authority, by=people.amina), by=people.amina)


@pytest.fixture
def client() -> Client:
    return Client(**VISITOR)


def counts() -> list[int]:
    return [model.objects.count() for model in (Participant, Reaction, Vote, Statement)]


def test_a_form_without_the_seal_of_its_page_is_refused(people: Cast, room: Room, client: Client) -> None:
    link, secret = link_of(room, by=people.amina), begun(room, by=people.amina)
    before = counts()

    for address in (reverse("room-begin", args=[link]), *pages_of(secret)[4:]):
        for seal in ({}, {"seal": ""}, sealed("another secret")):
            assert client.post(address, {**seal, "choice": "agree", "text": "Forged"}).status_code == 403

    assert counts() == before


def test_nothing_of_another_room_is_reached(people: Cast, room: Room, client: Client) -> None:
    secret = begun(room, by=people.amina)
    other = opened(imported(organisation=people.authority, by=people.amina), by=people.amina)
    theirs = said(participant(other, by=people.amina))

    for route, key in (
        ("say-card", other.cards.get().pk),
        ("say-vote", other.statements.first().pk),
        ("say-own", theirs.pk),
        ("say-words", "nonsense"),
    ):
        response = client.get(reverse(route, args=[secret, key]))
        assert response.status_code == 404
        assert "This link does not work" in response.content.decode()


def test_what_looks_like_a_name_is_pointed_out_once_and_then_believed(people: Cast, room: Room, client: Client) -> None:
    secret = begun(room, by=people.amina)
    address = reverse("say-words", args=[secret, "outcome"])

    warned = client.post(address, sealed(secret, text="My adviser Jane calls me."))
    assert "This looks like a person" in warned.content.decode()
    assert "My adviser Jane calls me." in warned.content.decode()
    assert not Statement.objects.filter(author__isnull=False).exists()
    client.post(address, sealed(secret, text="My adviser Jane calls me.", sure="yes"))

    assert Statement.objects.get(author__isnull=False).marks == ["name"]


@pytest.mark.parametrize(
    ("text", "said"), [("", "Write something"), ("x" * 301, "too long"), ("a\0b", "plain letters")]
)
def test_words_that_cannot_be_kept_stay_in_the_form(
    people: Cast, room: Room, client: Client, text: str, said: str
) -> None:
    secret = begun(room, by=people.amina)

    page = client.post(reverse("say-words", args=[secret, "sooner"]), sealed(secret, text=text)).content.decode()

    assert said in page
    assert text[:10].replace("\0", "") in page
    assert not Statement.objects.filter(author__isnull=False).exists()


def test_own_words_are_changed_not_quoted_any_more_and_taken_back(people: Cast, room: Room, client: Client) -> None:
    secret = begun(room, by=people.amina)
    client.post(reverse("say-words", args=[secret, "outcome"]), sealed(secret, text="I am safe.", may_be_quoted="yes"))
    statement = Statement.objects.get(author__isnull=False)
    address = reverse("say-own", args=[secret, statement.pk])

    client.post(address, sealed(secret, text="I feel safe.", may_be_quoted="yes", act="save"))
    statement.refresh_from_db()
    assert (statement.text, statement.may_be_quoted) == ("I feel safe.", True)
    client.post(address, sealed(secret, act="do not quote"))
    statement.refresh_from_db()
    assert not statement.may_be_quoted
    client.post(address, sealed(secret, act="take back"))
    assert "You have taken this back" in client.post(address, sealed(secret, act="take back")).content.decode()
    statement.refresh_from_db()
    assert statement.state == "taken_back"


def test_after_closing_what_is_sent_late_is_not_kept_and_said_so(people: Cast, client: Client) -> None:
    room = closed(imported(organisation=people.authority, by=people.amina), by=people.amina)
    mine = room.participants.exclude(statements__isnull=False)[0]
    Participant.objects.filter(pk=mine.pk).update(secret_hash=queries.taking_part.core.participant_hash("late"))
    before = counts()

    seed = room.statements.filter(author=None)[0]
    for route, key, data in (
        ("say-card", room.cards.get().pk, {}),
        ("say-vote", seed.pk, {"choice": "agree"}),
        ("say-words", "outcome", {"text": "Too late"}),
    ):
        page = client.post(reverse(route, args=["late", key]), sealed("late", **data)).content.decode()
        assert "This is closed" in page
    assert counts() == before


def test_a_vote_needs_one_of_three_and_a_card_only_what_is_on_the_list(
    people: Cast, room: Room, client: Client
) -> None:
    secret = begun(room, by=people.amina)
    vote = reverse("say-vote", args=[secret, room.statements.all()[0].pk])
    card = reverse("say-card", args=[secret, room.cards.get().pk])

    assert "Press one of the three" in client.post(vote, sealed(secret, choice="maybe")).content.decode()
    assert "from the list" in client.post(card, sealed(secret, said=["nonsense"])).content.decode()


def test_an_answer_is_taken_back_while_it_is_open(people: Cast, room: Room, client: Client) -> None:
    secret = walk_through(client, link_of(room, by=people.amina))
    card, vote = (
        reverse("say-card", args=[secret, room.cards.get().pk]),
        reverse("say-vote", args=[secret, room.statements.filter(author=None)[0].pk]),
    )
    assert "Take my answer back" in client.get(card).content.decode()

    assert [client.post(each, sealed(secret, act="forget")).status_code for each in (card, vote)] == [302, 302]
    assert (Reaction.objects.count(), Vote.objects.count()) == (0, 1)
    assert "Take my answer back" not in client.get(card).content.decode()

    rooms.close(room=room, by=people.amina)
    other = reverse("say-vote", args=[secret, Vote.objects.get().statement_id])
    assert client.post(other, sealed(secret, act="forget")).headers["Location"] == reverse("say-home", args=[secret])
    assert Vote.objects.count() == 1


def test_a_facilitators_link_asks_for_consent(people: Cast, room: Room, client: Client) -> None:
    link = link_of(room, by=people.amina, use="facilitator")
    address = reverse("room-begin", args=[link])

    assert "Ask them first" in client.post(address, sealed(link)).content.decode()
    began = client.post(address, sealed(link, has_consent="yes"))

    assert "Give them this link" in client.get(began.headers["Location"]).content.decode()


def test_a_personal_link_leads_back_to_where_one_was(people: Cast, room: Room, client: Client) -> None:
    link = link_of(room, by=people.amina, use="personal")
    address = reverse("room-begin", args=[link])
    client.post(address, sealed(link))

    assert client.get(address).headers["Location"] == reverse("say-home", args=[link])


def test_an_invited_provider_begins_from_its_account_and_only_once(people: Cast, room: Room) -> None:
    room_links.invite(room=room, name=people.provider.name, by=people.amina)
    dilys = client_of(people.dilys)
    assert "You are asked what matters" in dilys.get("/").content.decode()
    assert "No authority has invited" in client_of(people.bob).get(reverse("room-invited")).content.decode()
    address = reverse("room-join", args=[room.invitations.get().pk])

    began = dilys.post(address)
    assert "Keep this link" in dilys.get(began.headers["Location"]).content.decode()
    assert "begun already" in dilys.post(address, follow=True).content.decode()
    assert "has begun" in dilys.get(reverse("room-invited")).content.decode()


def test_pages_ask_the_database_at_most_fifteen_times(
    people: Cast, room: Room, client: Client, django_assert_max_num_queries: Any
) -> None:
    secret = walk_through(client, link_of(room, by=people.amina))

    for page in pages_of(secret):
        with django_assert_max_num_queries(15):
            client.get(page)
