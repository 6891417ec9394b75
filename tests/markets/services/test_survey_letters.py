"""Letters of surveys: each at most once, with a link whose secret is kept nowhere, and no address in any log."""

import logging
import os
import re
from typing import Any

import pytest
import redis
from django.apps import apps
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from commissioning.models import Programme
from markets.models import Survey, SurveyRecipient
from markets.services import survey_answers, survey_letters, surveys
from tests.factories.commissioning import Cast, cast
from tests.factories.surveys import ADDRESSES, USUAL, answer, opened, prepared
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db

CANARY = "canary@charity.example"


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


@pytest.fixture
def survey(people: Cast, programme: Programme) -> Survey:
    return opened(programme, by=people.amina, addresses=[CANARY])


def token_in(letter: Any) -> str:
    found = re.search(r"/survey/([^/\s]+)/", letter.body)
    assert found
    return found[1]


def test_nobody_is_written_to_before_it_is_sent(people: Cast, programme: Programme) -> None:
    prepared(programme, by=people.amina)

    assert survey_letters.send_due() == 0
    assert mail.outbox == []


def test_each_letter_goes_to_one_address_once_with_a_link_that_works(survey: Survey) -> None:
    assert [survey_letters.send_due(), survey_letters.send_due()] == [1, 0]

    [letter] = mail.outbox
    assert (letter.to, letter.cc, letter.bcc) == ([CANARY], [], [])
    assert survey_answers.give(token=token_in(letter), answer=answer())


def test_the_secret_of_a_link_is_kept_as_a_hash_alone(survey: Survey) -> None:
    survey_letters.send_due()

    token = token_in(mail.outbox[0])
    kept = SurveyRecipient.objects.values().get()
    assert len(token) >= 40
    assert not [value for value in kept.values() if token in str(value)]


def test_no_more_than_a_few_leave_in_a_round(people: Cast, programme: Programme) -> None:
    opened(programme, by=people.amina)

    assert [survey_letters.send_due() for _ in range(3)] == [survey_letters.MOST_AT_ONCE, 1, 0]
    assert sorted(letter.to[0] for letter in mail.outbox) == list(ADDRESSES)


def test_only_who_has_not_answered_is_reminded_and_the_first_link_gives_way(people: Cast, programme: Programme) -> None:
    survey = opened(programme, by=people.amina, addresses=["done@charity.example", "late@charity.example"])
    survey_letters.send_due()
    links = {letter.to[0]: token_in(letter) for letter in mail.outbox}
    survey_answers.give(token=links["done@charity.example"], answer=answer())
    mail.outbox.clear()

    surveys.remind(survey=survey, by=people.amina)
    survey_letters.send_due()

    [letter] = mail.outbox
    assert letter.to == ["late@charity.example"]
    assert letter.subject.startswith("Reminder")
    assert not survey_answers.give(token=links["late@charity.example"], answer=answer())
    assert survey_answers.give(token=token_in(letter), answer=answer())
    assert survey_answers.give(token=links["done@charity.example"], answer=answer(would_bid="no"))


def test_whoever_answers_between_the_reminder_and_its_letter_keeps_the_link(people: Cast, survey: Survey) -> None:
    survey_letters.send_due()
    token = token_in(mail.outbox[0])
    surveys.remind(survey=survey, by=people.amina)
    owed = list(survey_letters.due())

    survey_answers.give(token=token, answer=answer())

    assert [survey_letters._issue(recipient) for recipient in owed] == [None]
    assert survey_letters.send_due() == 0
    assert survey_answers.give(token=token, answer=answer(would_bid="no"))


def test_of_two_sweepers_one_sends(survey: Survey) -> None:
    [recipient] = survey_letters.due()

    first, second = survey_letters._issue(recipient), survey_letters._issue(recipient)

    assert first
    assert second is None


def test_a_survey_whose_day_has_passed_writes_to_nobody(survey: Survey) -> None:
    Survey.objects.update(closes_on=timezone.localdate() - timezone.timedelta(days=1))

    assert survey_letters.send_due() == 0


class Away(EmailBackend):
    def open(self) -> bool:
        raise ConnectionRefusedError(f"no server for {CANARY}")


class Picky(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise OSError(f"{messages[0].to} is refused")


@pytest.mark.parametrize(("backend", "is_still_due"), [("Away", True), ("Picky", False)])
def test_a_mail_server_that_fails_costs_a_round_or_a_letter_and_no_log_names_an_address(
    survey: Survey, settings: Any, caplog: pytest.LogCaptureFixture, backend: str, is_still_due: bool
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.{backend}"
    caplog.set_level(logging.DEBUG)

    assert survey_letters.send_due() == 0

    assert SurveyRecipient.objects.get().is_due is is_still_due
    assert "A letter of a survey was not sent" in caplog.text
    assert "canary" not in caplog.text


@pytest.mark.promise("S3")
def test_neither_log_nor_redis_nor_what_is_kept_afterwards_names_an_address_or_a_link(
    people: Cast, survey: Survey, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    survey_letters.send_due()
    token = token_in(mail.outbox[0])
    client = Client()
    client.post(f"/survey/{token}/", USUAL)
    surveys.close(survey=survey, by=people.amina)

    store = redis.Redis.from_url(os.environ["REDIS_URL"])
    in_redis = b"".join(key + (store.dump(key) or b"") for key in store.scan_iter())
    store.close()
    kept = [row for model in apps.get_models() for row in model._default_manager.values()]

    for secret in ("canary", token):
        assert secret not in caplog.text
        assert secret.encode() not in in_redis
        assert not [row for row in kept if secret in str(row)]


def test_in_a_demonstration_an_editor_is_given_a_link_that_nobody_used(people: Cast, survey: Survey) -> None:
    token = survey_letters.try_out(survey=survey, by=people.amina)

    assert token
    assert survey_answers.give(token=token, answer=answer())
    assert survey_letters.try_out(survey=survey, by=people.amina) is None


def test_outside_a_demonstration_nobody_is_given_a_link(people: Cast, survey: Survey, settings: Any) -> None:
    settings.DEMO = False

    assert survey_letters.try_out(survey=survey, by=people.amina) is None


@pytest.mark.parametrize("who", ["vera", "charlie", "dilys"])
def test_whoever_may_not_edit_is_given_no_link(people: Cast, survey: Survey, who: str) -> None:
    assert survey_letters.try_out(survey=survey, by=getattr(people, who)) is None
