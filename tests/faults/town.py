"""The place that the fault tests damage: real workers, a real sweeper, a broker of its own, and what to ask of them."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

from commissioning.core.canonical import canonical_json, sha256
from commissioning.models import AuditEntry, Run, RunBlock
from commissioning.processes import services
from commissioning.processes.children import Child
from commissioning.processes.folders import CHECKOUT, Programs
from tests.factories.runs import DartWork

LEASE_SECONDS = 3


class Town:
    """Starts processes on the test database and stops them at the end, whatever became of them."""

    def __init__(self, folder: Path, programs: Programs) -> None:
        self.folder, self.programs = folder, programs
        self.broker, self.broker_url = services.start_valkey(programs, folder, folder, durable=False)
        self.children: list[Child] = []

    def worker(self, name: str = "worker", processes: int = 1) -> Child:
        command = ["-m", "celery", "-A", "tests.faults.worker", "worker", "--without-gossip", "--without-mingle"]
        child = self._child(name, *command, "-n", f"{name}@%h", "-c", str(processes), "--loglevel", "INFO")
        eventually(lambda: "ready." in self.log(name), within=30)
        return child

    def sweeper(self, name: str = "sweeper") -> Child:
        return self._child(name, "manage.py", "sweep", "--every", "0.5")

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def restart_broker(self) -> None:
        """Bring the broker back empty, at its old address."""
        self.broker.kill_group()
        self.broker.start()

    def stop(self) -> None:
        for child in self.children:
            child.ask_to_stop()
        for child in [*self.children, self.broker]:
            child.stop_signals = [(signal.SIGTERM, 3.0)]
            child.stop()

    def _child(self, name: str, *command: str) -> Child:
        environment = {
            **os.environ,
            "DATABASE_URL": test_database_url(),
            "REDIS_URL": self.broker_url,
            "RUN_LEASE_SECONDS": str(LEASE_SECONDS),
            "PYTHONPATH": str(CHECKOUT),
        }
        log = self.folder / f"{name}.log"
        child = Child(name, [sys.executable, *command], environment, log=log, directory=CHECKOUT)
        child.start()
        self.children.append(child)
        return child


def test_database_url() -> str:
    given = connection.settings_dict
    return f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


test_database_url.__test__ = False  # type: ignore[attr-defined]


def eventually(condition: Callable[[], object], *, within: float = 60, every: float = 0.05) -> float:
    """Wait until it holds and return how long that took."""
    started = time.monotonic()
    while not condition():
        waited = time.monotonic() - started
        assert waited < within, f"it took longer than {within} seconds"
        time.sleep(every)
    return time.monotonic() - started


def state_of(run: Run) -> str:
    return Run.objects.values_list("state", flat=True).get(pk=run.pk)


def blocks_done(run: Run) -> int:
    return RunBlock.objects.filter(run=run, state="done").count()


def undisturbed_hash(run: Run) -> str:
    """Return the hash of the result that one process alone gets for the same run."""
    work, quick = DartWork(), {}
    payloads = [work.block(quick, run.seed, run.draws, index) for index in range(len(work.blocks(quick, run.draws)))]
    return sha256(canonical_json(work.merge(quick, run.seed, run.draws, payloads)))


def assert_finished_once(run: Run) -> None:
    run.refresh_from_db()
    assert run.state == Run.State.SUCCEEDED, run.message
    assert run.result_sha256 == undisturbed_hash(run)
    assert AuditEntry.objects.filter(action="finished a run", target_id=str(run.pk)).count() == 1


def assert_nothing_is_stuck() -> None:
    """Find no run that is still open, and no figures kept for one that is not."""
    assert not Run.objects.filter(state__in=["queued", "running"]).exists()
    assert not RunBlock.objects.exclude(payload=None).exists()
    assert settings.RUN_LEASE_SECONDS == LEASE_SECONDS
