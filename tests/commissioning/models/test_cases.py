"""What the database itself refuses about a case and what was published of it."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model

from commissioning.models import CaseAnswer, CaseConclusion, CaseEvidence, CasePublication, CaseWithdrawal
from commissioning.services import cases as service
from tests.factories import cases
from tests.factories.commissioning import Cast, cast
from tests.factories.tariffs import imported

pytestmark = [pytest.mark.django_db, pytest.mark.promise("D9")]


class Story:
    """A case of which everything is there, withdrawn too."""

    def __init__(self) -> None:
        people: Cast = cast()
        self.programme = imported(organisation=people.authority, by=people.amina)
        self.answer = cases.answered(programme=self.programme, by=people.amina)
        self.evidence = cases.brought(programme=self.programme, by=people.amina)
        self.conclusion = cases.concluded(programme=self.programme, by=people.amina)
        self.publication = cases.published(conclusion=self.conclusion, by=people.bob)
        self.withdrawal = service.withdraw(conclusion=self.conclusion, reason="A mistake", by=people.bob)[0]


def refused(rows: Any, **change: Any) -> str:
    """Change rows past every check of ours, and return which rule of the database it broke."""
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        rows.update(**change)
    return str(broken.value)


@pytest.mark.parametrize(
    ("model", "change", "rule"),
    [
        (CaseAnswer, {"answer": "maybe"}, "case_answer_is_known"),
        (CaseAnswer, {"answer": "unknown"}, "case_answer_dated_when_answered"),
        (CaseAnswer, {"answered_on": None}, "case_answer_dated_when_answered"),
        (CaseAnswer, {"reasoning": "x" * 10_001}, "case_answer_reasoning_not_too_long"),
        (CaseEvidence, {"url": "https://example.org/"}, "case_evidence_has_what_its_kind_says"),
        (CaseEvidence, {"kind": "text", "text": "words"}, "case_evidence_has_what_its_kind_says"),
        (CaseEvidence, {"file_size": 0}, "case_evidence_has_what_its_kind_says"),
        (CaseEvidence, {"file_size": 10 * 1024 * 1024 + 1}, "case_evidence_file_not_too_large"),
        (CaseEvidence, {"title": ""}, "case_evidence_has_a_title"),
        (CaseConclusion, {"decision": "perhaps"}, "case_conclusion_decision_is_known"),
        (CaseConclusion, {"instead": "hope"}, "case_conclusion_instead_is_known"),
        (CaseConclusion, {"instead": ""}, "case_conclusion_refusal_says_what_instead"),
        (CaseConclusion, {"concluded_by": None}, "case_conclusion_decided_by_somebody"),
        (CaseConclusion, {"reasons": ""}, "case_conclusion_decided_by_somebody"),
        (CaseConclusion, {"instead_how": "x" * 10_001}, "case_conclusion_instead_how_not_too_long"),
    ],
)
def test_a_case_cannot_be_bent(model: type[Model], change: dict[str, Any], rule: str):
    Story()

    assert rule in refused(model._default_manager, **change)


def test_an_answer_has_one_owner_and_a_question_one_answer():
    story = Story()
    mine = CaseAnswer.objects.filter(pk=story.answer.pk)

    assert "case_answer_one_owner" in refused(mine, owner=story.evidence.added_by, owner_name="Somebody")
    with pytest.raises(IntegrityError, match="case_answer_one_for_each_question"):
        CaseAnswer.objects.create(programme=story.programme, question=story.answer.question)


def test_a_link_leads_to_the_web():
    story = Story()
    link = cases.brought(programme=story.programme, by=story.evidence.added_by, url="https://example.org/")

    rule = refused(CaseEvidence.objects.filter(pk=link.pk), url="javascript:alert(1)")

    assert rule.find("case_evidence_link_is_of_the_web") > 0


@pytest.mark.promise("D2")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE commissioning_casepublication SET content = '{}'",
        "UPDATE commissioning_casepublication SET edition = 2",
        "DELETE FROM commissioning_casepublication",
        "TRUNCATE commissioning_casepublication CASCADE",
        "UPDATE commissioning_casewithdrawal SET reason = 'another'",
        "DELETE FROM commissioning_casewithdrawal",
        "TRUNCATE commissioning_casewithdrawal",
    ],
)
def test_what_was_published_or_withdrawn_stays(sql: str):
    Story()

    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)


@pytest.mark.promise("D2")
def test_deleting_the_programme_cannot_take_what_was_published_along():
    story = Story()

    with pytest.raises(IntegrityError), transaction.atomic():
        story.programme.delete()


def test_an_edition_and_its_mark_stand_once():
    story = Story()
    again = {
        field.attname: getattr(story.publication, field.attname)
        for field in CasePublication._meta.concrete_fields
        if field.name != "id"
    }

    with pytest.raises(IntegrityError, match="case_publication_one_for_each_edition"), transaction.atomic():
        CasePublication.objects.create(**again)
    with pytest.raises(IntegrityError, match="publication_id"), transaction.atomic():
        CaseWithdrawal.objects.create(
            publication=story.publication, reason="Again", withdrawn_by=story.withdrawal.withdrawn_by
        )


def test_the_parts_of_a_case_are_named_as_people_know_them():
    story = Story()

    named = [story.answer, story.evidence, story.conclusion, story.publication, story.withdrawal, CaseConclusion()]

    assert [str(each) for each in named] == [
        "control: No",
        "Board paper 7",
        "Do not use Payment by Results here",
        "Edition 1",
        "Withdrawal of Edition 1",
        "No conclusion yet",
    ]
    assert [answer.owner_words() for answer in (CaseAnswer(), CaseAnswer(owner_name="Eve"))] == ["no owner yet", "Eve"]
