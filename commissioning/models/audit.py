"""The audit log: one row for every write, which the database refuses to change or delete."""

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from .people import Organisation, User


class AuditEntry(models.Model):
    """Who did what to which thing, and when.

    The entries of an organisation form a chain: each holds the hash of the one before, so that a
    missing or altered entry shows. Details name things by id and hold no personal data, so that a
    person can be forgotten without breaking the chain.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="audit_entries"
    )
    sequence = models.PositiveIntegerField("place in the organisation's chain")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="audit_entries")
    action = models.CharField(max_length=80)
    target_kind = models.CharField(max_length=60)
    target_id = models.CharField(max_length=60)
    detail = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-sequence"]
        verbose_name_plural = "audit entries"
        constraints = [
            models.UniqueConstraint(
                name="audit_entry_one_for_each_place", fields=["organisation", "sequence"], nulls_distinct=False
            ),
        ]
        indexes = [
            models.Index(name="audit_entry_by_action", fields=["organisation", "action", "-sequence"]),
            models.Index(name="audit_entry_by_target", fields=["target_id", "-at"]),
        ]
        triggers = [
            pgtrigger.Protect(name="rows_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="table_stays",
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target_kind}"
