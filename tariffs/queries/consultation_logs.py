"""Reads the equal-information log: what everybody was told, what will be, and which questions wait."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from commissioning.models import Organisation
from tariffs.models import Consultation, LogEntry

from .consultations import Reader, editable_by, readable_by, visible_to


def told(consultation: Consultation) -> QuerySet[LogEntry]:
    """Give what everybody has been told, the newest first; what came at one moment in an order that says nothing."""
    return consultation.log.filter(released_at__lte=Now()).order_by("-released_at", "id")


def to_come(consultation: Consultation) -> QuerySet[LogEntry]:
    """Give what everybody will be told at a later moment."""
    return consultation.log.filter(released_at__gt=Now()).order_by("released_at", "id")


def waiting(consultation: Consultation) -> QuerySet[LogEntry]:
    """Give the questions that wait for an answer, in an order that says nothing of who asked when."""
    return consultation.log.filter(kind="question", released_at=None).order_by("id")


def asked_by(consultation: Consultation, organisations: Iterable[Organisation]) -> QuerySet[LogEntry]:
    """Give the questions of some providers that everybody will read with their answer, but cannot yet."""
    mine = consultation.log.filter(asked_by__in=list(organisations))
    return mine.filter(Q(released_at=None) | Q(released_at__gt=Now())).order_by("made_at", "id")


def changeable_by(user: Reader) -> QuerySet[LogEntry]:
    """Give the entries that nobody was told yet, of the consultations that a person may change."""
    mine = LogEntry.objects.filter(consultation__in=editable_by(user).values("pk"))
    unsaid = mine.filter(Q(released_at=None) | Q(released_at__gt=Now()))
    return unsaid.select_related("consultation__version__programme__organisation")


def files_for(user: Reader) -> QuerySet[LogEntry]:
    """Give the documents that a person may read: once told, or the authority's own at any time."""
    told_to = Q(consultation__in=readable_by(user).values("pk"), released_at__lte=Now())
    return LogEntry.objects.exclude(file="").filter(told_to | Q(consultation__in=visible_to(user).values("pk")))
