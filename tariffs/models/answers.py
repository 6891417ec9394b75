"""Answers to comments ("you said, we did"), whether a comment still stands, and comments that are not published."""

from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from commissioning.models import User
from commissioning.models.cases import brief

from .comments import Comment
from .consultations import Consultation
from .versions import Version


class Answer(models.Model):
    """What an authority did about one comment or several alike, and why. Its authors read it once it is released."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        PARTLY = "partly", "Accepted in part"
        DECLINED = "declined", "Declined"
        NOTED = "noted", "Noted"
        OUTSIDE = "outside", "Out of scope"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="answers")
    comments = models.ManyToManyField(Comment, through="AnsweredComment", related_name="answers")
    decision = models.CharField("decision", max_length=8, choices=Decision.choices)
    reason = models.TextField("what you did, and why")
    # Which entry of the difference to the next version it led to, and how that read when it was chosen.
    change_key = models.CharField(max_length=400, blank=True)
    change_words = models.TextField("change that it led to", blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    released_at = models.DateTimeField("released", null=True, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="answer_decision_is_known",
                condition=Q(decision__in=["accepted", "partly", "declined", "noted", "outside"]),
            ),
            models.CheckConstraint(name="answer_gives_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="answer_change_only_where_accepted",
                condition=Q(change_key="", change_words="") | Q(decision__in=["accepted", "partly"]),
            ),
            brief("answer", "reason"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="answer_stays_once_released",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.released_at IS NOT NULL AND (OLD.decision, OLD.reason, OLD.released_at)"
                    " IS DISTINCT FROM (NEW.decision, NEW.reason, NEW.released_at)"
                ),
            ),
            pgtrigger.Protect(
                name="answer_kept_once_released",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.released_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return self.get_decision_display()


class AnsweredComment(models.Model):
    """One comment that an answer is to; a comment has one answer."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="answered")
    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="answered")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"A comment answered by {self.answer_id}"


class CommentStanding(models.Model):
    """Whether a comment still stands, as its author says once its line has changed in a later version."""

    class Reply(models.TextChoices):
        YES = "yes", "Yes, it still stands"
        NO = "no", "No, the change settles it"
        CHANGED = "changed", "We see it differently now"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="standings")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    reply = models.CharField("reply", max_length=8, choices=Reply.choices)
    words = models.TextField("in your words", blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["comment", "-at"]
        constraints = [
            models.UniqueConstraint(name="comment_standing_once_for_each_version", fields=["comment", "version"]),
            models.CheckConstraint(
                name="comment_standing_reply_is_known", condition=Q(reply__in=["yes", "no", "changed"])
            ),
            models.CheckConstraint(
                name="comment_standing_new_mind_in_words", condition=~Q(reply="changed") | ~Q(words="")
            ),
            brief("comment_standing", "words"),
        ]

    def __str__(self) -> str:
        return self.get_reply_display()


class CommentModeration(models.Model):
    """The mark that a comment's words are left out of what is published, with a reason that everybody reads."""

    class Code(models.TextChoices):
        PERSON = "person", "It names or describes a person"
        ABUSE = "abuse", "It is abusive or discriminates"
        UNLAWFUL = "unlawful", "It could be unlawful to publish"
        SECRET = "secret", "It tells somebody else's secrets"
        OFF = "off", "It is not about this consultation"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="moderation")
    code = models.CharField("reason", max_length=10, choices=Code.choices)
    words = models.TextField("what its author is told")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="comment_moderation_code_is_known",
                condition=Q(code__in=["person", "abuse", "unlawful", "secret", "off"]),
            ),
            models.CheckConstraint(name="comment_moderation_says_why", condition=~Q(words="")),
            brief("comment_moderation", "words"),
        ]

    def __str__(self) -> str:
        return self.get_code_display()
