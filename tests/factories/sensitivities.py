"""Analyses of which evidence matters most, computed by the product's own worker."""

from commissioning.models import Run
from commissioning.services import run_workers
from tariffs import services
from tariffs.models import Tariff


def queued(*, tariff: Tariff) -> Run:
    return services.sensitivities.queue(tariff=tariff, by=tariff.programme.created_by)


def finished(*, tariff: Tariff) -> Run:
    run = queued(tariff=tariff)
    while run_workers.work(worker="test"):
        pass
    run.refresh_from_db()
    assert run.state == Run.State.SUCCEEDED, run.message
    return run
