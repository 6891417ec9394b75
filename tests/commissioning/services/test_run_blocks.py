"""A block belongs to one worker at a time, and whoever comes late is refused."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from commissioning.models import Run, RunBlock
from commissioning.services import run_blocks, runs
from tests.factories.runs import editor, programme, queued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dart_work")]


def move_lease(block: RunBlock, *, by: timedelta) -> None:
    RunBlock.objects.filter(pk=block.pk).update(lease_until=Now() + by, heartbeat_at=Now() + by - timedelta(hours=1))


def test_claiming_takes_the_first_free_block_and_starts_the_run():
    run = queued()

    block = run_blocks.claim(run=run, worker="w1")

    run.refresh_from_db()
    assert run.state == Run.State.RUNNING
    assert run.started_at is not None
    assert (block.index, block.attempt, block.worker) == (0, 1, "w1")


def test_two_workers_never_hold_the_same_block():
    run = queued(draws=400)

    held = [run_blocks.claim(run=run, worker=str(number)) for number in range(5)]

    assert [block and block.index for block in held] == [0, 1, 2, 3, None]


@pytest.mark.promise("R3")
def test_a_block_whose_worker_went_silent_is_taken_over():
    run = queued(draws=100)
    lost = run_blocks.claim(run=run, worker="lost")
    move_lease(lost, by=-timedelta(seconds=1))

    block = run_blocks.claim(run=run, worker="next")

    assert (block.pk, block.attempt, block.worker) == (lost.pk, 2, "next")
    assert block.lease_token != lost.lease_token


def test_a_lease_that_only_a_wrong_clock_can_have_written_is_taken_over():
    run = queued(draws=100)
    block = run_blocks.claim(run=run, worker="ahead")
    move_lease(block, by=timedelta(days=1))

    assert run_blocks.claim(run=run, worker="next") is not None


@pytest.mark.promise("R4")
def test_a_late_worker_is_refused_and_its_figures_thrown_away():
    run = queued(draws=100)
    late = run_blocks.claim(run=run, worker="late")
    move_lease(late, by=-timedelta(seconds=1))
    current = run_blocks.claim(run=run, worker="current")

    assert not run_blocks.finish(block=late, payload=b"late")
    assert not run_blocks.give_up(block=late)
    assert run_blocks.finish(block=current, payload=b"current")
    assert bytes(run.blocks.get().payload) == b"current"


def test_a_block_is_finished_once():
    run = queued(draws=100)
    block = run_blocks.claim(run=run, worker="w")

    assert run_blocks.finish(block=block, payload=b"once")
    assert not run_blocks.finish(block=block, payload=b"twice")
    assert bytes(run.blocks.get().payload) == b"once"


@pytest.mark.promise("R9")
def test_a_block_of_a_cancelled_run_is_thrown_away():
    run = queued(draws=100)
    block = run_blocks.claim(run=run, worker="w")
    runs.cancel(run=run, by=run.created_by)

    assert not run_blocks.finish(block=block, payload=b"figures")
    assert run_blocks.claim(run=run, worker="w") is None
    assert run.blocks.get().payload is None


@pytest.mark.promise("R5")
def test_the_third_error_in_one_place_ends_the_run_with_a_plain_reason():
    run = queued(draws=100)

    for _ in range(3):
        run_blocks.give_up(block=run_blocks.claim(run=run, worker="w"))

    run.refresh_from_db()
    assert run.state == Run.State.FAILED
    assert "stopped 3 times" in run.message


@pytest.mark.promise("R5")
def test_a_block_that_kills_its_worker_three_times_ends_the_run():
    run = queued(draws=100)
    for _ in range(3):
        move_lease(run_blocks.claim(run=run, worker="dies"), by=-timedelta(seconds=1))

    assert run_blocks.claim(run=run, worker="next") is None
    assert run_blocks.end_exhausted() == 1
    run.refresh_from_db()
    assert run.state == Run.State.FAILED


def test_a_third_attempt_in_progress_is_left_alone():
    run = queued(draws=100)
    for _ in range(2):
        move_lease(run_blocks.claim(run=run, worker="dies"), by=-timedelta(seconds=1))
    run_blocks.claim(run=run, worker="works")

    assert run_blocks.end_exhausted() == 0


def test_runs_of_an_engine_that_this_process_lacks_are_not_its_turn():
    run = queued()
    Run.objects.bulk_create(
        [
            Run(
                kind="pi",
                programme=run.programme,
                created_by=run.created_by,
                inputs_json="{}",
                inputs_sha256="0" * 64,
                seed=1,
                draws=1,
                engine="darts-0",
            )
        ]
    )

    assert list(run_blocks.runs_in_turn()) == [run]


@pytest.mark.promise("R13")
def test_an_organisation_with_a_long_queue_does_not_hold_up_another():
    busy, other = programme(), programme(by=editor(email="bob@example.org"))
    queue = [queued(busy, seed=number) for number in range(20)]
    run_blocks.claim(run=queue[0], worker="w1")
    late = queued(other)

    assert run_blocks.runs_in_turn().first() == late


@pytest.mark.promise("R13")
def test_organisations_take_turns_even_with_one_worker():
    busy, other = programme(), programme(by=editor(email="bob@example.org"))
    first, second = queued(busy), queued(other)

    served = []
    for _ in range(4):
        run = run_blocks.runs_in_turn().first()
        served.append(run)
        run_blocks.finish(block=run_blocks.claim(run=run, worker="w"), payload=b"")
        RunBlock.objects.filter(run=run).update(heartbeat_at=Now() - timedelta(seconds=10 - len(served)))

    assert served == [first, second, first, second]
