"""Comparisons of designs: asked for, drawn by the product's own worker, read, taken away."""

import json
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from django.urls import reverse

from commissioning.models import Programme, Run
from commissioning.services import run_workers
from markets import queries, services
from markets.charts import diversity as charts
from markets.core.registers import LegalForm, Provider
from markets.services.market_inputs import IncompleteError
from markets.sources import register_rows
from tariffs import queries as tariff_queries
from tariffs.services import scenarios
from tests.factories import design_runs
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.markets import market_document
from tests.factories.tariffs import imported, small_document

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(market_document(), organisation=people.authority, by=people.amina)


def asked(people: Cast, programme: Programme, **typed: Any) -> Any:
    usual = {"register": "made-up", "draws": "100", "seed": "1"}
    path = reverse("diversity-run-create", args=[programme.pk])
    return client_of(people.amina).post(path, {**usual, **typed}, follow=True)


def page_of(people: Cast, run: Run) -> str:
    return client_of(people.vera).get(reverse("diversity-run-detail", args=[run.pk])).content.decode()


def test_a_comparison_is_asked_for_drawn_and_read(people: Cast, programme: Programme) -> None:
    response = asked(people, programme)
    run = Run.objects.get(kind="diversity")
    assert response.redirect_chain[-1][0] == reverse("diversity-run-detail", args=[run.pk])
    assert "0 of 100 futures done" in response.content.decode()

    while run_workers.work(worker="test"):
        pass
    page = page_of(people, run)

    sentence = (Run.objects.get().result or {})["sentences"][0]
    assert sentence in page
    assert "The register is made up from published distributions." in page
    assert "Where each design leads" in page and "Smaller lots" in page
    assert "Older than the draft" not in page


@pytest.mark.promise("D1")
def test_workers_find_what_the_command_line_finds(
    people: Cast, programme: Programme, tmp_path: Any, capsys: Any
) -> None:
    run = design_runs.finished(programme=programme, draws=40, seed=3)
    document, register = tmp_path / "programme.json", tmp_path / "register.jsonl"
    document.write_text(json.dumps(run.inputs["programme"]))
    register.write_text("\n".join(json.dumps(row) for row in run.inputs["register"]["providers"]))

    call_command("simulate_market", str(document), providers=str(register), draws=40, seed=3, json=True)

    found, ours = json.loads(capsys.readouterr().out), dict(run.result or {})
    for key in ("rounds", "differences", "drivers", "designs", "sentences"):
        assert found[key] == ours[key]


def test_the_same_asked_twice_is_one_run_whatever_the_blocks(people: Cast, programme: Programme) -> None:
    first = design_runs.finished(programme=programme, draws=150)

    assert design_runs.queued(programme=programme, draws=150) == first
    assert first.blocks.count() == 3


def test_other_tariffs_stand_beside_the_designs(people: Cast, programme: Programme) -> None:
    other = scenarios.add(tariff=programme.tariff, name="Cheaper", by=people.amina)

    run = design_runs.finished(programme=programme, tariffs=[other])

    assert [row["name"] for row in (run.result or {})["designs"]] == ["As drafted", "Smaller lots", "Cheaper"]
    assert "Cheaper" in page_of(people, run)


def test_the_page_says_when_the_draft_has_moved_on(people: Cast, programme: Programme) -> None:
    run = design_runs.finished(programme=programme)
    services.designs.remove_design(programme=programme, design="small", by=people.amina)

    assert "Older than the draft" in page_of(people, run)


@pytest.mark.promise("B1")
@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"register": "local"}, "Choose from the list"),
        ({"draws": "7"}, "Choose from the list"),
        ({"seed": "-1"}, "The seed must be 0 or more"),
        ({"tariffs": ["nonsense"]}, "Choose tariffs"),
    ],
)
def test_a_wrong_question_is_refused(people: Cast, programme: Programme, typed: dict[str, Any], error: str) -> None:
    scenarios.add(tariff=programme.tariff, name="Cheaper", by=people.amina)

    assert error in asked(people, programme, **typed).content.decode()
    assert not Run.objects.exists()


def test_without_lots_it_is_said_what_is_missing(people: Cast) -> None:
    programme = imported(small_document(), organisation=people.authority, by=people.amina)

    page = asked(people, programme).content.decode()

    assert "Say in which lots the contract is let" in page
    with pytest.raises(IncompleteError):
        design_runs.queued(programme=programme)


def test_too_many_designs_and_a_register_without_providers_are_refused(people: Cast, programme: Programme) -> None:
    others = [scenarios.add(tariff=programme.tariff, name=f"No {number}", by=people.amina) for number in range(4)]

    with pytest.raises(IncompleteError, match="At most 5"):
        design_runs.queued(programme=programme, tariffs=others)
    with pytest.raises(IncompleteError, match="No provider"):
        design_runs.queued(programme=programme, is_made_up=False)
    page = asked(people, programme, tariffs=[str(other.pk) for other in others]).content.decode()
    assert "At most 5 designs and tariffs can be compared at once" in page


def test_every_table_and_the_record_can_be_taken_away(people: Cast, programme: Programme) -> None:
    run, client = design_runs.finished(programme=programme), client_of(people.vera)

    for chart in charts.all_of(run.result or {}):
        response = client.get(reverse("diversity-run-figures", args=[run.pk, chart.key]))
        assert response["Content-Type"].startswith("text/csv")
        assert len(response.content.decode().splitlines()) == len(chart.table.rows) + 1
    record = client.get(reverse("diversity-run-download", args=[run.pk])).json()
    assert (record["inputs"], record["result"]) == (run.inputs, run.result)
    assert client.get(reverse("diversity-run-figures", args=[run.pk, "nonsense"])).status_code == 404


def test_comparisons_are_not_taken_for_tests_of_the_tariff(people: Cast, programme: Programme) -> None:
    run = design_runs.finished(programme=programme)

    assert not tariff_queries.incentive_runs.of_programme(programme).exists()
    assert list(queries.diversity_runs.of_programme(programme)) == [run]


def test_pages_take_few_queries(people: Cast, programme: Programme, django_assert_max_num_queries: Any) -> None:
    run, client = design_runs.finished(programme=programme), client_of(people.amina)

    with django_assert_max_num_queries(15):
        client.get(reverse("diversity-run-detail", args=[run.pk]))
    with django_assert_max_num_queries(25):
        client.get(reverse("diversity-run-create", args=[programme.pk]))


def test_rows_of_a_register_read_back_as_they_were_and_nothing_is_not_unknown() -> None:
    providers = (
        Provider(id="a", legal_form=LegalForm.CHARITY, income=0.0, free_reserves=0.0, groups=("x", "y"), areas=("E1",)),
        Provider(id="b", legal_form=LegalForm.CIC, income=5e5, appetite=0.0, outcomes_experience=True, name="B"),
    )

    rows = register_rows.to_rows(providers)

    assert register_rows.from_rows(json.loads(json.dumps(rows))) == providers
    assert "free_reserves" not in rows[1] and rows[0]["free_reserves"] == 0.0


def test_a_figure_that_no_future_has_is_left_out_of_the_picture() -> None:
    told = charts.OVER_ROUNDS[1]
    rounds = [{"design": "a", "round": number, "figures": {told.figure: None}} for number in (1, 2)]
    result = {"designs": [{"id": "a", "name": ""}], "rounds": rounds}

    chart = charts.over_rounds(result, told)

    assert chart.table.rows == ()
    assert charts.titles(result) == {"a": "a"}
    assert np.size(chart.figure["data"]) == 2
