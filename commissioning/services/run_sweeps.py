"""What the sweeper does each round: it reads the database alone, so that no loss of messages loses work."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from commissioning.models import Run, RunBlock
from commissioning.models.runs import ACTIVE

from . import kept_texts, run_blocks, run_merges, runs, works

SILENCE = timedelta(seconds=5)
ABANDONED_AFTER = timedelta(minutes=10)
MOST_HINTS = 32
ENGINE_GONE = (
    "The model was renewed while this run waited, and nothing computes with the old version any more. "
    "Start the run again to use the new one."
)


@dataclass(frozen=True)
class Sweep:
    """What one round did, and how many messages are to be sent because of it."""

    ended: int
    hints: int


@transaction.atomic
def sweep() -> Sweep:
    """Do one round, unless another sweeper is at it just now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('sweep', 0))")
        if cursor.fetchone() != (True,):
            return Sweep(ended=0, hints=0)
    kept_texts.forget_old()
    ended = run_blocks.end_exhausted() + run_merges.end_exhausted() + _end_without_engine()
    return Sweep(ended=ended, hints=_hints_due())


def _hints_due() -> int:
    """Count the messages to send: many where nobody works, one more where somebody does but work waits."""
    waiting = Run.objects.filter(
        Q(hinted_at__lte=Now() - SILENCE) | Q(hinted_at__gt=Now() + SILENCE),
        Q(pk__in=run_blocks.claimable().values("run")) | Q(pk__in=run_merges.mergeable().values("pk")),
        state__in=ACTIVE,
    )
    told = list(waiting.values_list("pk", flat=True))
    if not told:
        return 0
    Run.objects.filter(pk__in=told).update(hinted_at=Now())
    if _somebody_works():
        return 1
    return min(MOST_HINTS, run_blocks.claimable().count() or 1)


def _somebody_works() -> bool:
    held = RunBlock.objects.filter(state=RunBlock.State.CLAIMED, run__state__in=ACTIVE)
    return held.exclude(run_blocks.lapsed("lease_until")).exists()


def _end_without_engine() -> int:
    """End the runs that no worker has touched for long because their engine's version is gone."""
    return sum(runs.fail(run=run, message=ENGINE_GONE) for run in _without_engine())


def _without_engine() -> QuerySet[Run]:
    recent = RunBlock.objects.filter(run=OuterRef("pk"), heartbeat_at__gt=Now() - ABANDONED_AFTER)
    old = Run.objects.filter(state__in=ACTIVE, created_at__lt=Now() - ABANDONED_AFTER)
    return old.exclude(works.computable()).exclude(Exists(recent))
