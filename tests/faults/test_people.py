"""People press twice and change their minds at any instant: one run, and one way to end."""

import random
import threading
import time

import pytest
from django.db import connection

from commissioning import tasks
from commissioning.models import Run, RunBlock
from commissioning.services import runs
from tests.factories.runs import programme, queued

from .town import Town, assert_finished_once, eventually, state_of

pytestmark = [pytest.mark.fault, pytest.mark.slow]
ROUNDS = 20


@pytest.mark.promise("B7")
@pytest.mark.promise("R1")
def test_many_at_once_asking_for_the_same_get_the_one_run(town: Town):
    town.sweeper()
    on = programme()
    threads, found = 8, []

    def ask(barrier: threading.Barrier, seed: int) -> None:
        try:
            barrier.wait()
            found.append(queued(on, draws=300, seed=seed).pk)
        finally:
            connection.close()

    for seed in range(ROUNDS):
        barrier = threading.Barrier(threads)
        crowd = [threading.Thread(target=ask, args=(barrier, seed)) for _ in range(threads)]
        for thread in crowd:
            thread.start()
        for thread in crowd:
            thread.join()

    assert len(found) == threads * ROUNDS
    assert len(set(found)) == Run.objects.count() == ROUNDS
    assert RunBlock.objects.count() == 3 * ROUNDS
    town.worker()
    tasks.hint()
    eventually(lambda: not Run.objects.exclude(state="succeeded").exists())


@pytest.mark.promise("R9")
@pytest.mark.parametrize("rounds", [20, pytest.param(200, marks=pytest.mark.long)])
def test_cancelling_at_any_instant_ends_one_way_and_soon(town: Town, rounds: int):
    town.sweeper()
    town.worker(processes=2)
    on = programme()
    chance = random.Random(1)
    ended, waits = {}, []

    for seed in range(rounds):
        run = queued(on, draws=500, seed=seed, seconds=0.03)
        tasks.hint(2)
        time.sleep(chance.uniform(0, 0.35))
        won = runs.cancel(run=run, by=on.created_by)
        ended[run] = "cancelled" if won else "succeeded"
        held = RunBlock.objects.filter(run=run, state="claimed")
        waits.append(eventually(lambda held=held: not held.exists(), within=5))

    time.sleep(1)
    for run, state in ended.items():
        assert state_of(run) == state
        if state == "succeeded":
            assert_finished_once(run)
    assert "cancelled" in ended.values()
    assert max(waits) < 5
