"""Moderation: what others see, the trace of what they do not, and a log in which nothing is lost."""

import csv
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from commissioning import queries
from commissioning.core.canonical import sha256
from commissioning.core.tables import as_csv
from commissioning.models import AuditEntry, Moderation, Room, Statement
from commissioning.services import moderations, taking_part
from tests.factories.commissioning import Cast, cast
from tests.factories.rooms import moderated, opened, participant, published, said
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def room(people: Cast) -> Room:
    return opened(imported(organisation=people.authority, by=people.amina), by=people.amina)


def test_nobody_else_sees_words_before_a_moderator_did(people: Cast, room: Room) -> None:
    mine, other = participant(room, by=people.amina), participant(room, by=people.amina)
    statement = said(mine)
    assert statement not in queries.taking_part.of_others(other)
    assert statement not in queries.taking_part.votable(other)

    moderated(statement, by=people.amina)

    assert statement in queries.taking_part.votable(other)
    assert statement not in queries.taking_part.votable(mine)


def test_a_hidden_statement_leaves_a_trace_with_the_reason_and_keeps_its_words_for_its_author(
    people: Cast, room: Room
) -> None:
    mine, other = participant(room, by=people.amina), participant(room, by=people.amina)

    statement = moderated(said(mine, "Jane is bad."), by=people.amina, act="hidden", reason="unkind")

    trace = queries.taking_part.of_others(other).get(pk=statement.pk)
    assert (trace.state, trace.get_reason_display()) == ("hidden", "it is unkind about a person or a group")
    assert statement not in queries.taking_part.votable(other)
    assert queries.taking_part.own(mine).get().text == "Jane is bad."


def test_every_act_is_in_the_log_and_in_the_audit_log_without_the_words(people: Cast, room: Room) -> None:
    statement = said(participant(room, by=people.amina), "Jane is bad.")

    moderated(statement, by=people.amina, act="hidden", reason="names")
    statement.refresh_from_db()
    moderated(statement, by=people.bob, act="shown")

    rows = list(csv.reader(StringIO(as_csv(queries.fates.log(room)))))
    assert [row[2:5] for row in rows[1:]] == [
        ["Hidden", "it could show who somebody is", "Amina"],
        ["Shown", "", "Bob"],
    ]
    entries = AuditEntry.objects.filter(action__endswith="a statement of an outcomes room").order_by("sequence")
    assert [entry.action.split()[0] for entry in entries] == ["hid", "showed"]
    assert "Jane" not in str([entry.detail for entry in entries])


def test_words_changed_since_they_were_read_are_read_again(people: Cast, room: Room) -> None:
    mine = participant(room, by=people.amina)
    statement = said(mine)
    taking_part.change(statement=statement, text="Something else", may_be_quoted=False, by=mine)

    with pytest.raises(ValidationError, match="changed it since"):
        moderations.decide(statement=statement, act="shown", seen=sha256("I want to be safe."), by=people.amina)


@pytest.mark.parametrize(("act", "reason"), [("hidden", ""), ("hidden", "dislike"), ("burnt", "")])
def test_hiding_without_a_reason_of_the_list_is_refused(people: Cast, room: Room, act: str, reason: str) -> None:
    statement = said(participant(room, by=people.amina))

    with pytest.raises(ValidationError):
        moderated(statement, by=people.amina, act=act, reason=reason)

    assert Statement.objects.get(pk=statement.pk).state == "waiting"
    assert not Moderation.objects.exists()


def test_seeds_what_was_taken_back_and_what_is_published_are_not_moderated(people: Cast, room: Room) -> None:
    mine = participant(room, by=people.amina)
    gone = taking_part.take_back(statement=said(mine), by=mine)

    for statement in (gone, room.statements.filter(author=None)[0]):
        with pytest.raises(ValidationError, match="nothing to decide"):
            moderated(statement, by=people.amina)
    other = published(imported(organisation=people.authority, by=people.amina), by=people.amina, approver=people.bob)
    with pytest.raises(ValidationError, match="published"):
        moderated(other.statements.filter(author__isnull=False)[0], by=people.amina)


def test_the_database_keeps_no_hidden_statement_without_a_reason(people: Cast, room: Room) -> None:
    said(participant(room, by=people.amina))

    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.update(state="hidden")


def test_strangers_and_readers_do_not_moderate(people: Cast, room: Room) -> None:
    statement = said(participant(room, by=people.amina))

    for stranger in (people.vera, people.charlie, people.dilys):
        with pytest.raises(PermissionDenied):
            moderated(statement, by=stranger)
    assert not queries.rooms.statements_editable_by(people.charlie).exists()


def test_the_list_to_moderate_has_what_waits_first_and_can_be_narrowed(people: Cast, room: Room) -> None:
    mine = participant(room, by=people.amina)
    hidden = moderated(said(mine, "A"), by=people.amina, act="hidden", reason="twice")
    shown = moderated(said(mine, "B"), by=people.amina)
    waiting = said(mine, "C")

    assert list(queries.fates.to_moderate(room)) == [waiting, shown, hidden]
    assert list(queries.fates.to_moderate(room, "hidden")) == [hidden]
    assert list(queries.fates.to_moderate(room, "nonsense")) == [waiting, shown, hidden]
