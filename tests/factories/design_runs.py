"""Comparisons of designs, computed by the product's own worker."""

from typing import Any

from commissioning.models import Programme, Run
from commissioning.services import run_workers
from markets import services

FEW = 40


def queued(*, programme: Programme, draws: int = FEW, **given: Any) -> Run:
    usual: dict[str, Any] = {"tariffs": [], "is_made_up": True, "seed": 1, "by": programme.created_by}
    return services.diversity_runs.queue(programme=programme, draws=draws, **{**usual, **given})


def finished(*, programme: Programme, **given: Any) -> Run:
    run = queued(programme=programme, **given)
    while run_workers.work(worker="test"):
        pass
    run.refresh_from_db()
    assert run.state == Run.State.SUCCEEDED, run.message
    return run
