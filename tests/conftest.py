"""What every test stands on: strict arithmetic, quick passwords, and the browser of the journeys."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# The same cases each time, on any machine, unless --hypothesis-profile=ranging asks for new ones (make assure does).
hypothesis_settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis_settings.register_profile("ranging", deadline=None, print_blob=True)
hypothesis_settings.load_profile("steady")


def pytest_configure() -> None:
    # A chance too small for a float is nothing, which is right; everything else that goes wrong is told.
    np.seterr(all="raise", under="ignore")
    empty_tables = TransactionTestCase._fixture_teardown

    def empty_tables_the_log_too(case: TransactionTestCase) -> None:
        """Empty the tables after a test that commits, the audit log too, which otherwise refuses to be emptied."""
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        try:
            empty_tables(case)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SET session_replication_role = DEFAULT")

    TransactionTestCase._fixture_teardown = empty_tables_the_log_too


@pytest.fixture(scope="session")
def kept_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which files that people put in are kept while tests run."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture(autouse=True)
def quick_settings(settings: Any, kept_files: Path) -> None:
    """Hash passwords quickly, and serve static files as they are, without collecting them first."""
    caches["memory"].clear()  # The next test starts its minute anew
    settings.MEDIA_ROOT = str(kept_files)
    settings.WHITENOISE_AUTOREFRESH = True  # Otherwise each client of a test would list all static files first
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": shutil.which("chromium"), "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def collected_static() -> Path:
    """The static files as a server has them, collected by the first test that asks and kept for the next time."""
    checkout = Path(__file__).resolve().parents[1]
    folder = Path(os.environ["STATIC_ROOT"])
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = [sys.executable, "manage.py", "prepare", "--only", "static"]
        subprocess.run(command, cwd=checkout, check=True)
    return folder
