"""Answering, concluding, publishing and withdrawing: every rule, and what is refused."""

import json
import threading
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from commissioning import queries
from commissioning.forms.cases import AnswerForm
from commissioning.models import AuditEntry, CaseAnswer, CaseConclusion, CasePublication, CaseWithdrawal
from commissioning.services import cases as service
from commissioning.services.drafts import StaleError
from tests.factories import cases
from tests.factories.commissioning import Cast, cast, member
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Any:
    return imported(organisation=people.authority, by=people.amina)


def test_an_answer_is_kept_with_its_date_and_put_on_record(people: Cast, programme: Any):
    answer = cases.answered(programme=programme, by=people.amina, answer="partly", reasoning="Half of it.")

    entry = AuditEntry.objects.get(action="answered a question of the case")
    assert (answer.answer, answer.reasoning, answer.answered_on) == ("partly", "Half of it.", timezone.localdate())
    assert entry.detail["row"] == str(answer.pk)
    assert entry.detail["question"] == "control"
    assert entry.target_id == str(programme.pk)


def test_an_answer_taken_back_has_no_date(people: Cast, programme: Any):
    cases.answered(programme=programme, by=people.amina)

    answer = cases.answered(programme=programme, by=people.amina, answer="unknown")

    assert (answer.answer, answer.answered_on) == ("unknown", None)


def test_reasons_alone_leave_the_answer_open(people: Cast, programme: Any):
    answer = cases.answered(programme=programme, by=people.amina, answer="unknown", reasoning="We are asking.")

    assert (answer.answer, answer.answered_on, answer.reasoning) == ("unknown", None, "We are asking.")


def test_saving_without_a_change_writes_nothing_on_record(people: Cast, programme: Any):
    cases.answered(programme=programme, by=people.amina)
    before = AuditEntry.objects.count()

    cases.answered(programme=programme, by=people.amina)

    assert AuditEntry.objects.count() == before


def test_the_record_of_an_answer_names_no_owner(people: Cast, programme: Any):
    cases.answered(programme=programme, by=people.amina, owner_name="Eve Example")

    assert "Eve" not in json.dumps(AuditEntry.objects.get(action="answered a question of the case").detail)


@pytest.mark.parametrize("who", ["vera", "charlie", "dilys"])
def test_only_editors_of_the_authority_answer_and_conclude(who: str, people: Cast, programme: Any):
    somebody = getattr(people, who)

    with pytest.raises(PermissionDenied):
        cases.answered(programme=programme, by=somebody)
    with pytest.raises(PermissionDenied):
        cases.concluded(programme=programme, by=somebody)
    assert not CaseAnswer.objects.exists()
    assert not CaseConclusion.objects.exists()


def test_a_question_that_is_not_in_the_catalogue_has_no_answer(people: Cast, programme: Any):
    with pytest.raises(ValidationError, match="no such question"):
        service.open_answer(programme=programme, question="weather", by=people.amina)


@pytest.mark.promise("D1")
def test_the_second_of_two_first_answers_sees_both(people: Cast, programme: Any):
    blank = CaseAnswer(programme=programme, question="control")
    hers = cases.edit(AnswerForm, blank, answer="no", reasoning="Hers")
    his = cases.edit(AnswerForm, blank, answer="yes", reasoning="His")

    service.answer(programme=programme, question="control", edit=hers, by=people.amina)
    with pytest.raises(StaleError) as stale:
        service.answer(programme=programme, question="control", edit=his, by=people.bob)

    both = [(each.field, each.theirs, each.mine) for each in stale.value.conflicts]
    assert both == [("answer", "no", "yes"), ("reasoning", "Hers", "His")]
    assert CaseAnswer.objects.get().reasoning == "Hers"


@pytest.mark.promise("D1")
def test_two_who_change_different_fields_both_keep_theirs(people: Cast, programme: Any):
    opened = cases.answered(programme=programme, by=people.amina)
    hers = cases.edit(AnswerForm, opened, reasoning="Hers")
    his = cases.edit(AnswerForm, opened, answer="partly")

    service.answer(programme=programme, question="control", edit=hers, by=people.amina)
    answer = service.answer(programme=programme, question="control", edit=his, by=people.bob)

    assert (answer.answer, answer.reasoning) == ("partly", "Hers")


def test_a_conclusion_names_who_concluded_last(people: Cast, programme: Any):
    cases.concluded(programme=programme, by=people.bob, decision="use", instead="")

    conclusion = cases.concluded(programme=programme, by=people.amina)

    assert (conclusion.decision, conclusion.instead) == ("refuse", "grant")
    assert conclusion.concluded_by == people.amina
    assert AuditEntry.objects.filter(action="concluded the case").count() == 2


def test_saving_a_conclusion_without_a_change_leaves_it_with_whoever_concluded(people: Cast, programme: Any):
    cases.concluded(programme=programme, by=people.amina)

    conclusion = cases.concluded(programme=programme, by=people.bob)

    assert conclusion.concluded_by == people.amina
    assert AuditEntry.objects.filter(action="concluded the case").count() == 1


def test_refusing_says_what_is_used_instead(people: Cast, programme: Any):
    with pytest.raises(ValidationError, match="Choose what you will use instead"):
        cases.concluded(programme=programme, by=people.amina, instead="")


def test_an_approver_publishes_what_somebody_else_concluded(people: Cast, programme: Any):
    cases.answered(programme=programme, by=people.amina)
    conclusion = cases.concluded(programme=programme, by=people.amina)

    publication = cases.published(conclusion=conclusion, by=people.bob)

    content = json.loads(publication.content)
    assert (publication.edition, publication.published_by) == (1, people.bob)
    assert content["decision_words"] == "Do not use Payment by Results here"
    assert AuditEntry.objects.get(action="published the case").detail["sha256"] == publication.sha256


def test_what_is_published_names_nobody_and_holds_no_file_or_note(people: Cast, programme: Any):
    cases.answered(programme=programme, by=people.amina, owner_name="Eve Example")
    cases.brought(programme=programme, by=people.amina, title="What was said", text="A secret note")
    cases.brought(programme=programme, by=people.amina, title="A paper")
    conclusion = cases.concluded(programme=programme, by=people.amina)

    content = cases.published(conclusion=conclusion, by=people.bob).content

    assert "What was said" in content
    assert not any(secret in content for secret in ("Eve", "Amina", "Bob", "secret note", "board paper.pdf"))


@pytest.mark.promise("S12")
def test_whoever_concluded_does_not_publish_it(people: Cast, programme: Any):
    conclusion = cases.concluded(programme=programme, by=people.bob)

    with pytest.raises(ValidationError, match="Ask another approver"):
        cases.published(conclusion=conclusion, by=people.bob)
    other = member(people.authority, "approver", "Grace")
    assert cases.published(conclusion=conclusion, by=other).edition == 1


@pytest.mark.parametrize("who", ["amina", "vera", "charlie", "dilys"])
def test_only_approvers_of_the_authority_publish_and_withdraw(who: str, people: Cast, programme: Any):
    conclusion = cases.concluded(programme=programme, by=member(people.authority, "editor", "Eve"))
    somebody = getattr(people, who)

    with pytest.raises(PermissionDenied):
        cases.published(conclusion=conclusion, by=somebody)
    with pytest.raises(PermissionDenied):
        service.withdraw(conclusion=conclusion, reason="A mistake", by=somebody)
    assert not CasePublication.objects.exists()


def test_nothing_is_published_before_there_is_a_conclusion(people: Cast, programme: Any):
    conclusion = CaseConclusion.objects.create(programme=programme)

    with pytest.raises(ValidationError, match="Write the conclusion first"):
        cases.published(conclusion=conclusion, by=people.bob)


def test_only_what_the_approver_read_is_published(people: Cast, programme: Any):
    conclusion = cases.concluded(programme=programme, by=people.amina)
    seen = queries.published_cases.draft(conclusion)
    cases.answered(programme=programme, by=people.amina)

    with pytest.raises(ValidationError, match="has changed since you read it"):
        service.publish(conclusion=conclusion, seen=service.sha256(seen), by=people.bob)


def test_the_same_is_published_once_and_a_change_is_the_next_edition(people: Cast, programme: Any):
    conclusion = cases.concluded(programme=programme, by=people.amina)
    first = cases.published(conclusion=conclusion, by=people.bob)

    with pytest.raises(ValidationError, match="published already"):
        cases.published(conclusion=conclusion, by=people.bob)
    cases.answered(programme=programme, by=people.amina)
    second = cases.published(conclusion=conclusion, by=people.bob)

    first.refresh_from_db()
    assert (first.edition, second.edition) == (1, 2)
    assert "Housing decides it." in second.content
    assert "Housing decides it." not in first.content


def test_withdrawing_marks_every_edition_and_keeps_them(people: Cast, programme: Any):
    conclusion = cases.concluded(programme=programme, by=people.amina)
    cases.published(conclusion=conclusion, by=people.bob)
    cases.answered(programme=programme, by=people.amina)
    cases.published(conclusion=conclusion, by=people.bob)

    service.withdraw(conclusion=conclusion, reason="A name stood in it", by=people.bob)

    assert CasePublication.objects.count() == CaseWithdrawal.objects.count() == 2
    with pytest.raises(ValidationError, match="Nothing is published"):
        service.withdraw(conclusion=conclusion, reason="Again", by=people.bob)
    assert cases.published(conclusion=conclusion, by=people.bob).edition == 3


def test_withdrawing_needs_a_reason(people: Cast, programme: Any):
    conclusion = cases.concluded(programme=programme, by=people.amina)
    cases.published(conclusion=conclusion, by=people.bob)

    with pytest.raises(ValidationError, match="reason"):
        service.withdraw(conclusion=conclusion, reason="", by=people.bob)
    assert not CaseWithdrawal.objects.exists()


@pytest.mark.promise("D1")
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_answer_first_in_the_same_moment_nobody_loses_a_text(people: Cast, programme: Any):
    blank = CaseAnswer(programme=programme, question="control")
    seen = SimpleNamespace(saved=[], stale=[])
    start = threading.Barrier(2)

    def save(person: Any, reasons: str) -> None:
        start.wait()
        try:
            edit = cases.edit(AnswerForm, blank, reasoning=reasons)
            service.answer(programme=programme, question="control", edit=edit, by=person)
            seen.saved.append(reasons)
        except StaleError as stale:
            seen.stale.append({stale.conflicts[0].mine, stale.conflicts[0].theirs})
        finally:
            connection.close()

    both = [threading.Thread(target=save, args=each) for each in ((people.amina, "Hers"), (people.bob, "His"))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()

    assert CaseAnswer.objects.get().reasoning == seen.saved[0]
    assert seen.stale == [{"Hers", "His"}]
