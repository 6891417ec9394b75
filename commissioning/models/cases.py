"""The case: is Payment by Results right here? Answers with their evidence, the conclusion, and what was published."""

from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils import timezone

from commissioning.core.cases import Answer
from commissioning.core.file_kinds import MOST_BYTES

from .people import User
from .programmes import Programme

LONGEST_TEXT = 10_000


def brief(noun: str, field: str) -> models.CheckConstraint:
    """Keep a text within what a page can show."""
    return models.CheckConstraint(
        name=f"{noun}_{field}_not_too_long", condition=LessThanOrEqual(Length(F(field)), LONGEST_TEXT)
    )


class CaseAnswer(models.Model):
    """What an authority answers to one question of a programme's case, and who answers for it by when."""

    class Choice(models.TextChoices):
        YES = Answer.YES.value, "Yes"
        PARTLY = Answer.PARTLY.value, "Partly"
        NO = Answer.NO.value, "No"
        UNKNOWN = Answer.UNKNOWN.value, "Not known yet"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="case_answers")
    question = models.SlugField("question", max_length=40)
    answer = models.CharField("answer", max_length=10, choices=Choice.choices, default=Choice.UNKNOWN)
    reasoning = models.TextField("reasons", blank=True)
    # Either a member, or somebody who has no account here.
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="case_answers")
    owner_name = models.CharField("name of the owner", max_length=120, blank=True)
    due_on = models.DateField("to be answered by", null=True, blank=True)
    answered_on = models.DateField("answered on", null=True, blank=True)

    class Meta:
        ordering = ["programme", "question"]
        constraints = [
            models.UniqueConstraint(name="case_answer_one_for_each_question", fields=["programme", "question"]),
            models.CheckConstraint(
                name="case_answer_is_known", condition=Q(answer__in=["yes", "partly", "no", "unknown"])
            ),
            models.CheckConstraint(
                name="case_answer_one_owner",
                condition=Q(owner=None) | Q(owner_name=""),
                violation_error_message="Choose a member as owner or type a name, not both",
            ),
            models.CheckConstraint(
                name="case_answer_dated_when_answered",
                condition=Q(answer="unknown", answered_on=None) | ~Q(answer="unknown") & ~Q(answered_on=None),
            ),
            brief("case_answer", "reasoning"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.get_answer_display()}"

    def get_absolute_url(self) -> str:
        return reverse("case-question", args=[self.programme_id, self.question])

    def owner_words(self) -> str:
        """Name whoever answers for it."""
        return str(self.owner) if self.owner else self.owner_name or "no owner yet"


def random_name(_evidence: models.Model, _given: str) -> str:
    """Name a kept file by chance alone, so that nothing a person typed reaches the disk."""
    return f"case-evidence/{uuid4().hex}"


class CaseEvidence(models.Model):
    """One piece of evidence for an answer: some text, a link, or a file."""

    class Kind(models.TextChoices):
        TEXT = "text", "Text"
        LINK = "link", "Link"
        FILE = "file", "File"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    answer = models.ForeignKey(CaseAnswer, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField("kind", max_length=10, choices=Kind.choices)
    title = models.CharField("title", max_length=200)
    text = models.TextField("text", blank=True)
    url = models.URLField("web address", max_length=1000, blank=True)
    file = models.FileField("file", upload_to=random_name, max_length=100, blank=True)
    file_name = models.CharField("name of the file", max_length=150, blank=True)
    file_type = models.CharField("type of the file", max_length=100, blank=True)
    file_size = models.PositiveIntegerField("bytes of the file", default=0)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["added_at", "title"]
        verbose_name_plural = "case evidence"
        constraints = [
            models.CheckConstraint(
                name="case_evidence_has_what_its_kind_says",
                condition=Q(kind="text", url="", file="", file_name="", file_type="", file_size=0) & ~Q(text="")
                | Q(kind="link", text="", file="", file_name="", file_type="", file_size=0) & ~Q(url="")
                | Q(kind="file", text="", url="", file_size__gte=1) & ~Q(file="") & ~Q(file_name="") & ~Q(file_type=""),
            ),
            models.CheckConstraint(name="case_evidence_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="case_evidence_link_is_of_the_web",
                condition=Q(url="") | Q(url__startswith="https://") | Q(url__startswith="http://"),
            ),
            models.CheckConstraint(name="case_evidence_file_not_too_large", condition=Q(file_size__lte=MOST_BYTES)),
            brief("case_evidence", "text"),
        ]

    def __str__(self) -> str:
        return self.title


class CaseConclusion(models.Model):
    """What an authority concludes from a programme's case. Its id names the public page of what is published."""

    class Decision(models.TextChoices):
        USE = "use", "Use Payment by Results"
        PART = "part", "Use Payment by Results for a part"
        REFUSE = "refuse", "Do not use Payment by Results here"
        LATER = "later", "Not yet: more has to be known first"

    class Instead(models.TextChoices):
        FEE = "fee", "A fee for the service"
        BLOCK = "block", "A block payment"
        GRANT = "grant", "A grant"
        HYBRID = "hybrid", "A mix of these"
        OTHER = "other", "Something else"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="case_conclusion")
    decision = models.CharField("decision", max_length=10, choices=Decision.choices, blank=True)
    reasons = models.TextField("reasons", blank=True)
    instead = models.CharField("what instead", max_length=10, choices=Instead.choices, blank=True)
    instead_how = models.TextField("how", blank=True)
    concluded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    concluded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_conclusion_decision_is_known",
                condition=Q(decision__in=["", "use", "part", "refuse", "later"]),
            ),
            models.CheckConstraint(
                name="case_conclusion_instead_is_known",
                condition=Q(instead__in=["", "fee", "block", "grant", "hybrid", "other"]),
            ),
            models.CheckConstraint(
                name="case_conclusion_refusal_says_what_instead",
                condition=~Q(decision="refuse") | ~Q(instead=""),
                violation_error_message="Choose what you will use instead",
            ),
            models.CheckConstraint(
                name="case_conclusion_decided_by_somebody",
                condition=Q(decision="") | ~Q(reasons="") & ~Q(concluded_by=None) & ~Q(concluded_at=None),
            ),
            brief("case_conclusion", "reasons"),
            brief("case_conclusion", "instead_how"),
        ]

    def __str__(self) -> str:
        return self.get_decision_display() or "No conclusion yet"

    def get_absolute_url(self) -> str:
        return reverse("published-case", args=[self.pk])


def stays(noun: str) -> list[pgtrigger.Trigger]:
    """Refuse to change, delete or empty rows: what was published was published."""
    return [
        pgtrigger.Protect(name=f"{noun}_rows_stay", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name=f"{noun}_table_stays",
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
        ),
    ]


class CasePublication(models.Model):
    """One edition of a conclusion as it was published: a frozen copy, never the live draft."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    conclusion = models.ForeignKey(CaseConclusion, on_delete=models.PROTECT, related_name="publications")
    edition = models.PositiveSmallIntegerField("edition")
    # Text and not JSON, so that it stays byte for byte what its hash was taken of.
    content = models.TextField("what was published, as JSON")
    sha256 = models.CharField("hash of the content", max_length=64)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-edition"]
        constraints = [
            models.UniqueConstraint(name="case_publication_one_for_each_edition", fields=["conclusion", "edition"]),
            models.CheckConstraint(name="case_publication_editions_from_1", condition=Q(edition__gte=1)),
        ]
        triggers = stays("case_publication")

    def __str__(self) -> str:
        return f"Edition {self.edition}"

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")


class CaseWithdrawal(models.Model):
    """The mark that an edition was taken back. The edition itself stays as it was."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    publication = models.OneToOneField(CasePublication, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField("why it was withdrawn")
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="case_withdrawal_says_why", condition=~Q(reason="")),
            brief("case_withdrawal", "reason"),
        ]
        triggers = stays("case_withdrawal")

    def __str__(self) -> str:
        return f"Withdrawal of {self.publication}"
