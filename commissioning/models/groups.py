"""Groups: service users of like need."""

from uuid import uuid4

from django.db import models

from commissioning.core import pathways

from .limits import not_negative, within
from .programmes import Programme
from .provenance import Sourced


class Group(Sourced):
    """Service users of like need in one programme, and the price band that pays for them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="groups")
    place = models.PositiveSmallIntegerField("place in the list")
    key = models.CharField("short name", max_length=100)
    name = models.CharField("name of the group", max_length=300, blank=True)
    price_band = models.CharField("price band", max_length=100)

    referrals_per_month = models.FloatField("referrals a month", default=0)
    need_spread = models.FloatField("spread of need within the group, on log-odds", default=1)
    social_value = models.DecimalField(
        "value of one final outcome to society", max_digits=15, decimal_places=2, default=0
    )
    intended_support = models.DecimalField(
        "planned spending a person", max_digits=15, decimal_places=2, null=True, blank=True
    )

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(name="group_key_once_for_each_programme", fields=["programme", "key"]),
            models.UniqueConstraint(name="group_place_once_for_each_programme", fields=["programme", "place"]),
            models.CheckConstraint(name="group_key_is_not_empty", condition=~models.Q(key="")),
            models.CheckConstraint(name="group_price_band_is_not_empty", condition=~models.Q(price_band="")),
            within("group", "referrals_per_month", 0, 1e7),
            within("group", "need_spread", 0, 20),
            *not_negative("group", "social_value", "intended_support"),
            *Sourced.Meta.constraints,
        ]

    def __str__(self) -> str:
        return self.name or self.key

    def to_core(self) -> pathways.Group:
        return pathways.Group(
            id=self.key,
            name=self.name,
            price_band=self.price_band,
            referrals_per_month=self.referrals_per_month,
            need_spread=self.need_spread,
            social_value=float(self.social_value),
            intended_support=None if self.intended_support is None else float(self.intended_support),
            provenance=self.provenance(),
        )
