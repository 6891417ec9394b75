"""The equal-information log, and the letters that a consultation owes: all are told at the same moment."""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InternalError, transaction

from commissioning.models import AuditEntry, Organisation, Role
from tariffs import queries
from tariffs.models import Consultation, ConsultationLetter, LogEntry
from tariffs.services import consultation_letters, consultation_logs
from tests.factories import consultations as made
from tests.factories.commissioning import Cast, cast, member, organisation
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def open_one(people: Cast) -> Consultation:
    return made.opened(imported(organisation=people.authority, by=people.amina), people.provider)


@pytest.mark.promise("P7")
def test_what_is_to_be_told_later_nobody_reads_before_and_everybody_at_that_moment(
    people: Cast, open_one: Consultation
):
    entry = made.told(open_one, "News", released_at=made.now() + made.DAY)
    before = list(queries.consultation_logs.told(open_one))

    LogEntry.objects.filter(pk=entry.pk).update(released_at=made.now())

    assert before == []
    assert list(queries.consultation_logs.told(open_one)) == [entry]
    assert {letter.due_at for letter in ConsultationLetter.objects.filter(kind="news")} == {entry.released_at}


def test_what_everybody_was_told_can_be_neither_changed_nor_removed(open_one: Consultation):
    entry = made.told(open_one, "News")

    for attempt in (
        lambda: LogEntry.objects.filter(pk=entry.pk).update(text="Other news"),
        lambda: LogEntry.objects.filter(pk=entry.pk).delete(),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            attempt()


@pytest.mark.promise("B7")
def test_the_same_form_sent_twice_tells_it_once(open_one: Consultation):
    key = uuid4()

    first, second = made.told(open_one, key=key), made.told(open_one, key=key)

    assert first == second
    assert LogEntry.objects.count() == 1


def test_a_file_that_cannot_be_kept_is_refused_and_leaves_nothing(open_one: Consultation):
    with pytest.raises(ValidationError, match="cannot be kept"):
        made.told(open_one, kind="file", file_name="plan.exe", content=b"MZ")

    assert not LogEntry.objects.exists()


def test_the_files_of_a_consultation_have_a_limit(open_one: Consultation, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(consultation_logs, "MOST_BYTES_OF_A_CONSULTATION", 3)

    with pytest.raises(ValidationError, match="together"):
        made.told(open_one, kind="file", file_name="plan.txt", content=b"The plan")


def test_a_question_and_its_answer_come_together_without_the_askers_name(people: Cast, open_one: Consultation):
    entry = made.asked(open_one, people.dilys, "We at Helping Hands ask when it starts")
    waiting = list(queries.consultation_logs.told(open_one))

    consultation_logs.answer(
        entry=entry, question="When does it start?", text="In May", released_at=None, by=people.bob
    )

    (told,) = queries.consultation_logs.told(open_one)
    assert waiting == []
    assert (told.question, told.text) == ("When does it start?", "In May")
    assert not AuditEntry.objects.filter(organisation=people.authority, by=people.dilys).exists()


def test_an_answer_that_is_told_is_not_given_again(people: Cast, open_one: Consultation):
    entry = made.asked(open_one, people.dilys)
    given: dict[str, Any] = {"entry": entry, "question": "When?", "text": "In May", "released_at": None}
    consultation_logs.answer(**given, by=people.amina)

    with pytest.raises(ValidationError, match="told this already"):
        consultation_logs.answer(**given, by=people.amina)
    with pytest.raises(PermissionDenied):
        consultation_logs.answer(**given, by=people.vera)


def test_a_moment_that_has_passed_is_no_time_to_tell_anybody(open_one: Consultation):
    with pytest.raises(ValidationError, match="time to come"):
        made.told(open_one, released_at=made.now() - made.DAY)


def test_only_who_comments_for_a_named_provider_asks_and_only_while_it_is_open(people: Cast, open_one: Consultation):
    stranger = member(organisation("Others", Organisation.Kind.PROVIDER), Role.BID_WRITER)

    with pytest.raises(PermissionDenied):
        made.asked(open_one, stranger)
    made.close(open_one)
    with pytest.raises(PermissionDenied):
        made.asked(open_one, people.dilys)


@pytest.mark.promise("B7")
def test_a_question_sent_twice_is_asked_once_and_not_without_end(
    people: Cast, open_one: Consultation, monkeypatch: pytest.MonkeyPatch
):
    key = uuid4()

    first, second = (made.asked(open_one, people.dilys, key=key) for _ in range(2))

    monkeypatch.setattr(consultation_logs, "MOST_QUESTIONS_WAITING", 1)
    assert first == second
    with pytest.raises(ValidationError, match="Wait until"):
        made.asked(open_one, people.dilys)


def test_letters_leave_when_they_are_due_each_once(people: Cast, open_one: Consultation):
    made.told(open_one, "News", released_at=made.now() + made.DAY)

    sent, again = consultation_letters.send_due(), consultation_letters.send_due()

    (letter,) = mail.outbox
    assert (sent, again) == (1, 0)
    assert letter.to == [people.dilys.email]
    assert f"/consultations/{open_one.pk}/" in letter.body


def test_who_no_longer_comments_for_the_provider_gets_no_letter(people: Cast, open_one: Consultation):
    people.dilys.memberships.all().delete()

    assert consultation_letters.send_due() == 0
    assert mail.outbox == []


def test_while_the_mail_server_does_not_answer_nothing_is_lost(open_one: Consultation, settings: Any):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    assert consultation_letters.send_due() == 0
    assert ConsultationLetter.objects.filter(sent_at=None).exists()


def test_in_a_public_consultation_those_who_spoke_are_told(people: Cast, open_one: Consultation):
    public = made.opened(open_one.version.programme)
    made.comment(public, people.dilys)

    made.told(public, "News")

    assert ConsultationLetter.objects.get(consultation=public).person == people.dilys
