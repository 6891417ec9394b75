"""Reads runs: whose they are, and how far one has come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Now

from commissioning.models import Run, RunBlock, User
from commissioning.models.runs import ACTIVE

from . import programmes

SILENT_AFTER = timedelta(seconds=15)


@dataclass(frozen=True)
class Progress:
    """How far a run has come, as the database stands now."""

    run: UUID
    state: str
    message: str
    blocks: int
    blocks_done: int
    draws: int
    draws_done: int
    estimate: dict[str, Any] | None
    started_at: datetime | None
    seconds: float  # since it started, or from start to end
    is_silent: bool  # running, but no worker was heard of for a while
    by_block: bool = False  # blocks are counted, and not draws

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def share(self) -> float:
        """The share done, from 0 to 1; never 1 before the result is written."""
        if self.state == Run.State.SUCCEEDED:
            return 1.0
        return min(self.done / self.asked, 0.99)

    @property
    def done(self) -> int:
        return self.blocks_done if self.by_block else self.draws_done

    @property
    def asked(self) -> int:
        return self.blocks if self.by_block else self.draws


def visible_to(user: User | AnonymousUser) -> QuerySet[Run]:
    """Give the runs of the programmes that the person may read."""
    return Run.objects.filter(programme__in=programmes.visible_to(user))


def cancellable_by(user: User | AnonymousUser) -> QuerySet[Run]:
    """Give the runs of the programmes that the person may change."""
    return Run.objects.filter(programme__in=programmes.editable_by(user))


def without_results(runs: QuerySet[Run]) -> QuerySet[Run]:
    """Leave the long texts behind, for lists."""
    return runs.defer("inputs_json", "result_json", "estimate")


def progress(run: Run, *, by_block: bool = False) -> Progress:
    """Count what is done, draws or blocks, in one query, so that a page tells the truth about a run."""
    done = Q(blocks__state=RunBlock.State.DONE)
    row = (
        Run.objects.filter(pk=run.pk)
        .annotate(
            blocks_asked=Count("blocks"),
            blocks_done=Count("blocks", filter=done),
            draws_done=Coalesce(Sum("blocks__draws", filter=done), 0),
            heard=Max("blocks__heartbeat_at"),
            now=Now(),
            seconds=Coalesce(F("finished_at"), Now()) - Coalesce(F("started_at"), F("finished_at"), Now()),
        )
        .values()
        .get()
    )
    last_sign = max(filter(None, [row["heard"], row["started_at"], row["created_at"]]))
    return Progress(
        run=run.pk,
        state=row["state"],
        message=row["message"],
        blocks=row["blocks_asked"],
        blocks_done=row["blocks_done"],
        draws=row["draws"],
        draws_done=row["draws_done"],
        estimate=row["estimate"],
        started_at=row["started_at"],
        seconds=row["seconds"].total_seconds(),
        is_silent=row["state"] in ACTIVE and row["now"] - last_sign > SILENT_AFTER,
        by_block=by_block,
    )
