"""The end of a run: its blocks become one result, made by exactly one worker under a lease like a block's."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from commissioning.models import Run, RunBlock

from . import runs, works
from .run_blocks import MOST_ATTEMPTS, STOPPED_TOO_OFTEN, lapsed, lease

ESTIMATE_EVERY = timedelta(seconds=1)


def complete() -> QuerySet[Run]:
    """Return the runs whose blocks are all done and whose result is not written yet."""
    unfinished = RunBlock.objects.filter(run=OuterRef("pk")).exclude(state=RunBlock.State.DONE)
    return Run.objects.filter(~Exists(unfinished), state=Run.State.RUNNING)


def mergeable() -> QuerySet[Run]:
    """Return the complete runs that nobody merges now."""
    idle = Q(merge_until=None) | lapsed("merge_until")
    return complete().filter(idle, merge_attempt__lt=MOST_ATTEMPTS)


def claim() -> Run | None:
    """Take the merge of a complete run under a new lease."""
    with transaction.atomic():
        run = (
            mergeable()
            .filter(works.computable())
            .order_by("created_at")
            .select_for_update(skip_locked=True, no_key=True, of=("self",))
            .first()
        )
        if run is None:
            return None
        Run.objects.filter(pk=run.pk).update(
            merge_attempt=F("merge_attempt") + 1, merge_token=uuid4(), merge_until=Now() + lease()
        )
        run.refresh_from_db()
    return run


def merge(*, run: Run) -> bool:
    """Make the result and write it, unless the lease went to another in the meantime."""
    result = works.get(run.kind).merge(run.inputs, run.seed, run.draws, payloads_of(run))
    return runs.succeed(run=run, token=str(run.merge_token), result=result)


@transaction.atomic
def give_up(*, run: Run) -> bool:
    """Hand a merge back after an error; the third time ends the run."""
    mine = Run.objects.filter(pk=run.pk, state=Run.State.RUNNING, merge_token=run.merge_token)
    released = bool(mine.update(merge_token=None, merge_until=None))
    if released and run.merge_attempt >= MOST_ATTEMPTS:
        runs.fail(run=run, message=STOPPED_TOO_OFTEN)
    return released


def end_exhausted() -> int:
    """End the runs whose merge stopped its worker three times."""
    exhausted = complete().filter(Q(merge_until=None) | lapsed("merge_until"), merge_attempt__gte=MOST_ATTEMPTS)
    return sum(runs.fail(run=run, message=STOPPED_TOO_OFTEN) for run in exhausted)


def payloads_of(run: Run) -> Iterator[bytes]:
    """Give the figures of the blocks that are done, in order, a few at a time so that long runs fit in memory."""
    done = run.blocks.filter(state=RunBlock.State.DONE).order_by("index").values_list("payload", flat=True)
    return (bytes(payload) for payload in done.iterator(chunk_size=16) if payload is not None)


def refresh_estimate(*, run: Run) -> bool:
    """Renew what the pages show so far, at most once a second whoever asks."""
    due = Q(estimated_at=None) | Q(estimated_at__lte=Now() - ESTIMATE_EVERY)
    running = Run.objects.filter(pk=run.pk, state=Run.State.RUNNING)
    if not running.filter(due).update(estimated_at=Now()):
        return False
    estimate = works.get(run.kind).estimate(run.inputs, payloads_of(run))
    return bool(running.update(estimate=estimate))
