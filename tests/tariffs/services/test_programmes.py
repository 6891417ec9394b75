"""Importing a programme: all of it, or nothing."""

import dataclasses
import json
import threading
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from hypothesis import HealthCheck, given, settings

from commissioning.models import AuditEntry, Evidence, Group, Milestone, Programme
from tariffs.core import programmes as core
from tariffs.models import Archetype, PriceLine, Tariff, Uncertainty
from tariffs.queries.programmes import to_core
from tariffs.services import programmes
from tariffs.sources import examples, programme_files
from tariffs.sources.programme_files import ProgrammeFileError
from tests.factories.tariffs import EXAMPLE, imported, member, organisation, small_document
from tests.strategies.programmes import programmes as any_programme

pytestmark = pytest.mark.django_db


def test_the_worked_example_comes_back_exactly() -> None:
    programme = imported(EXAMPLE)

    assert to_core(Programme.objects.get(pk=programme.pk)) == programme_files.loads(EXAMPLE)


@pytest.mark.parametrize("key", examples.KEYS)
def test_every_example_can_be_kept_and_comes_back_exactly(key: str) -> None:
    programme = imported(examples.read(key), is_example=True)

    assert to_core(Programme.objects.get(pk=programme.pk)) == examples.load(key)


@pytest.mark.promise("B5")
@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(given_programme=any_programme())
def test_any_programme_comes_back_exactly(given_programme: core.Programme) -> None:
    given_programme = dataclasses.replace(given_programme, name=f"x{given_programme.name}")
    body = organisation()
    by = member(body)

    programme = programmes.import_file(organisation=body, text=programme_files.dumps(given_programme), by=by)

    assert to_core(Programme.objects.get(pk=programme.pk)) == given_programme


def test_reading_a_programme_back_takes_a_fixed_number_of_queries(django_assert_num_queries: Any) -> None:
    small, large = imported(), imported(many_rows(), organisation=organisation("Large"), by=None)

    for programme in (small, large):
        with django_assert_num_queries(8):
            to_core(Programme.objects.get(pk=programme.pk))


def many_rows() -> dict[str, Any]:
    document = small_document()
    document["groups"] = [{"id": f"g{number}", "price_band": "AB"[number % 2]} for number in range(50)]
    document["evidence"] = [{"group": f"g{number}", "milestone": "job", "baseline": 0.1} for number in range(50)]
    return document


def test_an_import_is_in_the_audit_log_with_the_hash_of_its_content() -> None:
    programme = imported()

    entry = AuditEntry.objects.get(target_id=str(programme.pk))

    assert entry.action == "imported a programme"
    assert entry.by == programme.created_by
    assert entry.detail == {"inputs_sha256": programme_files.inputs_sha256(to_core(programme))}


@pytest.mark.promise("B2")
@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"budget": 0.001}, "/budget"),
        ({"name": ""}, "/name"),
        ({"name": "  "}, "/name"),
        ({"contract_months": 0}, "/contract_months"),
        ({"tariff": {"prices": [{"price_band": "A", "milestone": "job", "price": 12.345}]}}, "/tariff/prices/0/price"),
        ({"providers": [{"id": "one", "reserves": 0.1 + 0.2}]}, "/providers/0/reserves"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_place_and_nothing_is_kept(
    change: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(ProgrammeFileError) as raised:
        imported(one_group() | change)

    assert [fault.pointer for fault in raised.value.errors] == [pointer]
    for model in (Programme, Group, Milestone, Evidence, Tariff, PriceLine, Archetype, Uncertainty, AuditEntry):
        assert not model.objects.exists()


def one_group() -> dict[str, Any]:
    document = small_document()
    document["groups"].pop()
    document["evidence"].pop()
    document["tariff"]["prices"].pop()
    return document


def test_a_failure_on_the_way_leaves_nothing_behind() -> None:
    body = organisation()
    by = member(body)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tariffs_uncertainty ADD CONSTRAINT never CHECK (false)")

    with pytest.raises(Exception, match="never"):
        programmes.import_file(organisation=body, text=json.dumps(small_document()), by=by)

    assert not Programme.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("role", ["viewer", None])
def test_only_those_who_may_edit_import(role: str | None) -> None:
    body = organisation()
    other = organisation("Other")
    by = member(body, role) if role else member(other)

    with pytest.raises(PermissionDenied):
        imported(organisation=body, by=by)


def test_a_provider_has_no_programmes() -> None:
    body = organisation("Charity", kind="provider")

    with pytest.raises(PermissionDenied):
        imported(organisation=body, by=member(body, "bid_writer"))


def test_the_same_import_again_gives_the_programme_that_is_there() -> None:
    body, key = organisation(), uuid4()
    by = member(body)

    first, second = (imported(organisation=body, by=by, key=key) for _press in range(2))

    assert first == second
    assert first.pk == key
    assert Programme.objects.count() == 1


def test_a_key_that_is_somebody_elses_programme_gives_a_programme_of_ones_own() -> None:
    theirs = imported()
    mine = imported(organisation=(body := organisation("Other")), by=member(body, name="olu"), key=theirs.pk)

    assert mine.pk != theirs.pk
    assert mine.organisation == body


@pytest.mark.promise("B7")
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_twice_at_the_same_moment_makes_one_programme() -> None:
    body, key = organisation(), uuid4()
    by = member(body)
    barrier = threading.Barrier(2)

    def press() -> None:
        barrier.wait()
        imported(organisation=body, by=by, key=key)
        connection.close()

    threads = [threading.Thread(target=press) for _press in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Programme.objects.count() == 1
    assert AuditEntry.objects.filter(action="imported a programme").count() == 1


def test_a_worked_example_says_so() -> None:
    assert imported(is_example=True).is_example
