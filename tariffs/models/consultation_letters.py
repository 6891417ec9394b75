"""Letters that consultations owe to people: kept until they leave, each sent at most once."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from commissioning.models import User

from .consultations import Consultation


class ConsultationLetter(models.Model):
    """One e-mail owed to one person. Several of a kind before it leaves are one."""

    class Kind(models.TextChoices):
        OPENED = "opened", "A consultation opens"
        NEWS = "news", "Something new in the log"
        EXTENDED = "extended", "More time"
        ANSWERED = "answered", "Your comments are answered"
        CHANGED = "changed", "A line that you commented on has changed"
        MODERATED = "moderated", "A comment is not published"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="letters")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("kind", max_length=10, choices=Kind.choices)
    due_at = models.DateTimeField("not before")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="consultation_letter_owed_once",
                fields=["consultation", "person", "kind", "due_at"],
                condition=Q(sent_at=None),
            ),
        ]
        indexes = [models.Index(name="consultation_letters_due", fields=["due_at"], condition=Q(sent_at=None))]

    def __str__(self) -> str:
        return self.get_kind_display()
