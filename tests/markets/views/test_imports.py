"""Pages of imports: handing over, matching columns, progress, faults, and what is typed wrongly."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from commissioning.core import file_kinds
from markets import services
from markets.models import Import, ListedProvider
from tests.factories import registers
from tests.factories.commissioning import Cast, cast, client_of
from tests.markets.services.test_imports import LIST

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def hand_over(people: Cast, content: bytes = LIST, name: str = "list.csv", source: str = "own_list") -> Any:
    data = {"source": source, "organisation": people.authority.pk, "file": SimpleUploadedFile(name, content)}
    return client_of(people.amina).post(reverse("import-create"), data)


def test_an_own_list_is_handed_over_checked_and_brought_in(people: Cast) -> None:
    client = client_of(people.amina)
    answer = hand_over(people)
    held = Import.objects.get()
    assert answer.headers["Location"] == reverse("import-columns", args=[held.pk])

    shown = client.get(answer.headers["Location"]).content.decode()
    assert "Help at Hand" in shown
    client.post(answer.headers["Location"], {"name": "0", "charity_number": "1", "income": "2"})
    services.import_workers.work()

    found = client.get(held.get_absolute_url()).content.decode()
    assert "<strong>2</strong> rows read" in found
    assert ListedProvider.objects.count() == 2


def test_the_name_must_be_matched(people: Cast) -> None:
    hand_over(people)
    held = Import.objects.get()

    answer = client_of(people.amina).post(reverse("import-columns", args=[held.pk]), {"income": "2"})
    twice = client_of(people.amina).post(reverse("import-columns", args=[held.pk]), {"name": "0", "income": "0"})

    assert "Choose the column that holds the name" in answer.content.decode()
    assert "can be used once" in twice.content.decode()
    held.refresh_from_db()
    assert held.state == Import.State.DRAFT


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"content": b""}, "The file is empty"),
        ({"name": "list.pdf"}, "The file must be one of CSV, XLSX"),
        ({"name": "list.xlsx", "content": b"PK\x03\x04"}, "damaged"),
        ({"source": "contracts", "name": "list.csv"}, "JSON, JSONL, ZIP"),
        ({"source": "ccew"}, "Choose from the list"),
        ({"content": b"x" * (file_kinds.MOST_BYTES + 1)}, "must be smaller than 10 MB"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_field(people: Cast, given: dict[str, Any], words: str) -> None:
    answer = hand_over(people, **given)

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Import.objects.exists()


def test_a_file_for_another_authority_is_refused(people: Cast) -> None:
    data = {"source": "own_list", "organisation": people.elsewhere.pk, "file": SimpleUploadedFile("l.csv", LIST)}

    answer = client_of(people.amina).post(reverse("import-create"), data)

    assert "Choose from the list" in answer.content.decode()


def test_who_may_bring_nothing_in_is_told_so(people: Cast) -> None:
    assert "Only editors and approvers" in client_of(people.vera).get(reverse("import-create")).content.decode()


@pytest.mark.promise("R10")
def test_progress_is_shown_until_the_end_and_then_the_page_is_loaded_anew(people: Cast) -> None:
    held = registers.handed_over(people.authority, b"[]", by=people.amina, source="grants")
    client = client_of(people.vera)

    waiting = client.get(held.get_absolute_url())
    services.import_workers.work()
    done = client.get(reverse("import-status", args=[held.pk]))

    assert "Waiting for a worker" in waiting.content.decode()
    assert (done.status_code, done.headers["HX-Refresh"]) == (286, "true")
    assert "Why did the import fail?" in client.get(held.get_absolute_url()).content.decode()


def test_an_import_is_cancelled_once(people: Cast) -> None:
    held = registers.handed_over(people.authority, LIST, by=people.amina)
    client = client_of(people.amina)

    first = client.post(reverse("import-cancel", args=[held.pk]), follow=True).content.decode()
    second = client.post(reverse("import-cancel", args=[held.pk]), follow=True).content.decode()

    assert "Nothing of it went in" in first
    assert "had ended before" in second
    assert client.get(reverse("import-columns", args=[held.pk])).status_code == 302


@pytest.mark.promise("B5")
def test_faults_are_listed_and_come_as_csv_that_cannot_come_alive(people: Cast) -> None:
    held = registers.handed_over(people.authority, LIST + b'Bad,12,\nWorse,"=1+1",\n', by=people.amina)
    services.imports.start(held=held, columns=held.columns, by=people.amina)
    services.import_workers.work()
    client = client_of(people.vera)

    shown = client.get(held.get_absolute_url()).content.decode()
    csv = client.get(reverse("import-faults", args=[held.pk])).content.decode()

    assert "Rows that could not be read" in shown
    assert csv.splitlines()[0] == "File,Line,What is wrong"
    assert len(csv.splitlines()) == 3


def test_the_list_shows_my_authoritys_imports_alone(people: Cast) -> None:
    registers.handed_over(people.authority, LIST, by=people.amina)
    registers.handed_over(people.elsewhere, LIST.replace(b"Help", b"Held"), by=people.charlie)

    found = client_of(people.vera).get(reverse("import-list")).content.decode()

    assert found.count("Columns to be checked") == 1
