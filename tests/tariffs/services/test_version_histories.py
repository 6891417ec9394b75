"""Any history of edits, freezes and goings back, also of two people at once: no version is lost or bent by it."""

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commissioning.models import Programme
from tariffs import queries
from tariffs.services.price_lines import StaleTariffError
from tariffs.services.versions import UnchangedError
from tests.factories.tariffs import imported
from tests.factories.versions import EDITS, draft_of, freeze_if_changed, frozen, go_back, make, reprice

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


def at_once(*actions: Callable[[], object]) -> None:
    """Let each act in a thread of its own, all from the same moment on."""
    barrier = threading.Barrier(len(actions))

    def run(action: Callable[[], object]) -> None:
        barrier.wait()
        try:
            action()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_freeze_at_the_same_moment_nobody_clashes() -> None:
    programme, results = imported(), []

    def freeze() -> None:
        try:
            results.append(frozen(programme).number)
        except UnchangedError as same:
            results.append(-same.version.number)

    at_once(freeze, freeze)

    assert sorted(results) == [-1, 1]


@pytest.mark.slow
@pytest.mark.promise("D1")
@pytest.mark.django_db(transaction=True)
def test_a_price_saved_while_somebody_goes_back_is_in_the_draft_or_in_a_version_or_refused() -> None:
    programme, told = imported(), []
    version = frozen(programme)
    reprice(programme, Decimal(5))

    def save() -> None:
        try:
            reprice(programme, Decimal(6))
        except StaleTariffError:
            told.append("stale")

    at_once(save, lambda: go_back(version, programme.created_by))

    drafts = [draft_of(programme), *map(queries.snapshots.of_version, programme.versions.all())]
    assert told or any(draft.programme.tariff.prices[0].price == 6 for draft in drafts)
