"""Whole drafts: what differs between two, scenarios included, and new ids for a copy."""

from dataclasses import replace
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from tariffs.core.difference_sections import Change, in_short
from tariffs.core.programmes import PriceLine, Tariff
from tariffs.core.snapshots import Identities, LineIds, Snapshot, TariffIds, compare, renewed
from tests.factories.differences import BASE

SINCE = "2026-11-22T10:00:00+00:00"
PLAN_B = Tariff(version="Plan B", prices=(PriceLine("PG1", "job", 900.0), PriceLine("PG1", "stay", 50.0)))


def numbered(start: int) -> "count[int]":
    return count(start)


def snapshot(*scenarios: Tariff, start: int = 0, **changed: Any) -> Snapshot:
    """Make a draft whose parts have ids that count from a number."""
    programme = replace(BASE, **changed)
    numbers = numbered(start)

    def ids(rows: tuple[Any, ...]) -> tuple[UUID, ...]:
        return tuple(UUID(int=next(numbers)) for _ in rows)

    lists = [ids(rows) for rows in (programme.groups, programme.milestones, programme.evidence, programme.providers)]
    tariffs = tuple(
        TariffIds(UUID(int=next(numbers)), SINCE, tuple(LineIds(identity, "10.00") for identity in ids(tariff.prices)))
        for tariff in (programme.tariff, *scenarios)
    )
    return Snapshot(programme, scenarios, Identities(*lists, tariffs=tariffs))


def proposing(draft: Snapshot, place: int) -> Snapshot:
    """Propose another of the draft's tariffs."""
    tariffs, ids = list(draft.tariffs.values()), list(draft.identities.tariffs)
    tariffs.insert(0, tariffs.pop(place))
    ids.insert(0, ids.pop(place))
    programme = replace(draft.programme, tariff=tariffs[0])
    return Snapshot(programme, tuple(tariffs[1:]), replace(draft.identities, tariffs=tuple(ids)))


def without(draft: Snapshot, place: int) -> Snapshot:
    """Remove one of the draft's scenarios."""
    ids = draft.identities.tariffs
    kept = tuple(tariff for number, tariff in enumerate(draft.scenarios, 1) if number != place)
    return replace(draft, scenarios=kept, identities=replace(draft.identities, tariffs=ids[:place] + ids[place + 1 :]))


def sentences(old: Snapshot, new: Snapshot) -> list[str]:
    return list(compare(old, new).sentences)


def test_equal_drafts_differ_in_nothing() -> None:
    assert not compare(snapshot(PLAN_B), snapshot(PLAN_B))


def test_a_price_that_moved_to_another_band_is_the_same_price() -> None:
    lines = BASE.tariff.prices
    moved = (replace(lines[0], price_band="Elsewhere"), *lines[1:])

    (row,) = compare(snapshot(), snapshot(tariff=replace(BASE.tariff, prices=moved))).sections[0].rows

    assert (row.change, row.field) == (Change.CHANGED, "price band")


def test_a_thing_made_anew_under_an_old_name_is_another_thing() -> None:
    assert {row.change for row in compare(snapshot(), snapshot(start=500)).sections[0].rows} == {
        Change.ADDED,
        Change.REMOVED,
    }


def test_a_scenario_that_came_is_told_with_what_it_pays() -> None:
    (section,) = compare(snapshot(), snapshot(PLAN_B)).sections

    (row,) = section.rows
    assert row.sentence == "Scenario “Plan B” was added."
    assert row.new.startswith("2 prices from £50 to £900")


def test_a_scenario_that_went_is_told() -> None:
    assert sentences(snapshot(PLAN_B), snapshot()) == ["Scenario “Plan B” was removed."]


def test_what_changed_within_a_scenario_says_of_which() -> None:
    dearer = replace(PLAN_B, upfront_payment=10.0, prices=(replace(PLAN_B.prices[0], price=1000.0), PLAN_B.prices[1]))

    differences = compare(snapshot(PLAN_B), snapshot(dearer))

    assert [section.title for section in differences.sections] == [
        "Prices of the scenario “Plan B”",
        "Terms of the scenario “Plan B”",
    ]
    assert in_short(differences) == "1 price of a scenario and 1 term of a scenario differ."
    assert all(sentence.startswith("Scenario “Plan B”: ") for sentence in differences.sentences)


def test_what_changed_in_the_programme_is_not_told_again_for_each_scenario() -> None:
    assert len(sentences(snapshot(PLAN_B), snapshot(PLAN_B, budget=5.0))) == 1


def test_proposing_another_tariff_is_told_with_what_that_changes() -> None:
    draft = snapshot(PLAN_B)

    told = sentences(draft, proposing(draft, 1))

    assert f"The tariff proposed is now “Plan B” instead of “{BASE.tariff.version}”." in told
    assert not any(sentence.startswith("Scenario") for sentence in told)


def test_a_tariff_proposed_in_place_of_one_that_went_is_no_scenario_that_went() -> None:
    draft = snapshot(PLAN_B)

    told = sentences(draft, without(proposing(draft, 1), 1))

    assert any(sentence.startswith("The tariff proposed is now “Plan B”") for sentence in told)
    assert not any("removed" in sentence and "Scenario" in sentence for sentence in told)


def test_two_tariffs_of_one_name_are_told_apart() -> None:
    draft = snapshot(replace(PLAN_B, version=BASE.tariff.version))

    told = sentences(draft, proposing(draft, 1))

    old, new = (str(ids.id) for ids in draft.identities.tariffs)
    assert any(old in sentence and new in sentence for sentence in told)


def test_a_tariff_without_a_name_is_called_a_draft() -> None:
    assert sentences(snapshot(), snapshot(Tariff())) == ["Scenario “Draft tariff” was added."]


def test_a_copy_has_new_ids_throughout_and_says_the_same() -> None:
    draft = snapshot(PLAN_B)
    numbers = numbered(1000)

    copy = renewed(draft, lambda: UUID(int=next(numbers)))

    assert (copy.programme, copy.scenarios) == (draft.programme, draft.scenarios)
    assert not every_id(copy) & every_id(draft)
    assert len(every_id(copy)) == len(every_id(draft))
    assert [ids.made_at for ids in copy.identities.tariffs] == [SINCE, SINCE]


def test_the_prices_of_a_copy_count_as_those_it_came_with() -> None:
    copy = renewed(snapshot(PLAN_B), iter(map(UUID, (str(UUID(int=n)) for n in range(1000)))).__next__)

    assert [line.price_at_import for line in copy.identities.tariffs[1].lines] == ["900.00", "50.00"]


def every_id(draft: Snapshot) -> set[UUID]:
    ids = draft.identities
    found = {*ids.groups, *ids.milestones, *ids.evidence, *ids.providers, *draft.tariffs}
    return found | {line.id for tariff in ids.tariffs for line in tariff.lines}


@pytest.mark.parametrize("place", [0, 1])
def test_each_tariff_is_found_by_its_id(place: int) -> None:
    draft = snapshot(PLAN_B)

    assert draft.tariffs[draft.identities.tariffs[place].id] == (BASE.tariff, PLAN_B)[place]
