"""What people say in an outcomes room: how they begin, what is kept, and what they can change."""

import re
import threading
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, models, transaction

from commissioning import queries
from commissioning.core.rooms import Kind
from commissioning.models import (
    AuditEntry,
    Participant,
    Reaction,
    Room,
    RoomInvitation,
    RoomLink,
    Statement,
    Vote,
)
from commissioning.services import room_links, rooms, taking_part
from tests.factories.commissioning import Cast, cast
from tests.factories.rooms import begun, link_of, opened, participant, said, shown, voted
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db
WHAT_PEOPLE_SAY: tuple[type[models.Model], ...] = (Participant, Reaction, Statement, Vote)


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def room(people: Cast) -> Room:
    return opened(imported(organisation=people.authority, by=people.amina), by=people.amina)


@pytest.mark.promise("P1")
def test_no_column_for_a_name_an_address_an_account_or_a_time_stands_with_what_people_say() -> None:
    about_people = re.compile(r"name|mail|phone|(^|_)ip(_|$)|agent|browser|user|account|_by$|_at$|_on$|date|time", re.I)

    for model in WHAT_PEOPLE_SAY:
        columns = [field for field in model._meta.get_fields() if field.concrete]
        assert [field.name for field in columns if about_people.search(field.name)] == []
        assert [field.name for field in columns if isinstance(field, models.DateField | models.TimeField)] == []
        leads_to = {field.related_model.__name__ for field in columns if field.related_model}
        assert leads_to <= {"Room", "RoomCard", "Participant", "Statement", "Theme"}
        # A random number, which says nothing of who came when.
        assert isinstance(model._meta.pk, models.UUIDField)


@pytest.mark.promise("P1")
def test_taking_part_leaves_no_audit_entry_because_its_hour_could_betray(people: Cast, room: Room) -> None:
    link = link_of(room, by=people.amina)
    before = AuditEntry.objects.count()

    secret = taking_part.begin(link=link)
    mine = queries.taking_part.by_secret(secret or "")
    assert mine
    taking_part.react(participant=mine, card=room.cards.get(), said={"is_fair": True})
    voted([mine], room.statements.all()[0])
    statement = said(mine)
    taking_part.change(statement=statement, text="Better", may_be_quoted=False, by=mine)
    taking_part.take_back(statement=statement, by=mine)

    assert AuditEntry.objects.count() == before


def test_of_one_link_many_begin_each_with_a_secret_of_their_own(people: Cast, room: Room) -> None:
    link = link_of(room, by=people.amina, kind=Kind.ADVOCATE)

    secrets = {taking_part.begin(link=link) for _ in range(3)}

    assert len(secrets) == 3
    assert {each.kind for each in room.participants.all()} == {"advocate"}
    assert {queries.taking_part.by_secret(each or "") for each in secrets} == set(room.participants.all())


def test_a_personal_link_is_what_one_comes_back_by_and_nothing_ties_the_two_rows(people: Cast, room: Room) -> None:
    link = link_of(room, by=people.amina, use="personal")

    assert taking_part.begin(link=link) == taking_part.begin(link=link) == link
    mine = room.participants.get()
    assert mine.secret_hash != room.links.get().secret_hash
    room_links.revoke(link=room.links.get(), by=people.amina)
    assert queries.taking_part.by_secret(link) == mine


@pytest.mark.promise("P2")
def test_a_secret_is_found_as_people_type_it_and_no_other_finds_anybody(people: Cast, room: Room) -> None:
    secret = begun(room, by=people.amina)

    assert queries.taking_part.by_secret(secret.upper().replace("-", " "))
    for wrong in ("", secret[:-1], secret[:-1] + "u", room.participants.get().secret_hash, str(uuid4())):
        assert queries.taking_part.by_secret(wrong) is None
        assert queries.taking_part.link_by_secret(wrong) is None


def test_a_facilitator_begins_only_with_consent_and_it_is_noted(people: Cast, room: Room) -> None:
    link = link_of(room, by=people.amina, use="facilitator")

    with pytest.raises(ValidationError, match="Ask them first"):
        taking_part.begin(link=link)
    assert taking_part.begin(link=link, has_consent=True)
    assert room.participants.get().is_assisted


def test_a_member_begins_for_somebody_with_consent_and_a_stranger_does_not(people: Cast, room: Room) -> None:
    with pytest.raises(ValidationError, match="Ask them first"):
        taking_part.begin_for(room=room, kind="advocate", has_consent=False, by=people.amina)
    secret = taking_part.begin_for(room=room, kind="advocate", has_consent=True, by=people.amina)

    found = queries.taking_part.by_secret(secret)
    assert found and found.is_assisted
    for stranger in (people.vera, people.charlie, people.dilys):
        with pytest.raises(PermissionDenied):
            taking_part.begin_for(room=room, kind="advocate", has_consent=True, by=stranger)


def test_an_invited_provider_begins_once_and_is_stored_like_anybody(people: Cast, room: Room) -> None:
    invitation = room_links.invite(room=room, name=people.provider.name, by=people.amina)
    before = AuditEntry.objects.count()

    secret = taking_part.begin_as_provider(invitation=invitation, by=people.dilys)

    mine = queries.taking_part.by_secret(secret)
    assert mine and mine.kind == Kind.PROVIDER and not mine.is_assisted
    assert AuditEntry.objects.count() == before
    assert RoomInvitation.objects.get().has_begun
    with pytest.raises(ValidationError, match="begun already"):
        taking_part.begin_as_provider(invitation=invitation, by=people.dilys)
    with pytest.raises(PermissionDenied):
        taking_part.begin_as_provider(invitation=invitation, by=people.amina)


def test_what_is_said_again_takes_the_place_of_what_was_said(people: Cast, room: Room) -> None:
    mine, card, seed = participant(room, by=people.amina), room.cards.get(), room.statements.all()[0]

    taking_part.react(participant=mine, card=card, said={"is_fair": True, "nonsense": True})
    taking_part.react(participant=mine, card=card, said={"could_be_fiddled": True})
    voted([mine], seed, "agree")
    voted([mine], seed, "pass")

    reaction = Reaction.objects.get()
    assert (reaction.is_fair, reaction.could_be_fiddled) == (False, True)
    assert Vote.objects.get().choice == "pass"


def test_an_answer_is_taken_back_as_if_it_was_skipped(people: Cast, room: Room) -> None:
    mine, card, seed = participant(room, by=people.amina), room.cards.get(), room.statements.all()[0]
    taking_part.react(participant=mine, card=card, said={})
    voted([mine], seed)

    taking_part.forget(participant=mine, step="say-card", key=card.pk)
    taking_part.forget(participant=mine, step="say-vote", key=seed.pk)

    assert not Reaction.objects.exists()
    assert not Vote.objects.exists()


def test_nobody_says_anything_to_what_is_not_theirs_to_see(people: Cast, room: Room) -> None:
    mine = participant(room, by=people.amina)
    other = opened(imported(organisation=people.authority, by=people.amina), by=people.amina)
    own, waiting = shown(mine, by=people.amina), said(participant(room, by=people.amina))

    for statement in (own, waiting, other.statements.all()[0]):
        with pytest.raises(ValidationError):
            voted([mine], statement)
    with pytest.raises(ValidationError):
        voted([mine], room.statements.filter(author=None)[0], "nonsense")
    with pytest.raises(ValidationError):
        taking_part.react(participant=mine, card=other.cards.get(), said={})


@pytest.mark.parametrize("changed", [{"kind": "queen"}, {"kind": ""}])
def test_the_database_knows_the_kinds(people: Cast, room: Room, changed: dict[str, Any]) -> None:
    participant(room, by=people.amina)

    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.update(**changed)


def test_a_walk_asks_cards_then_statements_of_the_commissioner_first_then_own_words(people: Cast, room: Room) -> None:
    mine = participant(room, by=people.amina)
    for number in range(8):
        shown(participant(room, by=people.amina), by=people.amina, text=f"Number {number}")

    walk = queries.taking_part.walk(mine)

    assert [step.route for step in walk] == ["say-card", *["say-vote"] * 6, *["say-words"] * 3]
    assert {step.key for step in walk[1:3]} == {str(each.pk) for each in room.statements.filter(author=None)}
    assert walk == queries.taking_part.walk(mine)
    assert not any(step.is_done for step in walk)


def test_what_was_answered_stays_in_the_walk_and_further_ones_are_offered(people: Cast, room: Room) -> None:
    mine = participant(room, by=people.amina)
    others = [
        shown(participant(room, by=people.amina), by=people.amina, text=f"Number {number}") for number in range(7)
    ]
    voted([mine], others[0])

    asked = {step.key: step.is_done for step in queries.taking_part.walk(mine)}
    assert asked[str(others[0].pk)]
    assert queries.taking_part.further(mine)
    for each in queries.taking_part.votable(mine):
        voted([mine], each)
    assert queries.taking_part.further(mine) is None
    assert sum(step.route == "say-vote" for step in queries.taking_part.walk(mine)) == 9


@pytest.mark.django_db(transaction=True)
def test_no_transaction_ties_an_invited_provider_to_what_it_says(people: Cast, room: Room) -> None:
    invitation = room_links.invite(room=room, name=people.provider.name, by=people.amina)

    taking_part.begin_as_provider(invitation=invitation, by=people.dilys)

    assert transactions_of(RoomInvitation).isdisjoint(transactions_of(Participant))


@pytest.mark.promise("P1")
@pytest.mark.django_db(transaction=True)
def test_after_closing_no_transaction_tells_anybody_apart(people: Cast, room: Room) -> None:
    invitation = room_links.invite(room=room, name=people.provider.name, by=people.amina)
    taking_part.begin_as_provider(invitation=invitation, by=people.dilys)
    participant(room, by=people.amina)
    before = transactions_of(Participant)

    rooms.close(room=room, by=people.amina)

    after = transactions_of(Participant)
    assert (len(before), len(after)) == (2, 1)
    assert transactions_of(RoomInvitation) == after


def transactions_of(model: type[models.Model]) -> set[str]:
    """Give the numbers of the transactions that wrote the rows, as the database notes them with each."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT xmin::text FROM {model._meta.db_table}")
        return {number for (number,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_buttons_pressed_twice_at_once_count_once(people: Cast, room: Room) -> None:
    mine, seed = participant(room, by=people.amina), room.statements.all()[0]
    invitation = room_links.invite(room=room, name=people.provider.name, by=people.amina)
    start, began = threading.Barrier(2), []

    def press() -> None:
        start.wait()
        try:
            taking_part.vote(participant=mine, statement=seed, choice="agree")
            began.append(taking_part.begin_as_provider(invitation=invitation, by=people.dilys))
        except ValidationError:
            began.append("")
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _ in range(2)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()

    assert Vote.objects.count() == 1
    assert sorted(map(bool, began)) == [False, True]
    assert room.participants.filter(kind="provider").count() == 1


@pytest.mark.long
@pytest.mark.promise("P2")
def test_a_million_guesses_find_nobody(people: Cast, room: Room) -> None:
    for _ in range(50):
        begun(room, by=people.amina)

    for _ in range(100):
        guesses = [taking_part.secret() for _ in range(10_000)]
        hashes = [queries.taking_part.core.participant_hash(guess) for guess in guesses]
        links = [queries.taking_part.core.link_hash(guess) for guess in guesses]
        assert not Participant.objects.filter(secret_hash__in=hashes).exists()
        assert not RoomLink.objects.filter(secret_hash__in=links).exists()


def test_a_closing_at_the_same_moment_leaves_no_way_in(people: Cast, room: Room) -> None:
    link = link_of(room, by=people.amina)
    rooms.close(room=room, by=people.amina)

    assert taking_part.begin(link=link) is None
