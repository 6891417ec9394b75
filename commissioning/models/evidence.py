"""Evidence: what is known of one group's chance to reach one milestone."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from commissioning.core import pathways

from .groups import Group
from .limits import MOST_POUNDS, shares, within
from .milestones import Milestone
from .provenance import Sourced


class Evidence(Sourced):
    """A group's chance to reach a milestone without the service, and how far support moves it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="evidence")
    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="evidence")
    place = models.PositiveSmallIntegerField("place in the list")

    baseline = models.FloatField("chance without the service")
    responsiveness = models.FloatField("responsiveness to support", default=0)
    observed_spending = models.DecimalField("spending a person observed", max_digits=15, decimal_places=2, null=True)
    observed_rate = models.FloatField("rate observed at that spending", null=True)
    response_scale = models.DecimalField(
        "pounds a person at which support begins to tell", max_digits=15, decimal_places=2, default=200
    )
    sample_size = models.FloatField("people the evidence is from", null=True, blank=True)

    class Meta:
        ordering = ["place"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(name="evidence_once_for_each_step", fields=["group", "milestone"]),
            *shares("evidence", "baseline", "responsiveness"),
            within("evidence", "response_scale", 0.01, 1e9),
            within("evidence", "sample_size", 0, 1e9),
            models.CheckConstraint(
                name="evidence_observed_point_is_whole",
                condition=Q(observed_spending=None, observed_rate=None)
                | Q(
                    observed_spending__isnull=False,
                    observed_rate__isnull=False,
                    observed_spending__gt=0,
                    observed_spending__lte=MOST_POUNDS,
                    observed_rate__gt=0,
                    observed_rate__lt=1,
                ),
            ),
            *Sourced.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.milestone}"

    @property
    def programme_id(self) -> UUID:
        """Give the id of the programme that the evidence is for."""
        return self.group.programme_id

    def to_core(self) -> pathways.Evidence:
        return pathways.Evidence(
            group=self.group.key,
            milestone=self.milestone.key,
            baseline=self.baseline,
            responsiveness=self.responsiveness,
            observed=self.observed(),
            response_scale=float(self.response_scale),
            sample_size=self.sample_size,
            provenance=self.provenance(),
        )

    def observed(self) -> pathways.Observed | None:
        """Give the observed point, where that is how the evidence was given."""
        if self.observed_spending is None or self.observed_rate is None:
            return None
        return pathways.Observed(spending=float(self.observed_spending), rate=self.observed_rate)
