"""Writes consultations: opened on a frozen version, changed or called off before they open, given more time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from commissioning.core.london_times import in_london
from commissioning.models import Organisation, User
from commissioning.permissions import Ability, can
from commissioning.services import audit
from tariffs import queries
from tariffs.models import Consultation, ConsultationLetter, ConsultationQuestion, ConsultedProvider, LogEntry, Version

from . import answers, consultation_letters

MOST_QUESTIONS = 20
MOST_PROVIDERS = 1000
OPENED = "The consultation has opened, so it can no longer be changed. You can give more time."
ENDED = "The consultation has closed, so nobody can be given more time. Open another one."


@dataclass(frozen=True)
class Plan:
    """What a consultation asks whom, and from when until when; without an opening time it opens at once."""

    audience: str
    introduction: str
    opens_at: datetime | None
    closes_at: datetime
    questions: tuple[str, ...] = ()
    override: str = ""


@transaction.atomic
def open_on(*, version: Version, plan: Plan, by: User) -> Consultation:
    """Make a consultation on a frozen version; it opens by itself when its time comes.

    Comments on an earlier version are answered first: a later one is held, unless the plan says why not to wait.
    """
    _refuse_strangers(version, by)
    is_later = Consultation.objects.filter(
        version__programme=version.programme, version__number__lt=version.number
    ).exists()
    missing = answers.wait_for_all(version.programme, plan.override) if is_later else 0
    consultation = Consultation(version=version, made_by=by)
    _put(consultation, plan)
    more = {"unanswered": missing, "reason": plan.override} if missing else {}
    _record(consultation, by=by, action="opened a consultation", **more)
    return consultation


@transaction.atomic
def change(*, consultation: Consultation, plan: Plan, by: User) -> Consultation:
    """Change a consultation that has not opened."""
    _refuse_strangers(consultation.version, by)
    locked = _unopened(consultation)
    _put(locked, plan)
    if locked.audience == Consultation.Audience.PUBLIC:
        locked.consulted.all().delete()
    ConsultationLetter.objects.filter(consultation=locked, kind="opened", sent_at=None).update(due_at=locked.opens_at)
    _record(locked, by=by, action="changed a consultation")
    return locked


@transaction.atomic
def call_off(*, consultation: Consultation, by: User) -> None:
    """Remove a consultation that has not opened, with all that stands ready for it."""
    _refuse_strangers(consultation.version, by)
    locked = _unopened(consultation)
    _record(locked, by=by, action="called off a consultation")
    for entry in locked.log.exclude(file=""):
        transaction.on_commit(lambda kept=entry.file: kept.storage.delete(kept.name), robust=True)  # type: ignore[misc]
    locked.log.all().delete()
    locked.delete()


@transaction.atomic
def extend(*, consultation: Consultation, closes_at: datetime, reason: str, by: User) -> Consultation:
    """Move the closing time of an open consultation to a later one; the log says why, and everybody is told."""
    _refuse_strangers(consultation.version, by)
    # Waits for comments on their way, which hold the row: each meets either the old closing time or the new one.
    open_still = Consultation.objects.select_for_update(of=("self",)).filter(queries.consultations.unclosed())
    locked = open_still.select_related("version__programme__organisation").filter(pk=consultation.pk).first()
    if locked is None:
        raise ValidationError(ENDED)
    if closes_at <= locked.closes_at:
        raise ValidationError({"closes_at": f"Choose a time after {in_london(locked.closes_at)}"})
    before, locked.closes_at = locked.closes_at, closes_at
    locked.save(update_fields=["closes_at"])
    now = queries.consultations.now()
    said = f"Comments are now taken until {in_london(closes_at)}, instead of {in_london(before)}. {reason}"
    told_at = max(now, locked.opens_at)
    LogEntry.objects.create(consultation=locked, kind="extension", text=said, released_at=told_at, written_by=by)
    people = consultation_letters.everybody_in(locked)
    consultation_letters.owe(locked, "extended", people, told_at)
    _record(locked, by=by, action="gave more time to a consultation", reason=reason)
    return locked


@transaction.atomic
def invite(*, consultation: Consultation, organisations: Collection[Organisation], by: User) -> int:
    """Name more providers in a consultation, and owe each a letter when it opens; give how many are new."""
    _refuse_strangers(consultation.version, by)
    locked = Consultation.objects.select_for_update(of=("self",), no_key=True).get(pk=consultation.pk)
    if locked.audience != Consultation.Audience.NAMED or not _is_unclosed(locked):
        raise ValidationError("This consultation does not name providers any more")
    there = set(locked.consulted.values_list("organisation", flat=True))
    new = [each for each in organisations if each.kind == Organisation.Kind.PROVIDER and each.pk not in there]
    if len(there) + len(new) > MOST_PROVIDERS:
        raise ValidationError(f"A consultation can name {MOST_PROVIDERS:,} providers")
    ConsultedProvider.objects.bulk_create(ConsultedProvider(consultation=locked, organisation=each) for each in new)
    people = consultation_letters.voices_of(Organisation.objects.filter(pk__in=[each.pk for each in new]))
    due_at = max(locked.opens_at, queries.consultations.now())
    consultation_letters.owe(locked, "opened", people, due_at)
    _record(consultation, by=by, action="named providers in a consultation", providers=[each.pk for each in new])
    return len(new)


@transaction.atomic
def uninvite(*, consulted: ConsultedProvider, by: User) -> None:
    """Take a provider out of a consultation that has not opened."""
    consultation = consulted.consultation
    _refuse_strangers(consultation.version, by)
    locked = _unopened(consultation)
    people = consultation_letters.voices_of(Organisation.objects.filter(pk=consulted.organisation_id))
    locked.letters.filter(person__in=people, sent_at=None).delete()
    consulted.delete()
    _record(locked, by=by, action="took a provider out of a consultation", providers=[str(consulted.organisation_id)])


def _put(consultation: Consultation, plan: Plan) -> None:
    """Fill in a consultation that has not opened, with its questions."""
    now = queries.consultations.now()
    opens_at = plan.opens_at or now
    if plan.opens_at and plan.opens_at <= now:
        raise ValidationError({"opens_at": "Choose a time to come, or leave it empty to open at once"})
    if plan.closes_at <= opens_at:
        raise ValidationError({"closes_at": "It must close after it opens"})
    if len(plan.questions) > MOST_QUESTIONS:
        raise ValidationError({"questions": f"Ask at most {MOST_QUESTIONS} questions"})
    consultation.audience, consultation.introduction = plan.audience, plan.introduction
    consultation.opens_at, consultation.closes_at = opens_at, plan.closes_at
    consultation.full_clean()
    consultation.save()
    consultation.questions.all().delete()
    rows = [
        ConsultationQuestion(consultation=consultation, place=place, text=text)
        for place, text in enumerate(plan.questions)
    ]
    for row in rows:
        row.clean_fields(exclude=["consultation"])
    ConsultationQuestion.objects.bulk_create(rows)


def _unopened(consultation: Consultation) -> Consultation:
    rows = Consultation.objects.select_for_update(of=("self",)).filter(queries.consultations.unopened())
    found = rows.select_related("version__programme__organisation").filter(pk=consultation.pk).first()
    if found is None:
        raise ValidationError(OPENED)
    return found


def _is_unclosed(consultation: Consultation) -> bool:
    return Consultation.objects.filter(queries.consultations.unclosed(), pk=consultation.pk).exists()


def _refuse_strangers(version: Version, by: User) -> None:
    if not can(by, Ability.EDIT, version.programme.organisation):
        raise PermissionDenied


def _record(consultation: Consultation, *, by: User, action: str, **more: object) -> None:
    programme = consultation.version.programme
    detail = {
        "row": consultation.pk,
        "name": str(consultation),
        "opens_at": consultation.opens_at,
        "closes_at": consultation.closes_at,
        **more,
    }
    audit.record(by=by, action=action, target=programme, organisation=programme.organisation, detail=detail)
