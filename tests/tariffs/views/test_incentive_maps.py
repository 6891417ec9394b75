"""The page on which money says avoid, and the same as CSV."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse

from commissioning.models import Programme
from tariffs.sources import programme_files
from tests.factories import repair_runs
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.parked import two_groups, with_start
from tests.factories.tariffs import EXAMPLE, imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def example(people: Cast) -> Programme:
    return imported(EXAMPLE, organisation=people.authority, by=people.amina)


def page_of(person: Any, programme: Programme, query: str = "") -> str:
    response = client_of(person).get(reverse("incentive-map", args=[programme.tariff.pk]) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_map_says_where_money_stops_and_where_it_goes_on(people: Cast, example: Programme) -> None:
    shown = page_of(people.vera, example)

    assert "Money tells Prime contractor to avoid people or stop helping them in 3 cells" in shown
    assert shown.count("✕ Stop") == 6  # in the table, and in the list by group
    assert shown.count("✓ Go on") == 8
    assert "! In doubt" in shown
    assert "55% parked on the way" in shown
    assert "Pays £370, up to 26 times" in shown


def test_a_red_cell_leads_to_its_cure_once_there_is_one(people: Cast, example: Programme) -> None:
    cure = reverse("tariff-repairs", args=[example.tariff.pk])
    before = page_of(people.amina, example)
    repair_runs.finished(programme=example)

    after = page_of(people.amina, example)

    assert f'href="{cure}#ask">Look for a cure' in before
    assert f'href="{cure}#group-3">What would cure it' in after
    assert f'href="{cure}#group-0"' not in after


def test_the_anchor_of_a_cure_stands_on_the_page_it_leads_to(people: Cast, example: Programme) -> None:
    repair_runs.finished(programme=example)

    response = client_of(people.amina).get(reverse("tariff-repairs", args=[example.tariff.pk]))

    assert 'id="group-3"' in response.content.decode()
    assert 'id="ask"' in response.content.decode()


def test_each_kind_of_provider_is_chosen_by_a_link(people: Cast) -> None:
    document = programme_files.to_document(two_groups())
    first = document["providers"][0] | {"name": "Prime"}
    dear = first | {"id": "q", "name": "Charity", "share": 0.0, "unit_cost": 2.0}
    programme = imported(document | {"providers": [first, dear]}, organisation=people.authority, by=people.amina)

    shown = page_of(people.vera, programme)

    assert '<a class="govuk-link" href="?provider=1">Charity</a>' in shown
    assert '<strong aria-current="page">Charity</strong>' in page_of(people.vera, programme, "?provider=1")
    for wrong in ("?provider=2", "?provider=-1", "?provider=x"):
        path = reverse("incentive-map", args=[programme.tariff.pk])
        assert client_of(people.vera).get(path + wrong).status_code == 404


@pytest.mark.parametrize(
    ("parts", "told"), [("archetypes", "There is no map yet"), ("prices", "Nothing has a price yet")]
)
def test_what_is_missing_is_said(people: Cast, example: Programme, parts: str, told: str) -> None:
    (example.archetypes if parts == "archetypes" else example.tariff.price_lines).all().delete()

    assert told in page_of(people.vera, example)


def test_where_nobody_is_avoided_it_says_so(people: Cast) -> None:
    document = programme_files.to_document(with_start(two_groups()))
    alone = document | {
        "groups": document["groups"][:1],
        "evidence": document["evidence"][:1],
        "tariff": document["tariff"] | {"prices": document["tariff"]["prices"][:1]},
    }
    programme = imported(alone, organisation=people.authority, by=people.amina)

    assert "Nowhere does money tell" in page_of(people.vera, programme)


def test_the_same_figures_come_as_csv(people: Cast, example: Programme) -> None:
    path = reverse("incentive-map-csv", args=[example.tariff.pk])

    response = client_of(people.vera).get(path)

    rows = list(csv.reader(io.StringIO(response.content.decode())))
    assert rows[0][:4] == ["Group", "Price line", "What money says", "Price"]
    assert [row[2] for row in rows[1:]] == ["In doubt", "Stop", "Stop", "Stop", *["Go on"] * 4]
    assert float(rows[4][8]) == pytest.approx(0.55)
    assert response["Content-Disposition"] == 'attachment; filename="map.csv"'
    example.archetypes.all().delete()
    assert client_of(people.vera).get(path).status_code == 404


def test_the_page_takes_few_queries(people: Cast, example: Programme, django_assert_max_num_queries: Any) -> None:
    client = client_of(people.amina)

    with django_assert_max_num_queries(15):
        client.get(reverse("incentive-map", args=[example.tariff.pk]))
