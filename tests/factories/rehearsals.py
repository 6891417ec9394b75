"""Rehearsals of bad times, computed by the product's own worker."""

from commissioning.models import Run
from commissioning.services import run_workers
from tariffs import services
from tariffs.core.rehearsals import Clause, Relief, Shock, ShockKind, Trigger
from tariffs.models import Tariff

FEW = 64
FEWER_PEOPLE = Shock(ShockKind.REFERRALS, 0.5)
HALF_FORGIVEN = Clause(Trigger.INCOME, 0.9, 6, Relief.FORGIVE, 0.5)


def queued(*, tariff: Tariff, shock: Shock = FEWER_PEOPLE, clause: Clause | None = HALF_FORGIVEN) -> Run:
    by = tariff.programme.created_by
    return services.rehearsals.queue(tariff=tariff, shock=shock, clause=clause, draws=FEW, seed=1, by=by)


def finished(*, tariff: Tariff, shock: Shock = FEWER_PEOPLE, clause: Clause | None = HALF_FORGIVEN) -> Run:
    run = queued(tariff=tariff, shock=shock, clause=clause)
    while run_workers.work(worker="test"):
        pass
    run.refresh_from_db()
    assert run.state == Run.State.SUCCEEDED, run.message
    return run
