"""Who uses the workbench: people, the organisations they belong to, their roles, and invitations to join."""

from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone


class User(AbstractBaseUser):
    """A person who signs in. The e-mail address is the name they sign in with."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField("email address", unique=True)
    name = models.CharField("full name", max_length=120)
    is_active = models.BooleanField("may sign in", default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(name="user_email_in_lower_case", condition=Q(email=Lower(F("email")))),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class Organisation(models.Model):
    """A body that takes part: an authority that commissions, or a provider that delivers."""

    class Kind(models.TextChoices):
        AUTHORITY = "authority", "Authority"
        PROVIDER = "provider", "Provider"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField("name of the organisation", max_length=200)
    kind = models.CharField("kind of organisation", max_length=20, choices=Kind.choices)
    is_demonstration = models.BooleanField("made for demonstration only", default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    people = models.ManyToManyField(User, through="Membership", related_name="organisations")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="organisation_kind_is_known", condition=Q(kind__in=["authority", "provider"])),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation-detail", args=[self.pk])


class Role(models.TextChoices):
    """What a person does in an organisation. What each role may do stands in permissions.py."""

    EDITOR = "editor", "Editor"
    APPROVER = "approver", "Approver"
    VIEWER = "viewer", "Viewer"
    BID_WRITER = "bid_writer", "Bid writer"
    FINANCE_LEAD = "finance_lead", "Finance lead"
    TRUSTEE = "trustee", "Trustee"


ROLES_OF_KIND: dict[str, tuple[Role, ...]] = {
    Organisation.Kind.AUTHORITY: (Role.EDITOR, Role.APPROVER, Role.VIEWER),
    Organisation.Kind.PROVIDER: (Role.BID_WRITER, Role.FINANCE_LEAD, Role.TRUSTEE),
}


KIND_WITH_ARTICLE: dict[str, str] = {
    Organisation.Kind.AUTHORITY: "an authority",
    Organisation.Kind.PROVIDER: "a provider",
}


def refuse_foreign_role(organisation: Organisation, role: str) -> None:
    """Raise when a kind of organisation does not know the role."""
    if role not in ROLES_OF_KIND[organisation.kind]:
        raise ValidationError({"role": f"This is no role in {KIND_WITH_ARTICLE[organisation.kind]}"})


class Membership(models.Model):
    """One person's role in one organisation."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField("role", max_length=20, choices=Role.choices)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["user__name"]
        constraints = [
            models.UniqueConstraint(name="membership_once_for_each_organisation", fields=["user", "organisation"]),
            models.CheckConstraint(name="membership_role_is_known", condition=Q(role__in=list(Role.values))),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display().lower()} at {self.organisation}"

    def clean(self) -> None:
        refuse_foreign_role(self.organisation, self.role)


class Invitation(models.Model):
    """An offer to join an organisation, sent as a link. Only a hash of the link's secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField("email address")
    role = models.CharField("role", max_length=20, choices=Role.choices)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    # Nobody where the person who runs this copy made the organisation and invited its first member.
    invited_by = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations_sent"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                name="invitation_one_open_for_each_address",
                fields=["organisation", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
            ),
            models.CheckConstraint(name="invitation_email_in_lower_case", condition=Q(email=Lower(F("email")))),
            models.CheckConstraint(name="invitation_role_is_known", condition=Q(role__in=list(Role.values))),
            models.CheckConstraint(
                name="invitation_not_both_accepted_and_withdrawn",
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation to {self.organisation}"

    def clean(self) -> None:
        refuse_foreign_role(self.organisation, self.role)
