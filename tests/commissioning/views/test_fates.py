"""Pages on which an authority decides about what people said, and on which it and everyone read that."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commissioning import queries
from commissioning.core.canonical import sha256
from commissioning.models import Fate, Programme, Room, Statement, Theme
from commissioning.services import fates, made_up_rooms, rooms, taking_part
from tests.factories import measures
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.rooms import answered, closed, opened, participant, published, said, shown
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


def test_a_moderator_who_read_other_words_reads_again(people: Cast, amina: Client, programme: Programme) -> None:
    mine = participant(opened(programme, by=people.amina), by=people.amina)
    statement = said(mine, "My adviser Jane calls.")
    address = reverse("room-moderate", args=[statement.pk])
    assert "a person’s name" in page(amina, "room-moderate", statement.pk)  # noqa: RUF001
    taking_part.change(statement=statement, text="Other words", may_be_quoted=False, by=mine)

    answer = amina.post(address, {"act": "shown", "seen": sha256("My adviser Jane calls.")}).content.decode()

    assert "changed it since you read it" in answer
    assert "Other words" in answer
    assert Statement.objects.get(pk=statement.pk).state == "waiting"
    assert amina.post(address, {"act": "shown", "seen": sha256("Other words")}).status_code == 302
    assert "Decide again" in page(amina, "room-moderation", programme.pk)
    assert "There is nothing to read in this state" in page(
        amina, "room-moderation", programme.pk, query="?state=waiting"
    )


def test_a_fate_that_somebody_else_decided_stays(people: Cast, amina: Client, programme: Programme) -> None:
    statement = shown(participant(opened(programme, by=people.amina), by=people.amina), by=people.amina)
    answered(statement, by=people.bob)

    answer = amina.post(
        reverse("room-fate", args=[statement.pk]), {"decision": "not_adopted", "because": "Mine", "was": ""}
    ).content.decode()

    assert "Somebody else has decided meanwhile" in answer
    assert "Mine" in answer
    assert Fate.objects.get().decision == "adopted"


def test_themes_are_made_changed_and_removed(people: Cast, amina: Client, programme: Programme) -> None:
    statement = shown(participant(opened(programme, by=people.amina), by=people.amina), by=people.amina)
    data = {"title": "Safety", "statements": [str(statement.pk)]}
    amina.post(reverse("room-theme-create", args=[programme.pk]), data)
    theme = Theme.objects.get()

    assert "this title already" in amina.post(reverse("room-theme-create", args=[programme.pk]), data).content.decode()
    amina.post(reverse("room-theme-edit", args=[theme.pk]), {**data, "title": "Being safe"})
    assert "Being safe" in page(amina, "room-themes", programme.pk)
    amina.post(reverse("room-theme-remove", args=[theme.pk]))
    assert not Theme.objects.exists()


def test_figures_come_only_when_it_is_closed(people: Cast, amina: Client, programme: Programme) -> None:
    opened(programme, by=people.amina)

    assert "Figures come once the room is closed" in page(amina, "room-reading", programme.pk)
    assert amina.get(reverse("room-figures", args=[programme.pk])).status_code == 404


def test_an_approver_publishes_what_they_read_and_not_what_changed(people: Cast, programme: Programme) -> None:
    room, bob = closed(programme, by=people.amina), client_of(people.bob)
    address = reverse("room-publish", args=[programme.pk])
    assert "Publish it" in page(bob, "room-publish", programme.pk)
    stale = bob.post(address, {"seen": "0" * 64}).content.decode()
    assert "changed since you read it" in stale

    answer = bob.post(address, {"seen": sha256(queries.published_rooms.draft(room))})

    assert answer.headers["Location"] == reverse("published-room", args=[room.pk])
    assert "can be published" in bob.get(address, follow=True).content.decode()
    assert "Links" in page(bob, "room-detail", programme.pk)


def test_what_waits_and_what_lacks_an_answer_is_named_before_publishing(people: Cast, programme: Programme) -> None:
    room = opened(programme, by=people.amina)
    said(participant(room, by=people.amina))
    shown(participant(room, by=people.amina), by=people.amina)
    rooms.close(room=room, by=people.amina)

    text = page(client_of(people.bob), "room-publish", programme.pk)

    assert "1 waits to be read" in text
    assert "1 has no answer" in text
    assert "Publish it" not in text


@pytest.mark.promise("P6")
def test_everyone_reads_what_was_published_byte_for_byte(people: Cast, programme: Programme) -> None:
    anyone = Client()
    assert "No authority has published" in page(anyone, "published-room-list")
    room = published(programme, by=people.amina, approver=people.bob)
    assert "What helps you?" in page(anyone, "published-room-list")
    text = page(anyone, "published-room", room.pk)
    download = anyone.get(reverse("published-room-download", args=[room.pk])).content.decode()

    assert "I want to be safe." in text
    assert sha256(download) == room.publication.sha256
    assert room.publication.sha256 in text
    assert "It is what many say." in anyone.get(reverse("published-room-figures", args=[room.pk])).content.decode()
    not_there = anyone.get(reverse("published-room", args=[programme.pk]))
    assert not_there.status_code == 404


def test_no_page_of_the_authority_says_who_wrote_what(people: Cast, amina: Client, programme: Programme) -> None:
    room = opened(programme, by=people.amina)
    author = participant(room, by=people.amina, kind="advocate")
    statement = shown(author, by=people.amina)
    fates.put_together(room=room, title="Safety", statements=[statement.pk], by=people.amina)
    names = ("room-moderation", "room-fates", "room-themes", "room-detail", "room-moderation-log")

    pages = [page(amina, name, programme.pk) for name in names]
    pages += [page(amina, name, statement.pk) for name in ("room-moderate", "room-fate")]

    for text in pages:
        assert str(author.pk) not in text
        assert "dvocate" not in text.replace("advocates, frontline workers", "")


def test_every_page_asks_the_database_at_most_fifteen_times(
    people: Cast, programme: Programme, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        measures.added(programme, by=people.amina, name=f"Measure {number}")
    made_up_rooms.build(programme=programme, by=people.amina, approver=people.bob)
    amina, room = client_of(people.amina), Room.objects.get()
    Theme.objects.bulk_create(Theme(room=room, title=f"Theme {number}") for number in range(20))
    names = ("detail", "edit", "link-list", "moderation", "fates", "themes", "reading", "figures", "moderation-log")

    for name in names:
        with django_assert_max_num_queries(15):
            assert amina.get(reverse(f"room-{name}", args=[programme.pk])).status_code == 200
    with django_assert_max_num_queries(15):
        Client().get(reverse("published-room", args=[room.pk]))
    with django_assert_max_num_queries(15):
        amina.get(programme.get_absolute_url())
