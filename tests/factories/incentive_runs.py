"""Incentive runs of a programme, computed by the product's own worker."""

from commissioning.models import Programme, Run
from commissioning.services import run_workers
from tariffs import services

FEW = 64


def queued(*, programme: Programme, draws: int = FEW, seed: int = 1) -> Run:
    return services.incentive_runs.queue(programme=programme, draws=draws, seed=seed, by=programme.created_by)


def finished(*, programme: Programme, draws: int = FEW, seed: int = 1) -> Run:
    run = queued(programme=programme, draws=draws, seed=seed)
    while run_workers.work(worker="test"):
        pass
    run.refresh_from_db()
    assert run.state == Run.State.SUCCEEDED, run.message
    return run
