"""Imports change hands: under a lease, three times at most, and never twice at once."""

import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from markets import services
from markets.models import Import, ListedProvider
from markets.services import import_files, import_leases, import_workers
from markets.services.import_leases import LostError
from tests.factories import registers
from tests.factories.commissioning import Cast, cast
from tests.markets.services.test_imports import LIST

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def held(people: Cast) -> Import:
    made = registers.handed_over(people.authority, LIST, by=people.amina)
    services.imports.start(held=made, columns=made.columns, by=people.amina)
    made.refresh_from_db()
    return made


def lapse(held: Import) -> None:
    Import.objects.filter(pk=held.pk).update(lease_until=Now() - timedelta(seconds=1))


def test_an_import_that_somebody_works_on_is_not_claimed_again(held: Import) -> None:
    assert import_leases.claim() == held
    assert import_leases.claim() is None


@pytest.mark.promise("R3")
def test_a_silent_workers_import_is_given_to_the_next_and_ends_well(held: Import) -> None:
    import_leases.claim()
    lapse(held)

    assert import_workers.work()

    held.refresh_from_db()
    assert (held.state, held.attempt) == (Import.State.SUCCEEDED, 2)


@pytest.mark.promise("R4")
def test_a_late_worker_takes_nothing_in(held: Import) -> None:
    late = import_leases.claim()
    assert late is not None
    lapse(held)
    import_leases.claim()

    import_workers.run(held=late, paths=import_files.paths(late))

    held.refresh_from_db()
    assert (held.state, ListedProvider.objects.count()) == (Import.State.RUNNING, 0)


@pytest.mark.promise("R9")
def test_a_cancelled_import_takes_nothing_in(people: Cast, held: Import) -> None:
    mine = import_leases.claim()
    assert mine is not None

    assert services.imports.cancel(held=held, by=people.amina)
    import_workers.run(held=mine, paths=import_files.paths(held))

    held.refresh_from_db()
    assert (held.state, ListedProvider.objects.count()) == (Import.State.CANCELLED, 0)
    assert not services.imports.cancel(held=held, by=people.amina)


@pytest.mark.promise("R5")
def test_an_import_that_stopped_three_times_is_given_up(held: Import) -> None:
    for _ in range(import_leases.MOST_ATTEMPTS):
        assert import_leases.claim() == held
        lapse(held)

    waiting = import_workers.sweep()

    held.refresh_from_db()
    assert (waiting, held.state, held.message) == (0, Import.State.FAILED, import_leases.STOPPED_TOO_OFTEN)


@pytest.mark.promise("R11")
def test_a_file_that_is_gone_ends_the_import_in_plain_words(held: Import) -> None:
    Path(held.files.get().file.path).unlink()

    assert import_workers.work()

    held.refresh_from_db()
    assert (held.state, held.message) == (Import.State.FAILED, import_workers.GONE)


@pytest.mark.promise("R11")
def test_a_command_that_was_stopped_leaves_nothing_running() -> None:
    made = Import.objects.create(source="ccew", file_names=["x"])
    import_leases.take(made)
    lapse(made)

    import_workers.sweep()

    made.refresh_from_db()
    assert (made.state, made.message) == (Import.State.FAILED, import_leases.STOPPED)


def test_the_sweeper_counts_what_waits_and_forgets_old_drafts(people: Cast, held: Import) -> None:
    draft = registers.handed_over(people.authority, LIST, by=people.amina)
    Import.objects.filter(pk=draft.pk).update(created_at=timezone.now() - timedelta(days=8))

    assert import_workers.sweep() == 1

    draft.refresh_from_db()
    assert draft.state == Import.State.CANCELLED


@pytest.mark.promise("R10")
def test_a_worker_says_how_far_it_is_and_learns_that_it_lost(held: Import) -> None:
    mine = import_leases.claim()
    assert mine is not None
    import_leases.renew(mine, bytes_done=5, rows_read=1, fault_count=0)

    held.refresh_from_db()
    assert (held.bytes_done, held.rows_read) == (5, 1)
    lapse(held)
    import_leases.claim()
    with pytest.raises(LostError):
        import_leases.renew(mine, bytes_done=6, rows_read=2, fault_count=0)
    with pytest.raises(LostError):
        import_leases.hold(mine)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts private memory")
@pytest.mark.promise("R5")
def test_a_file_that_takes_too_much_memory_ends_its_own_import_and_nothing_else(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_workers, "MOST_MEMORY", 8 * 1024**2)
    # Python keeps a text with one wide letter at four bytes a letter: 36 MB, which no freed memory can hold.
    swollen = json.dumps({"grants": [{"title": "\N{GRINNING FACE}" + "x" * 9_000_000}]}, ensure_ascii=False).encode()
    held = registers.handed_over(people.authority, swollen, by=people.amina, source="grants")

    assert import_workers.work()

    held.refresh_from_db()
    assert (held.state, held.message) == (Import.State.FAILED, import_workers.TOO_MUCH)
    assert not held.files.exists()
