"""Imports change hands here: claimed under a lease by the database's clock, kept by its token, tried three times.

While rows are staged the lease is renewed every second. While they go in, the import's row is locked by the
transaction that puts them in, so that nobody else can claim it however long that takes.
"""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from markets.models import Import

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3
FORGET_DRAFTS_AFTER = timedelta(days=7)
STOPPED_TOO_OFTEN = (
    f"The import stopped {MOST_ATTEMPTS} times before its end, so it was given up. Nothing of it went in. "
    "Nothing else is affected. Try again with a smaller file, or send your administrator the import's number."
)
STOPPED = "The command that brought the file in was stopped. Nothing of it went in. Run it again."


class LostError(Exception):
    """The import is no longer this worker's: cancelled, or given to another."""


def free() -> Q:
    """Select the imports that nobody works on."""
    return Q(state=Import.State.QUEUED) | Q(state=Import.State.RUNNING, lease_until__lte=Now())


def claimable() -> QuerySet[Import]:
    """Return the imports that a worker may claim now: only files that were handed over can be read elsewhere."""
    return Import.objects.filter(free(), attempt__lt=MOST_ATTEMPTS).exclude(files=None)


@transaction.atomic
def claim() -> Import | None:
    """Take the import that has waited longest under a new lease."""
    found = claimable().order_by("created_at").select_for_update(skip_locked=True, of=("self",)).first()
    if found is None:
        return None
    take(found)
    return found


def take(found: Import) -> None:
    """Start working on an import, from its beginning."""
    Import.objects.filter(pk=found.pk).update(
        state=Import.State.RUNNING,
        started_at=Now(),
        attempt=F("attempt") + 1,
        lease_token=uuid4(),
        lease_until=Now() + LEASE,
        bytes_done=0,
        rows_read=0,
        fault_count=0,
    )
    found.refresh_from_db()


def renew(held: Import, *, bytes_done: int, rows_read: int, fault_count: int) -> None:
    """Say how far it is, and keep the lease; raise LostError where it is no longer ours."""
    mine = Import.objects.filter(pk=held.pk, state=Import.State.RUNNING, lease_token=held.lease_token)
    if not mine.update(bytes_done=bytes_done, rows_read=rows_read, fault_count=fault_count, lease_until=Now() + LEASE):
        raise LostError


def hold(held: Import) -> None:
    """Lock the import's row until this transaction ends; raise LostError where it is no longer ours."""
    mine = Import.objects.select_for_update(of=("self",)).filter(
        pk=held.pk, state=Import.State.RUNNING, lease_token=held.lease_token
    )
    if not mine.exists():
        raise LostError
