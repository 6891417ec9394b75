"""The worked example's public page: readable without an account, sourced, and the same figures as the engine's."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.core.figures import percent
from tariffs import queries
from tests.factories.commissioning import client_of, person

pytestmark = pytest.mark.django_db
CHARTS = ("support", "rates", "parked", "near", "deadweight", "parity")


def page() -> str:
    return Client().get(reverse("worked-example")).content.decode()


def test_the_public_home_page_leads_to_the_worked_example() -> None:
    assert f'href="{reverse("worked-example")}"' in Client().get("/").content.decode()


def test_anyone_reads_who_was_parked_with_its_pictures_and_what_it_rests_on() -> None:
    shown = page()

    assert "Who was parked under the Work Programme?" in shown
    assert shown.count('<figure class="chart"') == len(CHARTS)
    assert "worked out by a model, not observed" in shown
    assert "Sign in to change its prices" in shown


def test_every_figure_of_the_worked_example_names_its_source() -> None:
    example = queries.worked_examples.work_programme()
    shown = page()

    for table in (example.groups, example.evidence, example.sources):
        for row in table.rows:
            assert row[-2] != "No source given"
            assert row[-1] in {"strong", "moderate", "weak", "assumption"}
            assert table.caption in shown


def test_each_band_is_shown_with_what_it_pays_for_each_milestone() -> None:
    rows = {row[0]: row[1:] for row in queries.worked_examples.work_programme().prices.rows}

    assert rows["PG7"] == ("ESA, formerly on incapacity benefit", "nothing", "£3,500", "£370, up to 26 times")


@pytest.mark.promise("A6")
@pytest.mark.parametrize("key", CHARTS)
def test_each_picture_of_the_worked_example_gives_its_figures_as_csv(key: str) -> None:
    response = Client().get(reverse("worked-example-figures", args=[key]))

    rows = list(csv.reader(io.StringIO(response.content.decode())))
    assert response["Content-Disposition"] == f'attachment; filename="{key}.csv"'
    assert len(rows) > 1


def test_the_parked_shares_are_those_of_the_engine() -> None:
    decisions = queries.worked_examples.work_programme().decisions
    shown = page()

    assert [row["group"] for row in decisions] == ["PG1", "PG2", "PG6", "PG7"]
    assert all(f">{percent(row['parked_share'])}<" in shown for row in decisions)


def test_an_unknown_picture_is_not_found() -> None:
    assert Client().get(reverse("worked-example-figures", args=["cash"])).status_code == 404


def test_whoever_is_signed_in_is_led_back_to_their_programmes() -> None:
    shown = client_of(person()).get(reverse("worked-example")).content.decode()

    assert "Your programmes" in shown
    assert "Sign in to change its prices" not in shown
