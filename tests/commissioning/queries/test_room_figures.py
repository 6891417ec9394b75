"""What people said, read back: nothing while answers can change, then figures in which nobody is recognised."""

from typing import Any

import pytest

from commissioning import queries
from commissioning.core.rooms import Kind
from commissioning.core.tables import as_csv
from commissioning.models import Programme, Room
from commissioning.queries.room_standings import RoomStanding
from commissioning.services import made_up_rooms, rooms, taking_part
from tests.factories import measures
from tests.factories.commissioning import Cast, cast
from tests.factories.rooms import answered, closed, many, opened, prepared, shown, voted
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


@pytest.fixture
def demonstration(people: Cast, programme: Programme, settings: Any) -> Room:
    for number in range(3):
        measures.added(programme, by=people.amina, name=f"Measure {number}")
    made_up_rooms.build(programme=programme, by=people.amina, approver=people.bob)
    return Room.objects.get()


def told(content: dict[str, Any]) -> list[int | None]:
    asked = [*content["statements"], *(each for card in content["cards"] for each in card["reactions"])]
    return [cell for each in asked for part in ({"cells": each["whole"]}, *each["parts"]) for cell in part["cells"]]


def test_while_it_is_open_no_figure_is_told_but_whole_steps_of_five(people: Cast, programme: Programme) -> None:
    room = opened(programme, by=people.amina)
    for each in many(room, 6, by=people.amina):
        taking_part.react(participant=each, card=room.cards.get(), said={})
    many(room, 4, by=people.amina)  # who say nothing

    assert queries.room_figures.on_cards(room) == queries.room_figures.on_statements(room) == []
    assert queries.rooms.progress(room).took_part == 5
    room.least = 10
    assert queries.rooms.progress(room).took_part == 0


@pytest.mark.promise("P4")
def test_no_number_of_a_whole_room_is_below_its_threshold(demonstration: Room) -> None:
    content = queries.published_rooms.content(demonstration, is_public=True)

    numbers = [cell for cell in told(content) if cell is not None] + [each["about"] for each in content["took_part"]]
    assert len(numbers) > 50
    assert all(number == 0 or number >= 10 for number in numbers)
    assert all(number % 5 == 0 for number in numbers)
    assert None in told(content)


def test_the_authority_reads_the_same_figures_as_everyone(demonstration: Room) -> None:
    mine, public = (queries.published_rooms.content(demonstration, is_public=each) for each in (False, True))

    assert told(mine) == told(public)
    assert mine["took_part"] == public["took_part"]


def test_a_minority_view_is_put_forward_and_never_averaged_away(demonstration: Room) -> None:
    content = queries.published_rooms.content(demonstration, is_public=True)

    first = content["statements"][0]
    assert first["ask"] == "It is right to meet an adviser every week."
    assert first["differs"] == "Most service users disagree; most of all people agree."


def test_kinds_that_took_no_part_stand_in_no_table(people: Cast, programme: Programme) -> None:
    room = closed(programme, by=people.amina, count=12)

    content = queries.published_rooms.content(room, is_public=True)

    assert {part["who"] for each in content["statements"] for part in each["parts"]} <= {"Service users"}
    (theirs,) = [each for each in content["statements"] if not each["is_seed"]]
    assert theirs["whole"] == [10, None, None]
    assert content["took_part"] == [{"who": "Service users", "about": 10}]


def test_a_card_says_how_many_ticked_what_and_who_differs_only_by_ticking(people: Cast, programme: Programme) -> None:
    room = opened(programme, by=people.amina, least=5)
    card = room.cards.get()
    for kind, count, said in ((Kind.SERVICE_USER, 30, {}), (Kind.PROVIDER, 10, {"is_fair": True})):
        for each in many(room, count, by=people.amina, kind=kind):
            taking_part.react(participant=each, card=card, said=said)
    rooms.close(room=room, by=people.amina)
    room.refresh_from_db()

    (found,) = queries.published_rooms.content(room, is_public=True)["cards"]

    assert [each["differs"] for each in found["reactions"]] == [
        "",
        "Most providers ticked this; most of all people did not.",
        "",
        "",
    ]
    rows = queries.published_rooms.card_rows(found)
    assert rows[2] == {"who": "Providers", "cells": [None, 10, None, None]}


def test_of_a_card_that_nobody_said_anything_to_nothing_is_told(people: Cast, programme: Programme) -> None:
    room = rooms.close(room=opened(programme, by=people.amina), by=people.amina)

    content = queries.published_rooms.content(room, is_public=True)

    assert set(told(content)) == {None}
    assert content["took_part"] == []


def test_what_is_read_comes_as_a_table_too(demonstration: Room) -> None:
    text = as_csv(queries.published_rooms.as_table(queries.published_rooms.content(demonstration, is_public=True)))

    assert "Everybody,Agree" in text
    assert "hidden because it could show who somebody is" in text
    assert "Adopted: A step that you choose is a measure." in text
    assert "Jane Smith" not in text


def test_a_room_with_two_kinds_that_differ_names_both(people: Cast, programme: Programme) -> None:
    room = opened(programme, by=people.amina)
    first, *others = many(room, 40, by=people.amina)
    statement = shown(first, by=people.amina)
    voted(others, statement)
    for kind in (Kind.ADVOCATE, Kind.FRONTLINE_WORKER, Kind.PROVIDER):
        voted(many(room, 8, by=people.amina, kind=kind), statement, "disagree")
    answered(statement, by=people.amina)
    rooms.close(room=room, by=people.amina)
    room.refresh_from_db()

    content = queries.published_rooms.content(room, is_public=True)

    # The advocates' number is hidden, so that nobody can work out how many service users disagree.
    differs = "Most frontline workers and providers disagree; most of all people agree."
    assert content["statements"][0]["differs"] == differs


def test_without_a_room_or_before_its_end_the_findings_get_nothing(people: Cast, programme: Programme) -> None:
    assert queries.room_standings.standing(programme) is None
    room = opened(programme, by=people.amina)
    for each in many(room, 6, by=people.amina):
        taking_part.react(participant=each, card=room.cards.get(), said={})

    assert queries.room_standings.standing(programme) == RoomStanding("open", 0, (), False, 0)


def test_the_findings_get_who_took_part_which_cards_and_whether_an_outcome_was_adopted(
    people: Cast, programme: Programme
) -> None:
    room = closed(programme, by=people.amina, count=11, least=10)

    found = queries.room_standings.standing(programme)

    assert found == RoomStanding("closed", 10, (room.cards.get().measure_id,), True, 0)


def test_too_few_service_users_are_as_good_as_none(people: Cast, programme: Programme) -> None:
    closed(programme, by=people.amina, count=6, least=10)

    assert queries.room_standings.standing(programme) == RoomStanding("closed", 0, (), False, 0)


def test_the_standing_takes_few_queries(people: Cast, programme: Programme, django_assert_max_num_queries: Any) -> None:
    closed(programme, by=people.amina, count=6)

    with django_assert_max_num_queries(5):
        queries.room_standings.standing(programme)


def test_rooms_are_seen_by_members_and_changed_by_editors(people: Cast, programme: Programme) -> None:
    room = prepared(programme, by=people.amina)

    assert [queries.rooms.visible_to(each).count() for each in (people.vera, people.charlie, people.dilys)] == [1, 0, 0]
    assert [queries.rooms.editable_by(each).count() for each in (people.amina, people.vera)] == [1, 0]
    assert [queries.rooms.approvable_by(each).count() for each in (people.bob, people.amina)] == [1, 0]
    assert queries.rooms.of_programme(programme) == room
