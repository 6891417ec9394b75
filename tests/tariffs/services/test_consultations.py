"""Opening, changing, calling off and extending consultations, and naming providers."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from commissioning.models import AuditEntry, Organisation
from tariffs.models import Consultation, ConsultationLetter, ConsultedProvider, LogEntry
from tariffs.services import consultations
from tests.factories import consultations as made
from tests.factories.commissioning import Cast, cast, organisation
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def open_one(people: Cast) -> Consultation:
    return made.opened(imported(organisation=people.authority, by=people.amina), people.provider)


@pytest.fixture
def later(people: Cast) -> Consultation:
    now = made.now()
    programme = imported(organisation=people.authority, by=people.amina)
    return made.opened(programme, people.provider, opens_at=now + made.DAY, closes_at=now + 9 * made.DAY)


def test_it_opens_at_once_without_an_opening_time_and_is_written_into_the_audit_log(
    people: Cast, open_one: Consultation
):
    assert open_one.state == "open"  # type: ignore[attr-defined]
    assert [question.text for question in open_one.questions.all()] == ["Could you start in May?"]
    assert AuditEntry.objects.get(action="opened a consultation").organisation == people.authority


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"opens_at": -made.DAY}, "opens_at"),
        ({"closes_at": timedelta(0)}, "closes_at"),
        ({"opens_at": 2 * made.DAY, "closes_at": made.DAY}, "closes_at"),
    ],
)
def test_times_that_do_not_fit_are_refused_beside_their_field(people: Cast, given: dict[str, timedelta], field: str):
    programme = imported(organisation=people.authority, by=people.amina)
    times = {name: made.now() + span for name, span in given.items()}

    with pytest.raises(ValidationError) as error:
        made.opened(programme, people.provider, **times)

    assert field in error.value.message_dict


def test_too_many_questions_are_refused(people: Cast):
    programme = imported(organisation=people.authority, by=people.amina)

    with pytest.raises(ValidationError, match="at most 20"):
        made.opened(programme, people.provider, questions=("Why?",) * 21)


def test_only_who_may_change_the_programme_opens_changes_extends_or_names(people: Cast, later: Consultation):
    plan, strangers = made.plan(), (people.vera, people.charlie, people.dilys)

    for person in strangers:
        for attempt in (
            lambda by: consultations.open_on(version=later.version, plan=plan, by=by),
            lambda by: consultations.change(consultation=later, plan=plan, by=by),
            lambda by: consultations.call_off(consultation=later, by=by),
            lambda by: consultations.extend(
                consultation=later, closes_at=made.now() + 20 * made.DAY, reason="Asked", by=by
            ),
            lambda by: consultations.invite(consultation=later, organisations=[], by=by),
            lambda by: consultations.uninvite(consulted=later.consulted.get(), by=by),
        ):
            with pytest.raises(PermissionDenied):
                attempt(person)


def test_before_it_opens_it_can_be_changed_and_its_letters_wait_for_the_new_time(people: Cast, later: Consultation):
    opens = made.now() + 3 * made.DAY

    consultations.change(
        consultation=later,
        plan=made.plan(opens_at=opens, closes_at=opens + made.DAY, questions=("One?", "Two?")),
        by=people.amina,
    )

    assert [question.text for question in later.questions.order_by("place")] == ["One?", "Two?"]
    assert ConsultationLetter.objects.get(kind="opened").due_at == opens


def test_put_to_the_public_instead_it_names_nobody(people: Cast, later: Consultation):
    opens = made.now() + 3 * made.DAY
    plan = made.plan(audience="public", opens_at=opens, closes_at=opens + made.DAY)

    consultations.change(consultation=later, plan=plan, by=people.amina)

    assert not ConsultedProvider.objects.exists()


def test_once_open_it_can_be_neither_changed_nor_called_off_nor_can_anybody_be_taken_out(
    people: Cast, open_one: Consultation
):
    for attempt in (
        lambda: consultations.change(consultation=open_one, plan=made.plan(), by=people.amina),
        lambda: consultations.call_off(consultation=open_one, by=people.amina),
        lambda: consultations.uninvite(consulted=open_one.consulted.get(), by=people.amina),
    ):
        with pytest.raises(ValidationError, match="has opened"):
            attempt()


def test_called_off_before_it_opens_nothing_is_left_of_it(
    people: Cast, later: Consultation, django_capture_on_commit_callbacks: Any
):
    entry = made.told(later, kind="file", file_name="plan.txt", content=b"The plan")
    kept = entry.file

    with django_capture_on_commit_callbacks(execute=True):
        consultations.call_off(consultation=later, by=people.amina)

    assert not Consultation.objects.exists()
    assert not ConsultationLetter.objects.exists()
    assert not kept.storage.exists(kept.name)


def test_more_time_moves_the_closing_is_told_to_all_and_logged(people: Cast, open_one: Consultation):
    until = open_one.closes_at + made.DAY

    consultations.extend(consultation=open_one, closes_at=until, reason="Asked by several", by=people.amina)

    entry = LogEntry.objects.get(kind="extension")
    assert made.again(open_one).closes_at == until
    assert "Asked by several" in entry.text
    assert "London time" in entry.text
    assert ConsultationLetter.objects.filter(kind="extended", person=people.dilys).exists()
    assert AuditEntry.objects.get(action="gave more time to a consultation").detail["reason"] == "Asked by several"


def test_the_closing_never_moves_to_an_earlier_time_and_never_once_it_has_passed(people: Cast, open_one: Consultation):
    earlier = open_one.closes_at - made.DAY

    with pytest.raises(ValidationError, match="Choose a time after"):
        consultations.extend(consultation=open_one, closes_at=earlier, reason="Haste", by=people.amina)
    made.close(open_one)
    with pytest.raises(ValidationError, match="has closed"):
        consultations.extend(consultation=open_one, closes_at=made.now() + made.DAY, reason="Late", by=people.amina)


def test_a_provider_is_named_once_and_told_when_it_opens(people: Cast, later: Consultation):
    count = consultations.invite(consultation=later, organisations=[people.provider], by=people.amina)

    letter = ConsultationLetter.objects.get()
    assert count == 0
    assert (letter.person, letter.due_at) == (people.dilys, later.opens_at)


def test_an_authority_cannot_be_named_and_a_public_consultation_names_nobody(people: Cast, open_one: Consultation):
    public = made.opened(open_one.version.programme)

    named = consultations.invite(consultation=open_one, organisations=[people.elsewhere], by=people.amina)

    assert named == 0
    with pytest.raises(ValidationError, match="does not name"):
        consultations.invite(consultation=public, organisations=[people.provider], by=people.amina)


def test_only_so_many_providers_can_be_named(people: Cast, open_one: Consultation, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(consultations, "MOST_PROVIDERS", 1)
    other = organisation("Others", Organisation.Kind.PROVIDER)

    with pytest.raises(ValidationError, match="can name 1 providers"):
        consultations.invite(consultation=open_one, organisations=[other], by=people.amina)


def test_taken_out_before_it_opens_a_provider_is_told_nothing(people: Cast, later: Consultation):
    consultations.uninvite(consulted=later.consulted.get(), by=people.amina)

    assert not ConsultedProvider.objects.exists()
    assert not ConsultationLetter.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tariffs_consultation SET closes_at = opens_at",
        "UPDATE tariffs_consultation SET audience = 'friends'",
        "UPDATE tariffs_consultation SET reported_at = now()",
        "UPDATE tariffs_consultation SET next_at = now()",
    ],
)
def test_the_database_refuses_what_no_consultation_can_be(open_one: Consultation, statement: str):
    with pytest.raises(Exception, match="violates check"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
