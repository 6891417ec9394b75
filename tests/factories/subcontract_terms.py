"""Searches for what a prime would have to keep or grant, computed by the product's own worker."""

from commissioning.models import Programme, Run
from commissioning.services import run_workers
from tariffs import services


def queued(*, programme: Programme, provider: str = "") -> Run:
    key = provider or programme.archetypes.latest("place").key
    return services.subcontract_terms.queue(programme=programme, provider=key, by=programme.created_by)


def finished(*, programme: Programme, provider: str = "") -> Run:
    run = queued(programme=programme, provider=provider)
    while run_workers.work(worker="test"):
        pass
    run.refresh_from_db()
    assert run.state == Run.State.SUCCEEDED, run.message
    return run
