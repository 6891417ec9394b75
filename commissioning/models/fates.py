"""What a commissioner does with what people said: moderation, what became of it, and what was published."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from commissioning.core import rooms as core

from .cases import brief, stays
from .measures import MeasureCard
from .participants import REASONS, Statement
from .people import User
from .rooms import Room

DECISIONS = [(decision.value, core.DECISIONS[decision]) for decision in core.Decision]


class Moderation(models.Model):
    """One look at a statement: shown, or hidden with the reason. Rows stay, so that the log is whole."""

    class Act(models.TextChoices):
        SHOWN = "shown", "Shown"
        HIDDEN = "hidden", "Hidden"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="moderations")
    act = models.CharField("act", max_length=10, choices=Act.choices)
    reason = models.CharField("reason", max_length=10, choices=REASONS, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="moderation_says_why_it_hides",
                condition=Q(act="shown", reason="") | Q(act="hidden", reason__in=[key for key, _ in REASONS]),
            ),
        ]

    def __str__(self) -> str:
        return self.get_act_display()


class Fate(models.Model):
    """What became of a statement, and because of what."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    statement = models.OneToOneField(Statement, on_delete=models.CASCADE, related_name="fate")
    decision = models.CharField("what became of it", max_length=12, choices=DECISIONS)
    because = models.TextField("because")
    measure = models.ForeignKey(MeasureCard, on_delete=models.SET_NULL, null=True, blank=True, related_name="fates")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="fate_decision_is_known", condition=Q(decision__in=[key for key, _ in DECISIONS])
            ),
            models.CheckConstraint(name="fate_says_why", condition=~Q(because="")),
            brief("fate", "because"),
        ]

    def __str__(self) -> str:
        return self.get_decision_display()


class RoomPublication(models.Model):
    """What people said and what became of it, as it was published: a frozen copy with its hash."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    room = models.OneToOneField(Room, on_delete=models.PROTECT, related_name="publication")
    # Text and not JSON, so that it stays byte for byte what its hash was taken of.
    content = models.TextField("what was published, as JSON")
    sha256 = models.CharField("hash of the content", max_length=64)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        triggers = stays("room_publication")

    def __str__(self) -> str:
        return f"What people said in {self.room_id}"

    def get_absolute_url(self) -> str:
        return reverse("published-room", args=[self.room_id])
