"""Comments of providers on a consulted version, and their receipts. Nothing about them is ever counted out loud."""

from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from commissioning.models import Organisation, User
from commissioning.models.cases import stays
from tariffs.core import benches
from tariffs.core.consultation_targets import Entry, Kind, write_proposed

from .consultations import Consultation
from .versions import Sha256

LONGEST_REASON = 4000
#: How the database says that a comment comes too early or too late.
NOT_OPEN = "The consultation is not open"


class Comment(models.Model):
    """What one provider says about one line of a consulted version, as it stands now; it belongs to the organisation.

    The line is known by its permanent id. The database stores or changes a row only while the consultation is open, and
    takes the moment itself, so that nothing can be early or late, whatever a web server's clock says.
    """

    class About(models.TextChoices):
        LOW = "low", "Too low"
        HIGH = "high", "Too high"
        TARGET = "target", "Target"
        EVIDENCE = "evidence", "Evidence burden"
        TIMING = "timing", "Timing"
        DEFINITION = "definition", "Definition"
        INCENTIVE = "incentive", "Perverse incentive"
        VOLUMES = "volumes", "Volumes"
        OTHER = "other", "Something else"

    class Weight(models.TextChoices):
        MUST = "must", "Must change: otherwise we could not bid"
        SHOULD = "should", "Should change: it would be better"

    class Sight(models.TextChoices):
        NAMED = "named", "Public, with our name"
        UNNAMED = "unnamed", "Public, without our name"
        COMMISSIONER = "commissioner", "The commissioner only"
        CONFIDENTIAL = "confidential", "Commercially confidential"

    # Taken from the form, so that a button pressed twice makes one comment.
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="comments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="comments")
    target_kind = models.CharField("about what", max_length=10, choices=[(each.value, each.value) for each in Kind])
    target_id = models.UUIDField("permanent id of the line")
    about = models.CharField("what it is about", max_length=10, choices=About.choices)
    weight = models.CharField("how much it matters", max_length=6, choices=Weight.choices)
    entry = models.CharField(
        "how the proposed value is typed",
        max_length=20,
        blank=True,
        choices=[(each.value, each.value) for each in Entry if each],
    )
    proposed = models.CharField("proposed value, in plain figures", max_length=40, blank=True)
    reason = models.TextField("reason", max_length=LONGEST_REASON)
    sight = models.CharField("who may see it", max_length=12, choices=Sight.choices)
    secret_reason = models.CharField("why it is commercially confidential", max_length=1000, blank=True)
    secret_until = models.DateField("confidential until", null=True, blank=True)
    # What the proposed value changes, tried on the provider's bench and sent along by its own choice.
    trial = models.JSONField("what the proposed value changes", null=True, blank=True)
    is_withdrawn = models.BooleanField("taken back", default=False)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Set by the trigger, in the statement that stores the row.
    received_at = models.DateTimeField(db_default=models.functions.Now(), editable=False)

    class Meta:
        # By a random number, which says nothing of who came when.
        ordering = ["consultation", "id"]
        indexes = [
            models.Index(name="comment_by_organisation", fields=["consultation", "organisation"]),
            models.Index(name="comment_by_line", fields=["consultation", "target_id"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="comment_choices_are_known",
                condition=Q(
                    about__in=[
                        "low",
                        "high",
                        "target",
                        "evidence",
                        "timing",
                        "definition",
                        "incentive",
                        "volumes",
                        "other",
                    ],
                    weight__in=["must", "should"],
                    sight__in=["named", "unnamed", "commissioner", "confidential"],
                    target_kind__in=[each.value for each in Kind],
                ),
            ),
            models.CheckConstraint(name="comment_gives_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="comment_value_says_how_it_is_typed", condition=Q(proposed="") | ~Q(entry="")),
            models.CheckConstraint(
                name="comment_confidential_with_reason_and_end",
                condition=(Q(sight="confidential") & ~Q(secret_reason="") & Q(secret_until__isnull=False))
                | (~Q(sight="confidential") & Q(secret_reason="", secret_until=None)),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="comment_rows_stay", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="comment_only_while_open",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                declare=[("clock", "timestamptz")],
                # A share lock: comments do not wait for each other, only for somebody who moves the closing time.
                func=f"""
                    clock := clock_timestamp();
                    PERFORM 1 FROM tariffs_consultation
                        WHERE id = NEW.consultation_id AND opens_at <= clock AND clock < closes_at FOR SHARE;
                    IF NOT FOUND THEN RAISE EXCEPTION '{NOT_OPEN}'; END IF;
                    NEW.received_at := clock;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"A comment in consultation {self.consultation_id}"

    @property
    def effects(self) -> tuple[benches.Effect, ...]:
        """Say what the proposed value changes, where its provider sent that along."""
        return benches.in_words(benches.Trial.of_document(self.trial)) if self.trial else ()

    @property
    def proposed_words(self) -> str:
        """Write the proposed value as the draft writes its own."""
        return write_proposed(self.entry, self.proposed)


class Receipt(models.Model):
    """What the database took of a comment at one moment: a text and its hash, which anyone who has it can check."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="receipts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # From the form: the same button pressed twice finds the first one's receipt.
    key = models.UUIDField("key of the form", editable=False)
    text = models.TextField("what was received, in canonical form")
    sha256 = models.CharField("hash of the text", max_length=64)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(name="receipt_once_for_each_form", fields=["organisation", "key"]),
            models.CheckConstraint(name="receipt_hash_is_of_its_text", condition=Q(sha256=Sha256("text"))),
        ]
        triggers = stays("receipt")

    def __str__(self) -> str:
        return f"Receipt {self.sha256[:12]}"
