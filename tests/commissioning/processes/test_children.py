"""A child process is restarted with growing delay and stopped with everything that it started."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from commissioning.processes import children
from commissioning.processes.children import Child

pytestmark = pytest.mark.slow

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
PARENT = (
    "import subprocess, sys, time\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "print(child.pid, flush=True)\n"
    "time.sleep(60)"
)


@pytest.fixture
def started() -> Iterator[list[Child]]:
    running: list[Child] = []
    yield running
    for child in running:
        child.kill_group()


def start(started: list[Child], log: Path, code: str, **given: object) -> Child:
    child = Child("test", [sys.executable, "-c", code], dict(os.environ), log=log, **given)
    child.start()
    started.append(child)
    return child


def wait_for(text: str, log: Path) -> None:
    deadline = time.monotonic() + 10
    while text not in log.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def lives(number: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{number}/stat").read_text().split(")")[1].split()[0]
    except FileNotFoundError:
        return False


def test_a_running_child_is_left_alone(started: list[Child], tmp_path: Path):
    child = start(started, tmp_path / "log", "import time; time.sleep(60)")

    assert child.look_after() is None
    assert child.is_running


def test_a_dead_child_is_started_again_after_its_delay(
    started: list[Child], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(children, "FIRST_DELAY", 0.05)
    child = start(started, tmp_path / "log", "import time; time.sleep(60)")
    first = child.process.pid
    os.kill(first, signal.SIGKILL)
    child.process.wait()

    assert "stopped" in child.look_after()
    assert child.look_after() is None
    time.sleep(0.06)
    assert "started again" in child.look_after()
    assert child.is_running
    assert child.process.pid != first


def test_the_delay_doubles_with_each_death_up_to_its_limit(started: list[Child], tmp_path: Path):
    child = start(started, tmp_path / "log", "pass")
    delays = []
    for _ in range(7):
        child.process.wait()
        child.look_after()
        delays.append(round(child.restart_at - time.monotonic()))
        child.start()

    assert delays == [1, 2, 4, 8, 16, 30, 30]


def test_the_delay_starts_anew_for_a_child_that_had_settled(started: list[Child], tmp_path: Path):
    child = start(started, tmp_path / "log", "pass")
    child.process.wait()
    child.deaths, child.started = 5, time.monotonic() - 61

    child.look_after()

    assert child.deaths == 1


def test_a_child_that_does_not_listen_is_killed(started: list[Child], tmp_path: Path):
    child = start(started, tmp_path / "log", DEAF, stop_signals=[(signal.SIGTERM, 0.1)])
    wait_for("up", tmp_path / "log")

    child.stop()

    assert child.process.returncode == -signal.SIGKILL


def test_stopping_ends_the_grandchildren_too(started: list[Child], tmp_path: Path):
    child = start(started, tmp_path / "log", PARENT)
    wait_for("\n", tmp_path / "log")
    grandchild = int((tmp_path / "log").read_text())

    child.stop()

    deadline = time.monotonic() + 5
    while lives(grandchild):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_child_dies_with_a_supervisor_that_was_killed(tmp_path: Path):
    number = os.fork()
    if number == 0:  # the supervisor
        child = Child("test", [sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ))
        child.start()
        (tmp_path / "partial").write_text(str(child.process.pid))
        (tmp_path / "partial").rename(tmp_path / "number")
        time.sleep(60)
        os._exit(0)
    deadline = time.monotonic() + 10
    while not (tmp_path / "number").exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    child_number = int((tmp_path / "number").read_text())
    assert lives(child_number)

    os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)

    while lives(child_number):
        assert time.monotonic() < deadline
        time.sleep(0.02)
