"""Consultations: one frozen version, put to named providers or to the public from one moment until another."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from commissioning.models import Organisation, User
from commissioning.models.cases import brief

from .versions import Version

LONGEST_QUESTION = 500


class Consultation(models.Model):
    """A frozen version that providers comment on. Moments are kept in UTC; the database's clock says what is open."""

    class Audience(models.TextChoices):
        NAMED = "named", "Providers that you name"
        PUBLIC = "public", "The public"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="consultations")
    audience = models.CharField("who is asked", max_length=8, choices=Audience.choices)
    introduction = models.TextField("what you ask, and why", blank=True)
    opens_at = models.DateTimeField("opens")
    closes_at = models.DateTimeField("closes")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    providers = models.ManyToManyField(Organisation, through="ConsultedProvider", related_name="consultations")

    # Afterwards: the version that came of it, shown to everybody who was asked at one moment.
    next_version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    next_at = models.DateTimeField("next version shown", null=True, blank=True)
    learned = models.TextField("what was learned", blank=True)
    reported_at = models.DateTimeField("report published", null=True, blank=True)
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-opens_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="consultation_audience_is_known", condition=Q(audience__in=["named", "public"])
            ),
            models.CheckConstraint(name="consultation_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at"))),
            models.CheckConstraint(
                name="consultation_report_published_by_somebody",
                condition=Q(reported_at=None, reported_by=None)
                | Q(reported_at__isnull=False, reported_by__isnull=False),
            ),
            models.CheckConstraint(
                name="consultation_next_version_shown_at_a_time",
                condition=Q(next_version=None, next_at=None) | Q(next_version__isnull=False, next_at__isnull=False),
            ),
            brief("consultation", "introduction"),
            brief("consultation", "learned"),
        ]
        indexes = [models.Index(name="consultation_by_closing", fields=["closes_at"])]

    def __str__(self) -> str:
        return f"Consultation on version {self.version.number}"

    def get_absolute_url(self) -> str:
        return reverse("consultation-detail", args=[self.pk])


class ConsultedProvider(models.Model):
    """One provider that a consultation names. No other provider ever learns of it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="consulted")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(name="consulted_provider_once", fields=["consultation", "organisation"]),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in a consultation"


class ConsultationQuestion(models.Model):
    """One question that a consultation asks; comments answer it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField("place in the list")
    text = models.CharField("question", max_length=LONGEST_QUESTION)

    class Meta:
        ordering = ["consultation", "place"]
        constraints = [
            models.UniqueConstraint(
                name="consultation_question_has_its_place",
                fields=["consultation", "place"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(name="consultation_question_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text
