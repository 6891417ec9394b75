"""The broker dies, comes back empty, freezes or is not there: it costs time, and no run."""

import os
import signal
import time

import pytest

from commissioning import tasks
from tests.factories.runs import programme, queued

from .town import Town, assert_finished_once, blocks_done, eventually, state_of

pytestmark = [pytest.mark.fault, pytest.mark.slow, pytest.mark.promise("R6")]


def test_a_broker_that_comes_back_empty_mid_run_loses_nothing(town: Town):
    town.sweeper()
    town.worker(processes=2)
    on = programme()
    batch = [queued(on, draws=800, seed=seed, seconds=0.2) for seed in range(3)]
    tasks.hint(8)
    eventually(lambda: blocks_done(batch[0]) >= 2)

    town.restart_broker()
    for run in batch:
        eventually(lambda run=run: state_of(run) == "succeeded", within=60)

    for run in batch:
        assert_finished_once(run)


def test_without_a_broker_a_run_is_accepted_at_once_and_done_when_it_returns(town: Town):
    town.broker.kill_group()
    run = queued(draws=300)

    started = time.monotonic()
    told = tasks.hint()
    waited = time.monotonic() - started
    town.sweeper()
    town.broker.start()
    town.worker()
    back_after = eventually(lambda: state_of(run) == "succeeded", within=30)

    assert not told
    assert waited < 2
    assert back_after < 30
    assert_finished_once(run)


def test_a_frozen_broker_holds_up_the_person_for_two_seconds_at_most(town: Town):
    run = queued(draws=300)
    os.kill(town.broker.process.pid, signal.SIGSTOP)

    started = time.monotonic()
    told = tasks.hint()
    waited = time.monotonic() - started
    os.kill(town.broker.process.pid, signal.SIGCONT)
    town.sweeper()
    town.worker()
    eventually(lambda: state_of(run) == "succeeded", within=30)

    assert not told
    assert waited < 2.5
    assert_finished_once(run)


@pytest.mark.promise("R7")
def test_a_broker_that_restarts_three_times_in_three_seconds_stops_no_worker(town: Town):
    town.sweeper()
    town.worker()
    for _ in range(3):
        town.restart_broker()
        time.sleep(1)

    run = queued(draws=300)
    tasks.hint()
    consuming_after = eventually(lambda: state_of(run) == "succeeded", within=60)

    assert consuming_after < 30
    assert_finished_once(run)
