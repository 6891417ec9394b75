"""The sweeper finds what waits without a worker knowing, and ends what cannot go on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now

from commissioning.models import Run, RunBlock
from commissioning.services import run_blocks, run_merges, run_sweeps, runs
from tests.factories.runs import programme, queued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dart_work")]


def silence(seconds: float = 6) -> None:
    Run.objects.update(hinted_at=Now() - timedelta(seconds=seconds))


def lapse_leases() -> None:
    past = Now() - timedelta(seconds=1)
    RunBlock.objects.filter(state="claimed").update(lease_until=past, heartbeat_at=past - timedelta(seconds=30))


def test_a_run_whose_message_may_still_arrive_is_left_alone():
    queued()

    assert run_sweeps.sweep().hints == 0


@pytest.mark.promise("R6")
def test_a_run_that_nobody_takes_up_is_hinted_again_for_each_block():
    queued(draws=350)
    silence()

    assert run_sweeps.sweep().hints == 4
    assert run_sweeps.sweep().hints == 0


@pytest.mark.promise("R6")
def test_many_waiting_blocks_do_not_flood_the_broker():
    queued(draws=100_000)
    silence()

    assert run_sweeps.sweep().hints == run_sweeps.MOST_HINTS


def test_while_somebody_works_one_more_is_called():
    run = queued(draws=350)
    run_blocks.claim(run=run, worker="w")
    silence()

    assert run_sweeps.sweep().hints == 1


@pytest.mark.promise("R11")
def test_a_run_hinted_in_the_future_is_not_forgotten():
    queued(draws=100)
    silence(-3600)

    assert run_sweeps.sweep().hints == 1


@pytest.mark.promise("R3")
def test_a_lost_workers_block_is_hinted():
    run = queued(draws=100)
    run_blocks.claim(run=run, worker="lost")
    lapse_leases()
    silence()

    assert run_sweeps.sweep().hints == 1


@pytest.mark.promise("R11")
def test_a_complete_run_that_nobody_merged_is_hinted():
    run = queued(draws=100)
    run_blocks.finish(block=run_blocks.claim(run=run, worker="lost"), payload=b"[100, 80]")
    silence()

    assert run_sweeps.sweep().hints == 1


@pytest.mark.promise("R11")
def test_an_exhausted_merge_is_ended():
    run = queued(draws=100)
    run_blocks.finish(block=run_blocks.claim(run=run, worker="w"), payload=b"[100, 80]")
    for _ in range(3):
        Run.objects.filter(pk=run_merges.claim().pk).update(merge_until=Now() - timedelta(seconds=1))

    assert run_sweeps.sweep().ended == 1


@pytest.mark.promise("R11")
def test_finished_and_cancelled_runs_are_never_hinted():
    run = queued()
    runs.cancel(run=run, by=run.created_by)
    silence()

    assert run_sweeps.sweep() == run_sweeps.Sweep(ended=0, hints=0)


def of_an_old_engine(**moments: object) -> Run:
    on = programme()
    run = Run(programme=on, created_by=on.created_by, kind="pi", engine="darts-0", inputs_json="{}", seed=1, draws=1)
    run.inputs_sha256 = "0" * 64
    run.save(force_insert=True)
    run.blocks.create(index=0, draws=1, **moments)
    return run


@pytest.mark.promise("R11")
def test_a_run_whose_engine_is_gone_ends_with_a_plain_reason(monkeypatch: pytest.MonkeyPatch):
    run = of_an_old_engine()
    monkeypatch.setattr(run_sweeps, "ABANDONED_AFTER", timedelta(0))

    assert run_sweeps.sweep().ended == 1
    run.refresh_from_db()
    assert "Start the run again" in run.message


def test_a_run_that_older_workers_still_compute_is_left_to_them():
    run = of_an_old_engine(heartbeat_at=Now())

    assert run_sweeps.sweep().ended == 0
    run.refresh_from_db()
    assert run.state == Run.State.QUEUED


def test_two_sweepers_at_once_do_the_round_once():
    queued(draws=100)
    silence()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended('sweep', 0))")

        found = run_sweeps.sweep()
    other.close()

    assert found == run_sweeps.Sweep(ended=0, hints=0)
