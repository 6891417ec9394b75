"""A market position statement as it is being written: what it says, its figures, and what colleagues say of it."""

from uuid import uuid4

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from commissioning.models import Organisation, Programme, Run, User
from commissioning.models.cases import brief
from markets.core.statement_sections import Section, sections

LONGEST_LINE = 300
LONGEST_SERVICE = 1000


class PositionStatement(models.Model):
    """What an authority tells the market about one service. Its draft changes; what is published of it never does."""

    class State(models.TextChoices):
        DRAFT = "draft", "Being written"
        SENT = "sent", "Waiting for approval"
        PUBLISHED = "published", "Published"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="position_statements")
    programme = models.ForeignKey(
        Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="position_statements"
    )
    title = models.CharField("title", max_length=LONGEST_LINE)
    service = models.CharField("the service, in words", max_length=LONGEST_SERVICE, blank=True)
    areas = ArrayField(models.CharField(max_length=9), verbose_name="areas", default=list, blank=True)

    state = models.CharField("state", max_length=10, choices=State.choices, default=State.DRAFT)
    change_note = models.CharField("what changed since the last edition, and why", max_length=2000, blank=True)
    # Neither of them may approve what then stands.
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    # Of what was sent, without its day: a fact changed elsewhere meanwhile cannot slip past the approver.
    sent_sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(name="position_statement_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="position_statement_sent_by_somebody",
                condition=Q(state="sent", sent_by__isnull=False, sent_at__isnull=False) & ~Q(sent_sha256="")
                | Q(state__in=["draft", "published"], sent_by=None, sent_at=None, sent_sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("position-statement-detail", args=[self.pk])

    @property
    def is_made_up(self) -> bool:
        return self.organisation.is_demonstration

    @property
    def is_open(self) -> bool:
        """Whether it can be changed: not while somebody decides on it, and not what is published."""
        return self.state == self.State.DRAFT


class StatementSection(models.Model):
    """The text of one of a statement's sections, in safe Markdown; a row each, so that nobody writes over another."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    statement = models.ForeignKey(PositionStatement, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField("section", max_length=40)
    text = models.TextField("text", blank=True)

    class Meta:
        ordering = ["statement", "key"]
        constraints = [
            models.UniqueConstraint(name="statement_section_once", fields=["statement", "key"]),
            brief("statement_section", "text"),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.statement}"

    def get_absolute_url(self) -> str:
        return reverse("position-statement-section", args=[self.statement_id, self.key])


class StatementPlan(models.Model):
    """What a statement answers in fields of its own: what is meant to be bought, how it is paid, and when.

    Where the statement has a programme, the dates of its procurement stand with the programme, and not here.
    """

    class Tool(models.TextChoices):
        RESULTS = "results", "Payment by Results"
        PRIME = "prime", "Prime provider with subcontractors"
        GRANTS = "grants", "Grants"
        BLOCK = "block", "Block contract or fee for service"
        FRAMEWORK = "framework", "Framework or dynamic market"

    statement = models.OneToOneField(PositionStatement, on_delete=models.CASCADE, primary_key=True, related_name="plan")
    intended_market = models.TextField("the market you want", blank=True)
    results_wanted = models.TextField("the results you want", blank=True)
    tools = ArrayField(
        models.CharField(max_length=12, choices=Tool.choices), verbose_name="tools", default=list, blank=True
    )
    payment_structure = models.TextField("how it will be paid", blank=True)
    upfront_share = models.DecimalField(
        "share paid upfront, per cent",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    early_communication = models.TextField("what you will tell the market early", blank=True)
    engagement = models.TextField("how the market can take part", blank=True)
    contacts = models.TextField("which team to ask", blank=True)

    engagement_from = models.DateField("first day of market engagement", null=True, blank=True)
    engagement_to = models.DateField("last day of market engagement", null=True, blank=True)
    tender_notice_on = models.DateField("day of the tender notice", null=True, blank=True)
    bids_due_on = models.DateField("last day for bids", null=True, blank=True)
    award_on = models.DateField("day of the award", null=True, blank=True)
    starts_on = models.DateField("first day of the contract", null=True, blank=True)
    ends_on = models.DateField("last day of the contract", null=True, blank=True)
    review_on = models.DateField("next review", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="statement_plan_upfront_is_a_share",
                condition=Q(upfront_share=None) | Q(upfront_share__gte=0, upfront_share__lte=100),
            ),
            models.CheckConstraint(
                name="statement_plan_tools_are_known",
                condition=Q(tools__contained_by=["results", "prime", "grants", "block", "framework"]),
            ),
            *(
                brief("statement_plan", field)
                for field in (
                    "intended_market",
                    "results_wanted",
                    "payment_structure",
                    "early_communication",
                    "engagement",
                    "contacts",
                )
            ),
        ]

    def __str__(self) -> str:
        return f"Plan of {self.statement}"


class StatementFigure(models.Model):
    """A figure as it was when somebody put it into a statement: it can be taken out again, but never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    statement = models.ForeignKey(PositionStatement, on_delete=models.CASCADE, related_name="figures")
    section = models.SlugField("section", max_length=40)
    # How the text names it: {{figure:key}}.
    key = models.SlugField("key", max_length=40)
    title = models.CharField("title", max_length=LONGEST_LINE)
    sentence = models.CharField("what it says, in a sentence", max_length=LONGEST_SERVICE)
    columns = models.JSONField("names of the columns", default=list)
    rows = models.JSONField("cells of the table, as shown", default=list)
    picture = models.JSONField("picture", null=True, blank=True)
    source = models.CharField("source", max_length=LONGEST_SERVICE, blank=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    record = models.JSONField("record of the run", null=True, blank=True)
    put_in_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    put_in_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["statement", "put_in_at", "key"]
        constraints = [
            models.UniqueConstraint(name="statement_figure_once", fields=["statement", "key"]),
            models.CheckConstraint(
                name="statement_figure_run_has_its_record",
                condition=Q(run=None, record=None) | Q(run__isnull=False, record__isnull=False),
            ),
        ]
        triggers = [pgtrigger.Protect(name="statement_figure_is_frozen", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.title


class StatementComment(models.Model):
    """What a colleague says of a statement before it is published, and what was answered. It is never public."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    statement = models.ForeignKey(PositionStatement, on_delete=models.CASCADE, related_name="comments")
    # Empty where it is about the whole.
    section = models.SlugField("section", max_length=40, blank=True)
    text = models.TextField("comment")
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.TextField("answer", blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["statement", F("answered_at").asc(nulls_first=True), "said_at"]
        constraints = [
            models.CheckConstraint(name="statement_comment_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="statement_comment_answered_by_somebody",
                condition=Q(answer="", answered_by=None, answered_at=None)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
            brief("statement_comment", "text"),
            brief("statement_comment", "answer"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def about(self) -> Section | None:
        """The section that it is about; nothing where it is about the whole."""
        return sections().get(self.section)

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None
