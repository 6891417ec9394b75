"""Versions: drafts as they stood, numbered, which the database refuses to change or delete."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from commissioning.models import Programme, User
from commissioning.models.cases import stays

LONGEST_NOTE = 2000


class Sha256(models.Func):
    """The SHA-256 of a text's UTF-8 bytes, in hexadecimal, as the database works it out."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = models.CharField(max_length=64)


class Version(models.Model):
    """A whole draft as it stood, with the reason why it was frozen. Never changed and never deleted.

    The texts are as `tariffs.sources.snapshots` writes them. A draft may be frozen before it is complete.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("number")
    note = models.CharField("what changed and why", max_length=LONGEST_NOTE)
    # Worked out when the draft was frozen, so that a list of versions reads none of them.
    summary = models.TextField("what changed since the version before, in one sentence")
    frozen_at = models.DateTimeField(default=timezone.now, editable=False)
    frozen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    # Texts and not JSON, so that they stay byte for byte what the hash was taken of.
    document_json = models.TextField("programme file with the tariff proposed, in canonical form")
    inputs_sha256 = models.CharField("hash of the programme file", max_length=64)
    scenarios_json = models.TextField("the other tariffs, each with its permanent id")
    ids_json = models.TextField("permanent ids of all parts")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="version_number_once_for_each_programme", fields=["programme", "number"]),
            models.CheckConstraint(name="version_numbers_from_1", condition=Q(number__gte=1)),
            models.CheckConstraint(name="version_says_why", condition=~Q(note="")),
            models.CheckConstraint(
                name="version_hash_is_of_its_document", condition=Q(inputs_sha256=Sha256("document_json"))
            ),
        ]
        triggers = stays("version")

    def __str__(self) -> str:
        return f"Version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("version-detail", args=[self.pk])
