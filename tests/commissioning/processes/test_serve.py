"""The one command: it starts everything, survives deaths, is found by other commands and leaves nothing behind."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from commissioning.processes.folders import CHECKOUT
from commissioning.processes.services import free_port

pytestmark = [pytest.mark.slow, pytest.mark.fault]


class Served:
    """A running `manage.py serve`."""

    def __init__(self, state: Path, static: Path) -> None:
        self.state, self.port = state, free_port()
        self.output = state / "output"
        unset = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PBR_DEMO")
        self.environment = {name: value for name, value in os.environ.items() if name not in unset}
        self.environment |= {"PBR_DATA": str(state), "STATIC_ROOT": str(static)}
        with self.output.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=CHECKOUT,
                env={**self.environment, "PBR_DEMO": "1", "PORT": str(self.port)},
                stdout=file,
                stderr=file,
            )

    def manage(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *arguments]
        environment = {**self.environment, **more}
        return subprocess.run(
            command, cwd=CHECKOUT, env=environment, check=False, capture_output=True, text=True, timeout=60
        )

    def wait_for(self, text: str) -> None:
        deadline = time.monotonic() + 90
        while text not in self.output.read_text():
            assert self.process.poll() is None, self.output.read_text()
            assert time.monotonic() < deadline, self.output.read_text()
            time.sleep(0.1)

    def children(self) -> list[int]:
        number = self.process.pid
        return [int(child) for child in Path(f"/proc/{number}/task/{number}/children").read_text().split()]

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=10) as response:
                return bool(response.read() == b"ready\n")
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return False


@contextlib.contextmanager
def served(state: Path, static: Path) -> Iterator[Served]:
    running = Served(state, static)
    try:
        running.wait_for("Press Ctrl-C")
        yield running
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(60) == 0
    finally:
        running.process.kill()
        running.process.wait()


def count_users(running: Served) -> int:
    done = running.manage(
        "shell", "-v", "0", "-c", "from commissioning.models import User; print(User.objects.count())"
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def command_of(number: int) -> str:
    with contextlib.suppress(FileNotFoundError):
        return Path(f"/proc/{number}/cmdline").read_text().replace("\0", " ")
    return ""


def test_the_whole_life_of_the_one_command(open_folder: Path, collected_static: Path):
    with served(open_folder, collected_static) as running:
        children = running.children()
        commands = " ".join(map(command_of, children))

        # It serves, with its own services, and says how to sign in.
        assert running.is_ready()
        assert all(name in commands for name in ("postgres", "valkey", "gunicorn", "celery", "sweep"))
        assert re.search(r"@demo\.example +\S+-\S+", running.output.read_text())

        # Its secrets are for their owner alone.
        secret = ("secret_key", "running.json", "services")
        assert [(open_folder / name).stat().st_mode & 0o077 for name in secret] == [0, 0, 0]

        # Other commands find its database; a second one is refused, and so is its port to anybody else.
        users = count_users(running)
        assert users > 0
        again = running.manage("serve", PBR_DEMO="1", PORT=str(running.port))
        assert again.returncode == 1
        assert f"already running from {open_folder}, at http://localhost:{running.port}/" in again.stderr

        # What dies is started again, the database too.
        for name in ("celery", "postgres"):
            os.killpg(next(number for number in children if name in command_of(number)), signal.SIGKILL)
        running.wait_for("The worker process was started again.")
        running.wait_for("The PostgreSQL process was started again.")
        deadline = time.monotonic() + 10
        while not running.is_ready():
            assert time.monotonic() < deadline
            time.sleep(0.2)
        assert count_users(running) == users
        children += running.children()

    # Ctrl-C leaves nothing behind but the data, which the next start finds.
    assert [number for number in children if command_of(number)] == []
    assert not (open_folder / "running.json").exists()
    with served(open_folder, collected_static) as running:
        assert count_users(running) == users
