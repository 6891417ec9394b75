"""The pytest plugin that brings up PostgreSQL and Valkey where the environment names none.

It is loaded by name before any conftest.py, because the services have to be up before Django reads its settings.
"""

import contextlib
import os
from pathlib import Path

import pytest

from commissioning.processes import services

_until_the_end = contextlib.ExitStack()

# A journey is a demonstration: http, no second factor. Tests of production settings start processes of their own.
os.environ.setdefault("PBR_DEMO", "1")
os.environ.setdefault("SECRET_KEY", "for tests only")
# Playwright's loop runs in the tests' thread; the database is used from that thread only.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# A fresh clone has no static files collected, and the missing folder alone is a warning on every request.
os.environ.setdefault("STATIC_ROOT", str(Path(__file__).resolve().parents[1] / "var" / "test-static"))
Path(os.environ["STATIC_ROOT"]).mkdir(parents=True, exist_ok=True)

if not ("DATABASE_URL" in os.environ and "REDIS_URL" in os.environ):
    # Processes started by this one, such as the workers of pytest-xdist, find the addresses in its environment.
    os.environ.update(_until_the_end.enter_context(services.throwaway()).addresses.as_environment())


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    _until_the_end.close()
