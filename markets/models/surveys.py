"""A survey of what providers would put at risk: whom it goes to, and what they answer, which nothing ties together."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from commissioning.models import Programme, User
from markets.core import survey_answers as core


def _choice(words: str, choices: core.Choices) -> "models.CharField[str, str]":
    return models.CharField(words, max_length=12, choices=list(choices.items()))


class Survey(models.Model):
    """One round of questions to providers about a programme's terms, as they stood on the day it was sent."""

    class State(models.TextChoices):
        DRAFT = "draft", "Not sent yet"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="surveys")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    closes_on = models.DateField("last day for answers")
    # What providers read of the tariff: fixed when it is sent, because answers are to these terms and no others.
    terms = models.JSONField("terms as they were sent", default=dict, blank=True)
    asked = models.PositiveSmallIntegerField("providers asked", default=0)
    # The sender alone sees the addresses.
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                name="survey_one_at_a_time", fields=["programme"], condition=Q(state__in=["draft", "open"])
            ),
            models.CheckConstraint(
                name="survey_times_fit_its_state",
                condition=Q(state="draft", opened_at=None, closed_at=None, reminded_at=None)
                | Q(state="open", opened_at__isnull=False, closed_at=None)
                | Q(state="closed", opened_at__isnull=False, closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Survey of providers for {self.programme}"


class SurveyRecipient(models.Model):
    """One address that a survey goes to. The row is deleted when the survey closes.

    Of the link's secret only a hash is kept, and it is made when the letter leaves. The answer is stored under another
    hash of it, so that without the link nobody can tell which answer came from which address.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="recipients")
    email = models.EmailField("email address")
    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    # A letter is owed while this is set: the first one or the reminder.
    is_due = models.BooleanField("a letter is to be sent", default=False)
    has_answered = models.BooleanField("has answered", default=False)

    class Meta:
        ordering = ["survey", "email"]
        indexes = [models.Index(name="survey_letters_due", fields=["survey"], condition=Q(is_due=True))]
        constraints = [
            models.UniqueConstraint(name="survey_recipient_once", fields=["survey", "email"]),
            models.CheckConstraint(name="survey_email_in_lower_case", condition=Q(email=Lower(F("email")))),
        ]

    def __str__(self) -> str:
        return f"A recipient of survey {self.survey_id}"


class SurveyAnswer(models.Model):
    """What one provider answered. No time, no address and no person stands with it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="answers")
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    size = _choice("income a year", core.SIZES)
    appetite = _choice("share of free reserves put at risk", core.APPETITE)
    wait = _choice("longest wait for a payment", core.WAIT)
    smallest = _choice("smallest contract", core.CONTRACT)
    largest = _choice("largest contract", core.CONTRACT)
    would_bid = _choice("would bid under these terms", core.WOULD_BID)
    needs = ArrayField(
        models.CharField(max_length=12, choices=list(core.NEEDS.items())),
        verbose_name="what would help",
        default=list,
        blank=True,
    )
    words = models.CharField("in their own words", max_length=core.MOST_WORDS, blank=True)

    class Meta:
        # By a random number, which says nothing of who answered when.
        ordering = ["survey", "id"]
        constraints = [
            models.CheckConstraint(
                name="survey_answer_is_known",
                condition=Q(
                    size__in=list(core.SIZES),
                    appetite__in=list(core.APPETITE),
                    wait__in=list(core.WAIT),
                    smallest__in=list(core.CONTRACT),
                    largest__in=list(core.CONTRACT),
                    would_bid__in=list(core.WOULD_BID),
                    needs__contained_by=list(core.NEEDS),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"An answer to survey {self.survey_id}"

    def to_core(self) -> core.Answer:
        return core.Answer(
            size=self.size,
            appetite=self.appetite,
            wait=self.wait,
            smallest=self.smallest,
            largest=self.largest,
            would_bid=self.would_bid,
            needs=tuple(self.needs),
            words=self.words,
        )
