"""Who sees a run, and that its progress is the truth."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from commissioning import queries
from commissioning.models import Run, RunBlock
from commissioning.services import run_blocks, run_workers, runs
from tests.factories.runs import editor, queued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dart_work")]


def test_members_see_the_runs_of_their_programmes_and_outsiders_none():
    run = queued()
    viewer = editor(run.programme.organisation, "bob@example.org", role="viewer")
    outsider = editor(email="charlie@example.org")

    assert list(queries.runs.visible_to(viewer)) == [run]
    assert list(queries.runs.cancellable_by(run.created_by)) == [run]
    assert not queries.runs.cancellable_by(viewer).exists()
    assert not queries.runs.visible_to(outsider).exists()
    assert not queries.runs.visible_to(AnonymousUser()).exists()


def test_lists_leave_the_long_texts_in_the_database(django_assert_num_queries):
    queued()

    with django_assert_num_queries(1):
        assert len(queries.runs.without_results(Run.objects.all())) == 1


def test_progress_counts_blocks_and_draws_in_one_query(django_assert_num_queries):
    run = queued(draws=350)
    run_blocks.finish(block=run_blocks.claim(run=run, worker="w"), payload=b"[100, 80]")

    with django_assert_num_queries(1):
        progress = queries.runs.progress(run)

    assert (progress.blocks_done, progress.blocks) == (1, 4)
    assert (progress.draws_done, progress.draws) == (100, 350)
    assert progress.share == pytest.approx(100 / 350)
    assert progress.is_active
    assert not progress.is_silent


@pytest.mark.promise("R10")
def test_progress_is_not_complete_before_the_result_is_written():
    run = queued(draws=100)
    run_blocks.finish(block=run_blocks.claim(run=run, worker="w"), payload=b"[100, 80]")

    assert queries.runs.progress(run).share == 0.99
    run_workers.work(worker="w")
    assert queries.runs.progress(run).share == 1.0


@pytest.mark.promise("R10")
def test_progress_never_goes_back():
    run = queued(draws=1000)
    shares = [queries.runs.progress(run).share]
    while run_workers.work(worker="w", seconds=0.0001):
        RunBlock.objects.filter(state="waiting").update(attempt=1)
        shares.append(queries.runs.progress(run).share)

    assert shares == sorted(shares)
    assert len(set(shares)) > 5


@pytest.mark.promise("R10")
def test_silence_of_the_workers_is_shown(monkeypatch: pytest.MonkeyPatch):
    run = queued(draws=100)
    run_blocks.claim(run=run, worker="lost")
    monkeypatch.setattr(queries.runs, "SILENT_AFTER", timedelta(0))

    assert queries.runs.progress(run).is_silent


def test_a_cancelled_run_stops_its_clock():
    run = queued()
    runs.cancel(run=run, by=run.created_by)

    progress = queries.runs.progress(run)

    assert progress.seconds == 0
    assert not progress.is_active
    assert not progress.is_silent


def test_progress_counts_blocks_where_those_are_what_is_asked_for():
    run = queued(draws=350)
    run_blocks.finish(block=run_blocks.claim(run=run, worker="w"), payload=b"[100, 80]")

    progress = queries.runs.progress(run, by_block=True)

    assert (progress.done, progress.asked) == (1, 4)
    assert progress.share == 0.25
