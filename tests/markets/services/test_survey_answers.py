"""What a link of a survey can do: answer, and change the answer, while the survey is open."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from commissioning.models import AuditEntry
from markets.models import Survey, SurveyAnswer, SurveyRecipient
from markets.services import survey_answers
from tests.factories.commissioning import Cast, cast
from tests.factories.surveys import ADDRESSES, answer, answered, link_of, opened
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def survey(people: Cast) -> Survey:
    return opened(imported(organisation=people.authority, by=people.amina), by=people.amina)


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def test_an_answer_is_given_and_changed_through_the_same_link(survey: Survey) -> None:
    token = link_of(survey)

    assert survey_answers.give(token=token, answer=answer(would_bid="no"))
    assert survey_answers.give(token=token, answer=answer(would_bid="yes", words="Pay sooner"))

    kept = SurveyAnswer.objects.get()
    assert kept.to_core() == answer(would_bid="yes", words="Pay sooner")


def test_an_answer_leaves_no_entry_no_time_and_nothing_that_leads_to_its_address(survey: Survey) -> None:
    before = AuditEntry.objects.count()
    token = link_of(survey)

    survey_answers.give(token=token, answer=answer())

    kept, recipient = SurveyAnswer.objects.get(), SurveyRecipient.objects.get(email=ADDRESSES[0])
    assert AuditEntry.objects.count() == before
    assert recipient.has_answered
    fields = {field.name for field in SurveyAnswer._meta.get_fields()}
    assert not [name for name in fields if re.search(r"time|_at$|email|recipient|user|_by$", name)]
    assert kept.key_hash != recipient.token_hash
    assert token not in (kept.key_hash, recipient.token_hash)


def test_a_wrong_link_and_one_of_another_survey_answer_nothing(people: Cast, survey: Survey) -> None:
    other = opened(imported(organisation=people.authority, by=people.amina), by=people.amina)
    token = link_of(other)

    assert not survey_answers.give(token="wrong", answer=answer())
    assert not survey_answers.give(token="", answer=answer())
    assert survey_answers.give(token=token, answer=answer())
    assert SurveyAnswer.objects.get().survey == other


def test_after_the_last_day_a_link_is_dead_whether_or_not_the_sweeper_came(survey: Survey) -> None:
    token = link_of(survey)
    Survey.objects.update(closes_on=in_days(0))
    assert survey_answers.give(token=token, answer=answer())

    Survey.objects.update(closes_on=in_days(-1))

    assert not survey_answers.give(token=token, answer=answer(would_bid="no"))
    assert SurveyAnswer.objects.get().would_bid == "maybe"


@pytest.mark.parametrize(
    "given",
    [
        {"size": "gigantic"},
        {"appetite": "band-9"},
        {"wait": "-1"},
        {"smallest": ""},
        {"would_bid": "perhaps"},
        {"needs": ["money"]},
        {"words": "x" * 501},
        {"words": "\x00"},
        {"smallest": "5m", "largest": "100k"},
    ],
)
def test_an_answer_that_nobody_could_have_chosen_is_refused(survey: Survey, given: dict[str, Any]) -> None:
    token = link_of(survey)

    with pytest.raises(ValidationError):
        survey_answers.give(token=token, answer=answer(**given))

    assert not SurveyAnswer.objects.exists()
    assert not SurveyRecipient.objects.filter(has_answered=True).exists()


def test_the_database_refuses_an_unknown_answer_too(survey: Survey) -> None:
    answered(survey, 1)

    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyAnswer.objects.update(size="gigantic")


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_twice_at_once_keeps_one_answer(survey: Survey) -> None:
    token = link_of(survey)
    start, kept = threading.Barrier(2), []

    def press() -> None:
        start.wait()
        try:
            kept.append(survey_answers.give(token=token, answer=answer()))
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _ in range(2)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()

    assert kept == [True, True]
    assert SurveyAnswer.objects.count() == 1
