"""What people say in an outcomes room. No name, address, time or account stands with any of it."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from commissioning.core import rooms as core
from commissioning.core import screening

from .rooms import KINDS, LONGEST_TITLE, Room, RoomCard

CHOICES = [(choice.value, words) for choice, words in core.CHOICES.items()]
SORTS = [(sort.value, words) for sort, words in core.SORTS.items()]
REASONS = [(reason.value, words) for reason, words in core.REASONS.items()]
MARKS = list(screening.WORDS.items())


class Participant(models.Model):
    """Somebody who takes part: a kind, and nothing else. Without their secret nobody finds them again."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="participants")
    kind = models.CharField("kind", max_length=20, choices=KINDS)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    # A facilitator began for them, and noted that they agreed to it.
    is_assisted = models.BooleanField("a facilitator writes for them, with their consent", default=False)

    class Meta:
        # By a random number, which says nothing of who came when.
        ordering = ["room", "id"]
        constraints = [
            models.CheckConstraint(name="participant_kind_is_known", condition=Q(kind__in=[key for key, _ in KINDS])),
        ]

    def __str__(self) -> str:
        return f"A participant of room {self.room_id}"


class Reaction(models.Model):
    """What one participant says to one card."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="reactions")
    card = models.ForeignKey(RoomCard, on_delete=models.CASCADE, related_name="reactions")
    is_important = models.BooleanField(core.REACTIONS["is_important"], default=False)
    is_fair = models.BooleanField(core.REACTIONS["is_fair"], default=False)
    could_be_fiddled = models.BooleanField(core.REACTIONS["could_be_fiddled"], default=False)
    too_much_paperwork = models.BooleanField(core.REACTIONS["too_much_paperwork"], default=False)

    class Meta:
        ordering = ["card", "id"]
        constraints = [models.UniqueConstraint(name="reaction_once_for_each_card", fields=["participant", "card"])]

    def __str__(self) -> str:
        return f"A reaction to {self.card_id}"


class Theme(models.Model):
    """Statements that the commissioner puts together under one heading."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="themes")
    title = models.CharField("title", max_length=LONGEST_TITLE)

    class Meta:
        ordering = ["room", "title", "id"]
        constraints = [
            models.CheckConstraint(name="theme_has_a_title", condition=~Q(title="")),
            models.UniqueConstraint(
                name="theme_title_once_for_each_room",
                fields=["room", "title"],
                violation_error_message="There is a theme of this title already",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Statement(models.Model):
    """Somebody's own words, or words that the commissioner put in to begin with; then it has no author."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SHOWN = "shown", "Shown"
        HIDDEN = "hidden", "Hidden"
        TAKEN_BACK = "taken_back", "Taken back"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="statements")
    author = models.ForeignKey(Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="statements")
    sort = models.CharField("what it is", max_length=10, choices=SORTS, default=core.Sort.STATEMENT.value)
    text = models.CharField("words", max_length=core.LONGEST_WORDS, blank=True)
    may_be_quoted = models.BooleanField("may be quoted in public", default=False)
    marks = ArrayField(
        models.CharField(max_length=10, choices=MARKS), verbose_name="what it may name", default=list, blank=True
    )
    state = models.CharField("state", max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField("why it is hidden", max_length=10, choices=REASONS, blank=True)
    theme = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="statements")

    class Meta:
        ordering = ["room", "id"]
        constraints = [
            models.CheckConstraint(
                name="statement_has_words_until_taken_back",
                condition=Q(state="taken_back", text="") | ~Q(state="taken_back") & ~Q(text=""),
            ),
            models.CheckConstraint(
                name="statement_hidden_says_why",
                condition=Q(state="hidden", reason__in=[key for key, _ in REASONS]) | ~Q(state="hidden") & Q(reason=""),
            ),
            models.CheckConstraint(name="statement_sort_is_known", condition=Q(sort__in=[key for key, _ in SORTS])),
        ]

    def __str__(self) -> str:
        return self.text or self.get_state_display()


class Vote(models.Model):
    """What one participant says to one statement."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="votes")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="votes")
    choice = models.CharField("choice", max_length=10, choices=CHOICES)

    class Meta:
        ordering = ["statement", "id"]
        constraints = [
            models.UniqueConstraint(name="vote_once_for_each_statement", fields=["participant", "statement"]),
            models.CheckConstraint(name="vote_is_known", condition=Q(choice__in=[key for key, _ in CHOICES])),
        ]

    def __str__(self) -> str:
        return f"A vote on {self.statement_id}"
