"""Who follows a market position statement by e-mail: an address, confirmed by whoever reads it, and nothing else."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from .statements import PositionStatement


class EditionFollower(models.Model):
    """One address that asked for a statement's editions. It is deleted when it stops, or is not confirmed in time."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    statement = models.ForeignKey(PositionStatement, on_delete=models.CASCADE, related_name="followers")
    email = models.EmailField("email address")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    # A letter that asks to confirm is owed while this is set.
    is_due = models.BooleanField("a letter is to be sent", default=True)
    confirmed_on = models.DateField("confirmed", null=True, blank=True)
    told_number = models.PositiveSmallIntegerField("newest edition told of", default=0)
    withdrawn_number = models.PositiveSmallIntegerField("newest withdrawn edition told of", default=0)

    class Meta:
        ordering = ["statement", "id"]
        constraints = [
            models.UniqueConstraint(name="edition_follower_once", fields=["statement", "email"]),
            models.CheckConstraint(name="edition_follower_email_in_lower_case", condition=Q(email=Lower(F("email")))),
            models.CheckConstraint(
                name="edition_follower_told_only_once_confirmed",
                condition=Q(told_number=0, withdrawn_number=0) | Q(confirmed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"A follower of {self.statement}"
