"""The equal-information log: what every provider in a consultation is told, at the same moment."""

from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from commissioning.core.file_kinds import MOST_BYTES
from commissioning.models import Organisation, User
from commissioning.models.cases import brief

from .consultations import Consultation


def random_name(_entry: models.Model, _given: str) -> str:
    """Name a kept file by chance alone, so that nothing a person typed reaches the disk."""
    return f"consultation-files/{uuid4().hex}"


class LogEntry(models.Model):
    """One thing that everybody is told, or a provider's question that waits for its answer.

    Who asked stands beside the question, and is shown to nobody but the asker.
    """

    class Kind(models.TextChoices):
        BRIEFING = "briefing", "Briefing"
        DATE = "date", "Date"
        FILE = "file", "Document"
        QUESTION = "question", "Question and answer"
        EXTENSION = "extension", "Extension"
        LEARNED = "learned", "What was learned"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="log")
    kind = models.CharField("kind", max_length=10, choices=Kind.choices)
    question = models.TextField("question", blank=True)
    text = models.TextField("what everybody is told", blank=True)
    file = models.FileField("file", upload_to=random_name, max_length=100, blank=True)
    file_name = models.CharField("name of the file", max_length=150, blank=True)
    file_type = models.CharField("type of the file", max_length=100, blank=True)
    file_size = models.PositiveIntegerField("bytes of the file", default=0)
    # Nothing where it still waits for its answer. The database's clock says whether the moment has come.
    released_at = models.DateTimeField("told to all", null=True, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["released_at", "id"]
        verbose_name_plural = "log entries"
        constraints = [
            models.CheckConstraint(
                name="log_entry_kind_is_known",
                condition=Q(kind__in=["briefing", "date", "file", "question", "extension", "learned"]),
            ),
            models.CheckConstraint(
                name="log_entry_waits_only_for_an_answer",
                condition=Q(released_at__isnull=False) | Q(kind="question", text="", written_by=None),
            ),
            models.CheckConstraint(name="log_entry_says_something", condition=~Q(text="") | Q(released_at=None)),
            models.CheckConstraint(
                name="log_entry_only_questions_are_asked", condition=Q(kind="question") | Q(question="", asked_by=None)
            ),
            models.CheckConstraint(
                name="log_entry_file_is_whole",
                condition=Q(file="", file_name="", file_type="", file_size=0)
                | Q(file_size__gte=1, file_size__lte=MOST_BYTES) & ~Q(file="") & ~Q(file_name="") & ~Q(file_type=""),
            ),
            brief("log_entry", "question"),
            brief("log_entry", "text"),
        ]
        triggers = [
            # What everybody was told was told.
            pgtrigger.Protect(
                name="log_entry_stays_once_told",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.released_at <= clock_timestamp()"),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
