"""The embedded PostgreSQL and Valkey: made, started and stopped as processes of ours."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import redis

from .children import NOBODY, Child, as_services_user
from .folders import Programs, StartError, data_folder, find_programs

PLAIN_ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8"}
PATIENCE = 60.0


@dataclass(frozen=True)
class Addresses:
    """What the product reads from the environment to find its services."""

    database_url: str
    redis_url: str

    def as_environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}


@dataclass(frozen=True)
class Services:
    """The running services, and which of them are ours."""

    addresses: Addresses
    children: tuple[Child, ...]

    def stop(self) -> None:
        for child in reversed(self.children):
            child.stop()


def start(state: Path, logs: Path | None, *, durable: bool = True) -> Services:
    """Start what DATABASE_URL and REDIS_URL do not name already."""
    database_url, redis_url = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    if database_url and redis_url:
        return Services(Addresses(database_url, redis_url), ())
    data = data_folder(state)
    programs = find_programs(data)
    children: list[Child] = []
    try:
        if not database_url:
            child, database_url = start_postgresql(programs, data, logs, durable=durable)
            children.append(child)
        if not redis_url:
            child, redis_url = start_valkey(programs, data, logs, durable=durable)
            children.append(child)
    except BaseException:
        for child in children:
            child.stop()
        raise
    return Services(Addresses(database_url, redis_url), tuple(children))


@contextlib.contextmanager
def throwaway() -> Iterator[Services]:
    """Services for tests: quick, forgetful, on free ports, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="pbr-services-"))
    folder.chmod(0o755)
    try:
        services = start(folder, folder, durable=False)
        try:
            yield services
        finally:
            services.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start_postgresql(programs: Programs, data: Path, logs: Path | None, *, durable: bool) -> tuple[Child, str]:
    """Make the cluster on the first start, run it on a free port of this machine, make our database."""
    cluster = data / "postgresql"
    password = _kept_password(data / "postgresql.password")
    if not (cluster / "PG_VERSION").exists():
        _make_cluster(programs, cluster, data / "postgresql.password")
    _refuse_other_version(programs, cluster)
    _stop_leftover(cluster / "postmaster.pid")
    port = free_port()
    options = {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": ""}
    if not durable:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
    command: list[str | Path] = [programs.postgresql / "postgres", "-D", cluster]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    child = Child(
        "PostgreSQL",
        command,
        PLAIN_ENVIRONMENT,
        log=logs / "postgresql.log" if logs else None,
        as_nobody=True,
        stop_signals=((signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0)),
    )
    child.start()
    _when_ready(child, lambda: _make_database(port, password))
    return child, f"postgres://postgres:{password}@127.0.0.1:{port}/workbench"


def start_valkey(
    programs: Programs, data: Path, logs: Path | None, *, durable: bool, port: int | None = None
) -> tuple[Child, str]:
    """Run the Redis-protocol server on a free port of this machine, behind a password."""
    folder = data / "valkey"
    folder.mkdir(exist_ok=True)
    _give_to_services(folder)
    password = _kept_password(data / "valkey.password")
    port = port or free_port()
    # The password goes in by a file, because every user of the machine can read a command line.
    configuration = folder / "valkey.conf"
    configuration.touch(mode=0o600)
    configuration.write_text(
        f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir {folder}\n"
        f'appendonly {"yes" if durable else "no"}\nsave ""\nmaxmemory-policy noeviction\n'
    )
    _give_to_services(configuration)
    child = Child(
        "Valkey",
        [programs.valkey, configuration],
        PLAIN_ENVIRONMENT,
        log=logs / "valkey.log" if logs else None,
        as_nobody=True,
    )
    child.start()
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    _when_ready(child, lambda: redis.Redis.from_url(url, socket_timeout=1).ping())
    return child, url


def free_port() -> int:
    """Ask the system for a port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def _make_cluster(programs: Programs, cluster: Path, password_file: Path) -> None:
    # A first start that was interrupted leaves half a cluster, which initdb refuses to touch.
    shutil.rmtree(cluster, ignore_errors=True)
    authentication = ["-A", "scram-sha-256", f"--pwfile={password_file}"]
    made = subprocess.run(
        [
            programs.postgresql / "initdb",
            "-D",
            cluster,
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            *authentication,
        ],
        cwd="/",
        env=PLAIN_ENVIRONMENT,
        check=False,
        capture_output=True,
        text=True,
        **as_services_user(),
    )
    if made.returncode:
        raise StartError(f"PostgreSQL could not make its data folder {cluster}:\n{made.stderr}")


def _refuse_other_version(programs: Programs, cluster: Path) -> None:
    written_by = (cluster / "PG_VERSION").read_text().strip()
    answer = subprocess.run([programs.postgresql / "postgres", "--version"], check=True, capture_output=True, text=True)
    ours = answer.stdout.split()[2].split(".")[0]
    if written_by != ours:
        raise StartError(
            f"The data in {cluster} was written by PostgreSQL {written_by} and this is {ours}.\n"
            f"Start the old version to export it, or move that folder away to begin again."
        )


def _stop_leftover(note: Path) -> None:
    """Stop a server that an earlier `serve` left behind on the same data."""
    try:
        number = int(note.read_text().splitlines()[0])
        command = Path(f"/proc/{number}/cmdline").read_bytes()
    except (OSError, ValueError, IndexError):
        return
    if str(note.parent).encode() in command:
        os.kill(number, signal.SIGINT)
        deadline = time.monotonic() + PATIENCE
        while note.exists() and time.monotonic() < deadline:
            time.sleep(0.1)


def _make_database(port: int, password: str) -> None:
    connection = psycopg2.connect(host="127.0.0.1", port=port, user="postgres", password=password, dbname="postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'workbench'")
            if cursor.fetchone() is None:
                cursor.execute("CREATE DATABASE workbench")
    finally:
        connection.close()


def _when_ready(child: Child, attempt: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            attempt()
            return
        except (psycopg2.OperationalError, redis.RedisError) as error:
            if not child.is_running or time.monotonic() > deadline:
                child.stop()
                log = f" Its log is {child.log}." if child.log else ""
                raise StartError(f"{child.name} did not start.{log}\n{error}") from error
        time.sleep(0.05)


def _kept_password(file: Path) -> str:
    if not file.exists() or not file.read_text():  # an interrupted first start leaves it empty
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24))
        _give_to_services(file)
    return file.read_text()


def _give_to_services(path: Path) -> None:
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY)
