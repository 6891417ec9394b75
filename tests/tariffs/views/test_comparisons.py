"""Pages on which runs stand side by side."""

from typing import Any

import pytest
from django.urls import reverse

from commissioning.models import Programme
from commissioning.services import run_workers
from tariffs.models import PriceLine
from tests.factories import incentive_runs
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


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


def test_two_runs_are_compared_on_the_same_luck(people: Cast, programme: Programme) -> None:
    first = incentive_runs.finished(programme=programme)
    PriceLine.objects.filter(tariff=programme.tariff, price_band="A").update(price=1500)
    second = incentive_runs.finished(programme=Programme.objects.get(pk=programme.pk))
    address = reverse("incentive-run-compare", args=[programme.pk])

    page = page_of(people.vera, f"{address}?run={first.pk}&run={second.pk}")

    assert "All tariffs met the same luck" in page
    assert "The price of Job for A rose from £1,000 to £1,500 (50% more)." in page
    assert "First draft (2) costs more than First draft (1) in " in page
    assert "People parked" in page


def test_runs_with_other_luck_are_compared_with_a_warning(people: Cast, programme: Programme) -> None:
    pair = [incentive_runs.finished(programme=programme, seed=seed) for seed in (1, 2)]
    address = reverse("incentive-run-compare", args=[programme.pk])

    page = page_of(people.vera, f"{address}?run={pair[0].pk}&run={pair[1].pk}")

    assert "did not meet the same luck" in page
    assert "Nothing: the programme was the same." in page


def test_only_runs_of_the_same_programme_are_compared(people: Cast, programme: Programme) -> None:
    mine = incentive_runs.finished(programme=programme)
    theirs = incentive_runs.finished(programme=imported(organisation=people.elsewhere, by=people.charlie))
    client, address = client_of(people.vera), reverse("incentive-run-compare", args=[programme.pk])

    for other in (theirs.pk, "nonsense"):
        assert client.get(f"{address}?run={mine.pk}&run={other}").status_code == 404


def test_a_comparison_waits_for_runs_that_are_not_done(people: Cast, programme: Programme) -> None:
    mine = incentive_runs.finished(programme=programme)
    waiting = incentive_runs.queued(programme=programme, seed=3)
    address = f"{reverse('incentive-run-compare', args=[programme.pk])}?run={mine.pk}&run={waiting.pk}"

    page = page_of(people.vera, address)
    while run_workers.work(worker="test"):
        pass
    polled = client_of(people.vera).get(address, headers={"HX-Request": "true"})

    assert "The tariffs are being tested." in page
    assert polled["HX-Refresh"] == "true"
    assert "did not meet the same luck" in page_of(people.vera, address)


def test_a_comparison_of_one_run_asks_for_another(people: Cast, programme: Programme) -> None:
    runs = [incentive_runs.finished(programme=programme, seed=seed) for seed in (1, 2)]
    address = reverse("incentive-run-compare", args=[programme.pk])

    assert "Choose two to five runs" in page_of(people.vera, f"{address}?run={runs[0].pk}")


def test_the_figures_of_a_comparison_are_given_as_csv(people: Cast, programme: Programme) -> None:
    runs = [incentive_runs.finished(programme=programme, seed=seed) for seed in (1, 2)]
    client = client_of(people.vera)

    def figures(chart: str) -> Any:
        address = reverse("incentive-run-compare-figures", args=[programme.pk, chart])
        return client.get(f"{address}?run={runs[0].pk}&run={runs[1].pk}")

    assert figures("parked").content.decode().startswith("Group,First draft (1),First draft (2)")
    assert figures("cash-0").status_code == 200
    assert figures("nonsense").status_code == 404
