"""The bench: what a provider typed in private to try a consulted draft, and the bands that it shared of what came."""

from decimal import Decimal
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from commissioning.models import Organisation, User
from commissioning.models.limits import MOST_MONTHS, MOST_POUNDS, shares, within
from tariffs.core import benches as core

from .consultations import Consultation


class BenchSheet(models.Model):
    """A provider's own figures for one consultation's draft. Nobody outside the provider ever reads the row."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    share = models.FloatField("share of the contract", default=1.0)
    success = models.FloatField("outcomes against those that the evidence expects", default=1.0)
    names_sums = models.BooleanField("spends a set sum on each person", default=True)
    # By id of the group in the frozen draft: people a month, where they are its own, and £ on each person.
    caseload = models.JSONField("people a month", default=dict, blank=True)
    spend = models.JSONField("pounds on each person", default=dict, blank=True)
    overhead_monthly = models.DecimalField("overheads a month", max_digits=15, decimal_places=2, default=Decimal(0))
    reserves = models.DecimalField("free reserves", max_digits=15, decimal_places=2, default=Decimal(0))
    reserve_floor_months = models.PositiveSmallIntegerField("months of costs to keep", default=0)
    overdraft = models.DecimalField("overdraft", max_digits=15, decimal_places=2, default=Decimal(0))
    cost_of_capital = models.FloatField("cost of capital a year", default=0.035)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="bench_sheet_once_for_each_provider", fields=["consultation", "organisation"]),
            models.CheckConstraint(name="bench_sheet_share_is_some", condition=Q(share__gt=0, share__lte=1)),
            within("bench_sheet", "success", 0, 10),
            within("bench_sheet", "reserve_floor_months", 0, MOST_MONTHS),
            *shares("bench_sheet", "cost_of_capital"),
            *(within("bench_sheet", field, 0, MOST_POUNDS) for field in ("overhead_monthly", "reserves", "overdraft")),
        ]

    def __str__(self) -> str:
        return "A provider's own figures"

    def to_core(self) -> core.Bench:
        return core.Bench(
            share=self.share,
            caseload=tuple(sorted(self.caseload.items())),
            spend=tuple(sorted(self.spend.items())) if self.names_sums else None,
            success=self.success,
            overhead_monthly=float(self.overhead_monthly),
            reserves=float(self.reserves),
            reserve_floor_months=self.reserve_floor_months,
            overdraft=float(self.overdraft),
            cost_of_capital=self.cost_of_capital,
        )


class SharedBands(models.Model):
    """In which bands a provider's own figures came out, shared by its own choice. Who shared is told to nobody."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    loss = models.CharField("chance of a loss", max_length=12, choices=list(core.LOSS_BANDS.items()))
    margin = models.CharField("margin against income", max_length=12, choices=list(core.MARGIN_BANDS.items()))
    reserves = models.CharField("reserves used", max_length=12, choices=list(core.RESERVE_BANDS.items()))
    shared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "shared bands"
        constraints = [
            models.UniqueConstraint(name="bands_once_for_each_provider", fields=["consultation", "organisation"]),
            models.CheckConstraint(
                name="bands_are_known",
                condition=Q(
                    loss__in=list(core.LOSS_BANDS),
                    margin__in=list(core.MARGIN_BANDS),
                    reserves__in=list(core.RESERVE_BANDS),
                ),
            ),
        ]

    def __str__(self) -> str:
        return "Bands that a provider shared"
