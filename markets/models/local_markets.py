"""What an authority knows itself: its own list of providers, and where and for whom a programme looks for them."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from commissioning.models import Organisation, Programme
from markets.core.registers import FORMS

from .providers import FORM_WORDS, money


class ListedProvider(models.Model):
    """One row of an authority's own list; nobody else sees it. What is NULL or empty is not known."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="listed_providers")
    reference = models.CharField("the authority's own reference", max_length=100)
    org_id = models.CharField("official number with its scheme", max_length=50, blank=True)
    name = models.CharField("name", max_length=300)
    legal_form = models.CharField(
        "legal form",
        max_length=12,
        blank=True,
        choices=[(form.value, words) for form, words in FORM_WORDS.items()],
    )
    income = money("income, £ a year")
    expenditure = money("expenditure, £ a year")
    free_reserves = money("free reserves, £")
    year_registered = models.PositiveSmallIntegerField("year of registration", null=True, blank=True)
    served = ArrayField(models.PositiveSmallIntegerField(), verbose_name="groups served", default=list)
    areas = ArrayField(models.CharField(max_length=9), verbose_name="areas", default=list)
    appetite = models.DecimalField("appetite", max_digits=5, decimal_places=4, null=True, blank=True)
    has_outcomes_experience = models.BooleanField("has held an outcomes contract", null=True, blank=True)

    class Meta:
        ordering = ["name", "reference"]
        indexes = [models.Index(name="listed_by_org_id", fields=["organisation", "org_id"])]
        constraints = [
            models.UniqueConstraint(name="listed_provider_once", fields=["organisation", "reference"]),
            models.CheckConstraint(
                name="listed_provider_legal_form_is_known",
                condition=Q(legal_form__in=["", *[form.value for form in FORMS]]),
            ),
            models.CheckConstraint(
                name="listed_provider_appetite_is_a_share",
                condition=Q(appetite=None) | Q(appetite__gte=0, appetite__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LocalMarket(models.Model):
    """Where a programme looks for providers, and what the registers call each of its groups."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="local_market")
    areas = ArrayField(models.CharField(max_length=9), verbose_name="areas", default=list)
    served = models.JSONField("codes of the registers for each group's id", default=dict)

    class Meta:
        ordering = ["programme"]

    def __str__(self) -> str:
        return f"Local market of {self.programme_id}"
