"""Searches for cures as durable runs: asked once, cut into parts, the same whoever computes them."""

import json

import pytest
from django.core.exceptions import PermissionDenied

from commissioning import queries as commissioning_queries
from commissioning.models import Run, RunBlock
from commissioning.services import run_workers, runs, works
from tariffs import queries
from tariffs.core import repairs
from tariffs.queries.run_kinds import REPAIRS
from tariffs.services import repair_runs, scenarios
from tariffs.services.incentive_runs import IncompleteError
from tariffs.sources import programme_files
from tests.factories import incentive_runs
from tests.factories import repair_runs as asked
from tests.factories.commissioning import Cast, cast
from tests.factories.parked import two_groups
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast):
    document = programme_files.to_document(two_groups())
    return imported(document, organisation=people.authority, by=people.amina)


def test_a_search_is_asked_once_however_often_one_presses(programme) -> None:
    first, second = asked.queued(programme=programme), asked.queued(programme=programme)

    assert first == second
    assert asked.queued(programme=programme, limit=0.2) != first
    assert Run.objects.filter(kind=REPAIRS).count() == 2


def test_every_part_is_a_block_of_as_many_draws(programme) -> None:
    run = asked.queued(programme=programme)

    assert list(run.blocks.values_list("draws", flat=True)) == [512] * 5
    assert run.draws == 5 * 512
    assert run.engine == repairs.ENGINE
    assert len(run.engine) <= Run._meta.get_field("engine").max_length


def test_draws_left_over_fall_to_the_last_part(programme) -> None:
    inputs = asked.queued(programme=programme).inputs

    assert repair_runs.RepairWork().blocks(inputs, 103) == [20, 20, 20, 20, 23]


def test_workers_find_what_the_core_finds(programme) -> None:
    run = asked.finished(programme=programme)

    question = queries.repairs.question(run.inputs)
    found = [repairs.worked_out(question, part, 512, run.seed) for part in repairs.parts(question.programme)]
    assert run.result == json.loads(json.dumps(repairs.put_together(question, found, 512, run.seed)))


def test_it_counts_parts_and_suggestions_while_it_goes_on(programme) -> None:
    run = asked.queued(programme=programme)
    for _ in range(3):
        run_workers.work(worker="test", seconds=0.0001)

    run.refresh_from_db()
    shown = works.shown(run.kind)
    progress = commissioning_queries.runs.progress(run, by_block=shown.by_block)
    assert (progress.done, progress.asked) == (3, 5)
    payloads = run.blocks.filter(state=RunBlock.State.DONE).order_by("index").values_list("payload", flat=True)
    assert repair_runs.RepairWork().estimate(run.inputs, [bytes(each) for each in payloads]) == {"found": 1}


def test_it_takes_the_luck_of_the_tariffs_last_simulation(programme) -> None:
    assert asked.queued(programme=programme).seed == 1

    incentive_runs.finished(programme=programme, seed=7)

    assert asked.queued(programme=programme).seed == 7


def test_a_viewer_and_an_outsider_may_not_ask(people: Cast, programme) -> None:
    for person in (people.vera, people.charlie):
        with pytest.raises(PermissionDenied):
            repair_runs.queue(tariff=programme.tariff, provider="p", limit=0.1, by=person)


def test_a_draft_that_lacks_something_cannot_be_searched(people: Cast, programme) -> None:
    programme.archetypes.all().delete()

    with pytest.raises(IncompleteError):
        repair_runs.queue(tariff=programme.tariff, provider="p", limit=0.1, by=people.amina)


def test_searches_stay_out_of_the_lists_of_simulations(people: Cast, programme) -> None:
    search = asked.finished(programme=programme)

    assert search not in queries.incentive_runs.visible_to(people.amina)
    assert search not in queries.incentive_runs.of_programme(programme)
    assert queries.incentive_runs.chosen(programme, [search.pk]) == []
    assert queries.incentive_runs.newest_by_inputs(programme, [search.inputs_sha256]) == {}
    assert queries.standings.visible_to(people.amina).get(pk=programme.pk).last_state is None
    assert queries.programmes.listed_for(people.amina).get(pk=programme.pk).last_state is None
    assert search in queries.repairs.visible_to(people.vera)
    assert search not in queries.repairs.editable_by(people.vera)
    assert search not in queries.repairs.visible_to(people.charlie)


def test_the_newest_search_of_a_tariff_is_its_own(people: Cast, programme) -> None:
    other = scenarios.add(tariff=programme.tariff, name="Other", by=people.amina)
    done = asked.finished(programme=programme)
    waiting = asked.queued(programme=programme, limit=0.3)

    assert queries.repairs.newest(programme.tariff) == waiting
    assert queries.repairs.newest(programme.tariff, finished=True) == done
    assert queries.repairs.newest(other) is None
    runs.cancel(run=waiting, by=people.amina)
    assert queries.repairs.newest(programme.tariff) == done


def test_it_is_stale_once_the_draft_has_changed(programme) -> None:
    run = asked.finished(programme=programme)
    assert not queries.repairs.is_stale(run, queries.repairs.as_saved(programme.tariff))

    programme.tariff.price_lines.filter(price_band="hard").update(price=2001)

    assert queries.repairs.is_stale(run, queries.repairs.as_saved(programme.tariff))


def test_its_page_is_where_the_letter_leads(programme) -> None:
    run = asked.queued(programme=programme)

    assert works.page(run) == f"/repairs/{run.pk}/"
    assert works.shown(run.kind).name == "search for cures"
