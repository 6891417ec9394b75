"""The outcomes room of a programme: what is asked there, and the links by which people take part."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from commissioning.core import rooms as core

from .cases import brief
from .measures import MeasureCard
from .people import Organisation, User
from .programmes import Programme

LONGEST_TITLE, LONGEST_QUESTION = 120, 300
KINDS = [(kind.value, words) for kind, words in core.KINDS.items()]


class Room(models.Model):
    """Where people say what matters in a programme, from the day it opens to what became of what they said."""

    class State(models.TextChoices):
        DRAFT = "draft", "Not open yet"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"
        PUBLISHED = "published", "Published"

    class Least(models.IntegerChoices):
        FIVE = 5, "5 people"
        TEN = 10, "10 people"
        FIFTEEN = 15, "15 people"
        TWENTY = 20, "20 people"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="room")
    state = models.CharField("state", max_length=10, choices=State.choices, default=State.DRAFT)
    title = models.CharField("title in plain words", max_length=LONGEST_TITLE)
    about = models.TextField("what it is about, in plain words")
    closes_on = models.DateField("last day to take part")
    least = models.PositiveSmallIntegerField("smallest number told", choices=Least.choices, default=Least.TEN)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "outcomes room"
        constraints = [
            models.CheckConstraint(
                name="room_times_fit_its_state",
                condition=Q(state="draft", opened_at=None, closed_at=None)
                | Q(state="open", opened_at__isnull=False, closed_at=None)
                | Q(state__in=["closed", "published"], opened_at__isnull=False, closed_at__isnull=False),
            ),
            models.CheckConstraint(name="room_never_tells_fewer_than_5", condition=Q(least__in=[5, 10, 15, 20])),
            models.CheckConstraint(name="room_has_words", condition=~Q(title="") & ~Q(about="")),
            brief("room", "about"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("room-detail", args=[self.programme_id])

    @property
    def is_taking_answers(self) -> bool:
        """Tell whether people can take part today, whether or not the sweeper has come round."""
        return self.state == self.State.OPEN and timezone.localdate() <= self.closes_on


class RoomCard(models.Model):
    """A measure card as a room shows it: in plain words, which stay when the card changes or goes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="cards")
    measure = models.ForeignKey(
        MeasureCard, on_delete=models.SET_NULL, null=True, blank=True, related_name="room_cards"
    )
    place = models.PositiveSmallIntegerField("place", default=0)
    title = models.CharField("title in plain words", max_length=LONGEST_TITLE)
    question = models.CharField("question in plain words", max_length=LONGEST_QUESTION)

    class Meta:
        ordering = ["room", "place", "id"]
        constraints = [
            models.UniqueConstraint(
                name="room_card_once_for_each_measure",
                fields=["room", "measure"],
                violation_error_message="This measure is shown already",
            ),
            models.CheckConstraint(name="room_card_has_words", condition=~Q(title="") & ~Q(question="")),
        ]

    def __str__(self) -> str:
        return self.title


class RoomLink(models.Model):
    """An address with a secret that lets people take part. Nothing says who used it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField("who takes part by it", max_length=20, choices=KINDS)
    for_facilitator = models.BooleanField("for somebody who writes for others", default=False)
    is_personal = models.BooleanField("for one person", default=False)
    label = models.CharField("where it is used", max_length=120, blank=True)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_on = models.DateField("last day it works")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["room", "-made_at", "id"]
        verbose_name = "link"
        constraints = [
            models.CheckConstraint(name="room_link_kind_is_known", condition=Q(kind__in=[key for key, _ in KINDS])),
            models.CheckConstraint(
                name="room_link_of_a_facilitator_is_for_many", condition=Q(for_facilitator=False) | Q(is_personal=False)
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.get_kind_display()

    @property
    def is_working(self) -> bool:
        """Tell whether somebody can still begin by it."""
        return self.revoked_at is None and timezone.localdate() <= self.expires_on


class RoomInvitation(models.Model):
    """A provider with an account that may take part once. What it then says is tied to nobody."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="room_invitations")
    has_begun = models.BooleanField("has begun", default=False)

    class Meta:
        ordering = ["room", "organisation__name"]
        constraints = [models.UniqueConstraint(name="room_invitation_once", fields=["room", "organisation"])]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.room}"
