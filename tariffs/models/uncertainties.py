"""Uncertainties: what no provider controls, as a simulation draws it."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from commissioning.models import Programme
from commissioning.models.limits import MOST_MONTHS, within
from commissioning.models.provenance import Sourced
from tariffs.core import programmes as core


def no_season() -> list[float]:
    """Give twelve months that are alike."""
    return [0.0] * 12


class Uncertainty(Sourced):
    """How far outcomes and volumes of one programme may turn out other than planned."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="uncertainty")
    outcome_shock = models.FloatField("shock to all outcomes, on log-odds", default=0)
    outcome_shock_monthly = models.FloatField("shock that changes month by month, on log-odds", default=0)
    season = ArrayField(models.FloatField(), size=12, default=no_season, verbose_name="season, January first")
    volume_spread = models.FloatField("spread of volumes", default=0)
    volume_trend = models.FloatField("trend of volumes a year", default=0)
    replacement_months = models.PositiveSmallIntegerField("months to replace a failed provider", default=0)

    class Meta:
        verbose_name_plural = "uncertainties"
        constraints = [
            within("uncertainty", "outcome_shock", 0, 10),
            within("uncertainty", "outcome_shock_monthly", 0, 10),
            models.CheckConstraint(name="uncertainty_season_has_12_months", condition=models.Q(season__len=12)),
            within("uncertainty", "volume_spread", 0, 5),
            within("uncertainty", "volume_trend", -0.99, 1),
            within("uncertainty", "replacement_months", 0, MOST_MONTHS),
            *Sourced.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"Uncertainty of {self.programme}"

    def to_core(self) -> core.Uncertainty:
        return core.Uncertainty(
            outcome_shock=self.outcome_shock,
            outcome_shock_monthly=self.outcome_shock_monthly,
            season=tuple(self.season),
            volume_spread=self.volume_spread,
            volume_trend=self.volume_trend,
            replacement_months=self.replacement_months,
            provenance=self.provenance(),
        )
