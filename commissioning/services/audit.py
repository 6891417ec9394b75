"""Writes the audit log: every service that changes something calls record once, within its own transaction."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone

from commissioning import queries
from commissioning.core.audit import fingerprint
from commissioning.models import AuditEntry, Organisation, User


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

    `action` is a short plain phrase such as "changed a price". `detail` says what changed; people in it stand by id
    (`"person": user.pk`), never by name or address. `"name"` is the name of a thing, which the log's page shows.
    """
    _take_turn(organisation)
    last = AuditEntry.objects.filter(organisation=organisation).order_by("-sequence").first()
    entry = AuditEntry(
        organisation=organisation,
        sequence=last.sequence + 1 if last else 1,
        at=timezone.now(),
        by=by,
        action=action,
        target_kind=str(target._meta.verbose_name),
        target_id=str(target.pk),
        # As it reads back from the database, so that the hash can be worked out again from the row.
        detail=json.loads(json.dumps(dict(detail or {}), cls=DjangoJSONEncoder)),
        previous_hash=last.hash if last else "",
    )
    entry.hash = fingerprint(queries.audit.link(entry))
    entry.save(force_insert=True)
    return entry


def _take_turn(organisation: Organisation | None) -> None:
    """Let one writer at a time add to a chain, so that two entries never claim the same place."""
    chain = f"audit {organisation.pk if organisation else ''}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [chain])
