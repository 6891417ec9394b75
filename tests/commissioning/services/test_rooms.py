"""Setting up, opening and closing an outcomes room: every rule, and every refusal."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from commissioning import queries
from commissioning.models import AuditEntry, Programme, Room, Statement
from commissioning.services import chores, rooms
from commissioning.services.drafts import Edit, StaleError
from tests.factories import measures
from tests.factories.commissioning import Cast, cast
from tests.factories.rooms import opened, prepared
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def edit(was: Any, typed: Any, field: str = "title") -> Edit:
    return Edit(
        was={field: str(was)},
        typed={field: str(typed)},
        values={field: {field: typed}},
        shown=lambda row: {field: str(getattr(row, field))},
    )


def test_a_room_is_set_up_once_and_written_down(people: Cast, programme: Programme) -> None:
    room = prepared(programme, by=people.amina)

    assert room.state == Room.State.DRAFT
    assert AuditEntry.objects.filter(action="set up an outcomes room", by=people.amina).count() == 1
    with pytest.raises(ValidationError, match="a room already"):
        prepared(programme, by=people.amina, cards=0)


@pytest.mark.parametrize("days", [-1, 366])
def test_a_room_closes_between_today_and_a_year_from_now(people: Cast, programme: Programme, days: int) -> None:
    with pytest.raises(ValidationError, match="from today to a year"):
        prepared(programme, by=people.amina, closes_on=in_days(days))


def test_a_threshold_below_five_is_refused_by_the_database_too(people: Cast, programme: Programme) -> None:
    with pytest.raises(ValidationError):
        prepared(programme, by=people.amina, least=4)
    room = prepared(programme, by=people.amina)
    with pytest.raises(IntegrityError), transaction.atomic():
        Room.objects.filter(pk=room.pk).update(least=3)


def test_it_is_changed_field_by_field_and_two_who_change_the_same_see_both(people: Cast, programme: Programme) -> None:
    room = prepared(programme, by=people.amina)

    rooms.change(room=room, edit=edit("What helps you?", "What is good?"), by=people.bob)

    with pytest.raises(StaleError):
        rooms.change(room=room, edit=edit("What helps you?", "What is bad?"), by=people.amina)
    assert Room.objects.get().title == "What is good?"


def test_once_people_take_part_what_they_see_and_what_is_told_stays(people: Cast, programme: Programme) -> None:
    room = opened(programme, by=people.amina)
    card, seed = room.cards.get(), room.statements.all()[0]
    another = measures.added(programme, by=people.amina, name="Another")

    refused: list[Callable[[], object]] = [
        lambda: rooms.change(room=room, edit=edit(5, 20, "least"), by=people.amina),
        lambda: rooms.show_card(room=room, measure=another, title="A", question="B", by=people.amina),
        lambda: rooms.change_card(card=card, edit=edit(card.title, "Else"), by=people.amina),
        lambda: rooms.remove_card(card=card, by=people.amina),
        lambda: rooms.seed(room=room, texts=["More"], by=people.amina),
        lambda: rooms.remove_seed(statement=seed, by=people.amina),
    ]
    for act in refused:
        with pytest.raises(ValidationError, match="taking part already"):
            act()
    assert Room.objects.get().least == 5


def test_an_open_room_may_stay_open_longer_and_a_closed_one_not(people: Cast, programme: Programme) -> None:
    room = opened(programme, by=people.amina)

    rooms.change(room=room, edit=edit(room.closes_on, in_days(20), "closes_on"), by=people.amina)
    assert Room.objects.get().closes_on == in_days(20)
    with pytest.raises(ValidationError, match="from today"):
        rooms.change(room=room, edit=edit(in_days(20), in_days(-1), "closes_on"), by=people.amina)
    rooms.close(room=room, by=people.amina)
    with pytest.raises(ValidationError, match="closed"):
        rooms.change(room=room, edit=edit(in_days(20), in_days(30), "closes_on"), by=people.amina)


def test_cards_and_statements_are_put_in_and_taken_out_before_it_opens(people: Cast, programme: Programme) -> None:
    room = prepared(programme, by=people.amina, cards=2)
    first, second = room.cards.all()

    rooms.change_card(card=first, edit=edit(first.title, "You work"), by=people.amina)
    rooms.change_card(card=first, edit=edit("You work", "You work"), by=people.amina)
    rooms.remove_card(card=second, by=people.amina)
    rooms.remove_seed(statement=room.statements.all()[0], by=people.amina)

    assert [card.title for card in room.cards.all()] == ["You work"]
    assert room.statements.count() == 1
    assert [each.name for each in queries.rooms.measures_to_show(room)] == ["In work 1"]


def test_a_measure_of_another_programme_and_one_too_many_are_refused(people: Cast, programme: Programme) -> None:
    room = prepared(programme, by=people.amina, cards=rooms.MOST_CARDS)
    elsewhere = imported(organisation=people.authority, by=people.amina)
    said = {"title": "A", "question": "B", "by": people.amina}

    with pytest.raises(ValidationError, match="of this programme"):
        rooms.show_card(room=room, measure=measures.added(elsewhere, by=people.amina), **said)
    with pytest.raises(ValidationError, match="at most 12"):
        rooms.show_card(room=room, measure=measures.added(programme, by=people.amina, name="One more"), **said)


def test_statements_are_the_same_once_and_not_too_many(people: Cast, programme: Programme) -> None:
    room = prepared(programme, by=people.amina)

    rooms.seed(room=room, texts=["Same", " Same ", ""], by=people.amina)
    assert room.statements.filter(text="Same", state=Statement.State.SHOWN, author=None).count() == 1
    for texts in ([], ["  "], [f"Number {number}" for number in range(rooms.MOST_SEEDS)]):
        with pytest.raises(ValidationError):
            rooms.seed(room=room, texts=texts, by=people.amina)


def test_somebodys_own_words_are_not_taken_out_like_a_seed(people: Cast, programme: Programme) -> None:
    room = prepared(programme, by=people.amina)
    theirs = Statement.objects.create(
        room=room, text="Mine", author=room.participants.create(kind="advocate", secret_hash="x")
    )

    with pytest.raises(ValidationError, match="put in yourself"):
        rooms.remove_seed(statement=theirs, by=people.amina)


def test_an_empty_room_and_one_whose_day_has_passed_do_not_open(people: Cast, programme: Programme) -> None:
    room = prepared(programme, by=people.amina, cards=0)
    Room.objects.update(closes_on=in_days(-1))
    with pytest.raises(ValidationError, match="from today"):
        rooms.open_room(room=room, by=people.amina)
    Room.objects.update(closes_on=in_days(1))
    room.statements.all().delete()

    with pytest.raises(ValidationError, match="nothing to say anything to"):
        rooms.open_room(room=room, by=people.amina)


def test_opening_and_closing_twice_is_opening_and_closing_once(people: Cast, programme: Programme) -> None:
    room = opened(programme, by=people.amina)

    rooms.open_room(room=room, by=people.bob)
    rooms.close(room=room, by=people.amina)
    rooms.close(room=room, by=people.bob)
    rooms.open_room(room=room, by=people.bob)

    assert Room.objects.get().state == Room.State.CLOSED
    done = AuditEntry.objects.filter(action__in=["opened an outcomes room", "closed an outcomes room"])
    assert done.count() == 2


def test_the_sweeper_closes_a_room_the_day_after_its_last(people: Cast, programme: Programme) -> None:
    opened(programme, by=people.amina)
    Room.objects.update(closes_on=in_days(0))
    chores.do_all()
    assert Room.objects.get().state == Room.State.OPEN

    Room.objects.update(closes_on=in_days(-1))
    assert not Room.objects.get().is_taking_answers
    chores.do_all()

    assert Room.objects.get().state == Room.State.CLOSED


def test_strangers_and_readers_change_nothing(people: Cast, programme: Programme) -> None:
    room = prepared(programme, by=people.amina)
    card, seed = room.cards.get(), room.statements.all()[0]

    for stranger in (people.vera, people.charlie, people.dilys):
        refused: list[Callable[[], object]] = [
            lambda who=stranger: prepared(imported(organisation=people.authority, by=people.amina), by=who),
            lambda who=stranger: rooms.change(room=room, edit=edit("a", "b"), by=who),
            lambda who=stranger: rooms.remove_card(card=card, by=who),
            lambda who=stranger: rooms.remove_seed(statement=seed, by=who),
            lambda who=stranger: rooms.open_room(room=room, by=who),
            lambda who=stranger: rooms.close(room=room, by=who),
        ]
        for act in refused:
            with pytest.raises(PermissionDenied):
                act()
