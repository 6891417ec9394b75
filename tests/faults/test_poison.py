"""Work that kills or holds its worker ends after three attempts, and nobody else waits for it."""

import time

import pytest

from commissioning import tasks
from commissioning.models import Run
from tests.factories.runs import editor, programme, queued

from .town import Town, assert_finished_once, eventually, state_of

pytestmark = [pytest.mark.fault, pytest.mark.slow, pytest.mark.promise("R5")]


@pytest.mark.parametrize("poison", ["kills_its_worker", "never_ends"])
def test_poison_ends_after_three_attempts_and_others_go_on(town: Town, poison: str):
    town.sweeper()
    town.worker(processes=2)
    bad = queued(draws=300, **{poison: [1]})
    tasks.hint(2)
    eventually(lambda: bad.blocks.get(index=1).attempt == 1)

    asked = time.monotonic()
    good = queued(programme(by=editor(email="bob@example.org")), draws=300)
    tasks.hint(2)
    eventually(lambda: state_of(good) == "succeeded")
    delay = time.monotonic() - asked
    eventually(lambda: state_of(bad) == "failed", within=60)

    assert delay <= 10
    assert_finished_once(good)
    bad.refresh_from_db()
    assert bad.state == Run.State.FAILED
    assert bad.blocks.get(index=1).attempt == 3
    assert "stopped 3 times" in bad.message
