"""Comparisons of designs and looks at capacity, computed by the product's own worker."""

from datetime import date
from typing import Any

from commissioning.models import Programme, Run
from commissioning.services import run_workers
from markets import services

FEW = 40


def queued(*, programme: Programme, draws: int = FEW, **given: Any) -> Run:
    usual: dict[str, Any] = {"tariffs": [], "is_made_up": True, "seed": 1, "by": programme.created_by}
    return services.diversity_runs.queue(programme=programme, draws=draws, **{**usual, **given})


def finished(*, programme: Programme, **given: Any) -> Run:
    return _worked_off(queued(programme=programme, **given))


def finished_look(programme: Programme, **given: Any) -> Run:
    """Work out who could carry the contract."""
    usual: dict[str, Any] = {"is_made_up": True, "cpv": [], "today": date(2026, 11, 22), "by": programme.created_by}
    return _worked_off(services.capacity_runs.queue(programme=programme, **{**usual, **given}))


def _worked_off(run: Run) -> Run:
    while run_workers.work(worker="test"):
        pass
    run.refresh_from_db()
    assert run.state == Run.State.SUCCEEDED, run.message
    return run
