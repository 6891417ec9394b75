"""The sweeper's process does its rounds, shows that it lives, and outlives a missing database."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.db.models.functions import Now

from commissioning import tasks
from commissioning.management.commands import sweep
from commissioning.models import Run
from commissioning.services import run_sweeps
from tests.factories.runs import queued


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collect the numbers of messages instead of sending them: no worker is to read them."""
    counts: list[int] = []
    monkeypatch.setattr(tasks, "hint", lambda count=1: bool(counts.append(count)))
    return counts


@pytest.mark.django_db
def test_a_round_sends_what_is_due_and_touches_the_beat_file(tmp_path: Path, sent: list[int], dart_work: None):
    queued(draws=200)
    Run.objects.update(hinted_at=Now() - timedelta(seconds=6))

    call_command("sweep", once=True, beat_file=tmp_path / "beat")

    assert sent == [2]
    assert (tmp_path / "beat").exists()


def test_a_missing_database_is_no_reason_to_end(
    tmp_path: Path, sent: list[int], monkeypatch: pytest.MonkeyPatch, caplog: Any
):
    def away() -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(run_sweeps, "sweep", away)
    closed: list[bool] = []
    monkeypatch.setattr(sweep, "close_old_connections", lambda: closed.append(True))

    call_command("sweep", once=True, beat_file=tmp_path / "beat", stdout=StringIO())

    assert not (tmp_path / "beat").exists()
    assert "Trying again" in caplog.text
    assert closed
