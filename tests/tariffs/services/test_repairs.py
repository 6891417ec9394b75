"""Applying a repair to a copy, with its run."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections

from commissioning.models import AuditEntry, Programme, Run
from tariffs import queries
from tariffs.core import repairs as core
from tariffs.core.programmes import Target, TargetRule
from tariffs.core.repairs import Change, applied
from tariffs.services import repairs, scenarios
from tariffs.services.repairs import ChangedError, NoSuggestionError
from tariffs.services.scenarios import TooManyError
from tariffs.sources import programme_files
from tests.factories import incentive_runs
from tests.factories import repair_runs as asked
from tests.factories.commissioning import Cast, cast
from tests.factories.parked import two_groups, with_start
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db

BINARY = {"target": Target("job", TargetRule.BINARY, 0.4)}


@pytest.fixture
def people() -> Cast:
    return cast()


def drafted(people: Cast, whole) -> Programme:
    return imported(programme_files.to_document(whole), organisation=people.authority, by=people.amina)


def prices(tariff) -> dict[tuple[str, str], float]:
    return {(line.price_band, line.milestone.key): float(line.price) for line in tariff.price_lines.all()}


def core_of(tariff):
    return queries.programmes.to_core(tariff.programme, tariff)


def paid(whole):
    lines = {(line.price_band, line.milestone): (line.price, line.payments) for line in whole.tariff.prices}
    return lines, whole.tariff.upfront_payment, whole.tariff.target


def test_a_price_is_raised_in_a_copy_that_is_tested_beside_the_tariff(people: Cast) -> None:
    programme = drafted(people, two_groups())
    run = asked.finished(programme=programme)
    before = prices(programme.tariff)

    done = repairs.apply(run=run, tariff=programme.tariff, key="price-1", by=people.amina)

    change = queries.repairs.search(run).change("price-1")
    assert prices(programme.tariff) == before
    assert paid(core_of(done.tariff)) == paid(applied(core_of(programme.tariff), change))
    assert str(done.tariff) == f"{programme.tariff}, with the price of hard raised"
    assert [(each.kind, each.seed, each.draws) for each in done.runs] == [("incentives", 1, 8192)] * 2
    assert done.runs[1].inputs["tariff"]["version"] == str(done.tariff)


def test_both_meet_the_luck_of_the_tariffs_last_simulation(people: Cast) -> None:
    programme = drafted(people, two_groups())
    last = incentive_runs.finished(programme=programme, seed=9)
    run = asked.finished(programme=programme)

    done = repairs.apply(run=run, tariff=programme.tariff, key="together", by=people.amina)

    assert done.runs[0] == last
    assert (done.runs[1].seed, done.runs[1].draws) == (9, last.draws)


def test_asking_twice_gives_the_same_copy_and_the_same_runs(people: Cast) -> None:
    programme = drafted(people, two_groups())
    run = asked.finished(programme=programme)

    first, second = (repairs.apply(run=run, tariff=programme.tariff, key="price-1", by=people.amina) for _ in range(2))

    assert first == second
    assert programme.tariffs.count() == 2
    assert Run.objects.filter(kind="incentives").count() == 2


def test_money_is_moved_earlier_in_a_copy(people: Cast) -> None:
    programme = drafted(people, with_start(two_groups(reserves=20_000.0)))
    run = asked.finished(programme=programme)

    done = repairs.apply(run=run, tariff=programme.tariff, key="earlier", by=people.amina)

    assert prices(done.tariff)[("easy", "start")] > 0
    assert str(done.tariff).endswith("with money moved earlier")


def test_a_payment_upfront_is_put_into_a_copy_and_written_down(people: Cast) -> None:
    programme = drafted(people, two_groups(reserves=20_000.0))
    run = asked.finished(programme=programme)

    done = repairs.apply(run=run, tariff=programme.tariff, key="earlier", by=people.amina)

    change = queries.repairs.search(run).change("earlier")
    assert float(done.tariff.upfront_payment) == change.upfront_payment
    entry = AuditEntry.objects.filter(action="repaired a tariff").latest("sequence")
    assert entry.detail["upfront_payment"] == change.upfront_payment


def test_a_sliding_scale_takes_the_place_of_the_target(people: Cast) -> None:
    programme = drafted(people, two_groups(terms=BINARY))
    run = asked.finished(programme=programme)

    done = repairs.apply(run=run, tariff=programme.tariff, key="sliding", by=people.amina)

    assert done.tariff.target_rule == "sliding"
    assert core_of(done.tariff).tariff.target == queries.repairs.search(run).change("sliding").target


def test_a_band_is_split_in_a_copy_of_the_whole_programme(people: Cast) -> None:
    programme = drafted(people, two_groups(shared=True))
    scenarios.add(tariff=programme.tariff, name="Other", by=people.amina)
    run = asked.finished(programme=programme)

    done = repairs.apply(run=run, tariff=programme.tariff, key="split-0", by=people.amina)

    copy = done.tariff.programme
    change = queries.repairs.search(run).change("split-0")
    assert copy.copied_from == programme
    assert copy.name == f"{programme.name}, with one split"
    assert done.tariff == copy.tariff
    assert [group.price_band for group in copy.groups.all()] == ["one", "one: Harder"]
    assert [group.price_band for group in programme.groups.all()] == ["one", "one"]
    assert paid(core_of(done.tariff)) == paid(applied(core_of(programme.tariff), change))
    other = copy.tariffs.get(version="Other")
    assert prices(other) == {("one", "job"): 2000.0, ("one: Harder", "job"): 2000.0}
    assert [each.programme for each in done.runs] == [copy]


def test_splitting_twice_gives_the_same_programme(people: Cast) -> None:
    programme = drafted(people, two_groups(shared=True))
    run = asked.finished(programme=programme)

    first, second = (repairs.apply(run=run, tariff=programme.tariff, key="split-0", by=people.amina) for _ in range(2))

    assert first == second
    assert Programme.objects.count() == 2


def test_a_split_scenario_is_what_the_copy_proposes(people: Cast) -> None:
    programme = drafted(people, two_groups(shared=True))
    other = scenarios.add(tariff=programme.tariff, name="Other", by=people.amina)
    run = asked.finished(programme=programme, tariff=other)

    done = repairs.apply(run=run, tariff=other, key="split-0", by=people.amina)

    assert done.tariff.is_main
    assert str(done.tariff) == "Other"
    assert done.tariff.programme.tariffs.count() == 2


@pytest.mark.parametrize(("shared", "key"), [(False, "price-1"), (True, "split-0")])
def test_nothing_is_applied_once_the_draft_has_changed(people: Cast, shared: bool, key: str) -> None:
    programme = drafted(people, two_groups(shared=shared))
    run = asked.finished(programme=programme)
    programme.tariff.price_lines.update(price=2100)

    with pytest.raises(ChangedError):
        repairs.apply(run=run, tariff=programme.tariff, key=key, by=people.amina)

    assert programme.tariffs.count() == 1
    assert Programme.objects.count() == 1


def test_what_was_not_suggested_is_not_applied(people: Cast) -> None:
    programme = drafted(people, two_groups())
    run = asked.finished(programme=programme)

    for key in ("price-0", "nonsense"):
        with pytest.raises(NoSuggestionError):
            repairs.apply(run=run, tariff=programme.tariff, key=key, by=people.amina)


def test_a_viewer_and_an_outsider_may_not_apply(people: Cast) -> None:
    programme = drafted(people, two_groups())
    split = drafted(people, two_groups(shared=True))
    run, other = asked.finished(programme=programme), asked.finished(programme=split)

    for person in (people.vera, people.charlie):
        with pytest.raises(PermissionDenied):
            repairs.apply(run=run, tariff=programme.tariff, key="price-1", by=person)
        with pytest.raises(PermissionDenied):
            repairs.apply(run=other, tariff=split.tariff, key="split-0", by=person)


def test_a_programme_full_of_tariffs_takes_no_copy(people: Cast) -> None:
    programme = drafted(people, two_groups())
    run = asked.finished(programme=programme)
    for number in range(9):
        scenarios.add(tariff=programme.tariff, name=f"Tariff {number}", by=people.amina)

    with pytest.raises(TooManyError):
        repairs.apply(run=run, tariff=programme.tariff, key="price-1", by=people.amina)


def test_a_change_without_terms_writes_none_down(people: Cast) -> None:
    programme = drafted(people, two_groups())

    repairs.put(tariff=programme.tariff, change=Change(prices=(core.NewPrice("easy", "job", 1.5),)), by=people.amina)

    assert prices(programme.tariff)[("easy", "job")] == 1.5
    assert not AuditEntry.objects.filter(action="repaired a tariff").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_apply_at_once_share_one_copy() -> None:
    people = cast()
    programme = drafted(people, two_groups())
    run = asked.finished(programme=programme)

    def apply(_: int) -> str:
        try:
            return str(repairs.apply(run=run, tariff=programme.tariff, key="price-1", by=people.amina).tariff.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        copies = set(pool.map(apply, range(2)))

    assert len(copies) == 1
    assert programme.tariffs.count() == 2
    assert connection.is_usable()
