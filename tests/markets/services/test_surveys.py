"""Surveys of providers: who may send what, what a link can do, and what is left when one closes."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from commissioning.models import AuditEntry, Programme
from markets import queries
from markets.models import Survey, SurveyAnswer, SurveyRecipient
from markets.services import survey_answers, surveys
from tests.factories.commissioning import Cast, cast
from tests.factories.surveys import ADDRESSES, answer, answered, closed, opened, prepared
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


@pytest.fixture
def draft(people: Cast, programme: Programme) -> Survey:
    return prepared(programme, by=people.amina)


@pytest.fixture
def survey(people: Cast, programme: Programme) -> Survey:
    return opened(programme, by=people.amina)


def entries() -> list[str]:
    return list(AuditEntry.objects.filter(target_kind="survey").order_by("sequence").values_list("action", flat=True))


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def test_a_survey_goes_from_draft_to_open_to_closed(people: Cast, draft: Survey) -> None:
    assert (draft.state, draft.asked, draft.recipients.filter(is_due=True).count()) == ("draft", 6, 0)

    sent = surveys.send(survey=draft, by=people.bob)
    assert (sent.state, sent.recipients.filter(is_due=True).count()) == ("open", 6)

    assert surveys.remind(survey=sent, by=people.amina)
    assert surveys.close(survey=sent, by=people.amina).state == "closed"
    assert entries() == [
        "prepared a survey of providers",
        "sent a survey to providers",
        "reminded providers of a survey",
        "closed a survey of providers",
    ]


def test_the_terms_are_fixed_when_it_is_sent(people: Cast, survey: Survey, programme: Programme) -> None:
    before = survey.terms

    programme.tariff.price_lines.update(price=1)

    survey.refresh_from_db()
    assert before["prices"]
    assert survey.terms == before
    assert queries.surveys.terms(Programme.objects.get(pk=programme.pk)) != before


@pytest.mark.parametrize("doing", ["prepare", "send", "remind", "close", "discard"])
@pytest.mark.parametrize("who", ["vera", "charlie", "dilys"])
def test_only_editors_of_the_authority_write(people: Cast, draft: Survey, doing: str, who: str) -> None:
    by = getattr(people, who)
    given: dict[str, Any] = {"survey": draft}
    if doing == "prepare":
        given = {"programme": draft.programme, "addresses": ["a@example.org"], "closes_on": in_days(3)}

    with pytest.raises(PermissionDenied):
        getattr(surveys, doing)(**given, by=by)

    assert Survey.objects.get().state == "draft"


def test_addresses_are_put_in_lower_case_and_taken_once(people: Cast, programme: Programme) -> None:
    made = prepared(programme, by=people.amina, addresses=["A@Example.org", " a@example.org ", "b@example.org"])

    assert queries.surveys.addresses(made, people.amina) == ["a@example.org", "b@example.org"]


@pytest.mark.parametrize(
    ("addresses", "days", "words"),
    [
        ([], 3, "from 1 to 200"),
        ([f"p{number}@example.org" for number in range(201)], 3, "from 1 to 200"),
        (["not an address"], 3, "valid email"),
        (["a\x00@example.org"], 3, "valid email"),
        (["a@example.org"], 0, "from tomorrow"),
        (["a@example.org"], 91, "from tomorrow"),
    ],
)
def test_what_cannot_be_sent_is_refused(
    people: Cast, programme: Programme, addresses: list[str], days: int, words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        surveys.prepare(programme=programme, addresses=addresses, closes_on=in_days(days), by=people.amina)

    assert not AuditEntry.objects.filter(target_kind="survey").exists()


def test_whoever_prepared_it_changes_it_and_nobody_else_does(people: Cast, draft: Survey) -> None:
    changed = prepared(draft.programme, by=people.amina, addresses=["new@example.org"])

    with pytest.raises(ValidationError, match=surveys.TWO_AT_ONCE):
        prepared(draft.programme, by=people.bob)

    assert changed.pk == draft.pk
    assert queries.surveys.addresses(changed, people.amina) == ["new@example.org"]


def test_one_at_a_time_until_it_is_closed(people: Cast, survey: Survey) -> None:
    with pytest.raises(ValidationError, match=surveys.TWO_AT_ONCE):
        prepared(survey.programme, by=people.amina)

    surveys.close(survey=survey, by=people.amina)

    assert prepared(survey.programme, by=people.amina).pk != survey.pk


def test_the_database_holds_one_at_a_time_too(people: Cast, survey: Survey) -> None:
    second = Survey(programme=survey.programme, made_by=people.amina, closes_on=in_days(3))

    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_without_a_price_there_is_nothing_to_ask_about(people: Cast, draft: Survey) -> None:
    draft.programme.tariff.price_lines.all().delete()

    with pytest.raises(ValidationError, match="no price yet"):
        surveys.send(survey=draft, by=people.amina)

    assert Survey.objects.get().state == "draft"


def test_a_second_press_sends_reminds_and_closes_once(people: Cast, draft: Survey) -> None:
    for _ in range(2):
        surveys.send(survey=draft, by=people.amina)
    assert [surveys.remind(survey=draft, by=people.amina) for _ in range(2)] == [True, False]
    for _ in range(2):
        surveys.close(survey=draft, by=people.amina)

    assert len(entries()) == 4
    assert not surveys.remind(survey=draft, by=people.amina)
    assert not surveys.discard(survey=draft, by=people.amina)


def test_what_was_not_sent_can_be_thrown_away_with_its_addresses(people: Cast, draft: Survey) -> None:
    assert surveys.discard(survey=draft, by=people.bob)

    assert not SurveyRecipient.objects.exists()
    with pytest.raises(ValidationError, match="threw this away"):
        surveys.send(survey=draft, by=people.amina)


def test_closing_deletes_every_address_and_ends_every_link(people: Cast, survey: Survey) -> None:
    tokens = answered(survey, 5)

    surveys.close(survey=survey, by=people.amina)

    assert not SurveyRecipient.objects.exists()
    assert not survey_answers.give(token=tokens[0], answer=answer(would_bid="no"))
    assert SurveyAnswer.objects.filter(would_bid="maybe").count() == 5


@pytest.mark.promise("P1")
@pytest.mark.django_db(transaction=True)
def test_after_closing_no_transaction_tells_answers_apart(people: Cast, survey: Survey) -> None:
    answered(survey, 5)
    before = transactions_of(SurveyAnswer)

    surveys.close(survey=survey, by=people.amina)

    assert (len(before), len(transactions_of(SurveyAnswer))) == (5, 1)


def transactions_of(model: type[Model]) -> set[str]:
    """Give the numbers of the transactions that wrote the rows, as the database notes them with each."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT xmin::text FROM {model._meta.db_table}")
        return {number for (number,) in cursor.fetchall()}


def test_with_four_answers_nothing_is_shown_and_they_are_deleted(people: Cast, programme: Programme) -> None:
    survey = closed(programme, by=people.amina, count=4)

    assert not SurveyAnswer.objects.exists()
    assert queries.surveys.standing(survey) == queries.surveys.Standing(survey, 0, None)


def test_while_it_is_open_only_steps_of_five_are_told_and_nothing_of_what_was_answered(survey: Survey) -> None:
    answered(survey, 4)
    assert queries.surveys.standing(survey).told == 0

    answered(survey, 6)

    assert queries.surveys.standing(survey) == queries.surveys.Standing(survey, 5, None)
    assert queries.surveys.results(survey) is None


def test_the_sweeper_closes_what_is_over_and_throws_away_what_was_never_sent(people: Cast, survey: Survey) -> None:
    never_sent = prepared(imported(organisation=people.authority, by=people.amina), by=people.amina)
    still_open = opened(imported(organisation=people.authority, by=people.amina), by=people.amina)
    Survey.objects.exclude(pk=still_open.pk).update(closes_on=in_days(-1))

    assert [surveys.close_due(), surveys.close_due()] == [2, 0]

    assert Survey.objects.get(pk=survey.pk).state == "closed"
    assert not Survey.objects.filter(pk=never_sent.pk).exists()
    assert set(SurveyRecipient.objects.values_list("survey", flat=True)) == {still_open.pk}
    assert AuditEntry.objects.filter(action="closed a survey of providers", by=None).count() == 1


def test_no_entry_of_the_log_names_an_address(people: Cast, programme: Programme) -> None:
    survey = closed(programme, by=people.amina)
    surveys.discard(survey=prepared(programme, by=people.amina), by=people.amina)

    assert survey.state == "closed"
    assert len(entries()) == 5
    assert not [entry for entry in AuditEntry.objects.all() if "charity.example" in f"{entry.detail} {entry.action}"]


def test_only_the_sender_is_given_the_addresses(people: Cast, draft: Survey) -> None:
    assert queries.surveys.addresses(draft, people.amina) == list(ADDRESSES)
    assert queries.surveys.addresses(draft, people.bob) == []
    assert queries.surveys.unsent(draft.programme, people.bob) is None


@pytest.mark.parametrize(
    ("who", "sees", "changes"), [("vera", 1, 0), ("bob", 1, 1), ("charlie", 0, 0), ("dilys", 0, 0)]
)
def test_members_of_the_authority_see_it_and_editors_change_it(
    people: Cast, draft: Survey, who: str, sees: int, changes: int
) -> None:
    by = getattr(people, who)

    assert (queries.surveys.visible_to(by).count(), queries.surveys.editable_by(by).count()) == (sees, changes)


def test_terms_are_said_in_words_and_for_whom_each_price_is(programme: Programme) -> None:
    said = queries.surveys.terms(programme)

    assert said["line"].endswith(".")
    assert {row["who"] for row in said["prices"]} <= set(programme.groups.values_list("name", flat=True))
    assert all(row["price"].startswith("£") for row in said["prices"])
