"""Accepted warnings: what somebody decided to live with, and why, as long as the figures stay as they were."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from commissioning.models import Programme, User

LONGEST_REASON = 2000


class FindingAcceptance(models.Model):
    """One warning of one rule, accepted with a reason. Another acceptance of the same rule takes its place.

    It holds while the finding's fingerprint, which is that of its weight and figures, stays the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="finding_acceptances")
    rule = models.CharField("rule", max_length=8)
    fingerprint = models.CharField("fingerprint of what was found", max_length=64)
    found = models.TextField("what was found")
    reason = models.CharField("why it is accepted", max_length=LONGEST_REASON)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["programme", "rule"]
        constraints = [
            models.UniqueConstraint(name="finding_acceptance_one_for_each_rule", fields=["programme", "rule"]),
            models.CheckConstraint(name="finding_acceptance_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"Acceptance of {self.rule}"
