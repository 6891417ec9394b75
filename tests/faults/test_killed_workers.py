"""Workers are killed, frozen and cut off from the database: the figures are the same, and there is one result."""

import os
import signal
import time
from pathlib import Path

import pytest
from django.db import connection

from commissioning import tasks
from commissioning.models import Run, RunBlock
from commissioning.processes.children import Child
from tests.factories.runs import queued

from .town import Town, assert_finished_once, blocks_done, eventually, state_of

pytestmark = [pytest.mark.fault, pytest.mark.slow]


def pool_process_of(worker: Child) -> int:
    number = worker.process.pid
    return int(Path(f"/proc/{number}/task/{number}/children").read_text().split()[0])


def frozen_at_work(worker: Child, run: Run) -> bool:
    """Freeze the worker if it has a block in hand, so that killing it is sure to cost that block."""
    os.killpg(worker.process.pid, signal.SIGSTOP)
    if RunBlock.objects.filter(run=run, state="claimed").exists():
        return True
    os.killpg(worker.process.pid, signal.SIGCONT)
    return False


@pytest.mark.promise("R1")
@pytest.mark.promise("R2")
@pytest.mark.promise("R3")
def test_a_killed_worker_costs_less_than_a_minute_and_no_figure(town: Town):
    town.sweeper()
    doomed = town.worker("doomed")
    run = queued(draws=1500, seconds=0.3)
    tasks.hint()
    eventually(lambda: blocks_done(run) >= 2)

    eventually(lambda: frozen_at_work(doomed, run))
    doomed.kill_group()
    killed_with = blocks_done(run)
    town.worker("heir")
    resumed_after = eventually(lambda: blocks_done(run) > killed_with, within=60)
    eventually(lambda: state_of(run) == "succeeded")

    assert resumed_after < 60
    assert_finished_once(run)
    assert max(run.blocks.values_list("attempt", flat=True)) == 2


@pytest.mark.promise("R1")
@pytest.mark.promise("R3")
def test_a_killed_child_of_a_worker_is_replaced(town: Town):
    town.sweeper()
    worker = town.worker()
    run = queued(draws=1200, seconds=0.3)
    tasks.hint()
    eventually(lambda: blocks_done(run) >= 2)

    os.kill(pool_process_of(worker), signal.SIGKILL)
    eventually(lambda: state_of(run) == "succeeded", within=60)

    assert_finished_once(run)


@pytest.mark.promise("R4")
def test_a_frozen_worker_that_wakes_late_is_refused(town: Town):
    town.sweeper()
    sleeper = town.worker("sleeper")
    run = queued(draws=800, seconds=1)
    tasks.hint()
    held = RunBlock.objects.filter(run=run, state="claimed", worker__contains="sleeper")
    eventually(held.exists)

    os.killpg(sleeper.process.pid, signal.SIGSTOP)
    frozen = held.get()
    town.worker("heir")
    eventually(lambda: RunBlock.objects.get(pk=frozen.pk).attempt == 2, within=60)
    os.killpg(sleeper.process.pid, signal.SIGCONT)
    eventually(lambda: state_of(run) == "succeeded")

    assert_finished_once(run)
    after = RunBlock.objects.get(pk=frozen.pk)
    assert (after.attempt, "heir" in after.worker) == (2, True)
    # It did wake and try: without this the test would pass for a worker that merely died.
    eventually(lambda: f"Block {frozen.index} of run {run.pk} came too late" in town.log("sleeper"), within=10)


@pytest.mark.promise("R1")
def test_cutting_every_database_connection_costs_a_retry_at_most(town: Town):
    town.sweeper()
    town.worker()
    run = queued(draws=1000, seconds=0.2)
    tasks.hint()
    eventually(lambda: blocks_done(run) >= 2)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    eventually(lambda: state_of(run) == "succeeded", within=60)

    assert_finished_once(run)


@pytest.mark.promise("R1")
def test_ten_times_the_messages_give_each_block_once(town: Town):
    town.sweeper()
    town.worker("one")
    town.worker("two")
    run = queued(draws=1000, seconds=0.05)

    for _ in range(3):
        tasks.hint(10)
    eventually(lambda: state_of(run) == "succeeded")
    tasks.hint(10)
    time.sleep(1)

    assert_finished_once(run)
    assert set(run.blocks.values_list("attempt", flat=True)) == {1}
