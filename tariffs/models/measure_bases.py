"""What prices rest on: the words of a measure card when a milestone was made of it, and every look at a price since."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from commissioning.core.measures import MOST_OWN_OUTCOMES
from commissioning.models import MeasureCard, Programme, User

LONGEST_NOTE = 2000


class MeasureBasis(models.Model):
    """One milestone that rests on one measure card, with the card's words at that time.

    The milestone stands by its permanent id alone: going back to a version may take it away and bring it back.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="measure_bases")
    card = models.ForeignKey(MeasureCard, on_delete=models.SET_NULL, null=True, related_name="bases")
    card_name = models.CharField("name of the measure", max_length=120)
    step = models.UUIDField("id of the milestone")
    # 0 where all people share the outcome; 1 and 2 for a person's own first and second.
    own_number = models.PositiveSmallIntegerField("which of the person's own outcomes", default=0)
    wording = models.JSONField("words of the card")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["made_at", "own_number"]
        verbose_name = "measure basis"
        verbose_name_plural = "measure bases"
        constraints = [
            models.UniqueConstraint(name="measure_basis_once_for_each_step", fields=["card", "step"]),
            models.CheckConstraint(
                name="measure_basis_own_number_two_at_most", condition=Q(own_number__lte=MOST_OWN_OUTCOMES)
            ),
        ]

    def __str__(self) -> str:
        return self.card_name


class PriceLook(models.Model):
    """One look at a price after its measure changed: found still right, or changed. The line stands by its id alone."""

    class How(models.TextChoices):
        LOOKED = "looked", "Looked at, price still right"
        CHANGED = "changed", "Price changed"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    basis = models.ForeignKey(MeasureBasis, on_delete=models.CASCADE, related_name="looks")
    line = models.UUIDField("id of the price line")
    how = models.CharField("what came of it", max_length=10, choices=How.choices)
    wording = models.JSONField("words of the card")
    note = models.CharField("why", max_length=LONGEST_NOTE, blank=True)
    looked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    looked_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["looked_at"]
        verbose_name = "look at a price"
        verbose_name_plural = "looks at prices"
        constraints = [
            models.CheckConstraint(name="price_look_how_is_known", condition=Q(how__in=["looked", "changed"])),
        ]

    def __str__(self) -> str:
        return self.get_how_display()
