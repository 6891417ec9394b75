"""The embedded services start, keep strangers out and leave nothing behind."""

import socket
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis

from commissioning.processes import services
from commissioning.processes.children import Child


@pytest.fixture
def own_services(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    with services.throwaway() as running:
        yield running


@pytest.mark.slow
def test_the_database_and_the_broker_answer_to_their_addresses(own_services):
    database = psycopg2.connect(own_services.addresses.database_url)
    with database.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        name = cursor.fetchone()
    database.close()

    broker = redis.Redis.from_url(own_services.addresses.redis_url)
    assert name == ("workbench",)
    assert broker.ping()
    broker.close()


@pytest.mark.slow
def test_nobody_gets_in_without_the_password(own_services):
    database = urlsplit(own_services.addresses.database_url)
    broker = urlsplit(own_services.addresses.redis_url)

    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(host="127.0.0.1", port=database.port, user="postgres", password="guess", dbname="postgres")
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=broker.port).ping()


@pytest.mark.slow
def test_passwords_stand_on_no_command_line(own_services):
    password = urlsplit(own_services.addresses.database_url).password
    secret = urlsplit(own_services.addresses.redis_url).password

    lines = b"".join(Path(f"/proc/{child.process.pid}/cmdline").read_bytes() for child in own_services.children)

    assert b"postgres" in lines
    assert password.encode() not in lines
    assert secret.encode() not in lines


@pytest.mark.slow
def test_stopping_ends_the_processes_and_removes_their_files(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)

    with services.throwaway() as running:
        children: tuple[Child, ...] = running.children
        folder = children[0].log.parent

    assert len(children) == 2
    assert not any(child.is_running for child in children)
    assert not folder.exists()


@pytest.mark.slow
def test_data_survives_a_restart(monkeypatch: pytest.MonkeyPatch, open_folder: Path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    first = services.start(open_folder, None)
    with psycopg2.connect(first.addresses.database_url) as database, database.cursor() as cursor:
        cursor.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    database.close()
    first.stop()

    second = services.start(open_folder, None)
    with psycopg2.connect(second.addresses.database_url) as database, database.cursor() as cursor:
        cursor.execute("SELECT answer FROM kept")
        answer = cursor.fetchone()
    database.close()
    second.stop()

    assert answer == (42,)


def test_services_that_the_environment_names_are_used_and_not_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("DATABASE_URL", "postgres://council.example/pbr")
    monkeypatch.setenv("REDIS_URL", "redis://council.example/0")

    running = services.start(tmp_path, None)

    assert running.children == ()
    assert running.addresses.database_url == "postgres://council.example/pbr"


def test_a_free_port_can_be_listened_on():
    port = services.free_port()

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", port))
