"""Tasks of imports: a message is only a hint, and its loss costs seconds."""

from typing import Any

import pytest

from commissioning.services import chores
from markets import services, tasks
from markets.models import Import
from tests.factories import registers
from tests.factories.commissioning import cast
from tests.markets.services.test_imports import LIST

pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> Import:
    people = cast()
    made = registers.handed_over(people.authority, LIST, by=people.amina)
    services.imports.start(held=made, columns=made.columns, by=people.amina)
    return made


def test_a_worker_does_what_waits_and_finds_nothing_the_second_time(held: Import) -> None:
    tasks.work_on_imports()
    tasks.work_on_imports()

    held.refresh_from_db()
    assert (held.state, held.attempt) == (Import.State.SUCCEEDED, 1)


def test_workers_are_told_once_the_import_is_stored(held: Import, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True) as told:
        tasks.hint_after_commit()

    assert len(told) == 1


@pytest.mark.promise("R6")
def test_the_sweeper_tells_of_it_again_and_a_broker_that_is_away_stops_nothing(
    held: Import, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks.work_on_imports.app.conf, "broker_url", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(tasks.work_on_imports.app.conf, "broker_write_url", "redis://127.0.0.1:1/0")

    chores.do_all()

    held.refresh_from_db()
    assert held.state == Import.State.QUEUED
    assert not tasks.hint()
