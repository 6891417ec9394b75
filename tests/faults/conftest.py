"""Every fault test has a town of its own, a short lease, and processes that end with it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commissioning import tasks
from commissioning.processes.folders import find_programs
from commissioning.services import works
from tests.factories import runs

from .town import LEASE_SECONDS, Town, assert_nothing_is_stuck


@pytest.fixture
def town(transactional_db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    settings.RUN_LEASE_SECONDS = LEASE_SECONDS
    monkeypatch.setattr(works, "_works", {})
    works.register(kind=runs.KIND, work=runs.DartWork())
    folder = Path(tempfile.mkdtemp(prefix="pbr-faults-"))
    folder.chmod(0o755)
    town = Town(folder, find_programs(folder))
    monkeypatch.setattr(tasks.work_on_runs.app.conf, "broker_url", town.broker_url)
    try:
        yield town
        assert_nothing_is_stuck()
    finally:
        town.stop()
        shutil.rmtree(folder)
