"""Cases: answers, evidence, conclusions and what is published, made through the product's own services."""

from typing import Any

from commissioning import queries, services
from commissioning.core.canonical import sha256
from commissioning.forms.cases import AnswerForm, ConclusionForm
from commissioning.models import CaseAnswer, CaseConclusion, CaseEvidence, CasePublication, Programme, User
from commissioning.services.case_evidence import Brought
from commissioning.services.drafts import Edit

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"


def edit(form: Any, row: Any, **typed: str) -> Edit:
    """Write what a person does who opens the page as the row stands, and types this."""
    was = dict(form.shown(row))
    values: dict[str, Any] = {name: {name: text} for name, text in typed.items()}
    return Edit(was=was, typed={**was, **typed}, values=values, shown=form.shown)


def answered(*, programme: Programme, by: User, question: str = "control", **typed: str) -> CaseAnswer:
    row = queries.cases.answer(programme, question)
    given = {"answer": "no", "reasoning": "Housing decides it.", **typed}
    return services.cases.answer(programme=programme, question=question, edit=edit(AnswerForm, row, **given), by=by)


def concluded(*, programme: Programme, by: User, **typed: str) -> CaseConclusion:
    row = queries.cases.conclusion(programme)
    given = {"decision": "refuse", "reasons": "The results are not in its hands.", "instead": "grant", **typed}
    return services.cases.conclude(programme=programme, edit=edit(ConclusionForm, row, **given), by=by)


def brought(*, programme: Programme, by: User, question: str = "control", **given: Any) -> CaseEvidence:
    """Bring a small PDF, unless something else is given."""
    what = {} if {"text", "url", "file_name"} & set(given) else {"file_name": "board paper.pdf", "content": PDF}
    evidence = Brought(**{"title": "Board paper 7", **what, **given})
    return services.case_evidence.add(programme=programme, question=question, brought=evidence, by=by)


def published(*, conclusion: CaseConclusion, by: User) -> CasePublication:
    seen = sha256(queries.published_cases.draft(conclusion))
    return services.cases.publish(conclusion=conclusion, seen=seen, by=by)
