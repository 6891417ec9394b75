"""Writes the evidence of a case: some text, a link, or a file that is kept where only this product reads."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from commissioning import queries
from commissioning.core import file_kinds
from commissioning.models import CaseAnswer, CaseEvidence, Programme, User
from commissioning.permissions import Ability, can

from . import audit, cases

MOST_PIECES = 30


@dataclass(frozen=True)
class Brought:
    """What a person brings as evidence: a title, and exactly one of text, web address and file.

    `key` is its id to be, so that a button pressed twice brings it once.
    """

    title: str
    text: str = ""
    url: str = ""
    file_name: str = ""
    content: bytes = b""
    key: UUID = field(default_factory=uuid4)


def add(*, programme: Programme, question: str, brought: Brought, by: User) -> CaseEvidence:
    """Add a piece of evidence to the answer of a question; where nobody has answered yet, the answer stays open."""
    evidence = CaseEvidence(title=brought.title, text=brought.text, url=brought.url, added_by=by)
    try:
        with transaction.atomic():
            evidence.answer = cases.open_answer(programme=programme, question=question, by=by)
            _wait_for_turn(evidence.answer)
            if there := CaseEvidence.objects.filter(answer=evidence.answer, pk=brought.key).first():
                return there
            _refuse_too_many(evidence.answer)
            _put(evidence, brought)
            evidence.full_clean()
            evidence.save(force_insert=True)
            _record(evidence, by=by, action="added evidence to the case")
    except BaseException:
        # What the database did not take must not stay on the disk either.
        _drop(evidence)
        raise
    return evidence


def _put(evidence: CaseEvidence, brought: Brought) -> None:
    """Fill in what kind of evidence it is, and keep the file if it is one."""
    if not CaseEvidence.objects.filter(pk=brought.key).exists():
        evidence.pk = brought.key
    if not brought.file_name:
        evidence.kind = CaseEvidence.Kind.LINK if brought.url else CaseEvidence.Kind.TEXT
        return
    kind = file_kinds.find(brought.file_name, brought.content)
    if kind is None or not 0 < len(brought.content) <= file_kinds.MOST_BYTES:
        raise ValidationError({"file": "This file cannot be kept"})
    _refuse_full(evidence.answer.programme, len(brought.content))
    evidence.kind = CaseEvidence.Kind.FILE
    evidence.file_name = file_kinds.safe_name(brought.file_name)
    evidence.file_type, evidence.file_size = kind.content_type, len(brought.content)
    evidence.file.save(evidence.file_name, ContentFile(brought.content), save=False)


def _wait_for_turn(answer: CaseAnswer) -> None:
    """Let one at a time bring evidence to an answer, so that two together cannot pass the limit."""
    CaseAnswer.objects.select_for_update().get(pk=answer.pk)


def _refuse_too_many(answer: CaseAnswer) -> None:
    if answer.evidence.count() >= MOST_PIECES:
        raise ValidationError(f"An answer can have {MOST_PIECES} pieces of evidence. Remove one first.")


def _refuse_full(programme: Programme, more: int) -> None:
    # One at a time for a programme, so that two together cannot pass the limit.
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if queries.cases.bytes_kept(programme) + more > file_kinds.MOST_BYTES_OF_A_PROGRAMME:
        most = file_kinds.MOST_BYTES_OF_A_PROGRAMME // 1024**2
        raise ValidationError({"file": f"The files of a case may take {most} MB together. Remove one first."})


@transaction.atomic
def remove(*, evidence: CaseEvidence, by: User) -> None:
    """Remove a piece of evidence; its file goes once that is certain. A second press finds nothing to do."""
    if not can(by, Ability.EDIT, evidence.answer.programme.organisation):
        raise PermissionDenied
    removed, _ = CaseEvidence.objects.filter(pk=evidence.pk).delete()
    if removed:
        _record(evidence, by=by, action="removed evidence from the case")
        transaction.on_commit(lambda: _drop(evidence), robust=True)


def _drop(evidence: CaseEvidence) -> None:
    if evidence.file.name:
        evidence.file.storage.delete(evidence.file.name)


def _record(evidence: CaseEvidence, *, by: User, action: str) -> None:
    answer = evidence.answer
    audit.record(
        by=by,
        action=action,
        target=answer.programme,
        organisation=answer.programme.organisation,
        detail={"evidence": evidence.pk, "question": answer.question, "kind": evidence.kind},
    )
