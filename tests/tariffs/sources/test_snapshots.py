"""Snapshots as texts: what is written is read again exactly."""

import json
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commissioning.core.canonical import sha256
from tariffs.core.programmes import Programme, Tariff
from tariffs.core.snapshots import Identities, LineIds, Snapshot, TariffIds
from tariffs.sources import snapshots
from tests.factories.differences import BASE
from tests.strategies.programmes import programmes

PLAN_B = Tariff(version="Plan B", upfront_payment=0.1)


def snapshot(programme: Programme, *scenarios: Tariff) -> Snapshot:
    numbers = (UUID(int=number) for number in range(100_000))
    parts = (programme.groups, programme.milestones, programme.evidence, programme.providers)
    lists = [tuple(next(numbers) for _ in rows) for rows in parts]
    tariffs = tuple(
        TariffIds(next(numbers), "2026-11-22T10:00:00+00:00", tuple(LineIds(next(numbers)) for _ in tariff.prices))
        for tariff in (programme.tariff, *scenarios)
    )
    return Snapshot(programme, scenarios, Identities(*lists, tariffs=tariffs))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(programme=programmes(), has_scenario=st.booleans())
def test_what_is_written_is_read_again(programme: Programme, has_scenario: bool) -> None:
    given_ = snapshot(programme, *([PLAN_B] if has_scenario else []))

    texts = snapshots.write(given_)

    assert snapshots.read(texts) == given_
    assert snapshots.write(snapshots.read(texts)) == texts


def test_a_draft_that_lacks_almost_everything_is_read_again() -> None:
    empty = Programme("Empty", 12, 24, (), (), (), Tariff(), ())

    assert snapshots.read(snapshots.write(snapshot(empty))).programme == empty


def test_the_fingerprint_is_the_hash_of_the_programme_file() -> None:
    texts = snapshots.write(snapshot(BASE))

    assert texts.sha256 == sha256(texts.document)
    assert json.loads(texts.document)["format"] == "pbr-programme/1"


@pytest.mark.parametrize(("other", "same"), [(snapshot(BASE, PLAN_B), True), (snapshot(BASE), False)])
def test_two_say_the_same_where_programme_and_scenarios_do(other: Snapshot, same: bool) -> None:
    texts = snapshots.write(snapshot(BASE, PLAN_B))

    assert texts.says_the_same(snapshots.write(other)) is same
