"""Measure cards: for each outcome what counts, who verifies it on what evidence, and what could go wrong with it."""

from collections.abc import Iterable
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from commissioning.core import measures

from .cases import brief
from .groups import Group
from .limits import MOST_MONTHS, MOST_POUNDS
from .milestones import Milestone
from .programmes import Programme

#: The texts that people write at length.
TEXTS = (
    "outcome",
    "definition",
    "target_population",
    "outcome_validation_method",
    "data_source_for_outcome_validation",
    "baseline",
    "baseline_source",
    "depends_on",
    "relief",
    "gaming",
    "gaming_guard",
    "minimum_change",
    "relapse_rule",
    "own_agreement",
    "own_record",
    "state_reason",
)


def one_of(field: str, choices: Iterable[str], *, empty: bool = True) -> models.CheckConstraint:
    """Keep a choice to those on the list."""
    known = [*([""] if empty else []), *map(str, choices)]
    return models.CheckConstraint(name=f"measure_{field}_is_known", condition=Q(**{f"{field}__in": known}))


class MeasureCard(models.Model):
    """How one outcome of a programme would be known. An empty field is not said yet.

    Where INDIGO's outcome metrics have a field for it, the column has its name.
    """

    class Verifier(models.TextChoices):
        PROVIDER = measures.Verifier.PROVIDER.value, "The provider itself"
        PERSON = measures.Verifier.PERSON.value, "The person concerned"
        COMMISSIONER = measures.Verifier.COMMISSIONER.value, "The commissioner"
        BODY = measures.Verifier.BODY.value, "Another body"
        RECORDS = measures.Verifier.RECORDS.value, "Records that a public body keeps"

    class Independence(models.TextChoices):
        FULL = measures.Independence.FULL.value, "Nothing: they have no stake in it"
        PARTLY = measures.Independence.PARTLY.value, "Something, or it is not clear"
        NONE = measures.Independence.NONE.value, "They gain or lose by it"

    class Use(models.TextChoices):
        PAID = measures.Use.PAID.value, "Paid for"
        PROTECTED = measures.Use.PROTECTED.value, "Protected by a minimum standard"
        VALUED = measures.Use.VALUED.value, "Valued only"

    class State(models.TextChoices):
        IDEA = measures.State.IDEA.value, "Idea"
        DISCUSSION = measures.State.DISCUSSION.value, "In discussion"
        AGREED = measures.State.AGREED.value, "Agreed"
        DROPPED = measures.State.DROPPED.value, "Dropped"

    class Scheme(models.TextChoices):
        ICHI = "ichi", "ICHI (health interventions)"
        ONS = "ons", "ONS (national statistics)"
        SECTOR = "sector", "A scheme of the sector"
        OTHER = "other", "Another scheme"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="measure_cards")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    name = models.CharField("name of the measure", max_length=120)
    outcome = models.TextField("what changes for the person", blank=True)
    milestone = models.ForeignKey(
        Milestone, on_delete=models.SET_NULL, null=True, blank=True, related_name="measure_cards"
    )
    use = models.CharField("what it is for", max_length=10, choices=Use.choices, blank=True)

    definition = models.TextField("definition", blank=True)
    unit = models.CharField("unit", max_length=200, blank=True)
    for_everyone = models.BooleanField("for everyone who is referred", default=False)
    group = models.ForeignKey(Group, on_delete=models.SET_NULL, null=True, blank=True, related_name="measure_cards")
    target_population = models.TextField("who counts", blank=True)
    minimum_change = models.TextField("least change that counts", blank=True)
    relapse_rule = models.TextField("what happens if it is lost again", blank=True)

    # What a person defines is written down elsewhere, by people who know them: nothing of it is kept here.
    own_outcomes = models.PositiveSmallIntegerField("outcomes that each person defines", default=0)
    own_agreement = models.TextField("who agrees it with the person, and when", blank=True)
    own_record = models.TextField("where it is kept", blank=True)

    verifier = models.CharField("who verifies", max_length=20, choices=Verifier.choices, blank=True)
    independence = models.CharField(
        "what they gain or lose by it", max_length=10, choices=Independence.choices, blank=True
    )
    data_source_for_outcome_validation = models.TextField("evidence that is needed", blank=True)
    outcome_validation_method = models.TextField("how a claim is checked", blank=True)
    cost_of_claim = models.DecimalField("cost of one claim", max_digits=15, decimal_places=2, null=True, blank=True)
    lag_months = models.PositiveSmallIntegerField("months until it is known", null=True, blank=True)

    baseline = models.TextField("baseline", blank=True)
    baseline_source = models.TextField("source of the baseline", blank=True)
    baseline_date = models.CharField("time of the baseline", max_length=100, blank=True)
    depends_on = models.TextField("what it depends on outside the provider's control", blank=True)
    relief = models.TextField("what relieves the provider where that fails", blank=True)
    gaming = models.TextField("who could game it, and how", blank=True)
    gaming_guard = models.TextField("what guards against that", blank=True)
    reference_scheme = models.CharField("scheme of the reference", max_length=10, choices=Scheme.choices, blank=True)
    reference = models.CharField("reference in the scheme", max_length=200, blank=True)

    state = models.CharField("state", max_length=10, choices=State.choices, default=State.IDEA)
    state_reason = models.TextField("why", blank=True)

    class Meta:
        ordering = ["created_at", "name"]
        verbose_name = "measure card"
        constraints = [
            models.UniqueConstraint(
                name="measure_name_once_for_each_programme",
                fields=["programme", "name"],
                violation_error_message="There is a measure of this name already",
            ),
            models.CheckConstraint(name="measure_name_is_not_empty", condition=~Q(name="")),
            models.CheckConstraint(
                name="measure_for_a_group_or_everyone", condition=Q(group=None) | Q(for_everyone=False)
            ),
            models.CheckConstraint(
                name="measure_reference_has_its_scheme",
                condition=Q(reference="", reference_scheme="") | ~Q(reference="") & ~Q(reference_scheme=""),
                violation_error_message="Give a reference with its scheme, or neither",
            ),
            models.CheckConstraint(
                name="measure_dropped_says_why",
                condition=~Q(state="dropped") | ~Q(state_reason=""),
                violation_error_message="Say why it is dropped",
            ),
            models.CheckConstraint(
                name="measure_cost_of_claim_within_limits",
                condition=Q(cost_of_claim=None) | Q(cost_of_claim__gte=0, cost_of_claim__lte=MOST_POUNDS),
            ),
            models.CheckConstraint(
                name="measure_lag_months_within_limits",
                condition=Q(lag_months=None) | Q(lag_months__gte=0, lag_months__lte=MOST_MONTHS),
            ),
            models.CheckConstraint(
                name="measure_own_outcomes_two_at_most", condition=Q(own_outcomes__lte=measures.MOST_OWN_OUTCOMES)
            ),
            one_of("verifier", measures.Verifier),
            one_of("independence", measures.Independence),
            one_of("use", measures.Use),
            one_of("reference_scheme", ("ichi", "ons", "sector", "other")),
            one_of("state", measures.State, empty=False),
            *(brief("measure", field) for field in TEXTS),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("measure-detail", args=[self.pk])

    def clean(self) -> None:
        """Refuse what belongs to another programme."""
        for field in ("milestone", "group"):
            of = getattr(self, field)
            if of is not None and of.programme_id != self.programme_id:
                raise ValidationError({field: f"Choose a {field} of this programme"})

    def for_whom(self) -> str:
        """Say whom it is for; nothing where that is not said."""
        if self.for_everyone:
            return "everyone who is referred"
        return str(self.group) if self.group else self.target_population

    @property
    def is_own(self) -> bool:
        """Tell whether each person says what counts for them."""
        return self.own_outcomes > 0

    def wording(self) -> dict[str, str]:
        """Give the words that a price rests on, by the names of `measure_wordings.FIELDS`."""
        return {
            "definition": self.definition,
            "unit": self.unit,
            "for_whom": self.for_whom(),
            "target_population": self.target_population,
            "minimum_change": self.minimum_change,
            "relapse_rule": self.relapse_rule,
            "own_outcomes": str(self.own_outcomes) if self.is_own else "",
            "own_agreement": self.own_agreement,
            "verifier": self.get_verifier_display(),
            "independence": self.get_independence_display(),
            "data_source": self.data_source_for_outcome_validation,
            "validation_method": self.outcome_validation_method,
            "lag_months": "" if self.lag_months is None else str(self.lag_months),
            "state": self.get_state_display(),
        }

    def to_core(self) -> measures.Card:
        return measures.Card(
            definition=self.definition,
            unit=self.unit,
            for_whom=self.for_whom(),
            verifier=measures.Verifier(self.verifier) if self.verifier else None,
            independence=measures.Independence(self.independence) if self.independence else None,
            validation_method=self.outcome_validation_method,
            data_source=self.data_source_for_outcome_validation,
            cost_of_claim=None if self.cost_of_claim is None else float(self.cost_of_claim),
            baseline=self.baseline,
            baseline_source=self.baseline_source,
            baseline_date=self.baseline_date,
            lag_months=self.lag_months,
            depends_on=self.depends_on,
            gaming=self.gaming,
            gaming_guard=self.gaming_guard,
            minimum_change=self.minimum_change,
            relapse_rule=self.relapse_rule,
            use=measures.Use(self.use) if self.use else None,
            milestone=str(self.milestone) if self.milestone else "",
            own_outcomes=self.own_outcomes,
            own_agreement=self.own_agreement,
            own_record=self.own_record,
        )
