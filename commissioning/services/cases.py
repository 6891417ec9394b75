"""Writes a programme's case: answers, the conclusion, and what is published of it."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from commissioning import queries
from commissioning.core.canonical import sha256
from commissioning.core.case_questions import questions
from commissioning.models import CaseAnswer, CaseConclusion, CasePublication, CaseWithdrawal, Programme, User
from commissioning.permissions import Ability, can

from . import audit, drafts
from .drafts import Edit


@transaction.atomic
def answer(*, programme: Programme, question: str, edit: Edit, by: User) -> CaseAnswer:
    """Save what a person changed in the answer to a question, beside what others changed meanwhile."""
    row = open_answer(programme=programme, question=question, by=by)
    row, changes = drafts.apply(row, _dated(edit))
    if changes:
        _record(row, by=by, action="answered a question of the case", question=question, fields=_details(changes))
    return row


def open_answer(*, programme: Programme, question: str, by: User) -> CaseAnswer:
    """Give the row of an answer, made now if there is none, to a person who may change it."""
    _refuse(by, Ability.EDIT, programme)
    if question not in questions():
        raise ValidationError("There is no such question")
    # Of two who answer first at the same moment one makes the row, and the other finds it.
    return CaseAnswer.objects.get_or_create(programme=programme, question=question)[0]


def _dated(edit: Edit) -> Edit:
    """Give a changed answer its date; what is not known has none."""
    values = dict(edit.values)
    given = values.get("answer", {}).get("answer")
    day = None if given == CaseAnswer.Choice.UNKNOWN else timezone.localdate()
    values["answer"] = {**values.get("answer", {}), "answered_on": day}
    return replace(edit, values=values)


@transaction.atomic
def conclude(*, programme: Programme, edit: Edit, by: User) -> CaseConclusion:
    """Save what a person changed in the conclusion, beside what others changed meanwhile."""
    _refuse(by, Ability.EDIT, programme)
    row = CaseConclusion.objects.get_or_create(programme=programme)[0]
    signed = {"concluded_by": by, "concluded_at": timezone.now()}
    values = {field: {**attributes, **signed} for field, attributes in edit.values.items()}
    row, changes = drafts.apply(row, replace(edit, values=values))
    if changes:
        _record(row, by=by, action="concluded the case", fields=_details(changes))
    return row


@transaction.atomic
def publish(*, conclusion: CaseConclusion, seen: str, by: User) -> CasePublication:
    """Publish the conclusion as its next edition, frozen as it was `seen`: the hash of what the approver read.

    Two people publish: whoever concluded leaves the publishing to another approver.
    """
    conclusion = _locked(conclusion, by)
    _refuse_unfit(conclusion, by)
    content = queries.published_cases.draft(conclusion)
    if sha256(content) != seen:
        raise ValidationError("The case has changed since you read it. Read it again, then publish.")
    last = CasePublication.objects.filter(conclusion=conclusion).select_related("withdrawal").first()
    if last and last.sha256 == seen and not last.is_withdrawn:
        raise ValidationError("This is published already")
    publication = CasePublication(
        conclusion=conclusion,
        edition=last.edition + 1 if last else 1,
        content=content,
        sha256=seen,
        published_by=by,
    )
    publication.full_clean()
    publication.save(force_insert=True)
    _record(conclusion, by=by, action="published the case", edition=publication.edition, sha256=seen)
    return publication


def _refuse_unfit(conclusion: CaseConclusion, by: User) -> None:
    if not conclusion.decision:
        raise ValidationError("Write the conclusion first")
    if conclusion.concluded_by_id == by.pk:
        raise ValidationError("You wrote the conclusion yourself. Ask another approver to publish it.")


@transaction.atomic
def withdraw(*, conclusion: CaseConclusion, reason: str, by: User) -> list[CaseWithdrawal]:
    """Take back every edition that stands. Its page says so, and why; the editions themselves are kept."""
    conclusion = _locked(conclusion, by)
    standing = CasePublication.objects.filter(conclusion=conclusion, withdrawal=None)
    marks = [CaseWithdrawal(publication=each, reason=reason, withdrawn_by=by) for each in standing]
    if not marks:
        raise ValidationError("Nothing is published that could be withdrawn")
    for mark in marks:
        mark.full_clean()
        mark.save(force_insert=True)
    _record(conclusion, by=by, action="withdrew the published case", editions=len(marks))
    return marks


def _locked(conclusion: CaseConclusion, by: User) -> CaseConclusion:
    """Let one person at a time publish or withdraw."""
    found = CaseConclusion.objects.select_for_update(of=("self",)).select_related("programme__organisation")
    conclusion = found.get(pk=conclusion.pk)
    _refuse(by, Ability.APPROVE, conclusion.programme)
    return conclusion


def _refuse(by: User, ability: Ability, programme: Programme) -> None:
    if not can(by, ability, programme.organisation):
        raise PermissionDenied


def _details(changes: list[drafts.Change]) -> list[dict[str, str]]:
    return [change.as_detail() for change in changes if not change.field.startswith("owner")]


def _record(row: CaseAnswer | CaseConclusion, *, by: User, action: str, **detail: Any) -> None:
    programme = row.programme
    audit.record(
        by=by,
        action=action,
        target=programme,
        organisation=programme.organisation,
        detail={"row": row.pk, **detail},
    )
