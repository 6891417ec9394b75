"""Searches for what would cure a tariff, computed by the product's own worker."""

from commissioning.models import Programme, Run
from commissioning.services import run_workers
from tariffs import services
from tariffs.models import Tariff


def queued(*, programme: Programme, tariff: Tariff | None = None, limit: float = 0.1, provider: str = "") -> Run:
    tariff = tariff or programme.tariff
    key = provider or programme.archetypes.order_by("place")[0].key
    return services.repair_runs.queue(tariff=tariff, provider=key, limit=limit, by=programme.created_by)


def finished(*, programme: Programme, tariff: Tariff | None = None, limit: float = 0.1, provider: str = "") -> Run:
    run = queued(programme=programme, tariff=tariff, limit=limit, provider=provider)
    while run_workers.work(worker="test"):
        pass
    run.refresh_from_db()
    assert run.state == Run.State.SUCCEEDED, run.message
    return run
