"""What the tests of runs stand on: workers here can throw darts."""

from collections.abc import Iterator

import pytest

from commissioning.services import works
from tests.factories import runs


@pytest.fixture
def dart_work(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Teach this process the darts for one test."""
    monkeypatch.setattr(works, "_works", {})
    works.register(kind=runs.KIND, work=runs.DartWork())
    yield
