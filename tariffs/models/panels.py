"""Review panels in shadow form: who marks by role, the cases under a code, each member's mark and the one agreed."""

from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from commissioning.core.measures import MOST_OWN_OUTCOMES
from commissioning.models import Group, MeasureCard, Programme
from commissioning.models.limits import shares
from tariffs.core import panel_reviews

LONGEST_REASON = 500


class ReviewPanel(models.Model):
    """A panel that says of one measure whether people achieved it. What it marks is recorded and shown, never paid."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="review_panels")
    card = models.ForeignKey(MeasureCard, on_delete=models.CASCADE, related_name="review_panels")
    name = models.CharField("name of the panel", max_length=120)
    partly_share = models.FloatField("share of the price for partly achieved", null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["created_at", "name"]
        verbose_name = "review panel"
        constraints = [
            models.UniqueConstraint(
                name="review_panel_name_once_for_each_programme",
                fields=["programme", "name"],
                violation_error_message="There is a panel of this name already",
            ),
            models.CheckConstraint(name="review_panel_name_is_not_empty", condition=~Q(name="")),
            *shares("review_panel", "partly_share"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("panel-detail", args=[self.pk])

    def clean(self) -> None:
        """Refuse a measure of another programme."""
        if self.card.programme_id != self.programme_id:
            raise ValidationError({"card": "Choose a measure of this programme"})


class PanelMember(models.Model):
    """One seat on a panel. It has a role and no name: who sits there is nobody's business here."""

    class Role(models.TextChoices):
        SERVICE_USER = "service_user", "Service user"
        ADVOCATE = "advocate", "Advocate"
        FAMILY = "family", "Family or carer"
        GP = "gp", "GP"
        CARE_TEAM = "care_team", "Health or care team"
        WORKER = "worker", "Frontline worker of the provider"
        COMMISSIONER = "commissioner", "Commissioner"
        INDEPENDENT = "independent", "Independent member"
        OTHER = "other", "Another agency"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    panel = models.ForeignKey(ReviewPanel, on_delete=models.CASCADE, related_name="members")
    role = models.CharField("role", max_length=20, choices=Role.choices)
    number = models.PositiveSmallIntegerField("which of this role", default=1)

    class Meta:
        ordering = ["role", "number"]
        verbose_name = "panel member"
        constraints = [
            models.UniqueConstraint(name="panel_member_once_for_each_seat", fields=["panel", "role", "number"]),
            models.CheckConstraint(
                name="panel_member_role_is_known",
                condition=Q(
                    role__in=[
                        "service_user",
                        "advocate",
                        "family",
                        "gp",
                        "care_team",
                        "worker",
                        "commissioner",
                        "independent",
                        "other",
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display() if self.number == 1 else f"{self.get_role_display()} {self.number}"


class Mark(models.TextChoices):
    """What a member, or the panel, says of an outcome."""

    ACHIEVED = panel_reviews.Mark.ACHIEVED.value, "Achieved"
    PARTLY = panel_reviews.Mark.PARTLY.value, "Partly achieved"
    NOT = panel_reviews.Mark.NOT.value, "Not achieved"


class ReviewCase(models.Model):
    """One outcome of one person, under a code that only the panel can read."""

    class Measured(models.TextChoices):
        YES = "yes", "It counts as reached"
        NO = "no", "It does not count as reached"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    panel = models.ForeignKey(ReviewPanel, on_delete=models.CASCADE, related_name="cases")
    code = models.CharField("code", max_length=16)
    group = models.ForeignKey(Group, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    own_number = models.PositiveSmallIntegerField("which of the person's own outcomes", default=0)
    measured = models.CharField("what the measure alone says", max_length=5, choices=Measured.choices, blank=True)
    agreed = models.CharField("mark agreed", max_length=10, choices=Mark.choices, blank=True)
    reason = models.CharField("why", max_length=LONGEST_REASON, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["created_at", "code"]
        verbose_name = "panel case"
        constraints = [
            models.UniqueConstraint(
                name="review_case_code_once_for_each_panel",
                fields=["panel", "code", "own_number"],
                violation_error_message="There is a case with this code already",
            ),
            models.CheckConstraint(name="review_case_code_is_not_empty", condition=~Q(code="")),
            models.CheckConstraint(name="review_case_measured_is_known", condition=Q(measured__in=["", "yes", "no"])),
            models.CheckConstraint(
                name="review_case_agreed_is_known", condition=Q(agreed__in=["", "achieved", "partly", "not"])
            ),
            models.CheckConstraint(
                name="review_case_agreed_says_why",
                condition=Q(agreed="") | ~Q(reason=""),
                violation_error_message="Say in a few words why the panel agreed on this mark",
            ),
            models.CheckConstraint(
                name="review_case_own_number_two_at_most", condition=Q(own_number__lte=MOST_OWN_OUTCOMES)
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def programme_id(self) -> UUID:
        """Give the id of the programme that the panel is of."""
        return self.panel.programme_id


class CaseMark(models.Model):
    """What one member of the panel marked in one case."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="marks")
    member = models.ForeignKey(PanelMember, on_delete=models.RESTRICT, related_name="marks")
    mark = models.CharField("mark", max_length=10, choices=Mark.choices)

    class Meta:
        ordering = ["case", "member"]
        verbose_name = "mark"
        constraints = [
            models.UniqueConstraint(name="case_mark_once_for_each_member", fields=["case", "member"]),
            models.CheckConstraint(name="case_mark_is_known", condition=Q(mark__in=["achieved", "partly", "not"])),
        ]

    def __str__(self) -> str:
        return self.get_mark_display()
