"""Deadlines of comments: by the clock of the database alone, to the second, also on nights on which clocks change."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from tariffs.models import Comment, Consultation, Receipt
from tariffs.services import comments
from tariffs.services.comments import ClosedError
from tests.factories import consultations as made
from tests.factories.commissioning import Cast, cast
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def consultation(people: Cast) -> Consultation:
    return made.opened(imported(organisation=people.authority, by=people.amina), people.provider)


def before_opening(consultation: Consultation) -> None:
    now = made.now()
    Consultation.objects.filter(pk=consultation.pk).update(opens_at=now + made.DAY, closes_at=now + 2 * made.DAY)


@pytest.mark.promise("D6")
@pytest.mark.parametrize("out_of_time", [made.close, before_opening])
def test_outside_its_time_nothing_is_given_replaced_or_taken_back(
    people: Cast, consultation: Consultation, out_of_time: Callable[[Consultation], Any]
):
    there = made.receipt(consultation, people.dilys)
    words = made.said(made.target(consultation), reason="Late")
    out_of_time(consultation)

    for attempt in (
        lambda: made.receipt(consultation, people.dilys),
        lambda: comments.replace(comment=there.comment, said=words, key=uuid4(), seen=there.sha256, by=people.dilys),
        lambda: comments.withdraw(comment=there.comment, key=uuid4(), by=people.dilys),
    ):
        with pytest.raises(ClosedError):
            attempt()

    assert Comment.objects.get().reason == made.USUAL["reason"]
    assert Receipt.objects.get() == there


@pytest.mark.promise("D6")
def test_not_even_the_database_console_can_add_or_change_a_comment_after_closing(
    people: Cast, consultation: Consultation
):
    comment = made.comment(consultation, people.dilys)
    made.close(consultation)

    for statement in (
        "UPDATE tariffs_comment SET reason = 'late'",
        "INSERT INTO tariffs_comment SELECT gen_random_uuid(), target_kind, target_id, about, weight, entry, proposed,"
        " reason, sight, secret_reason, secret_until, is_withdrawn, received_at, consultation_id, organisation_id,"
        " written_by_id FROM tariffs_comment",
        "DELETE FROM tariffs_comment",
    ):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert Comment.objects.get() == comment


@pytest.mark.promise("D6")
def test_around_the_deadline_the_databases_clock_alone_decides(people: Cast, consultation: Consultation):
    """Send until it is refused, at ten deadlines a moment away: nothing is early, nothing late."""
    send_around(10, timedelta(milliseconds=60), people, consultation)


@pytest.mark.long
@pytest.mark.promise("D6")
def test_so_it_does_in_thousands_of_tries(people: Cast, consultation: Consultation):
    send_around(50, timedelta(seconds=2), people, consultation)


def send_around(deadlines: int, away: timedelta, people: Cast, consultation: Consultation) -> None:
    for _ in range(deadlines):
        deadline = made.now() + away
        Consultation.objects.filter(pk=consultation.pk).update(closes_at=deadline)
        while True:
            before = made.now()
            try:
                taken = made.receipt(consultation, people.dilys)
            except ClosedError:
                assert made.now() >= deadline
                break
            assert before < taken.received_at < deadline

    assert Comment.objects.count() == Receipt.objects.count() > 10


@pytest.mark.promise("D6")
@pytest.mark.parametrize("deadline", [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)])
def test_a_deadline_on_a_night_on_which_clocks_change_is_kept_as_the_moment_it_is(
    consultation: Consultation, deadline: datetime
):
    Consultation.objects.filter(pk=consultation.pk).update(opens_at=deadline - made.DAY, closes_at=deadline)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Europe/London'")
        cursor.execute(
            "SELECT closes_at = %s, closes_at - interval '1 second' < %s FROM tariffs_consultation", [deadline] * 2
        )
        assert cursor.fetchone() == (True, True)
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")
