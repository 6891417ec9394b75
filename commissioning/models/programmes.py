"""A programme: one whole Payment by Results design of an authority."""

from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from .limits import MOST_MONTHS, not_negative, within
from .people import Organisation, User


class Programme(models.Model):
    """What is bought, by whom, for how long, and for how much at most."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes")
    name = models.CharField("name of the programme", max_length=300)
    commissioner = models.CharField("commissioner", max_length=300, blank=True)
    summary = models.TextField("summary", blank=True)
    is_example = models.BooleanField("a worked example, not a plan of this authority", default=False)
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies")
    copied_version = models.PositiveIntegerField("number of the version that was copied", null=True, blank=True)

    start = models.CharField("first month, like 2014-04", max_length=7, blank=True)
    referral_months = models.PositiveSmallIntegerField("months in which service users are referred")
    contract_months = models.PositiveSmallIntegerField("months from the contract's start to its end")
    budget = models.DecimalField("budget in pounds, 0 where none is set", max_digits=15, decimal_places=2, default=0)
    # Read by the market model alone, as the programme file has it.
    market = models.JSONField("market section of the programme file", null=True, blank=True, encoder=DjangoJSONEncoder)

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="programmes_created")

    class Meta:
        ordering = ["-created_at", "name"]
        constraints = [
            models.CheckConstraint(
                name="programme_start_is_a_month", condition=Q(start="") | Q(start__regex=r"^[0-9]{4}-(0[1-9]|1[0-2])$")
            ),
            within("programme", "referral_months", 1, MOST_MONTHS),
            within("programme", "contract_months", 1, MOST_MONTHS),
            models.CheckConstraint(
                name="programme_referrals_end_before_the_contract",
                condition=Q(referral_months__lte=F("contract_months")),
            ),
            *not_negative("programme", "budget"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programme-detail", args=[self.pk])
