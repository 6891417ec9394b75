"""A tariff: what a programme pays, and on which terms."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from commissioning.models import Milestone, Programme
from commissioning.models.limits import MOST_MONTHS, not_negative, shares, within
from tariffs.core import programmes as core
from tariffs.sources import programme_rules

#: What to do about each place of a target that the rules of the programme file find wrong.
TARGET_LACKS = {
    "/tariff/target/milestone": "Choose the milestone that the target is about",
    "/tariff/target/rate": "Enter how many in 100 have to reach it",
    "/tariff/target/rate_from": "Enter from how many in 100 on something is paid, below the rate of the target",
}


class Tariff(models.Model):
    """One draft of what a programme pays: its terms here, its prices in its price lines.

    A programme proposes one tariff (`main_of`); the others are scenarios, kept beside it to be compared. `revision`
    counts the saves, so that two people who edit at once are told instead of overwriting each other.
    """

    class TargetRule(models.TextChoices):
        NONE = "none", "No target"
        BINARY = "binary", "All or nothing"
        EXCESS = "excess", "Only what is above the target"
        SLIDING = "sliding", "A rising share"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="tariffs")
    main_of = models.OneToOneField(Programme, on_delete=models.CASCADE, null=True, blank=True, related_name="tariff")
    version = models.CharField("name of the tariff", max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    revision = models.PositiveIntegerField("how many times it was saved", default=1)

    service_fee_monthly = models.DecimalField("service fee a month", max_digits=15, decimal_places=2, default=0)
    upfront_payment = models.DecimalField("upfront payment", max_digits=15, decimal_places=2, default=0)
    payment_lag_months = models.PositiveSmallIntegerField("months until a payment arrives", default=0)
    minimum_service = models.DecimalField("minimum service a person", max_digits=15, decimal_places=2, default=0)
    payment_cap = models.DecimalField("most the contract pays", max_digits=15, decimal_places=2, null=True, blank=True)
    person_cap = models.DecimalField("most one person earns", max_digits=15, decimal_places=2, null=True, blank=True)
    annual_price_change = models.FloatField("change of prices a year", default=0)
    volume_guarantee = models.FloatField("share of planned referrals guaranteed", default=0)

    target_milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    target_rule = models.CharField("rule of the target", max_length=20, choices=TargetRule.choices, default="none")
    target_rate = models.FloatField("rate that the target asks", null=True, blank=True)
    target_rate_from = models.FloatField("rate from which a rising share is paid", null=True, blank=True)
    target_window_months = models.PositiveSmallIntegerField("months of referrals in one window", default=12)

    class Meta:
        ordering = [F("main_of").asc(nulls_last=True), "made_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="tariff_is_main_of_its_own_programme", condition=Q(main_of=None) | Q(main_of=F("programme"))
            ),
            *not_negative(
                "tariff", "service_fee_monthly", "upfront_payment", "minimum_service", "payment_cap", "person_cap"
            ),
            within("tariff", "payment_lag_months", 0, 120),
            within("tariff", "annual_price_change", -1, 1),
            *shares("tariff", "volume_guarantee", "target_rate", "target_rate_from"),
            within("tariff", "target_window_months", 1, MOST_MONTHS),
            models.CheckConstraint(
                name="tariff_target_rule_is_known", condition=Q(target_rule__in=["none", "binary", "excess", "sliding"])
            ),
            models.CheckConstraint(
                name="tariff_target_has_milestone_and_rate",
                condition=Q(target_rule="none") | Q(target_milestone__isnull=False, target_rate__isnull=False),
            ),
            models.CheckConstraint(
                name="tariff_sliding_target_rises",
                condition=~Q(target_rule="sliding")
                | Q(target_rate_from__isnull=False, target_rate_from__lt=F("target_rate")),
            ),
        ]

    def __str__(self) -> str:
        return self.version or "Draft tariff"

    def get_absolute_url(self) -> str:
        return reverse("price-grid", args=[self.pk])

    def clean(self) -> None:
        """Refuse a target that the programme file would refuse, saying beside each attribute what to do."""
        given = {
            "milestone": str(self.target_milestone_id or ""),
            "rule": self.target_rule,
            "rate": self.target_rate,
            "rate_from": self.target_rate_from,
        }
        faults = programme_rules.target_is_complete({"tariff": {"target": given}})
        wrong = {f"target_{fault.pointer.rpartition('/')[2]}": TARGET_LACKS[fault.pointer] for fault in faults}
        if wrong:
            raise ValidationError(wrong)

    @property
    def is_main(self) -> bool:
        """Tell whether this is the tariff that the programme proposes, not a scenario beside it."""
        return self.main_of_id is not None

    def to_core(self, prices: tuple[core.PriceLine, ...]) -> core.Tariff:
        return core.Tariff(
            version=self.version,
            prices=prices,
            service_fee_monthly=float(self.service_fee_monthly),
            upfront_payment=float(self.upfront_payment),
            payment_lag_months=self.payment_lag_months,
            minimum_service=float(self.minimum_service),
            payment_cap=None if self.payment_cap is None else float(self.payment_cap),
            person_cap=None if self.person_cap is None else float(self.person_cap),
            annual_price_change=self.annual_price_change,
            volume_guarantee=self.volume_guarantee,
            target=self.target(),
        )

    def target(self) -> core.Target:
        """Give the target in the core's words."""
        return core.Target(
            milestone=self.target_milestone.key if self.target_milestone else "",
            rule=core.TargetRule(self.target_rule),
            rate=self.target_rate,
            rate_from=self.target_rate_from,
            window_months=self.target_window_months,
        )
