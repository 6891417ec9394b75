"""Thresholds that an authority draws elsewhere than the catalogue of rules does."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from commissioning.models import Organisation, User

LONGEST_REASON = 2000


class OwnThreshold(models.Model):
    """Where an authority draws one rule's line for all its programmes, and why. Without a value the default counts."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="own_thresholds")
    key = models.SlugField("threshold", max_length=60)
    value = models.FloatField("value", null=True, blank=True)
    reason = models.CharField("why it is drawn there", max_length=LONGEST_REASON, blank=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField("set at", default=timezone.now)

    class Meta:
        ordering = ["organisation", "key"]
        constraints = [
            models.UniqueConstraint(name="own_threshold_once_for_each_authority", fields=["organisation", "key"]),
            models.CheckConstraint(
                name="own_threshold_says_why",
                condition=Q(value=None) | ~Q(reason=""),
                violation_error_message="Say why the line is drawn there",
            ),
        ]

    def __str__(self) -> str:
        return self.key
