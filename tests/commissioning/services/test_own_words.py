"""Somebody's own words: how they are kept, changed, quoted and taken back, and until when."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from commissioning.core.rooms import Sort
from commissioning.models import (
    Participant,
    Room,
    Statement,
    Vote,
)
from commissioning.services import taking_part
from tests.factories.commissioning import Cast, cast
from tests.factories.rooms import closed, moderated, opened, participant, said, shown, voted
from tests.factories.rooms import published as published_room
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def room(people: Cast) -> Room:
    return opened(imported(organisation=people.authority, by=people.amina), by=people.amina)


def test_own_words_wait_keep_their_letters_and_are_marked_for_the_moderator(people: Cast, room: Room) -> None:
    statement = said(participant(room, by=people.amina), "  <b>Jane</b>\0 says:\n call 07700 900123 ", sort=Sort.SOONER)

    assert statement.text == "<b>Jane</b> says: call 07700 900123"
    assert statement.state == Statement.State.WAITING
    assert statement.marks == ["phone"]


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 301])
def test_no_words_and_too_many_are_refused(people: Cast, room: Room, text: str) -> None:
    with pytest.raises(ValidationError):
        said(participant(room, by=people.amina), text)


def test_nobody_writes_without_end(people: Cast, room: Room) -> None:
    mine = participant(room, by=people.amina)
    for number in range(taking_part.MOST_WORDS_EACH):
        said(mine, f"Number {number}")

    with pytest.raises(ValidationError, match="You can write 20"):
        said(mine, "One more")


def test_hidden_words_are_changed_and_wait_again(people: Cast, room: Room) -> None:
    mine = participant(room, by=people.amina)
    statement = moderated(said(mine), by=people.amina, act="hidden", reason="names")

    taking_part.change(statement=statement, text="In other words", may_be_quoted=True, by=mine)

    statement.refresh_from_db()
    assert (statement.state, statement.reason, statement.text) == ("waiting", "", "In other words")


def test_shown_words_stay_but_consent_to_quote_them_can_go(people: Cast, room: Room) -> None:
    mine = participant(room, by=people.amina)
    statement = shown(mine, by=people.amina)

    with pytest.raises(ValidationError, match="Others have read this"):
        taking_part.change(statement=statement, text="Else", may_be_quoted=True, by=mine)
    taking_part.change(statement=statement, text=statement.text, may_be_quoted=False, by=mine)

    statement.refresh_from_db()
    assert (statement.state, statement.may_be_quoted) == ("shown", False)


def test_only_its_author_changes_a_statement_and_nothing_comes_back_that_was_taken_back(
    people: Cast, room: Room
) -> None:
    mine, theirs = participant(room, by=people.amina), participant(room, by=people.amina)
    statement = shown(mine, by=people.amina)
    voted([theirs], statement)

    with pytest.raises(ValidationError):
        taking_part.take_back(statement=statement, by=theirs)
    taking_part.take_back(statement=statement, by=mine)

    statement.refresh_from_db()
    assert (statement.state, statement.text, statement.may_be_quoted) == ("taken_back", "", False)
    assert not Vote.objects.exists()
    with pytest.raises(ValidationError, match="taken this back"):
        taking_part.change(statement=statement, text="Again", may_be_quoted=False, by=mine)


@pytest.mark.promise("P6")
def test_after_closing_nothing_is_said_but_consent_and_words_can_still_be_withdrawn(people: Cast) -> None:
    room = closed(imported(organisation=people.authority, by=people.amina), by=people.amina)
    mine = participant_of(room)
    statement = mine.statements.get()

    refused: list[Callable[[], object]] = [
        lambda: taking_part.react(participant=mine, card=room.cards.get(), said={}),
        lambda: voted([mine], room.statements.filter(author=None)[0]),
        lambda: said(mine),
        lambda: taking_part.change(statement=statement, text="Else", may_be_quoted=True, by=mine),
        lambda: taking_part.quoting(statement=statement, may_be_quoted=True, by=mine),
        lambda: taking_part.forget(participant=mine, step="say-card", key=room.cards.get().pk),
        lambda: taking_part.begin_for(room=room, kind="advocate", has_consent=True, by=people.amina),
    ]
    for act in refused:
        with pytest.raises(ValidationError, match="closed"):
            act()
    assert not taking_part.quoting(statement=statement, may_be_quoted=False, by=mine).may_be_quoted
    assert taking_part.take_back(statement=statement, by=mine).text == ""


@pytest.mark.promise("P6")
def test_once_published_neither_words_nor_consent_change(people: Cast) -> None:
    programme = imported(organisation=people.authority, by=people.amina)
    mine = participant_of(published_room(programme, by=people.amina, approver=people.bob))
    statement = mine.statements.get()

    with pytest.raises(ValidationError, match="published"):
        taking_part.quoting(statement=statement, may_be_quoted=False, by=mine)
    with pytest.raises(ValidationError, match="published"):
        taking_part.take_back(statement=statement, by=mine)


def participant_of(room: Room) -> Participant:
    return Participant.objects.get(room=room, statements__isnull=False)
