"""A provider organisation's claim to its row of a register, and what it corrects and shows to whom."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from commissioning.models import Organisation, User

from .providers import Provider


class Claim(models.Model):
    """A provider organisation says that a row of a register is itself; an approver of an authority confirms it.

    Who claimed a row is nobody's business but the provider's, the asked authority's, and those it shows things to.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Waiting for an answer"
        CONFIRMED = "confirmed", "Confirmed"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="claims")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="claims")
    asked_of = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="claims_to_decide")
    evidence = models.TextField("how the authority can check it", max_length=1000)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASKED)
    reason = models.CharField("why it was refused", max_length=500, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                name="claim_one_confirmed_for_each_provider", fields=["provider"], condition=Q(state="confirmed")
            ),
            models.UniqueConstraint(
                name="claim_one_open_for_each_organisation",
                fields=["provider", "organisation"],
                condition=Q(state__in=["asked", "confirmed"]),
            ),
            models.CheckConstraint(
                name="claim_decided_exactly_when_answered",
                condition=Q(state__in=["asked", "withdrawn"]) | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Claim of {self.organisation} to {self.provider}"

    def get_absolute_url(self) -> str:
        return reverse("claim-detail", args=[self.pk])


class Correction(models.Model):
    """One thing that a provider says of itself instead of a default, and who may see it."""

    class Field(models.TextChoices):
        APPETITE = "appetite", "Share of free reserves put at risk"
        FREE_RESERVES = "free_reserves", "Free reserves"
        SERVED = "served", "Groups served"
        AREAS = "areas", "Areas"

    class Sight(models.TextChoices):
        NOBODY = "nobody", "Nobody but us"
        BAND = "band", "Every authority, as a band"
        EXACT = "exact", "Exactly, and only the authorities we name"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField("what is corrected", max_length=16, choices=Field.choices)
    value = models.JSONField("what the provider says")
    sight = models.CharField("who may see it", max_length=8, choices=Sight.choices, default=Sight.NOBODY)
    shown_to = models.ManyToManyField(Organisation, related_name="+", blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["claim", "field"]
        constraints = [
            models.UniqueConstraint(name="correction_one_for_each_field", fields=["claim", "field"]),
            models.CheckConstraint(
                name="correction_sight_is_known", condition=Q(sight__in=["nobody", "band", "exact"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()} of {self.claim_id}"
