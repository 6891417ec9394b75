"""Links to an outcomes room: what is kept of them, who may make them, and when they stop working."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from commissioning import queries
from commissioning.core.rooms import ALPHABET, plain
from commissioning.models import AuditEntry, Room, RoomInvitation, RoomLink
from commissioning.services import room_links, rooms, taking_part
from tests.factories.commissioning import Cast, cast
from tests.factories.rooms import link_of, opened
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def room(people: Cast) -> Room:
    return opened(imported(organisation=people.authority, by=people.amina), by=people.amina)


def make(room: Room, people: Cast, **given: Any) -> list[str]:
    usual = {"kind": "service_user", "use": "many", "count": 1, "label": "", "expires_on": room.closes_on}
    return room_links.make(room=room, by=people.amina, **{**usual, **given})


@pytest.mark.promise("P2")
def test_a_secret_has_140_random_bits_and_only_its_hash_is_kept(people: Cast, room: Room) -> None:
    made = make(room, people, use="personal", count=100)

    assert len(set(made)) == 100
    assert all(len(plain(secret)) == 28 and set(plain(secret)) <= set(ALPHABET) for secret in made)
    # Every letter at every place comes about equally often; 2,800 letters of 32 are 87.5 each.
    letters = "".join(map(plain, made))
    assert all(45 < letters.count(letter) < 140 for letter in ALPHABET)
    kept = str(list(RoomLink.objects.values())) + str(list(AuditEntry.objects.values()))
    assert not any(secret in kept or plain(secret) in kept for secret in made)


def test_only_personal_links_come_in_numbers_and_a_facilitators_is_for_many(people: Cast, room: Room) -> None:
    assert len(make(room, people, count=5)) == 1
    assert len(make(room, people, use="facilitator", count=5)) == 1
    assert len(make(room, people, use="personal", count=5)) == 5
    assert RoomLink.objects.filter(is_personal=True, for_facilitator=False).count() == 5
    assert RoomLink.objects.filter(for_facilitator=True).count() == 1


@pytest.mark.parametrize("count", [0, 101])
def test_no_links_and_too_many_at_a_time_are_refused(people: Cast, room: Room, count: int) -> None:
    with pytest.raises(ValidationError, match="from 1 to 100"):
        make(room, people, use="personal", count=count)


def test_a_room_has_at_most_a_thousand(people: Cast, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room_links, "MOST_LINKS", 3)
    make(room, people, use="personal", count=3)

    with pytest.raises(ValidationError, match="at most 3"):
        make(room, people)


@pytest.mark.parametrize("days", [-1, 8])
def test_a_link_ends_between_today_and_the_rooms_last_day(people: Cast, room: Room, days: int) -> None:
    with pytest.raises(ValidationError, match="last day of the room"):
        make(room, people, expires_on=timezone.localdate() + timedelta(days=days))


def test_of_a_closed_room_no_link_is_made(people: Cast, room: Room) -> None:
    rooms.close(room=room, by=people.amina)

    with pytest.raises(ValidationError, match="closed"):
        make(room, people)


@pytest.mark.promise("P2")
def test_revoked_expired_wrong_and_closed_links_begin_nothing(people: Cast, room: Room) -> None:
    revoked, expired = link_of(room, by=people.amina), link_of(room, by=people.amina)
    by_hash = queries.taking_part.core.link_hash
    room_links.revoke(link=RoomLink.objects.get(secret_hash=by_hash(revoked)), by=people.amina)
    room_links.revoke(link=RoomLink.objects.get(secret_hash=by_hash(revoked)), by=people.amina)
    yesterday = timezone.localdate() - timedelta(days=1)
    RoomLink.objects.filter(secret_hash=by_hash(expired)).update(expires_on=yesterday)
    of_closed = link_of(room, by=people.amina)

    assert [taking_part.begin(link=each) for each in (revoked, expired, "", "0000")] == [None] * 4
    assert AuditEntry.objects.filter(action="revoked a link to an outcomes room").count() == 1
    rooms.close(room=room, by=people.amina)
    assert taking_part.begin(link=of_closed) is None
    assert not room.participants.exists()


def test_a_provider_with_an_account_is_invited_by_its_name_once(people: Cast, room: Room) -> None:
    room_links.invite(room=room, name=" helping hands ", by=people.amina)
    room_links.invite(room=room, name="Helping Hands", by=people.bob)

    assert RoomInvitation.objects.get().organisation == people.provider
    for name in ("Nobody", people.elsewhere.name):
        with pytest.raises(ValidationError, match="No provider of this name"):
            room_links.invite(room=room, name=name, by=people.amina)


def test_strangers_and_readers_make_no_links(people: Cast, room: Room) -> None:
    link_of(room, by=people.amina)
    link = RoomLink.objects.get()

    for stranger in (people.vera, people.charlie, people.dilys):
        with pytest.raises(PermissionDenied):
            link_of(room, by=stranger)
        with pytest.raises(PermissionDenied):
            room_links.revoke(link=link, by=stranger)
        with pytest.raises(PermissionDenied):
            room_links.invite(room=room, name="Helping Hands", by=stranger)
