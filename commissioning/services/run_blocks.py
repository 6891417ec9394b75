"""Blocks change hands here: claimed under a lease, finished only by the holder of its token, tried three times at most.

Locks are always taken in one order, the run before its block, so that no two workers wait for each other.
"""

from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now

from commissioning.models import Run, RunBlock
from commissioning.models.runs import ACTIVE

from . import runs, works

MOST_ATTEMPTS = 3
STOPPED_TOO_OFTEN = (
    f"The same part of this run stopped {MOST_ATTEMPTS} times, so the run was ended and no result was kept. "
    "Nothing else is affected. Start it again, with fewer draws if it is large; if it fails again, "
    "send your administrator the run's number."
)


def lease() -> timedelta:
    """How long a silent worker keeps what it claimed."""
    return timedelta(seconds=settings.RUN_LEASE_SECONDS)


def lapsed(field: str) -> Q:
    """Select leases that are over, or that end so late that only a wrong clock can have written them."""
    return Q(**{f"{field}__lte": Now()}) | Q(**{f"{field}__gt": Now() + 3 * lease()})


def free() -> Q:
    """Select the blocks that nobody works on."""
    return Q(state=RunBlock.State.WAITING) | (Q(state=RunBlock.State.CLAIMED) & lapsed("lease_until"))


def claimable() -> QuerySet[RunBlock]:
    """Return the blocks that a worker may claim now."""
    return RunBlock.objects.filter(free(), run__state__in=ACTIVE, attempt__lt=MOST_ATTEMPTS)


def runs_in_turn() -> QuerySet[Run]:
    """Return the runs with blocks to claim that this process can compute, in the order that is fair.

    The organisation with the fewest blocks in hand comes first, then the one served longest ago, so that nobody
    waits behind another's long queue. Within an organisation the first asked is the first served.
    """
    theirs = RunBlock.objects.filter(
        run__programme__organisation=OuterRef("programme__organisation"), run__state__in=ACTIVE
    ).order_by()
    one = theirs.values("run__programme__organisation")
    in_hand = one.filter(state=RunBlock.State.CLAIMED, lease_until__gt=Now()).annotate(n=Count("pk")).values("n")
    served = one.annotate(last=Max("heartbeat_at")).values("last")
    return (
        Run.objects.filter(works.computable(), state__in=ACTIVE, pk__in=Subquery(claimable().values("run")))
        .annotate(in_hand=Coalesce(Subquery(in_hand), 0), served=Subquery(served))
        .order_by("in_hand", F("served").asc(nulls_first=True), "created_at")
    )


@transaction.atomic
def claim(*, run: Run, worker: str) -> RunBlock | None:
    """Take the next free block of a run under a new lease, by the database's clock."""
    Run.objects.filter(pk=run.pk, state=Run.State.QUEUED).update(state=Run.State.RUNNING, started_at=Now())
    if not _hold(run.pk):
        return None
    found = claimable().filter(run=run).order_by("index")
    block = found.select_for_update(skip_locked=True, of=("self",)).first()
    if block is None:
        return None
    RunBlock.objects.filter(pk=block.pk).update(
        state=RunBlock.State.CLAIMED,
        attempt=F("attempt") + 1,
        worker=worker,
        lease_token=uuid4(),
        lease_until=Now() + lease(),
        heartbeat_at=Now(),
    )
    block.refresh_from_db()
    return block


@transaction.atomic
def finish(*, block: RunBlock, payload: bytes) -> bool:
    """Store a block's figures. A worker whose lease went to another is refused, and its figures thrown away."""
    held = _hold(block.run_id)
    return held and _release(block.pk, block.lease_token, state=RunBlock.State.DONE, payload=payload)


@transaction.atomic
def give_up(*, block: RunBlock) -> bool:
    """Hand a block back after an error; the third time ends its run."""
    run = Run.objects.select_for_update(no_key=True).get(pk=block.run_id)
    released = _release(block.pk, block.lease_token, state=RunBlock.State.WAITING)
    if released and block.attempt >= MOST_ATTEMPTS:
        runs.fail(run=run, message=STOPPED_TOO_OFTEN)
    return released


def _hold(run: UUID) -> bool:
    """Keep an active run from ending until this transaction does; any number of workers may hold it at once."""
    with connection.cursor() as cursor:
        # Django has no word for a shared lock.
        cursor.execute(
            f"SELECT 1 FROM {Run._meta.db_table} WHERE id = %s AND state = ANY(%s) FOR SHARE", [run, [*ACTIVE]]
        )
        return cursor.fetchone() is not None


def _release(pk: int, token: UUID | None, **changes: object) -> bool:
    mine = RunBlock.objects.filter(pk=pk, state=RunBlock.State.CLAIMED, lease_token=token)
    return bool(mine.update(lease_token=None, lease_until=None, heartbeat_at=Now(), **changes))


def end_exhausted() -> int:
    """End the runs with a block that stopped its worker three times and will not be tried again."""
    spent = RunBlock.objects.filter(free(), run__state__in=ACTIVE, attempt__gte=MOST_ATTEMPTS)
    exhausted = Run.objects.filter(pk__in=spent.values("run"))
    return sum(runs.fail(run=run, message=STOPPED_TOO_OFTEN) for run in exhausted)
