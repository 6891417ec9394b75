"""Kept texts: what somebody typed on a page and has not saved yet."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from .people import User


class KeptText(models.Model):
    """The fields of one page as one person left them, unsaved. Nobody else sees them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="kept_texts")
    path = models.CharField("address of the page", max_length=500)
    fields = models.JSONField("each field with its values")
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-kept_at"]
        constraints = [
            models.UniqueConstraint(name="kept_text_once_for_each_person_and_page", fields=["user", "path"]),
            models.CheckConstraint(name="kept_text_path_is_not_empty", condition=~models.Q(path="")),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.path}"
