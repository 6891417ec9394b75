"""Where a figure comes from: the fields that every row of figures has."""

from django.db import models
from django.db.models import F, Q

from commissioning.core import pathways


class Sourced(models.Model):
    """Says of a row's figures where they come from, how good that source is, and how far they may be wrong."""

    class Quality(models.TextChoices):
        STRONG = "strong", "Strong"
        MODERATE = "moderate", "Moderate"
        WEAK = "weak", "Weak"
        ASSUMPTION = "assumption", "Assumption"

    source = models.TextField("source", blank=True)
    source_url = models.TextField("address of the source", blank=True)
    source_date = models.CharField("date of the source", max_length=100, blank=True)
    quality = models.CharField("quality of the source", max_length=20, choices=Quality.choices, blank=True)
    # In the unit of the row's main figure, which may be a rate or pounds: how far it may be wrong, never an amount due.
    interval_low = models.FloatField("low end of the interval", null=True, blank=True)
    interval_high = models.FloatField("high end of the interval", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_quality_is_known",
                condition=Q(quality__in=["", "strong", "moderate", "weak", "assumption"]),
            ),
            models.CheckConstraint(
                name="%(class)s_interval_runs_upwards",
                condition=Q(interval_low=None, interval_high=None)
                | Q(
                    interval_low__isnull=False,
                    interval_high__isnull=False,
                    interval_low__lte=F("interval_high"),
                    interval_low__gte=-1e12,
                    interval_high__lte=1e12,
                ),
            ),
        ]

    def provenance(self) -> pathways.Provenance:
        """Give the core's words for where the row's figures come from."""
        known = self.interval_low is not None and self.interval_high is not None
        return pathways.Provenance(
            source=self.source,
            url=self.source_url,
            date=self.source_date,
            quality=pathways.Quality(self.quality) if self.quality else None,
            interval=(float(self.interval_low), float(self.interval_high)) if known else None,  # type: ignore[arg-type]
        )
