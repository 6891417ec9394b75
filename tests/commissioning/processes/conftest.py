"""Folders as the services find them."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may pass through, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="pbr-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
