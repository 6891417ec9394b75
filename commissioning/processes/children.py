"""One child process: started in a session of its own, restarted when it dies, stopped with all it started."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FIRST_DELAY = 1.0
LONGEST_DELAY = 30.0
SETTLED_AFTER = 60.0
NOBODY = 65534


def as_services_user() -> dict[str, Any]:
    """How to start PostgreSQL and Valkey: as nobody where we are root, since PostgreSQL refuses root."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def _die_with_parent(signal_number: int) -> None:
    """Ask Linux to signal this process when `serve` itself is killed, so that nothing is left behind."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal_number)


@dataclass(eq=False)
class Child:
    """A process to keep running. `stop_signals` are tried in turn, each with its patience in seconds."""

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str]
    log: Path | None = None
    directory: Path | None = None
    as_nobody: bool = False
    stop_signals: Sequence[tuple[signal.Signals, float]] = ((signal.SIGTERM, 10.0),)
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started: float = 0.0
    restart_at: float | None = None

    def start(self) -> None:
        death_signal = self.stop_signals[0][0]
        with contextlib.ExitStack() as until_started:
            log = until_started.enter_context(self.log.open("ab")) if self.log else None
            self.process = subprocess.Popen(
                [str(part) for part in self.command],
                env=dict(self.environment),
                cwd=self.directory or "/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=lambda: _die_with_parent(death_signal),
                **(as_services_user() if self.as_nobody else {}),
            )
        self.started, self.restart_at = time.monotonic(), None

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def look_after(self) -> str | None:
        """Restart a dead process once its delay is over; say what happened, if anything did."""
        if self.is_running:
            return None
        now = time.monotonic()
        if self.restart_at is None:
            self.kill_group()
            self.deaths = 1 if now - self.started > SETTLED_AFTER else self.deaths + 1
            delay = min(FIRST_DELAY * 2 ** (self.deaths - 1), LONGEST_DELAY)
            self.restart_at = now + delay
            return f"The {self.name} process stopped. Starting it again in {delay:.0f} s."
        if now >= self.restart_at:
            self.start()
            return f"The {self.name} process was started again."
        return None

    def stop(self) -> None:
        """Ask politely, then firmly, then kill the whole group."""
        for signal_number, patience in self.stop_signals:
            if self.process is None or not self.is_running:
                break
            self.process.send_signal(signal_number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
        self.kill_group()

    def ask_to_stop(self) -> None:
        """Send the first stop signal without waiting, so that several children stop at the same time."""
        if self.process is not None and self.is_running:
            self.process.send_signal(self.stop_signals[0][0])

    def kill_group(self) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
