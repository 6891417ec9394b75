"""Writes answers to comments: drafted, one for several alike, released together at one moment, linked to a change."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from commissioning.models import Programme, User
from commissioning.permissions import Ability, can
from commissioning.services import audit, drafts
from commissioning.services.drafts import Edit
from tariffs import queries
from tariffs.models import Answer, AnsweredComment, Comment, CommentModeration, Consultation

from . import consultation_letters

OPEN_STILL = "Answers are released together after closing, and it is still open"
RELEASED = "This answer is released, so it stays as it is"
NOTHING = "There is no draft to release"
MOST_ALIKE = 200


class HeldError(Exception):
    """Comments lack a released answer, and no reason was given for going on without."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(str(count))


def wait_for_all(programme: Programme, override: str) -> int:
    """Hold what publishes a later version while comments lack a released answer; give how many where a reason is given.

    Raises HeldError where they do and no reason is given.
    """
    missing = queries.answers.held(programme).count()
    if missing and not override:
        raise HeldError(missing)
    return missing


@dataclass(frozen=True)
class Draft:
    """What was decided, why, and which entry of the difference it led to, where it led to one."""

    decision: str
    reason: str
    change_key: str = ""


@transaction.atomic
def write(*, consultation: Consultation, comments: Collection[Comment], draft: Draft, by: User) -> Answer:
    """Draft one answer to one comment or several alike; none of them has another."""
    _refuse_strangers(consultation, by)
    Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    wanted = {comment.pk for comment in comments}
    found = list(queries.answers.filtered(consultation, state=queries.answers.OPEN).filter(pk__in=wanted))
    if not found or len(found) != len(wanted):
        raise ValidationError("Somebody has answered one of these comments meanwhile, or its author took it back")
    answer = Answer(consultation=consultation, decision=draft.decision, reason=draft.reason, made_by=by)
    _link(answer, draft.change_key)
    answer.full_clean()
    answer.save()
    AnsweredComment.objects.bulk_create(AnsweredComment(answer=answer, comment=comment) for comment in found)
    _record(answer, by=by, action="drafted an answer", comments=len(found))
    return answer


@transaction.atomic
def change(*, answer: Answer, edit: Edit, by: User) -> Answer:
    """Change a draft; raise StaleError where somebody else changed the same fields meanwhile."""
    _refuse_strangers(answer.consultation, by)
    _unreleased(answer)
    changed, changes = drafts.apply(answer, edit)
    if changes:
        _record(changed, by=by, action="changed an answer", changes=[each.as_detail() for each in changes])
    return changed


@transaction.atomic
def remove(*, answer: Answer, by: User) -> None:
    """Throw a draft away; its comments are without an answer again."""
    _refuse_strangers(answer.consultation, by)
    _record(_unreleased(answer), by=by, action="threw an answer away")
    answer.delete()


@transaction.atomic
def link(*, answer: Answer, change_key: str, by: User) -> Answer:
    """Say which entry of the difference to the next version an answer led to."""
    _refuse_strangers(answer.consultation, by)
    locked = Answer.objects.select_for_update(of=("self",)).select_related("consultation__version__programme")
    found = locked.get(pk=answer.pk)
    _link(found, change_key)
    found.save(update_fields=["change_key", "change_words"])
    _record(found, by=by, action="linked an answer to a change")
    return found


@transaction.atomic
def release(*, consultation: Consultation, by: User) -> int:
    """Release every draft at one moment, and owe each author a letter; give how many were released."""
    _refuse_strangers(consultation, by)
    locked = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    now = queries.consultations.now()
    if now < locked.closes_at:
        raise ValidationError(OPEN_STILL)
    drafted = Answer.objects.filter(consultation=locked, released_at=None)
    people = list(AnsweredComment.objects.filter(answer__in=drafted).values_list("comment__written_by", flat=True))
    count = drafted.update(released_at=now)
    if not count:
        raise ValidationError(NOTHING)
    consultation_letters.owe(locked, "answered", people, now)
    programme = consultation.version.programme
    detail = {"row": consultation.pk, "name": str(consultation), "answers": count}
    organisation = programme.organisation
    audit.record(by=by, action="released answers", target=programme, organisation=organisation, detail=detail)
    return count


@transaction.atomic
def moderate(*, comment: Comment, code: str, words: str, by: User) -> CommentModeration:
    """Leave a comment's words out of what is published; the trace stays, and its author is told why."""
    _refuse_strangers(comment.consultation, by)
    there = CommentModeration.objects.filter(comment=comment).first()
    if there:
        return there
    mark = CommentModeration(comment=comment, code=code, words=words, by=by)
    mark.full_clean(exclude=["comment"])
    mark.save()
    now = queries.consultations.now()
    consultation_letters.owe(comment.consultation, "moderated", [comment.written_by_id], now)
    programme = comment.consultation.version.programme
    detail = {"row": comment.pk, "name": mark.get_code_display()}
    audit.record(
        by=by, action="moderated a comment", target=programme, organisation=programme.organisation, detail=detail
    )
    return mark


def _link(answer: Answer, change_key: str) -> None:
    """Note which change an answer led to, and how that reads now."""
    if not change_key:
        answer.change_key = answer.change_words = ""
        return
    if answer.decision not in ("accepted", "partly"):
        raise ValidationError({"change_key": "Only an answer that accepts something led to a change"})
    found = queries.answers.changes(answer.consultation)
    if change_key not in found:
        raise ValidationError({"change_key": "Choose a change from the list; the draft may have changed meanwhile"})
    answer.change_key, answer.change_words = change_key, found[change_key]


def _unreleased(answer: Answer) -> Answer:
    found = Answer.objects.select_for_update().filter(pk=answer.pk, released_at=None).first()
    if found is None:
        raise ValidationError(RELEASED)
    return answer


def _refuse_strangers(consultation: Consultation, by: User) -> None:
    if not can(by, Ability.EDIT, consultation.version.programme.organisation):
        raise PermissionDenied


def _record(answer: Answer, *, by: User, action: str, **more: object) -> None:
    programme = answer.consultation.version.programme
    detail = {"row": answer.pk, "name": answer.get_decision_display(), **more}
    audit.record(by=by, action=action, target=programme, organisation=programme.organisation, detail=detail)
