"""Pages of runs: asking, watching, reading, comparing, checking."""

import csv
import io
import json
from typing import Any

import pytest
from django.urls import reverse

from commissioning.models import AuditEntry, Programme, Run
from commissioning.services import run_workers, runs
from tariffs.models import PriceLine
from tariffs.sources import programme_files
from tests.factories import incentive_runs
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported, small_document

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST_QUERIES = 15


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def page_of(person: Any, address: str) -> str:
    response = client_of(person).get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_editor_asks_for_a_run_once_however_often_the_form_is_sent(people: Cast, programme: Programme) -> None:
    address = reverse("incentive-run-create", args=[programme.pk])

    first, second = (client_of(people.amina).post(address, {"draws": 1024, "seed": 1}) for _ in range(2))

    run = Run.objects.get()
    assert first.url == second.url == reverse("incentive-run-detail", args=[run.pk])
    assert (run.draws, run.seed, run.kind) == (1024, 1, "incentives")
    assert AuditEntry.objects.filter(action="started a run").count() == 1


@pytest.mark.promise("B8")
@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"draws": "7", "seed": "1"}, "Choose from the list"),
        ({"draws": "1024", "seed": "many"}, "The seed must be a whole number"),
        ({"draws": "1024", "seed": "-1"}, "The seed must be 0 or more"),
        ({"draws": "1024", "seed": "99999999999"}, "The seed must be 2,147,483,647 or less"),
        ({"seed": "1"}, "Choose how thorough"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_starts_nothing(
    people: Cast, programme: Programme, given: dict[str, str], told: str
) -> None:
    response = client_of(people.amina).post(reverse("incentive-run-create", args=[programme.pk]), given)

    assert response.status_code == 200
    assert told in response.content.decode()
    assert given["seed"] in response.content.decode()
    assert not Run.objects.exists()


def test_a_waiting_run_tells_how_far_it_is(people: Cast, programme: Programme) -> None:
    run = incentive_runs.queued(programme=programme, draws=2048)

    waiting = page_of(people.vera, reverse("incentive-run-detail", args=[run.pk]))
    run_workers.work(worker="test", seconds=0.0001)
    status = client_of(people.vera).get(reverse("run-status", args=[run.pk]))

    assert "0 of 2,048 draws done" in waiting
    assert "Waiting for a worker" in waiting
    assert "Cancel the run" not in waiting
    assert "1,024 of 2,048 draws done" in status.content.decode()
    assert "Chance of a loss" in status.content.decode()


def test_at_the_end_the_fragment_stops_asking_and_has_the_page_loaded_anew(people: Cast, programme: Programme) -> None:
    run = incentive_runs.finished(programme=programme)

    response = client_of(people.vera).get(reverse("run-status", args=[run.pk]))

    assert response.status_code == 286
    assert response["HX-Refresh"] == "true"


def test_cancelling_ends_a_run_and_says_so_when_it_came_too_late(people: Cast, programme: Programme) -> None:
    run = incentive_runs.queued(programme=programme)
    address = reverse("run-cancel", args=[run.pk])
    client = client_of(people.amina)

    first, second = (client.post(address, follow=True).content.decode() for _ in range(2))

    assert "The run is cancelled" in first
    assert "The run had ended before" in second
    run.refresh_from_db()
    assert run.state == Run.State.CANCELLED


def test_a_failed_run_says_why_in_plain_words(people: Cast, programme: Programme) -> None:
    run = incentive_runs.queued(programme=programme)
    runs.fail(run=run, message="The computer ran out of memory.")

    page = page_of(people.vera, reverse("incentive-run-detail", args=[run.pk]))

    assert "Why did the run fail?" in page
    assert "The computer ran out of memory." in page


def test_a_result_says_who_is_parked_in_words_pictures_and_tables(people: Cast, programme: Programme) -> None:
    run = incentive_runs.finished(programme=programme)

    page = page_of(people.vera, reverse("incentive-run-detail", args=[run.pk]))

    assert "Who would be helped, and who parked, under this tariff?" in page
    assert page.count('<figure class="chart"') == 10
    assert page.count("The same figures as a table") == 10
    assert "The programme has changed since this run" not in page


@pytest.mark.promise("A6")
def test_every_picture_gives_its_figures_as_csv(people: Cast, programme: Programme) -> None:
    run = incentive_runs.finished(programme=programme)
    keys = ("support", "rates", "parked", "near", "deadweight", "parity", "cash", "margin", "trough", "spend")

    for key in keys:
        response = client_of(people.vera).get(reverse("incentive-run-figures", args=[run.pk, key]))

        rows = list(csv.reader(io.StringIO(response.content.decode())))
        assert response["Content-Disposition"] == f'attachment; filename="{key}.csv"'
        assert len(rows) > 1
        assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("query", ["?provider=1", "?provider=-1", "?provider=x", "?provider=²"])
def test_an_unknown_provider_or_picture_is_not_found(people: Cast, programme: Programme, query: str) -> None:
    run = incentive_runs.finished(programme=programme)
    client = client_of(people.vera)

    assert client.get(reverse("incentive-run-detail", args=[run.pk]) + query).status_code == 404
    assert client.get(reverse("incentive-run-figures", args=[run.pk, "support"]) + query).status_code == 404
    assert client.get(reverse("incentive-run-figures", args=[run.pk, "nothing"])).status_code == 404


def test_several_providers_can_be_chosen_between(people: Cast) -> None:
    two = small_document() | {"providers": [{"id": "one", "name": "Big", "share": 0.5}, {"id": "two", "share": 0.5}]}
    run = incentive_runs.finished(programme=imported(two, organisation=people.authority, by=people.amina))

    page = page_of(people.vera, reverse("incentive-run-detail", args=[run.pk]) + "?provider=1")

    assert '<a class="govuk-link" href="?provider=0">Big</a>' in page
    assert '<strong aria-current="page">two</strong>' in page


def test_a_result_says_when_the_draft_has_moved_on(people: Cast, programme: Programme) -> None:
    run = incentive_runs.finished(programme=programme)
    PriceLine.objects.filter(tariff=programme.tariff, price_band="A").update(price=1500)

    page = page_of(people.amina, reverse("incentive-run-detail", args=[run.pk]))

    assert "The programme has changed since this run" in page
    assert "Run it as it stands now" in page


def test_the_record_lets_anyone_permitted_check_the_run(people: Cast, programme: Programme) -> None:
    run = incentive_runs.finished(programme=programme)
    client = client_of(people.vera)

    page = page_of(people.vera, reverse("incentive-run-record", args=[run.pk]))
    record = json.loads(client.get(reverse("incentive-run-record-download", args=[run.pk])).content)
    inputs = client.get(reverse("incentive-run-inputs", args=[run.pk])).content

    assert run.inputs_sha256 in page
    assert run.result_sha256 in page
    assert record["inputs"] == json.loads(inputs)
    assert record["result"]["draws"] == run.draws
    assert programme_files.inputs_sha256(programme_files.loads(inputs)) == run.inputs_sha256


@pytest.mark.promise("R2")
def test_a_repeated_run_comes_out_the_same_to_the_last_digit(people: Cast, programme: Programme) -> None:
    run = incentive_runs.finished(programme=programme)

    client_of(people.amina).post(reverse("incentive-run-repeat", args=[run.pk]))
    during = page_of(people.amina, reverse("incentive-run-record", args=[run.pk]))
    while run_workers.work(worker="test"):
        pass
    after = page_of(people.amina, reverse("incentive-run-record", args=[run.pk]))

    assert "It is being repeated now" in during
    assert "every figure came out the same, to the last digit" in after


def test_a_repeat_is_not_listed_among_the_runs(people: Cast, programme: Programme) -> None:
    run = incentive_runs.finished(programme=programme)
    client_of(people.amina).post(reverse("incentive-run-repeat", args=[run.pk]))

    page = page_of(people.vera, reverse("incentive-run-list", args=[programme.pk]))

    assert page.count('scope="row"') == 1


@pytest.mark.promise("L6")
@pytest.mark.parametrize("count", [2, 30])
def test_pages_of_runs_take_few_queries_however_many_there_are(
    people: Cast, programme: Programme, count: int, django_assert_max_num_queries: Any
) -> None:
    made = [incentive_runs.finished(programme=programme, draws=1, seed=seed) for seed in range(count)]
    client = client_of(people.amina)
    compare = reverse("incentive-run-compare", args=[programme.pk])

    for address in (
        reverse("incentive-run-list", args=[programme.pk]),
        reverse("incentive-run-detail", args=[made[0].pk]),
        reverse("incentive-run-record", args=[made[0].pk]),
        f"{compare}?run={made[0].pk}&run={made[1].pk}",
    ):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address).status_code == 200


def test_the_model_is_set_against_history_for_anyone(client: Any) -> None:
    page = client.get(reverse("validation")).content.decode()

    assert page.count("Holds") == 6
    assert "Misses" not in page
    assert "38.7%" in page
