"""Reads what was published of cases, and what would be published now."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.db.models import F, Max, QuerySet

from commissioning.core import cases
from commissioning.core.canonical import canonical_json
from commissioning.core.case_questions import Question, Section, sections
from commissioning.models import CaseAnswer, CaseConclusion, CasePublication, Programme

from .cases import COLOURS, HEADINGS

FORMAT = "pbr-case/1"


def draft(conclusion: CaseConclusion) -> str:
    """Write what would be published now, as JSON. No person is named, and no file or note goes out."""
    programme = conclusion.programme
    rows = CaseAnswer.objects.filter(programme=programme).prefetch_related("evidence")
    answers = {row.question: row for row in rows}
    content = {
        "format": FORMAT,
        "programme": programme.name,
        "authority": programme.organisation.name,
        "decision": conclusion.decision,
        "decision_words": conclusion.get_decision_display(),
        "reasons": conclusion.reasons,
        "instead_words": conclusion.get_instead_display(),
        "instead_how": conclusion.instead_how,
        "sections": [_section(section, answers) for section in sections()],
    }
    return canonical_json(content)


def _section(section: Section, answers: dict[str, CaseAnswer]) -> dict[str, Any]:
    return {
        "name": section.name,
        "questions": [_question(question, answers.get(question.key)) for question in section.questions],
    }


def _question(question: Question, row: CaseAnswer | None) -> dict[str, Any]:
    answer = row.get_answer_display() if row else "Not known yet"
    pieces = row.evidence.all() if row else []
    return {
        "key": question.key,
        "ask": question.ask,
        "answer": row.answer if row else CaseAnswer.Choice.UNKNOWN.value,
        "answer_words": answer,
        "reasoning": row.reasoning if row else "",
        "evidence": [{"title": each.title, "url": each.url} for each in pieces],
    }


@dataclass(frozen=True)
class Group:
    """Published questions with the same answer."""

    heading: str
    colour: str
    is_open: bool
    questions: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Content:
    """A published case as its page shows it, from the published text alone."""

    programme: str
    authority: str
    decision_words: str
    reasons: str
    instead_words: str
    instead_how: str
    sentence: str
    groups: tuple[Group, ...]


def read(text: str) -> Content:
    """Read a published text back, the answers against Payment by Results first."""
    found: dict[str, Any] = json.loads(text)
    asked = [question for section in found.pop("sections") for question in section["questions"]]
    named = {field.name: found[field.name] for field in fields(Content) if field.name in found}
    tally = cases.count([question["answer"] for question in asked])
    return Content(**named, sentence=cases.in_words(tally), groups=tuple(_groups(asked)))


def _groups(asked: list[dict[str, Any]]) -> Iterator[Group]:
    for answer in cases.AGAINST_FIRST:
        alike = tuple(question for question in asked if question["answer"] == answer)
        if alike:
            yield Group(HEADINGS[answer], COLOURS[answer], answer == cases.Answer.UNKNOWN, alike)


def newest(programme: Programme) -> CasePublication | None:
    """Give the newest edition of a programme's case, withdrawn or not."""
    found = CasePublication.objects.filter(conclusion__programme=programme)
    return found.select_related("withdrawal").order_by("-edition").first()


def edition(case_id: UUID, number: int | None = None) -> CasePublication | None:
    """Give one edition of a case, the newest unless a number is given."""
    found = editions(case_id)
    return (found if number is None else found.filter(edition=number)).first()


def editions(case_id: UUID) -> QuerySet[CasePublication]:
    """Give all editions of a case, newest first."""
    found = CasePublication.objects.filter(conclusion=case_id)
    return found.select_related("conclusion__programme__organisation", "withdrawal").order_by("-edition")


def open_now() -> QuerySet[CasePublication]:
    """Give the newest edition of each case, where it is not withdrawn, newest first."""
    newest = CasePublication.objects.alias(newest=Max("conclusion__publications__edition")).filter(edition=F("newest"))
    return (
        newest.filter(withdrawal=None)
        .select_related("conclusion__programme__organisation")
        .order_by("-published_at", "pk")
    )
