"""Starts everything, keeps it running and stops it again: the services, the web server, the worker, the sweeper."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from . import running, services
from .children import Child
from .folders import CHECKOUT, StartError, state_folder

READY_WITHIN = 120.0
MANAGE = [sys.executable, str(CHECKOUT / "manage.py")]


def serve(say: Callable[[str], None]) -> None:
    """Run the whole product until a signal asks it to stop. Raise StartError where it cannot."""
    asked_to_stop = _listen_to_signals()
    state = state_folder()
    with running.lock(state):
        place = Place(os.environ.get("HOST", "127.0.0.1"), _port())
        _refuse_taken_port(place)
        demo = os.environ.get("PBR_DEMO", "").lower() in {"1", "true", "yes", "on"}
        logs = _log_folder(state) if demo else None
        secrets = _secrets(state, demo)
        own = services.start(state, logs)
        ours: list[Child] = []
        try:
            environment = {**_environment(state), **secrets, **own.addresses.as_environment()}
            sign_ins = _prepare(environment, demo, say)
            running.write(state, environment, place.address)
            ours = _our_processes(environment, place, logs)
            for child in ours:
                child.start()
            _wait_until_ready(place, ours[0], asked_to_stop)
            say(_welcome(place, sign_ins, logs))
            _look_after([*own.children, *ours], asked_to_stop, say)
        finally:
            say("Stopping.")
            running.erase(state)
            _stop_all(ours)
            own.stop()


@dataclass(frozen=True)
class Place:
    """Where the web server listens."""

    host: str
    port: int

    @property
    def address(self) -> str:
        return f"http://{'localhost' if self.host == '127.0.0.1' else self.host}:{self.port}/"


def _listen_to_signals() -> threading.Event:
    asked_to_stop = threading.Event()

    def stop(_signal_number: int, _frame: FrameType | None) -> None:
        asked_to_stop.set()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    return asked_to_stop


def _port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise StartError(f"PORT is {text!r}. Set it to a number from 1 to 65535.")
    return int(text)


def _refuse_taken_port(place: Place) -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((place.host, place.port))
        except OSError as error:
            raise StartError(
                f"Port {place.port} of {place.host} is not free ({error.strerror}).\n"
                f"Stop the program that uses it, or choose another port: PORT={place.port + 1} make run"
            ) from error


def _log_folder(state: Path) -> Path:
    """Make room for this start's logs and keep those of the last."""
    folder = state / "log"
    folder.mkdir(exist_ok=True)
    for log in folder.glob("*.log"):
        log.rename(log.with_suffix(".previous"))
    return folder


def _secrets(state: Path, demo: bool) -> dict[str, str]:
    key = os.environ.get("SECRET_KEY") or (running.kept_secret_key(state) if demo else "")
    if not key:
        raise StartError(
            "Set SECRET_KEY to a long random text and keep it secret. A demonstration needs none: make run"
        )
    return {"SECRET_KEY": key}


def _environment(state: Path) -> dict[str, str]:
    # NumPy's own threads would fight with the worker's processes over the same cores.
    plain = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
    return {"STATIC_ROOT": str(state / "static"), **os.environ, **plain}


def _prepare(environment: Mapping[str, str], demo: bool, say: Callable[[str], None]) -> str:
    """Bring database and static files up to date; return what the demonstration says about signing in."""
    say("Preparing the database and the static files.")
    _manage(environment, "prepare")
    return _manage(environment, "demo").strip() if demo else ""


def _manage(environment: Mapping[str, str], command: str) -> str:
    done = subprocess.run(
        [*MANAGE, command], env=environment, cwd=CHECKOUT, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise StartError(f"manage.py {command} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _our_processes(environment: Mapping[str, str], place: Place, logs: Path | None) -> list[Child]:
    def child(name: str, *command: str, stop: list[tuple[signal.Signals, float]]) -> Child:
        log = logs / f"{name}.log" if logs else None
        return Child(name, [*command], environment, log=log, directory=CHECKOUT, stop_signals=stop)

    python = [sys.executable, "-m"]
    web = ["gunicorn", "commissioning.wsgi", "--bind", f"{place.host}:{place.port}", "--workers", "2", "--threads", "4"]
    worker = ["celery", "-A", "commissioning", "worker", "-c", "2", "--without-gossip", "--without-mingle"]
    patient = [(signal.SIGTERM, 10.0)]
    return [
        child("web", *python, *web, "--no-control-socket", stop=patient),
        child("worker", *python, *worker, "--loglevel", "INFO", stop=[*patient, (signal.SIGQUIT, 5.0)]),
        child("sweeper", *MANAGE, "sweep", stop=patient),
    ]


def _wait_until_ready(place: Place, web: Child, asked_to_stop: threading.Event) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not asked_to_stop.is_set():
        try:
            request = urllib.request.Request(f"http://{place.host}:{place.port}/healthz", headers={"Host": "localhost"})
            urllib.request.urlopen(request, timeout=5)
            return
        except urllib.error.HTTPError:
            return  # it answers: whom it lets in is for its settings to say
        except OSError as error:
            if not web.is_running or time.monotonic() > deadline:
                log = f" Its log is {web.log}." if web.log else ""
                raise StartError(f"The web server did not start.{log}") from error
        asked_to_stop.wait(0.1)


def _welcome(place: Place, sign_ins: str, logs: Path | None) -> str:
    lines = ["", f"PbR Workbench is running at {place.address}", ""]
    lines += [sign_ins, ""] if sign_ins else []
    lines += [f"Logs are in {logs}."] if logs else []
    return "\n".join([*lines, "Press Ctrl-C to stop it. Your data is kept."])


def _look_after(children: list[Child], asked_to_stop: threading.Event, say: Callable[[str], None]) -> None:
    while not asked_to_stop.wait(0.5):
        for child in children:
            news = child.look_after()
            if news:
                say(news)


def _stop_all(children: list[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stop()
