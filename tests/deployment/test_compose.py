"""docker-compose.yml keeps to the Compose specification, holds no secret, and its commands work as processes."""

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
import psycopg2
import pytest
from django.urls import reverse

from commissioning.processes.services import free_port

from .compose import ROOT, as_written, interpolated

OPERATOR = {
    "SECRET_KEY": "c4b1d7e09f2a4e6b8c3d5f7a9b1c2d3e4f5061728394a5b6c7d8e9f0a1b2c3d4",
    "POSTGRES_PASSWORD": "database-secret",
    "REDIS_PASSWORD": "broker-secret",
    "ALLOWED_HOSTS": "pbr.council.example",
    "EMAIL_URL": "consolemail://",
    "DEFAULT_FROM_EMAIL": "pbr@council.example",
}
OURS = ["prepare", "web", "worker", "scheduler"]


def test_the_file_keeps_to_the_compose_specification():
    schema = json.loads((Path(__file__).parent / "compose-spec.json").read_text())

    jsonschema.Draft202012Validator(schema).validate(as_written())


def test_a_misspelt_key_would_be_noticed():
    schema = json.loads((Path(__file__).parent / "compose-spec.json").read_text())
    document = as_written()
    document["services"]["web"]["comand"] = "x"

    assert not jsonschema.Draft202012Validator(schema).is_valid(document)


@pytest.mark.parametrize("name", sorted(OPERATOR))
def test_nothing_starts_while_a_secret_or_an_address_is_missing(name: str):
    variables = {key: value for key, value in OPERATOR.items() if key != name}

    with pytest.raises(LookupError, match=name):
        interpolated(as_written(), variables)


def test_every_service_is_watched_and_ours_share_one_image():
    services = interpolated(as_written(), OPERATOR)["services"]

    unwatched = [name for name, service in services.items() if "healthcheck" not in service]

    assert unwatched == ["prepare"]
    assert {services[name]["image"] for name in OURS} == {"pbr-workbench:latest"}
    assert services["web"]["ports"] == ["127.0.0.1:8000:8000"]


def test_files_that_people_put_in_outlive_the_container():
    services = interpolated(as_written(), OPERATOR)
    web = services["services"]["web"]

    folder = web["environment"]["MEDIA_ROOT"]

    # A worker reads what is to be imported, and the scheduler drops what cannot be.
    assert all(services["services"][name]["volumes"] == [f"files:{folder}"] for name in ("web", "worker", "scheduler"))
    assert "files" in services["volumes"]
    assert f"chown -R workbench var {folder}" in (ROOT / "Dockerfile").read_text()


def test_the_image_runs_as_an_ordinary_user():
    lines = (ROOT / "Dockerfile").read_text().splitlines()

    users = [line.split()[1] for line in lines if line.startswith("USER")]

    assert users == ["workbench"]
    assert lines.index("USER workbench") > max(number for number, line in enumerate(lines) if line.startswith("RUN"))


@pytest.fixture
def council_database() -> Iterator[str]:
    url = urlsplit(os.environ["DATABASE_URL"])
    name = f"council_{os.getpid()}"
    connection = psycopg2.connect(url.geturl())
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield url._replace(path=f"/{name}").geturl()
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


@pytest.mark.slow
@pytest.mark.promise("S16")
def test_its_commands_serve_in_production_as_plain_processes(
    council_database: str, collected_static: Path, tmp_path: Path
):
    port, beat = free_port(), tmp_path / "sweep.beat"
    services = interpolated(as_written(), OPERATOR)["services"]
    # The same commands and environment but for what a container has of its own: its port, its /tmp, its neighbours.
    own = {"0.0.0.0:8000": f"127.0.0.1:{port}", "/tmp/sweep.beat": str(beat)}
    commands = {name: [own.get(part, part) for part in services[name]["command"]] for name in OURS}
    environment = {
        **{name: value for name, value in services["web"]["environment"].items() if value},
        "DATABASE_URL": council_database,
        "REDIS_URL": os.environ["REDIS_URL"],
        "PATH": f"{Path(sys.executable).parent}:{os.defpath}",
        "HOME": str(tmp_path),
        "STATIC_ROOT": str(collected_static),
    }
    subprocess.run(commands["prepare"], cwd=ROOT, env=environment, check=True, capture_output=True)

    with contextlib.ExitStack() as processes:
        for name in OURS[1:]:
            processes.enter_context(running(commands[name], environment, tmp_path / f"{name}.log"))

        eventually(lambda: answer(port, "/healthz", "localhost") == 200)
        assert answer(port, "/readyz", "localhost") == 200
        assert answer(port, "/healthz", "elsewhere.example") == 400
        assert answer(port, reverse("account_login"), "pbr.council.example") == 301
        assert answer(port, reverse("account_login"), "pbr.council.example", {"X-Forwarded-Proto": "https"}) == 200
        eventually(beat.exists)
        eventually(lambda: "ready." in (tmp_path / "worker.log").read_text())


@contextlib.contextmanager
def running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[None]:
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=file, start_new_session=True)
        try:
            yield
        finally:
            process.terminate()
            process.wait(20)


class KeepRedirects(urllib.request.HTTPRedirectHandler):
    """Shows a redirect instead of following it to an https that only the council's proxy speaks."""

    def redirect_request(self, *_args: object) -> None:
        return None


def answer(port: int, path: str, host: str, headers: dict[str, str] | None = None) -> int:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": host, **(headers or {})})
    try:
        with urllib.request.build_opener(KeepRedirects).open(request, timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return refusal.code
    except OSError:
        return 0


def eventually(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 40
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.2)
