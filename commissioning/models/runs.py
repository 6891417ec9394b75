"""A run and its blocks: the database row is the job, whatever becomes of the messages about it."""

import json
from typing import Any
from uuid import uuid4

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from .people import User
from .programmes import Programme

MOST_DRAWS = 1_000_000


class Run(models.Model):
    """One computation that somebody asked for: what goes in never changes, and what comes out is written once.

    The same inputs, seed, draws and engine give the same result, however many workers took part. Inputs and
    result are kept as the very text that was hashed, so that anyone can check the hash.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting to start"
        RUNNING = "running", "Running"
        SUCCEEDED = "succeeded", "Finished"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField("kind of computation", max_length=40)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="runs")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="runs_created")

    inputs_json = models.TextField("inputs, as hashed")
    inputs_sha256 = models.CharField(max_length=64)
    seed = models.PositiveBigIntegerField()
    draws = models.PositiveIntegerField(
        "draws asked for", validators=[MinValueValidator(1), MaxValueValidator(MOST_DRAWS)]
    )
    engine = models.CharField("version of the engine", max_length=40)

    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    message = models.TextField("why it failed, in plain words", blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    tell = models.BooleanField("whoever asked wants an e-mail when it is done", default=False)
    # Set together with the final state, so that no worker's death can lose it; the time is set before the mail leaves.
    tell_due = models.BooleanField("an e-mail is owed", default=False)
    told_at = models.DateTimeField("when whoever asked was told", null=True, blank=True)

    hinted_at = models.DateTimeField("when workers were last told", db_default=Now())
    estimate = models.JSONField("what the pages show while the run narrows", null=True, blank=True)
    estimated_at = models.DateTimeField(null=True, blank=True)

    merge_attempt = models.PositiveSmallIntegerField(default=0)
    merge_token = models.UUIDField(null=True, blank=True)
    merge_until = models.DateTimeField(null=True, blank=True)

    result_json = models.TextField("result, as hashed", blank=True)
    result_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(name="run_active", fields=["created_at"], condition=Q(state__in=["queued", "running"])),
            models.Index(name="run_tell_due", fields=["finished_at"], condition=Q(tell_due=True, told_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                name="run_asked_for_once",
                fields=["programme", "kind", "inputs_sha256", "seed", "draws", "engine"],
                condition=~Q(state__in=["failed", "cancelled"]),
            ),
            models.CheckConstraint(name="run_draws_within", condition=Q(draws__gte=1, draws__lte=MOST_DRAWS)),
            models.CheckConstraint(
                name="run_result_exactly_when_succeeded",
                condition=Q(state="succeeded", result_sha256__regex="^[0-9a-f]{64}$")
                | (~Q(state="succeeded") & Q(result_sha256="", result_json="")),
            ),
            models.CheckConstraint(
                name="run_finished_exactly_when_final",
                condition=Q(state__in=["queued", "running"], finished_at=None)
                | Q(state__in=["succeeded", "failed", "cancelled"], finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="run_tell_due_only_of_an_end",
                condition=Q(tell_due=False) | Q(state__in=["succeeded", "failed"]),
            ),
            models.CheckConstraint(name="run_told_only_when_due", condition=Q(told_at=None) | Q(tell_due=True)),
            models.CheckConstraint(
                name="run_merge_lease_is_whole",
                condition=Q(merge_token=None, merge_until=None)
                | Q(merge_token__isnull=False, merge_until__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="identity_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "kind",
                    "programme",
                    "created_by",
                    "created_at",
                    "inputs_json",
                    "inputs_sha256",
                    "seed",
                    "draws",
                    "engine",
                ),
            ),
            pgtrigger.Protect(
                name="final_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state IN ('succeeded', 'failed', 'cancelled') AND"
                    " (OLD.state, OLD.message, OLD.finished_at, OLD.result_json, OLD.result_sha256) IS DISTINCT FROM"
                    " (NEW.state, NEW.message, NEW.finished_at, NEW.result_json, NEW.result_sha256)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} run {self.pk}"

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def inputs(self) -> dict[str, Any]:
        inputs: dict[str, Any] = json.loads(self.inputs_json)
        return inputs

    @property
    def result(self) -> dict[str, Any] | None:
        return json.loads(self.result_json) if self.result_json else None


ACTIVE = (Run.State.QUEUED, Run.State.RUNNING)


class RunBlock(models.Model):
    """The draws of a run that one worker takes at a time, under a lease that others can see lapse."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        CLAIMED = "claimed", "Being worked on"
        DONE = "done", "Done"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="blocks")
    index = models.PositiveIntegerField("place within the run, from 0")
    draws = models.PositiveIntegerField("draws in this block")
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    attempt = models.PositiveSmallIntegerField("times a worker has claimed it", default=0)
    worker = models.CharField("who claimed it last", max_length=120, blank=True)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField("when a worker was last heard of", null=True, blank=True)
    payload = models.BinaryField("the block's figures, until they are merged", null=True, blank=True)

    class Meta:
        ordering = ["run", "index"]
        indexes = [
            models.Index(name="run_block_claimed", fields=["run"], condition=Q(state="claimed")),
        ]
        constraints = [
            models.UniqueConstraint(name="run_block_one_for_each_place", fields=["run", "index"]),
            models.CheckConstraint(name="run_block_has_draws", condition=Q(draws__gte=1)),
            models.CheckConstraint(
                name="run_block_claimed_exactly_with_lease",
                condition=Q(
                    state="claimed", lease_token__isnull=False, lease_until__isnull=False, heartbeat_at__isnull=False
                )
                | (~Q(state="claimed") & Q(lease_token=None, lease_until=None)),
            ),
            models.CheckConstraint(
                name="run_block_lease_ends_after_its_heartbeat",
                condition=Q(lease_until=None) | Q(lease_until__gt=F("heartbeat_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"block {self.index} of run {self.run_id}"
