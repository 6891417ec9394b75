"""What becomes of what people said: fates, themes with company, and what is published and stays."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InternalError, transaction

from commissioning import queries
from commissioning.core.canonical import sha256
from commissioning.models import AuditEntry, Fate, Participant, Programme, Room, RoomPublication, Statement, Theme
from commissioning.services import fates, rooms, taking_part
from tests.factories import measures
from tests.factories.commissioning import Cast, cast
from tests.factories.rooms import answered, closed, many, moderated, opened, participant, published, said, shown, voted
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


@pytest.fixture
def room(people: Cast, programme: Programme) -> Room:
    return opened(programme, by=people.amina)


def publish(room: Room, people: Cast) -> RoomPublication:
    return fates.publish(room=room, seen=sha256(queries.published_rooms.draft(room)), by=people.bob)


def test_its_author_sees_what_became_of_a_statement_and_the_card_it_led_to(people: Cast, room: Room) -> None:
    mine = participant(room, by=people.amina)
    statement = shown(mine, by=people.amina)
    card = measures.added(room.programme, by=people.amina, name="Feels safe")

    answered(statement, by=people.amina, decision="adapted", because="We measure it.", measure=card)

    seen = queries.taking_part.own(mine).get().fate
    assert (seen.decision, seen.because, seen.measure) == ("adapted", "We measure it.", card)
    assert AuditEntry.objects.filter(action="decided what becomes of a statement").count() == 1


def test_two_who_decide_at_once_do_not_overwrite_each_other(people: Cast, room: Room) -> None:
    statement = shown(participant(room, by=people.amina), by=people.amina)
    answered(statement, by=people.amina)

    with pytest.raises(ValidationError, match="Somebody else has decided"):
        answered(statement, by=people.bob, decision="not_adopted")
    was = queries.fates.fingerprint(Fate.objects.get())
    answered(statement, by=people.bob, decision="not_adopted", was=was)

    assert Fate.objects.get().decision == "not_adopted"


@pytest.mark.parametrize("given", [{"decision": "forgotten"}, {"because": ""}, {"decision": ""}])
def test_a_fate_is_one_of_three_and_says_why(people: Cast, room: Room, given: dict[str, Any]) -> None:
    statement = shown(participant(room, by=people.amina), by=people.amina)

    with pytest.raises(ValidationError):
        answered(statement, by=people.amina, **given)


def test_only_what_everyone_sees_gets_a_fate_and_only_a_measure_of_this_programme(people: Cast, room: Room) -> None:
    mine = participant(room, by=people.amina)
    with pytest.raises(ValidationError, match="Only what everyone sees"):
        answered(said(mine), by=people.amina)
    elsewhere = measures.added(imported(organisation=people.authority, by=people.amina), by=people.amina)

    with pytest.raises(ValidationError, match="of this programme"):
        answered(shown(mine, by=people.amina, text="B"), by=people.amina, measure=elsewhere)


def test_a_measure_that_goes_leaves_the_fate_and_the_card_of_the_room(people: Cast, room: Room) -> None:
    statement = shown(participant(room, by=people.amina), by=people.amina)
    measure = room.cards.get().measure
    assert measure
    answered(statement, by=people.amina, measure=measure)

    measure.delete()

    assert Fate.objects.get().measure is None
    assert room.cards.get().title == "You have a job 0"


@pytest.mark.promise("P6")
def test_a_theme_needs_five_people_who_wrote_or_agreed(people: Cast, room: Room) -> None:
    first, *others = many(room, 6, by=people.amina)
    statement = shown(first, by=people.amina)
    theme = fates.put_together(room=room, title="Safety", statements=[statement.pk], by=people.amina)

    def is_enough() -> bool:
        (found,) = queries.fates.themes(room)
        return found.is_enough

    voted(others[:3], statement)
    voted(others[3:], statement, "disagree")
    assert not is_enough()
    voted(others[3:4], statement)
    assert is_enough()
    rooms.close(room=room, by=people.amina)
    room.refresh_from_db()
    assert [each["title"] for each in queries.published_rooms.content(room, is_public=True)["themes"]] == ["Safety"]

    moderated(statement, by=people.amina, act="hidden", reason="names")
    assert not is_enough()
    assert queries.published_rooms.content(room, is_public=True)["themes"] == []
    assert queries.published_rooms.content(room, is_public=False)["themes"][0]["is_enough"] is False
    assert theme.title == "Safety"


def test_a_statement_belongs_to_one_theme_and_themes_come_and_go(people: Cast, room: Room) -> None:
    statement = shown(participant(room, by=people.amina), by=people.amina)
    waiting = said(participant(room, by=people.amina))
    first = fates.put_together(room=room, title="A", statements=[statement.pk, waiting.pk], by=people.amina)
    second = fates.put_together(room=room, title="B", statements=[statement.pk], by=people.amina)
    assert (first.statements.count(), second.statements.count()) == (0, 1)

    fates.put_together(room=room, title="Bee", statements=[], theme=second, by=people.amina)
    assert Theme.objects.get(pk=second.pk).statements.count() == 0
    with pytest.raises(ValidationError, match="this title already"):
        fates.put_together(room=room, title="A", statements=[], by=people.amina)
    fates.take_apart(theme=first, by=people.amina)

    assert [each.title for each in Theme.objects.all()] == ["Bee"]


def test_themes_have_an_end(people: Cast, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fates, "MOST_THEMES", 1)
    fates.put_together(room=room, title="A", statements=[], by=people.amina)

    with pytest.raises(ValidationError, match="at most 1"):
        fates.put_together(room=room, title="B", statements=[], by=people.amina)


@pytest.mark.promise("P6")
def test_words_are_published_only_with_consent_that_stood_until_then(people: Cast, programme: Programme) -> None:
    room = closed(programme, by=people.amina)
    statement = room.statements.get(author__isnull=False)
    author = Participant.objects.get(statements=statement)
    assert statement.text in queries.published_rooms.draft(room)

    taking_part.quoting(statement=statement, may_be_quoted=False, by=author)

    found = publish(room, people)
    assert statement.text not in found.content
    (kept,) = [each for each in queries.published_rooms.read(found.content)["statements"] if not each["is_seed"]]
    assert (kept["ask"], kept["fate"]["words"]) == ("", "Adopted")


def test_what_is_published_is_what_the_approver_read(people: Cast, programme: Programme) -> None:
    room = closed(programme, by=people.amina)
    seen = sha256(queries.published_rooms.draft(room))
    statement = room.statements.get(author__isnull=False)
    taking_part.take_back(statement=statement, by=Participant.objects.get(statements=statement))

    with pytest.raises(ValidationError, match="changed since you read it"):
        fates.publish(room=room, seen=seen, by=people.bob)


def test_nothing_is_published_while_something_waits_or_lacks_an_answer(people: Cast, programme: Programme) -> None:
    room = opened(programme, by=people.amina)
    with pytest.raises(ValidationError, match="not closed yet"):
        publish_open(room, people)
    mine = participant(room, by=people.amina)
    statement = said(mine)
    rooms.close(room=room, by=people.amina)
    room.refresh_from_db()

    with pytest.raises(ValidationError, match="wait to be read"):
        publish(room, people)
    moderated(statement, by=people.amina)
    with pytest.raises(ValidationError, match="no answer yet"):
        publish(room, people)
    answered(statement, by=people.amina)
    assert publish(room, people).room.state == Room.State.PUBLISHED


def publish_open(room: Room, people: Cast) -> None:
    fates.publish(room=room, seen="", by=people.bob)


def test_an_editor_does_not_publish_nor_a_stranger_decide(people: Cast, programme: Programme) -> None:
    room = closed(programme, by=people.amina)
    statement = room.statements.get(author__isnull=False)
    with pytest.raises(PermissionDenied):
        fates.publish(room=room, seen="", by=people.amina)

    for stranger in (people.vera, people.charlie, people.dilys):
        with pytest.raises(PermissionDenied):
            answered(statement, by=stranger)
        with pytest.raises(PermissionDenied):
            fates.put_together(room=room, title="A", statements=[], by=stranger)
        with pytest.raises(PermissionDenied):
            fates.publish(room=room, seen="", by=stranger)


def test_what_is_published_stays_as_it_is(people: Cast, programme: Programme) -> None:
    room = published(programme, by=people.amina, approver=people.bob)
    kept = RoomPublication.objects.get()
    statement = room.statements.get(author__isnull=False)

    with pytest.raises(ValidationError, match="published"):
        answered(statement, by=people.amina, decision="not_adopted")
    with pytest.raises(ValidationError, match="published"):
        fates.put_together(room=room, title="A", statements=[], by=people.amina)
    for change in (lambda: RoomPublication.objects.update(content="{}"), RoomPublication.objects.all().delete):
        with pytest.raises(InternalError), transaction.atomic():
            change()
    Statement.objects.filter(author=None).update(text="Rewritten behind everybody's back")
    assert kept.sha256 == sha256(RoomPublication.objects.get().content)
    assert "Rewritten" not in RoomPublication.objects.get().content
