"""A run's blocks become one result, by exactly one worker."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from commissioning.models import Run
from commissioning.services import run_blocks, run_merges, works
from tests.factories.runs import queued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dart_work")]


def complete(**given: object) -> Run:
    run = queued(**given)
    while block := run_blocks.claim(run=run, worker="w"):
        run_blocks.finish(block=block, payload=works.get(run.kind).block(run.inputs, run.seed, run.draws, block.index))
    return run


def lapse(run: Run) -> None:
    Run.objects.filter(pk=run.pk).update(merge_until=Now() - timedelta(seconds=1))


def test_a_run_with_an_open_block_is_not_merged():
    run = queued(draws=200)
    run_blocks.finish(block=run_blocks.claim(run=run, worker="w"), payload=b"[100, 78]")

    assert run_merges.claim() is None


def test_one_worker_at_a_time_merges_a_run():
    run = complete()

    assert run_merges.claim() == run
    assert run_merges.claim() is None


@pytest.mark.promise("R4")
def test_a_late_merge_is_refused():
    complete()
    late = run_merges.claim()
    lapse(late)
    current = run_merges.claim()

    assert not run_merges.merge(run=late)
    assert not run_merges.give_up(run=late)
    assert run_merges.merge(run=current)
    current.refresh_from_db()
    assert (current.state, current.merge_attempt) == (Run.State.SUCCEEDED, 2)


@pytest.mark.promise("R1")
def test_a_merge_that_repeats_writes_nothing_more():
    complete()
    run = run_merges.claim()

    assert run_merges.merge(run=run)
    first = Run.objects.get().result_json
    run.refresh_from_db()
    assert not run_merges.mergeable().exists()
    assert run.result_json == first


@pytest.mark.promise("R5")
def test_a_merge_that_kills_its_worker_three_times_ends_the_run():
    run = complete()
    for _ in range(3):
        lapse(run_merges.claim())

    assert run_merges.claim() is None
    assert run_merges.end_exhausted() == 1
    run.refresh_from_db()
    assert run.state == Run.State.FAILED


def test_the_estimate_is_renewed_at_most_once_a_second():
    run = complete()

    assert run_merges.refresh_estimate(run=run)
    assert not run_merges.refresh_estimate(run=run)
    Run.objects.filter(pk=run.pk).update(estimated_at=Now() - timedelta(seconds=2))
    assert run_merges.refresh_estimate(run=run)
