"""Facts beside the draft and the case that the rules of good design ask for, each with where it is known from."""

from decimal import Decimal
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from commissioning.models import Programme, User

LONGEST_SOURCE = 1000
#: As fine as a value is kept.
FINEST = Decimal("1e-12")


class Fact(models.Model):
    """What is known in answer to one question; `part` is the short name of the kind of provider it is asked of, if any.

    Without a value it is not known. A share is a part of one, yes is 1 and no is 0.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="facts")
    question = models.SlugField("question", max_length=40)
    part = models.CharField("kind of provider", max_length=100, blank=True)
    value = models.DecimalField("value", max_digits=26, decimal_places=12, null=True, blank=True)
    source = models.CharField("where it is known from", max_length=LONGEST_SOURCE, blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField("noted at", default=timezone.now)

    class Meta:
        ordering = ["programme", "question", "part"]
        constraints = [
            models.UniqueConstraint(name="fact_once_for_each_question", fields=["programme", "question", "part"]),
            models.CheckConstraint(
                name="fact_says_where_it_is_known_from",
                condition=Q(value=None) | ~Q(source=""),
                violation_error_message="Say where this is known from",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.part}".strip()
