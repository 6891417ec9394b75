"""Providers as the public registers have them: reference data that every authority shares."""

from decimal import Decimal
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, F, GeneratedField, Q, Value, When
from django.db.models.functions import Upper
from django.urls import reverse

from markets.core.registers import BAND_FROM, BANDS, FORMS, LegalForm, SizeBand

FORM_WORDS = {
    LegalForm.CHARITY: "Charity",
    LegalForm.CIC: "Community interest company",
    LegalForm.COMPANY: "Company",
    LegalForm.PUBLIC_BODY: "Public body",
    LegalForm.MUTUAL: "Mutual",
}
BAND_WORDS = {
    SizeBand.MICRO: "Micro: under £10,000",
    SizeBand.SMALL: "Small: £10,000 to £100,000",
    SizeBand.MEDIUM: "Medium: £100,000 to £1 million",
    SizeBand.LARGE: "Large: £1 million to £10 million",
    SizeBand.MAJOR: "Major: £10 million to £100 million",
    SizeBand.SUPER_MAJOR: "Super-major: £100 million and over",
}
REGISTERED = Q(status="registered")


def money(words: str) -> "models.DecimalField[Decimal | None, Decimal | None]":
    """Make a column for an amount that may not be known."""
    return models.DecimalField(words, max_digits=15, decimal_places=2, null=True, blank=True)


def _band() -> Case:
    """Place an income in its size band; an income that is not known has none."""
    edges = [When(income__lt=edge, then=Value(band.value)) for edge, band in zip(BAND_FROM, BANDS, strict=False)]
    return Case(When(income=None, then=Value("")), *edges, default=Value(BANDS[-1].value))


class Provider(models.Model):
    """One organisation on a public register; what is NULL or empty is not known, and never nothing.

    No person's name, telephone number or address is kept.
    """

    class Register(models.TextChoices):
        CCEW = "ccew", "Charity Commission for England and Wales"
        OSCR = "oscr", "Scottish Charity Regulator"
        CCNI = "ccni", "Charity Commission for Northern Ireland"
        COMPANIES = "companies", "Companies House"
        # Only in a demonstration; no import writes it.
        MADE_UP = "made_up", "Made up for this demonstration"

    class Status(models.TextChoices):
        REGISTERED = "registered", "Registered"
        REMOVED = "removed", "Removed"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org_id = models.CharField("official number with its scheme", max_length=50, unique=True)
    register = models.CharField("public register", max_length=12, choices=Register.choices)
    # By what a register's own files name it: not always the number that people know.
    register_key = models.CharField("key within the register", max_length=20)
    company_org_id = models.CharField("company number with its scheme", max_length=50, blank=True)

    name = models.CharField("name", max_length=500)
    other_names = models.TextField("working and earlier names, one to a line", blank=True)
    legal_form = models.CharField(
        "legal form", max_length=12, choices=[(form.value, words) for form, words in FORM_WORDS.items()]
    )
    constitution = models.CharField("kind of body, as published", max_length=120, blank=True)
    status = models.CharField("status", max_length=12, choices=Status.choices)
    reporting_status = models.CharField("reporting status, as published", max_length=60, blank=True)
    registered_on = models.DateField("registered on", null=True, blank=True)
    removed_on = models.DateField("removed on", null=True, blank=True)
    is_distressed = models.BooleanField("insolvent or in administration", default=False)

    # The latest that is published of each; the years stand in FinancialYear.
    year_end = models.DateField("end of the latest financial year", null=True, blank=True)
    income = money("income, £ a year")
    expenditure = money("expenditure, £ a year")
    reserves = money("free reserves as published, £")
    government_income = money("income from government, £ a year")
    employees = models.PositiveIntegerField("employees", null=True, blank=True)
    trustees = models.PositiveIntegerField("trustees", null=True, blank=True)

    served = ArrayField(models.PositiveSmallIntegerField(), verbose_name="what, who and how", default=list)
    areas = ArrayField(models.CharField(max_length=9), verbose_name="areas", default=list)

    size_band = GeneratedField(expression=_band(), output_field=models.CharField(max_length=12), db_persist=True)
    words = GeneratedField(
        expression=SearchVector("name", "other_names", "org_id", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["name", "org_id"]
        indexes = [
            GinIndex(name="provider_words", fields=["words"], condition=REGISTERED),
            GinIndex(name="provider_served", fields=["served"], condition=REGISTERED),
            GinIndex(name="provider_areas", fields=["areas"], condition=REGISTERED),
            models.Index(Upper("name"), "id", name="provider_by_name", condition=REGISTERED),
            models.Index(F("income").desc(nulls_last=True), "id", name="provider_by_income", condition=REGISTERED),
            models.Index(name="provider_by_kind", fields=["legal_form", "size_band"], condition=REGISTERED),
            models.Index(name="provider_by_company", fields=["company_org_id"], condition=~Q(company_org_id="")),
        ]
        constraints = [
            models.UniqueConstraint(name="provider_once_in_each_register", fields=["register", "register_key"]),
            models.CheckConstraint(
                name="provider_legal_form_is_known", condition=Q(legal_form__in=[form.value for form in FORMS])
            ),
            models.CheckConstraint(name="provider_status_is_known", condition=Q(status__in=["registered", "removed"])),
            models.CheckConstraint(
                name="provider_register_is_known",
                condition=Q(register__in=["ccew", "oscr", "ccni", "companies", "made_up"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("provider-detail", args=[self.pk])

    @property
    def reserves_months(self) -> Decimal | None:
        """For how many months of its spending the free reserves would last; not known where either is not."""
        if self.reserves is None or not self.expenditure:
            return None
        return self.reserves * 12 / self.expenditure

    @property
    def is_made_up(self) -> bool:
        return self.register == Provider.Register.MADE_UP

    @property
    def register_words(self) -> str:
        return str(self.get_register_display())


class FinancialYear(models.Model):
    """What a register publishes of one organisation's one financial year; what is NULL was not published."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="years")
    year_start = models.DateField("first day", null=True, blank=True)
    year_end = models.DateField("last day")
    cycle = models.CharField("annual return, such as AR22", max_length=10, blank=True)
    income = money("income")
    expenditure = money("expenditure")
    reserves = money("free reserves")
    unrestricted_funds = money("unrestricted funds")
    own_use_assets = money("assets for own use")
    cash = money("cash")
    current_assets = money("current assets")
    current_creditors = money("owed within a year")
    government_contracts = money("income from government contracts")
    government_grants = money("income from government grants")
    employees = models.PositiveIntegerField("employees", null=True, blank=True)
    volunteers = models.PositiveIntegerField("volunteers", null=True, blank=True)
    is_suppressed = models.BooleanField("figures hidden by the register", default=False)

    class Meta:
        ordering = ["provider", "-year_end"]
        constraints = [models.UniqueConstraint(name="financial_year_once", fields=["provider", "year_end"])]

    def __str__(self) -> str:
        return f"Year to {self.year_end} of {self.provider_id}"

    @property
    def government(self) -> Decimal | None:
        """Contracts and grants together; not known where either is not."""
        if self.government_contracts is None or self.government_grants is None:
            return None
        return self.government_contracts + self.government_grants
