"""Any history of edits, freezes and goings back, also of two people at once: no version is lost or bent by it."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commissioning.models import Programme
from tariffs import queries
from tariffs.services.versions import UnchangedError
from tests.factories.tariffs import imported
from tests.factories.versions import EDITS, draft_of, freeze_if_changed, frozen, go_back, make

pytestmark = pytest.mark.django_db

Step = tuple[str, int, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "edit", "edit", "freeze", "back"]),
        st.integers(0, len(EDITS) - 1),
        st.integers(0, 5),
        st.integers(0, 9999),
    ),
    max_size=14,
)
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def play(programme: Programme, steps: list[Step]) -> None:
    """Edit, freeze and go back in any order; every version can be rebuilt exactly whatever came after it."""
    by = programme.created_by
    said = {frozen(programme): draft_of(programme)}
    for kind, which, place, amount in steps:
        if kind == "edit":
            make(EDITS[which], programme, place, amount)
        elif kind == "freeze" and (version := freeze_if_changed(programme)):
            said[version] = draft_of(programme)
        elif kind == "back":
            version, before = list(said)[place % len(said)], draft_of(programme)
            if kept := go_back(version, by):
                said[kept] = before
            assert draft_of(programme) == said[version]
    for version, snapshot in said.items():
        go_back(version, by)
        assert draft_of(programme) == queries.snapshots.of_version(version) == snapshot
    numbers = list(programme.versions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.slow
@pytest.mark.promise("D4")
@settings(max_examples=20, deadline=None, suppress_health_check=QUIET)
@given(steps=STEPS)
def test_any_past_version_is_rebuilt_exactly(db: None, steps: list[Step]) -> None:
    with transaction.atomic():
        play(imported(), steps)
        transaction.set_rollback(True)


@pytest.mark.long
@pytest.mark.promise("D4")
@settings(max_examples=10_000, deadline=None, suppress_health_check=QUIET)
@given(steps=STEPS)
def test_any_past_version_of_ten_thousand_histories_is_rebuilt_exactly(db: None, steps: list[Step]) -> None:
    with transaction.atomic():
        play(imported(), steps)
        transaction.set_rollback(True)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_freeze_at_the_same_moment_nobody_clashes() -> None:
    programme = imported()
    barrier, results = threading.Barrier(2), []

    def freeze(note: str) -> Callable[[], None]:
        def run() -> None:
            barrier.wait()
            try:
                results.append(frozen(programme, note).number)
            except UnchangedError as same:
                results.append(-same.version.number)
            finally:
                connection.close()

        return run

    threads = [threading.Thread(target=freeze(note)) for note in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == [-1, 1]
