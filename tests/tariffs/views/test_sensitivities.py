"""The page that says which evidence matters most: asked for once, read by all who may, older than the draft or not."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commissioning.models import Evidence, Programme, Run
from commissioning.services import runs
from tariffs import queries
from tariffs.queries.run_kinds import SENSITIVITY
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.sensitivities import finished, queued
from tests.factories.tariffs import imported

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def page_of(person: Any, programme: Programme, query: str = "", status: int = 200) -> str:
    response = client_of(person).get(reverse("sensitivity", args=[programme.tariff.pk]) + query)
    assert response.status_code == status
    return response.content.decode()


def test_an_editor_asks_and_a_reader_sees_what_to_find_out_first(people: Cast, programme: Programme) -> None:
    before = page_of(people.amina, programme)
    client_of(people.amina).post(reverse("sensitivity", args=[programme.tariff.pk]))
    waiting = page_of(people.vera, programme)
    finished(tariff=programme.tariff)

    page = page_of(people.vera, programme)

    assert "This has not been worked out yet." in before
    assert "inputs and margins done" in waiting
    assert Run.objects.filter(kind=SENSITIVITY).count() == 1
    assert "What to find out first" in page
    assert "Most hangs on" in page
    assert "inputs have no range." in page
    assert "Already parked" in page or "Parked below" in page or "never parked" in page
    assert "Write it down" not in page


def test_each_line_of_the_list_leads_an_editor_to_where_it_is_written(people: Cast, programme: Programme) -> None:
    finished(tariff=programme.tariff)

    page = page_of(people.amina, programme)

    evidence = Evidence.objects.get(group__programme=programme, group__key="a")
    assert reverse("evidence-edit", args=[evidence.pk]) in page
    assert reverse("group-edit", args=[programme.groups.get(key="a").pk]) in page


def test_an_input_that_was_removed_since_has_no_address(people: Cast, programme: Programme) -> None:
    run = finished(tariff=programme.tariff)
    Evidence.objects.filter(group__programme=programme).delete()

    known = queries.sensitivities.places(programme)
    analysis = queries.sensitivities.read(run)

    places = {bar.swing.kind: queries.sensitivities.place_of(bar.swing, known) for bar in analysis.tornado.bars}
    assert places["baseline"] == ""
    assert places["referrals"].startswith("/groups/")


@pytest.mark.parametrize("figure", ["parked", "margin", "spend", "additional", "loss"])
def test_every_figure_has_its_tornado_and_its_csv(people: Cast, programme: Programme, figure: str) -> None:
    run = finished(tariff=programme.tariff)

    page = page_of(people.vera, programme, f"?figure={figure}")
    address = reverse("sensitivity-figures", args=[run.pk, f"tornado-{figure}"])
    csv = client_of(people.vera).get(address).content.decode()

    assert address in page
    assert csv.startswith("Input,How good its source is,Tried from and to")
    assert len(csv.splitlines()) == 1 + len(queries.sensitivities.read(run).tornado.bars)


def test_a_figure_or_a_chart_that_there_is_not_is_not_found(people: Cast, programme: Programme) -> None:
    run = finished(tariff=programme.tariff)

    page_of(people.vera, programme, "?figure=joy", status=404)
    assert client_of(people.vera).get(reverse("sensitivity-figures", args=[run.pk, "joy"])).status_code == 404


def test_a_change_of_the_draft_asks_for_a_new_analysis_and_keeps_the_old_one(
    people: Cast, programme: Programme
) -> None:
    run = finished(tariff=programme.tariff)
    programme.groups.filter(key="a").update(referrals_per_month=99)

    page = page_of(people.amina, programme)
    old = client_of(people.amina).get(reverse("sensitivity-run", args=[run.pk])).content.decode()

    assert "The programme has changed since this was last worked out." in page
    assert reverse("sensitivity-run", args=[run.pk]) in page
    assert "The programme has changed since this was worked out." in old


def test_a_draft_that_lacks_parts_says_which(people: Cast, programme: Programme) -> None:
    programme.archetypes.all().delete()

    answer = client_of(people.amina).post(reverse("sensitivity", args=[programme.tariff.pk]))

    assert "Before this can be worked out:" in answer.content.decode()
    assert not Run.objects.exists()


def test_a_cancelled_analysis_can_be_asked_for_again(people: Cast, programme: Programme) -> None:
    run = queued(tariff=programme.tariff)
    runs.cancel(run=run, by=people.amina)

    old = client_of(people.amina).get(reverse("sensitivity-run", args=[run.pk])).content.decode()

    assert "This run was cancelled" in old
    assert "This has not been worked out yet." in page_of(people.amina, programme)


def test_an_analysis_is_no_simulation_of_the_tariff(people: Cast, programme: Programme) -> None:
    finished(tariff=programme.tariff)

    assert not queries.incentive_runs.of_programme(programme).exists()
    listed = client_of(people.amina).get(reverse("incentive-run-list", args=[programme.pk])).content.decode()
    assert "Nobody has run a simulation of this programme yet." in listed


def test_the_page_asks_the_database_a_bounded_number_of_times(people: Cast, programme: Programme) -> None:
    finished(tariff=programme.tariff)
    client = client_of(people.amina)
    address = reverse("sensitivity", args=[programme.tariff.pk])
    client.get(address)

    with CaptureQueriesContext(connection) as asked:
        client.get(address)

    assert len(asked) <= 15
