"""The page that sets two versions side by side, and the same as CSV."""

import csv
import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.models import Programme
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported
from tests.factories.versions import add_group, frozen, reprice

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


@pytest.fixture
def amina(people: Cast) -> Client:
    return client_of(people.amina)


def comparison_of(programme: Programme, first: object, second: object, name: str = "version-compare") -> str:
    return f"{reverse(name, args=[programme.pk])}?first={first}&second={second}"


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_differences_are_told_in_words_and_side_by_side(programme: Programme, amina: Client) -> None:
    frozen(programme)
    reprice(programme, Decimal(1500))
    add_group(programme, 2, 4)

    text = page(amina, comparison_of(programme, 1, "draft"))

    assert "What changed between version 1 and the draft?" in text
    assert "The price of Job for A rose from £1,000 to £1,500 (50% more)." in text
    assert "Not in version 1" in text
    assert ">Added<" in text


def test_without_a_choice_the_newest_version_is_compared_with_the_draft(programme: Programme, amina: Client) -> None:
    frozen(programme)

    text = page(amina, reverse("version-compare", args=[programme.pk]))

    assert "What changed between version 1 and the draft?" in text
    assert "Nothing differs." in text


def test_without_a_version_there_is_nothing_to_compare(programme: Programme, amina: Client) -> None:
    assert "There is no version yet to compare with" in page(amina, reverse("version-compare", args=[programme.pk]))


@pytest.mark.parametrize("second", ["", "7", "draught", "1e9", "\x00", "9" * 5000])
def test_what_cannot_be_compared_gets_an_error_beside_its_field(
    programme: Programme, amina: Client, second: str
) -> None:
    frozen(programme)

    response = amina.get(reverse("version-compare", args=[programme.pk]), {"first": "1", "second": second})

    assert "Choose the draft or a version from the list" in response.content.decode()
    csv_path = reverse("version-compare-csv", args=[programme.pk])
    assert amina.get(csv_path, {"first": "1", "second": second}).status_code == 404


def test_long_differences_are_cut_on_the_page_and_whole_in_the_csv(
    programme: Programme, amina: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tariffs.queries.version_comparisons.MOST_ROWS", 1)
    frozen(programme)
    reprice(programme, Decimal(1), 0)
    reprice(programme, Decimal(2), 1)

    assert "1 more is in the CSV file." in page(amina, comparison_of(programme, 1, "draft"))
    written = amina.get(comparison_of(programme, 1, "draft", "version-compare-csv")).content.decode()
    assert [row[:2] for row in csv.reader(io.StringIO(written))][1:] == [
        ["Prices", "Price of Job for A"],
        ["Prices", "Price of Job for B"],
    ]


def test_the_csv_has_old_and_new_and_what_went(programme: Programme, amina: Client) -> None:
    frozen(programme)
    programme.groups.get(key="a").evidence.all().delete()

    response = amina.get(comparison_of(programme, 1, "draft", "version-compare-csv"))

    head, row = csv.reader(io.StringIO(response.content.decode()))
    assert head == ["Part", "What", "Change", "Version 1", "The draft", "In words"]
    assert row[2:5] == ["Removed", "without help 20 in 100", "Not in the draft"]
    assert response["Content-Disposition"] == 'attachment; filename="changes-1-to-draft.csv"'
