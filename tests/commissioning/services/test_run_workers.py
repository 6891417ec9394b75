"""A worker takes blocks for about a second, survives what fails, and says whether more is left."""

import pytest

from commissioning.models import Run
from commissioning.services import run_workers
from tests.factories.runs import programme, queued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dart_work")]


def work_until_nothing_is_left() -> None:
    while run_workers.work(worker="w"):
        pass


def test_a_short_run_is_done_in_one_go():
    run = queued(draws=300)

    assert not run_workers.work(worker="w")
    run.refresh_from_db()
    assert run.state == Run.State.SUCCEEDED
    assert len(run.result["inside"]) == 3


def test_without_work_there_is_nothing_to_do():
    assert not run_workers.work(worker="w")


@pytest.mark.slow
def test_a_worker_pauses_after_its_time_and_says_that_more_is_left():
    run = queued(draws=1000, seconds=0.05)

    assert run_workers.work(worker="w", seconds=0.12)
    assert 0 < run.blocks.filter(state="done").count() < run.blocks.count()


@pytest.mark.promise("R5")
def test_a_run_that_cannot_be_computed_ends_and_others_go_on():
    on = programme()
    poison, healthy = queued(on, draws=300, errors=[1]), queued(on, draws=300)

    work_until_nothing_is_left()

    poison.refresh_from_db()
    healthy.refresh_from_db()
    assert (poison.state, healthy.state) == (Run.State.FAILED, Run.State.SUCCEEDED)
    assert "ArithmeticError" not in poison.message


@pytest.mark.promise("R5")
def test_a_merge_that_fails_three_times_ends_the_run():
    run = queued(merge_error=True)

    work_until_nothing_is_left()

    run.refresh_from_db()
    assert run.state == Run.State.FAILED
    assert run.merge_attempt == 3


@pytest.mark.promise("R10")
def test_the_estimate_appears_with_the_first_block():
    run = queued(draws=200)

    run_workers.work(worker="w", seconds=0.0001)

    run.refresh_from_db()
    assert run.state == Run.State.RUNNING
    assert run.estimate["thrown"] == 100


def test_the_figures_of_blocks_are_dropped_once_merged():
    run = queued(draws=300)

    work_until_nothing_is_left()

    assert not run.blocks.exclude(payload=None).exists()
    assert run.blocks.filter(state="done").count() == 3
