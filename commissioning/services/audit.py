"""Writes the audit log: every service that changes something calls record once, within its own transaction."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone

from commissioning.models import AuditEntry, Organisation, User


def fingerprint(entry: AuditEntry) -> str:
    """Hash everything an entry says, and the hash of the entry before it."""
    said = {
        "organisation": entry.organisation_id,
        "sequence": entry.sequence,
        "at": entry.at.isoformat(),
        "by": entry.by_id,
        "action": entry.action,
        "target": [entry.target_kind, entry.target_id],
        "detail": entry.detail,
        "previous": entry.previous_hash,
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def record(
    *,
    by: User | None,
    action: str,
    target: models.Model,
    organisation: Organisation | None,
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Add one entry to the organisation's chain.

    `action` is a short plain phrase such as "changed a price"; `detail` names things by id and never holds a
    person's name or address.
    """
    # One writer at a time for each chain, so that two entries never claim the same place.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"audit {organisation and organisation.pk}"]
        )
    last = AuditEntry.objects.filter(organisation=organisation).order_by("-sequence").first()
    entry = AuditEntry(
        organisation=organisation,
        sequence=last.sequence + 1 if last else 1,
        at=timezone.now(),
        by=by,
        action=action,
        target_kind=str(target._meta.verbose_name),
        target_id=str(target.pk),
        # Stored as JSON reads it back, so that the hash can be worked out again from the row.
        detail=json.loads(json.dumps(dict(detail or {}), cls=DjangoJSONEncoder)),
        previous_hash=last.hash if last else "",
    )
    entry.hash = fingerprint(entry)
    entry.full_clean()
    entry.save(force_insert=True)
    return entry
