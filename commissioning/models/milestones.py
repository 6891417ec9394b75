"""Milestones: the points on the pathway from referral to what lasts."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from commissioning.core import pathways

from .limits import MOST_MONTHS, within
from .programmes import Programme
from .provenance import Sourced


class Milestone(Sourced):
    """A point on a programme's pathway, and what it follows: another milestone, or referral."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="milestones")
    place = models.PositiveSmallIntegerField("place in the list")
    key = models.CharField("short name", max_length=100)
    name = models.CharField("name of the milestone", max_length=300, blank=True)
    after = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="followers")

    delay_months = models.PositiveSmallIntegerField("months after what it follows", default=0)
    is_final = models.BooleanField("the final outcome", default=False)
    repeats = models.PositiveSmallIntegerField("how many times it can be reached", default=1)
    repeat_every_months = models.PositiveSmallIntegerField("months between repeats", default=1)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(name="milestone_key_once_for_each_programme", fields=["programme", "key"]),
            models.UniqueConstraint(name="milestone_place_once_for_each_programme", fields=["programme", "place"]),
            models.UniqueConstraint(
                name="milestone_one_final_for_each_programme", fields=["programme"], condition=Q(is_final=True)
            ),
            models.CheckConstraint(name="milestone_key_is_not_empty", condition=~Q(key="")),
            models.CheckConstraint(
                name="milestone_does_not_follow_itself", condition=Q(after=None) | ~Q(after=F("id"))
            ),
            within("milestone", "delay_months", 0, MOST_MONTHS),
            within("milestone", "repeats", 1, 120),
            within("milestone", "repeat_every_months", 0, MOST_MONTHS),
            *Sourced.Meta.constraints,
        ]

    def __str__(self) -> str:
        return self.name or self.key

    def to_core(self) -> pathways.Milestone:
        return pathways.Milestone(
            id=self.key,
            name=self.name,
            after=self.after.key if self.after else None,
            delay_months=self.delay_months,
            final=self.is_final,
            repeats=self.repeats,
            repeat_every_months=self.repeat_every_months,
            provenance=self.provenance(),
        )
