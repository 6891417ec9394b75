"""Price lines: what one person of a price band who reaches a milestone earns."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from commissioning.models import Milestone
from commissioning.models.limits import not_negative, within
from commissioning.models.provenance import Sourced
from tariffs.core import programmes as core

from .tariffs import Tariff


class PriceLine(Sourced):
    """One price of a tariff. Its id never changes, so that comments and answers stay with their line."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    tariff = models.ForeignKey(Tariff, on_delete=models.CASCADE, related_name="price_lines")
    place = models.PositiveSmallIntegerField("place in the list")
    price_band = models.CharField("price band", max_length=100)
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="price_lines")
    price = models.DecimalField("price", max_digits=15, decimal_places=2)
    payments = models.PositiveSmallIntegerField("how many of the milestone's repeats are paid", default=1)
    # What changed since the tariff was imported is marked; empty where the line was added since.
    price_at_import = models.DecimalField("price when imported", max_digits=15, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(name="priceline_once_for_each_cell", fields=["tariff", "price_band", "milestone"]),
            models.CheckConstraint(name="priceline_price_band_is_not_empty", condition=~Q(price_band="")),
            *not_negative("priceline", "price", "price_at_import"),
            within("priceline", "payments", 0, 120),
            *Sourced.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.price_band}: {self.milestone}"

    @property
    def anchor(self) -> str:
        """Give the name by which a link points at the line."""
        return f"line-{self.pk}"

    def to_core(self) -> core.PriceLine:
        return core.PriceLine(
            price_band=self.price_band,
            milestone=self.milestone.key,
            price=float(self.price),
            payments=self.payments,
            provenance=self.provenance(),
        )
