"""A run is asked for once, ends once, and says the same for ever."""

import hashlib
import json
from collections.abc import Sequence

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from commissioning.models import AuditEntry, Run
from commissioning.services import run_blocks, run_workers, runs, works
from tests.factories.runs import KIND, DartWork, editor, programme, queued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dart_work")]


def finished(**given: object) -> Run:
    run = queued(**given)
    while run_workers.work(worker="w"):
        pass
    run.refresh_from_db()
    return run


def test_asking_stores_the_run_with_its_blocks_and_one_audit_entry():
    run = queued(draws=350, seed=7, colour="red")

    assert run.state == Run.State.QUEUED
    assert run.inputs == {"colour": "red"}
    assert run.engine == "darts-1"
    assert [block.draws for block in run.blocks.all()] == [100, 100, 100, 50]
    assert AuditEntry.objects.get().action == "started a run"


def test_the_hash_of_the_inputs_is_that_of_the_text_kept():
    run = queued(z=1.5, a=[1, 2])

    assert run.inputs_json == '{"a":[1,2],"z":1.5}'
    assert run.inputs_sha256 == hashlib.sha256(run.inputs_json.encode()).hexdigest()


@pytest.mark.promise("B7")
def test_asking_twice_gives_the_one_run():
    on = programme()

    first, second = queued(on, a=1, b=2), queued(on, b=2, a=1)

    assert first == second
    assert Run.objects.count() == 1
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize("change", [{"draws": 351}, {"seed": 2}, {"colour": "blue"}])
def test_asking_for_anything_else_is_another_run(change: dict[str, object]):
    on = programme()

    assert queued(on) != queued(on, **change)


def test_another_programme_with_the_same_inputs_has_a_run_of_its_own():
    person = editor()

    assert queued(programme(by=person)) != queued(programme(by=person))


def test_a_run_that_finished_answers_for_the_next_who_asks():
    run = finished()

    assert queued(run.programme) == run


def test_a_failed_run_may_be_asked_for_again():
    run = queued()
    runs.fail(run=run, message="It stopped.")

    assert queued(run.programme) != run


def test_a_cancelled_run_may_be_asked_for_again():
    run = queued()
    runs.cancel(run=run, by=run.created_by)

    assert queued(run.programme) != run


def test_a_viewer_may_not_start_a_run():
    on = programme()
    viewer = editor(on.organisation, "bob@example.org", role="viewer")

    with pytest.raises(PermissionDenied):
        runs.queue(kind=KIND, programme=on, inputs={}, seed=1, draws=100, by=viewer)


@pytest.mark.promise("S5")
def test_an_outsider_may_not_cancel_a_run():
    run = queued()
    outsider = editor(email="charlie@example.org")

    with pytest.raises(PermissionDenied):
        runs.cancel(run=run, by=outsider)
    run.refresh_from_db()
    assert run.state == Run.State.QUEUED


@pytest.mark.parametrize("draws", [0, -1, 1_000_001])
def test_an_absurd_number_of_draws_is_refused(draws: int):
    with pytest.raises(ValidationError), transaction.atomic():
        queued(draws=draws)

    assert Run.objects.count() == 0


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_inputs_that_json_cannot_hold_are_refused(number: float):
    on = programme()

    with pytest.raises(ValueError, match="JSON"):
        queued(on, price=number)


def test_cancelling_ends_a_run_and_drops_its_figures():
    run = queued(draws=300)
    run_blocks.finish(block=run_blocks.claim(run=run, worker="w"), payload=b"figures")

    assert runs.cancel(run=run, by=run.created_by)
    assert run.state == Run.State.CANCELLED
    assert run.finished_at is not None
    assert not run.blocks.exclude(payload=None).exists()


def test_cancelling_what_has_ended_changes_nothing():
    run = finished()

    assert not runs.cancel(run=run, by=run.created_by)
    assert run.state == Run.State.SUCCEEDED


def test_the_result_is_kept_as_hashed():
    run = finished()

    assert run.result == json.loads(run.result_json)
    assert run.result_sha256 == hashlib.sha256(run.result_json.encode()).hexdigest()
    assert 2.5 < run.result["pi"] < 3.7


@pytest.mark.promise("R2")
def test_the_same_run_by_one_worker_or_by_turns_gives_the_same_result():
    alone = finished(draws=1000, seed=5)
    on = programme(by=alone.created_by)
    shared = queued(on, draws=1000, seed=5)
    turn = 0
    while run_workers.work(worker=f"worker {turn % 3}", seconds=0.001):
        turn += 1
    shared.refresh_from_db()

    assert shared.state == Run.State.SUCCEEDED
    assert shared.result_sha256 == alone.result_sha256


@pytest.mark.promise("R1")
@pytest.mark.parametrize(
    "change",
    [
        {"result_json": "{}"},
        {"result_sha256": "0" * 64},
        {"state": "running", "result_json": "", "result_sha256": "", "finished_at": None},
        {"inputs_json": "{}x"},
        {"seed": 99},
        {"draws": 99},
        {"engine": "darts-2"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_database_refuses_to_change_a_result_or_what_it_came_from(change: dict[str, object]):
    run = finished()

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(**change)


def test_a_run_that_ended_cannot_fail_afterwards():
    run = finished()

    assert not runs.fail(run=run, message="Too late.")
    run.refresh_from_db()
    assert (run.state, run.message) == (Run.State.SUCCEEDED, "")


def test_blocks_that_do_not_hold_all_draws_are_refused(monkeypatch: pytest.MonkeyPatch):
    class Forgetful(DartWork):
        def blocks(self, inputs: works.Inputs, draws: int) -> Sequence[int]:
            return super().blocks(inputs, draws)[:-1]

    monkeypatch.setattr(works, "_works", {})
    works.register(kind=KIND, work=Forgetful())

    with pytest.raises(ValueError, match="hold 300 draws where 350"), transaction.atomic():
        queued(draws=350)

    assert not Run.objects.exists()
