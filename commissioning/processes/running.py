"""The note that a running `serve` leaves, so that other manage.py commands find its services and its key."""

import fcntl
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from .folders import CHECKOUT, StartError

NOTE = "running.json"
SHARED = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PBR_DEMO")


def adopt() -> None:
    """Point this process at the services of the running `serve`, where the environment names none."""
    folder = Path(os.environ.get("PBR_DATA", CHECKOUT / "var"))
    if "DATABASE_URL" in os.environ or not _is_locked(folder / "serve.lock"):
        return
    try:
        note = json.loads((folder / NOTE).read_text())
    except (OSError, ValueError):
        return  # another user's serve, or one that is still starting
    for name, value in note["environment"].items():
        os.environ.setdefault(name, value)


def lock(state: Path) -> IO[str]:
    """Hold the only right to serve from this folder; the system lets go of it when we end, however we end."""
    file = (state / "serve.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        address = read_address(state)
        raise StartError(f"PbR Workbench is already running from {state}{address and f', at {address}'}.") from error
    return file


def write(state: Path, environment: Mapping[str, str], address: str) -> None:
    note = state / NOTE
    note.touch(mode=0o600)
    shared = {name: environment[name] for name in SHARED if name in environment}
    note.write_text(json.dumps({"address": address, "environment": shared}))


def erase(state: Path) -> None:
    (state / NOTE).unlink(missing_ok=True)


def read_address(state: Path) -> str:
    try:
        return str(json.loads((state / NOTE).read_text())["address"])
    except (OSError, ValueError, KeyError):
        return ""


def kept_secret_key(state: Path) -> str:
    """Return the demonstration's key, made once so that people stay signed in over a restart."""
    file = state / "secret_key"
    if not file.exists() or not file.read_text():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def _is_locked(file: Path) -> bool:
    try:
        with file.open("a+") as attempt:
            fcntl.flock(attempt, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
