"""Messages are hints: sent after the commit, few of them, and never in the way of the person who waits."""

from typing import Any

import pytest
import redis

from commissioning import tasks
from commissioning.models import Run
from commissioning.processes import services
from tests.factories.runs import queued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dart_work")]


@pytest.fixture
def broker(settings: Any, monkeypatch: pytest.MonkeyPatch, worker_id: str) -> Any:
    """Use a database of the broker that no other test uses at the same time: the last, or one before it."""
    number = 15 - (0 if worker_id == "master" else 1 + int(worker_id.removeprefix("gw")))
    url = f"{settings.CELERY_BROKER_URL.rsplit('/', 1)[0]}/{number}"
    monkeypatch.setattr(tasks.work_on_runs.app.conf, "broker_url", url)
    client = redis.Redis.from_url(url)
    client.flushdb()
    yield client
    client.flushdb()
    client.close()


def test_a_hint_is_sent_only_once_the_run_is_stored(broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tasks.hint_after_commit(3)
        assert broker.llen("celery") == 0

    assert broker.llen("celery") == 3


def test_a_large_run_gets_no_more_hints_than_are_useful(broker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tasks.hint_after_commit(1000)

    assert broker.llen("celery") == tasks.MOST_HINTS


def test_hints_do_not_pile_up_while_no_worker_reads_them(broker):
    for _ in range(10):
        assert tasks.hint(8)

    assert broker.llen("celery") == tasks.ENOUGH_WAITING


def test_a_message_says_nothing_about_the_run(broker):
    run = queued(colour="red")
    tasks.hint()

    message = broker.lindex("celery", 0)

    assert str(run.pk).encode() not in message
    assert b"red" not in message


@pytest.mark.slow
@pytest.mark.promise("R6")
def test_a_broker_that_is_not_there_is_no_error(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tasks.work_on_runs.app.conf, "broker_url", f"redis://127.0.0.1:{services.free_port()}/0")

    assert not tasks.hint()


@pytest.mark.slow
def test_a_task_whose_time_is_over_calls_another_for_the_rest(broker):
    run = queued(draws=300, seconds=0.6)

    tasks.work_on_runs()

    run.refresh_from_db()
    assert run.state == Run.State.RUNNING
    assert run.blocks.filter(state="done").count() == 2
    assert broker.llen("celery") == 1


def test_a_task_run_twice_changes_nothing_more(broker):
    run = queued(draws=200)
    tasks.work_on_runs()
    run.refresh_from_db()
    first = run.result_json

    tasks.work_on_runs()

    run.refresh_from_db()
    assert (run.state, run.result_json) == (Run.State.SUCCEEDED, first)
    assert broker.llen("celery") == 0
