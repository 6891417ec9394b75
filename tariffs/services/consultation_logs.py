"""Writes the equal-information log: whatever one provider is told, all are told at the same moment."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from commissioning.core import file_kinds
from commissioning.models import Organisation, User
from commissioning.permissions import Ability, can
from commissioning.services import audit
from tariffs import queries
from tariffs.models import Consultation, LogEntry

from . import consultation_letters

MOST_BYTES_OF_A_CONSULTATION = 200 * 1024 * 1024
MOST_QUESTIONS_WAITING = 50
TOLD = "Everybody has been told this already, so it stays as it is"


@dataclass(frozen=True)
class Telling:
    """What everybody is to be told, and when; without a time at once. `key` is its id to be."""

    key: UUID
    kind: str
    text: str
    released_at: datetime | None = None
    file_name: str = ""
    content: bytes = b""


def tell(*, consultation: Consultation, telling: Telling, by: User) -> LogEntry:
    """Put something into the log; a button pressed twice tells it once."""
    entry = LogEntry(id=telling.key, consultation=consultation, kind=telling.kind, text=telling.text, written_by=by)
    try:
        with transaction.atomic():
            _refuse_strangers(consultation, by)
            locked = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
            if there := LogEntry.objects.filter(pk=telling.key, consultation=consultation).first():
                return there
            entry.released_at = _moment(locked, telling.released_at)
            _put_file(entry, telling)
            _finish(entry, locked, by=by, action="told everybody in a consultation")
    except BaseException:
        # What the database did not take must not stay on the disk either.
        if entry.file.name:
            entry.file.storage.delete(entry.file.name)
        raise
    return entry


@transaction.atomic
def answer(*, entry: LogEntry, question: str, text: str, released_at: datetime | None, by: User) -> LogEntry:
    """Answer a provider's question: question and answer come to everybody together."""
    consultation = entry.consultation
    _refuse_strangers(consultation, by)
    locked = LogEntry.objects.select_for_update().get(pk=entry.pk)
    if locked.released_at and locked.released_at <= queries.consultations.now():
        raise ValidationError(TOLD)
    locked.question, locked.text, locked.written_by = question, text, by
    locked.released_at = _moment(consultation, released_at)
    _finish(locked, consultation, by=by, action="answered a question in a consultation")
    return locked


@transaction.atomic
def ask(*, consultation: Consultation, organisation: Organisation, question: str, key: UUID, by: User) -> LogEntry:
    """Ask something for a provider; everybody will read it with its answer, and nobody who asked."""
    allowed = queries.consultations.commentable_by(by).filter(queries.consultations.unclosed(), pk=consultation.pk)
    if not allowed.exists() or not queries.consultations.voices(consultation, by).filter(pk=organisation.pk).exists():
        raise PermissionDenied
    entry = LogEntry(id=key, consultation=consultation, kind="question", question=question, asked_by=organisation)
    entry.clean_fields(exclude=["consultation", "asked_by", "written_by"])
    mine = LogEntry.objects.filter(consultation=consultation, asked_by=organisation)
    if mine.filter(released_at=None).exclude(pk=key).count() >= MOST_QUESTIONS_WAITING:
        raise ValidationError({"question": "Wait until some of your questions are answered"})
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        # The button was pressed twice.
        return mine.get(pk=key)
    # In the asker's own log, which nobody else reads.
    detail = {"row": entry.pk, "name": "a question"}
    audit.record(by=by, action="asked in a consultation", target=entry, organisation=organisation, detail=detail)
    return entry


def _moment(consultation: Consultation, released_at: datetime | None) -> datetime:
    """Give the moment at which everybody is told: never before the consultation opens, and never in the past."""
    now = queries.consultations.now()
    if released_at is not None and released_at <= now:
        raise ValidationError({"released_at": "Choose a time to come, or leave it empty to tell everybody now"})
    return max(released_at or now, consultation.opens_at)


def _put_file(entry: LogEntry, telling: Telling) -> None:
    """Keep the file of a document."""
    if not telling.file_name:
        return
    kind = file_kinds.find(telling.file_name, telling.content)
    if kind is None or not 0 < len(telling.content) <= file_kinds.MOST_BYTES:
        raise ValidationError({"file": "This file cannot be kept"})
    kept = sum(LogEntry.objects.filter(consultation=entry.consultation).values_list("file_size", flat=True))
    if kept + len(telling.content) > MOST_BYTES_OF_A_CONSULTATION:
        most = MOST_BYTES_OF_A_CONSULTATION // 1024**2
        raise ValidationError({"file": f"The documents of a consultation may take {most} MB together"})
    entry.file_name = file_kinds.safe_name(telling.file_name)
    entry.file_type, entry.file_size = kind.content_type, len(telling.content)
    entry.file.save(entry.file_name, ContentFile(telling.content), save=False)


def _finish(entry: LogEntry, consultation: Consultation, *, by: User, action: str) -> None:
    """Save an entry, and owe everybody a letter for the moment at which it comes out."""
    assert entry.released_at is not None
    entry.full_clean(validate_unique=False)
    entry.save()
    people = consultation_letters.everybody_in(consultation)
    consultation_letters.owe(consultation, "news", people, entry.released_at)
    programme = consultation.version.programme
    detail = {
        "row": entry.pk,
        "name": entry.get_kind_display(),
        "consultation": consultation.pk,
        "released_at": entry.released_at,
    }
    audit.record(by=by, action=action, target=programme, organisation=programme.organisation, detail=detail)


def _refuse_strangers(consultation: Consultation, by: User) -> None:
    if not can(by, Ability.EDIT, consultation.version.programme.organisation):
        raise PermissionDenied
