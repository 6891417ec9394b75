"""Editions of market position statements, which the database refuses to change or delete, and their withdrawal."""

from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import F, GeneratedField, Q
from django.utils import timezone

from commissioning.models import User
from commissioning.models.cases import brief, stays
from markets.core.editions import Edition, read
from tariffs.models.versions import Sha256

from .statements import PositionStatement

# The first takes an address that was never used, by (slug, number); each later one keeps that of the one before. Rows
# are never deleted, so no address is ever used again.
_FOLLOWS = """
    IF NEW.number > 1 AND NOT EXISTS (
        SELECT 1 FROM markets_publishededition AS earlier
        WHERE earlier.statement_id = NEW.statement_id AND earlier.number = NEW.number - 1 AND earlier.slug = NEW.slug
    ) THEN
        RAISE EXCEPTION 'pgtrigger: Edition % of a statement follows the one before at the same address', NEW.number;
    END IF;
    RETURN NEW;
"""


class Said(models.Func):
    """What an edition's text says under a name, as text."""

    template = "(%(expressions)s::jsonb ->> '%(name)s')"
    output_field = models.TextField()


class SaidAreas(models.Func):
    """The codes of the areas that an edition's text names, as a JSON list."""

    template = "jsonb_path_query_array(%(expressions)s::jsonb, '$.areas[*].code')"
    output_field = models.JSONField()


class PublishedEdition(models.Model):
    """One edition of a statement as it was published, with who wrote, sent and approved it beside its hashed text."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    statement = models.ForeignKey(PositionStatement, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField("number")
    slug = models.SlugField("its address, the same for all editions", max_length=100)
    # Text and not JSON, so that it stays byte for byte what its hash was taken of.
    text = models.TextField("what was published, in canonical form")
    sha256 = models.CharField("hash of the text", max_length=64)
    change_note = models.CharField("what changed since the last edition, and why", max_length=2000, blank=True)

    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)

    # For lists and searches; read from the text by the database, so that they cannot say anything else.
    title = GeneratedField(expression=Said("text", name="title"), output_field=models.TextField(), db_persist=True)
    service = GeneratedField(expression=Said("text", name="service"), output_field=models.TextField(), db_persist=True)
    authority = GeneratedField(
        expression=Said("text", name="authority"), output_field=models.TextField(), db_persist=True
    )
    areas = GeneratedField(expression=SaidAreas("text"), output_field=models.JSONField(), db_persist=True)

    class Meta:
        ordering = ["statement", "-number"]
        constraints = [
            models.UniqueConstraint(name="published_edition_number_once", fields=["statement", "number"]),
            models.UniqueConstraint(name="published_edition_address_once", fields=["slug", "number"]),
            models.CheckConstraint(name="published_edition_numbers_from_1", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="published_edition_says_what_changed", condition=Q(number=1) | ~Q(change_note="")
            ),
            models.CheckConstraint(name="published_edition_hash_is_of_its_text", condition=Q(sha256=Sha256("text"))),
            models.CheckConstraint(
                name="published_edition_by_a_second_person",
                condition=~Q(approved_by=F("written_by")) & ~Q(approved_by=F("sent_by")),
                violation_error_message="Another person has to approve it",
            ),
        ]
        triggers = [
            *stays("published_edition"),
            pgtrigger.Trigger(
                name="published_edition_follows_the_last",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=_FOLLOWS,
            ),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number}"

    def get_absolute_url(self) -> str:
        return f"/market-position-statements/{self.slug}/"

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")

    def to_core(self) -> Edition:
        return read(self.text)


class EditionWithdrawal(models.Model):
    """The mark that an edition was taken back. The edition itself stays as it was."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    edition = models.OneToOneField(PublishedEdition, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField("why it was withdrawn")
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="edition_withdrawal_says_why", condition=~Q(reason="")),
            brief("edition_withdrawal", "reason"),
        ]
        triggers = stays("edition_withdrawal")

    def __str__(self) -> str:
        return f"Withdrawal of {self.edition}"
