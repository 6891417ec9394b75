"""Production starts only with safe settings, and the command line asks for no more than it needs."""

import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from commissioning.processes.services import free_port

ROOT = Path(__file__).resolve().parents[2]
SAFE = {"SECRET_KEY": secrets.token_urlsafe(60), "ALLOWED_HOSTS": "pbr.council.example"}


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    plain = {"PATH": os.defpath, "PBR_DATA": "/nonexistent", "STATIC_ROOT": os.environ["STATIC_ROOT"], **environment}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=plain, check=False, capture_output=True, text=True, timeout=60
    )


@pytest.mark.slow
@pytest.mark.promise("S16")
def test_check_deploy_finds_nothing_in_production():
    done = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **SAFE)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.promise("S16")
@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({**SAFE, "SECRET_KEY": ""}, "SECRET_KEY"),
        ({**SAFE, "SECRET_KEY": "short"}, "SECRET_KEY"),
        ({**SAFE, "SECRET_KEY": "django-insecure-" + "x1y2z3" * 12}, "SECRET_KEY"),
        ({**SAFE, "ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
    ],
    ids=["no key", "short key", "the key of an example", "no host"],
)
def test_the_web_server_refuses_to_start_with_unsafe_settings(environment: dict[str, str], complaint: str):
    done = python("-c", "import commissioning.wsgi", **environment)

    assert done.returncode == 1
    assert "ImproperlyConfigured" in done.stderr
    assert complaint in done.stderr


@pytest.mark.slow
def test_the_web_server_starts_with_safe_settings():
    done = python("-c", "import commissioning.wsgi", **SAFE)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.promise("S16")
@pytest.mark.parametrize("name", ["DEBUG", "DJANGO_DEBUG"])
def test_no_variable_switches_debugging_on(name: str):
    done = python("-c", "from commissioning import settings; print(settings.DEBUG)", **SAFE, **{name: "1"})

    assert done.stdout == "False\n"


@pytest.mark.slow
@pytest.mark.promise("S16")
def test_serving_without_a_key_is_refused_in_plain_words(tmp_path: Path):
    done = python("manage.py", "serve", PBR_DATA=str(tmp_path), PORT=str(free_port()))

    assert done.returncode == 1
    assert "Set SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("port", ["0", "http", "70000"])
def test_a_port_that_is_none_is_refused_in_plain_words(port: str, tmp_path: Path):
    done = python("manage.py", "serve", PBR_DATA=str(tmp_path), PORT=port)

    assert done.returncode == 1
    assert f"PORT is '{port}'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_taken_port_is_named_with_a_way_out(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        done = python("manage.py", "serve", PBR_DATA=str(tmp_path), PORT=str(port))

    assert done.returncode == 1
    assert f"Port {port} of 127.0.0.1 is not free" in done.stderr
    assert f"PORT={port + 1} make run" in done.stderr


@pytest.mark.slow
def test_commands_without_a_database_need_no_key():
    done = python("manage.py", "check")

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.django_db
def test_no_change_of_a_model_lacks_its_migration():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
