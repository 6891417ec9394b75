"""Copying programmes: the copy says the same, is its own, and knows its parent."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from commissioning.models import AuditEntry, Programme, Role
from tariffs import queries
from tariffs.models import PriceLine, Tariff
from tariffs.services import copies
from tests.factories import incentive_runs
from tests.factories.commissioning import Cast, cast, member
from tests.factories.tariffs import imported
from tests.factories.versions import draft_of, frozen, reprice

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina, is_example=True)


def copied(source: object, people: Cast, name: str = "In the north", **given: object) -> Programme:
    return copies.copy(source=source, organisation=people.authority, name=name, by=people.amina, **given)


def test_a_copy_says_the_same_under_its_own_name_with_its_own_ids(people: Cast, programme: Programme) -> None:
    Tariff.objects.create(programme=programme, version="Plan B", upfront_payment=5)

    copy = draft_of(copied(programme, people))

    source = draft_of(programme)
    assert copy.programme == replace(source.programme, name="In the north")
    assert copy.scenarios == source.scenarios
    assert not set(copy.tariffs) & set(source.tariffs)
    assert not set(copy.identities.groups) & set(source.identities.groups)


def test_a_copy_of_the_draft_knows_its_parent_and_is_no_example(people: Cast, programme: Programme) -> None:
    copy = copied(programme, people)

    assert (copy.copied_from, copy.copied_version, copy.is_example) == (programme, None, False)
    assert copy.created_by == people.amina


def test_a_copy_of_a_version_says_what_the_version_says(people: Cast, programme: Programme) -> None:
    version = frozen(programme)
    reprice(programme, Decimal(5))

    copy = copied(version, people)

    assert copy.copied_version == 1
    assert draft_of(copy).programme.tariff == queries.snapshots.of_version(version).programme.tariff


def test_nothing_that_happened_to_the_parent_is_copied(people: Cast, programme: Programme) -> None:
    incentive_runs.queued(programme=programme)
    frozen(programme)

    copy = copied(programme, people)

    assert not copy.runs.exists()
    assert not copy.versions.exists()


def test_what_changes_in_the_copy_does_not_change_in_the_parent(people: Cast, programme: Programme) -> None:
    copy = copied(programme, people)
    before = draft_of(programme)

    reprice(copy, Decimal(5))

    assert draft_of(programme) == before


def test_prices_of_a_copy_are_marked_once_they_change_from_what_it_came_with(
    people: Cast, programme: Programme
) -> None:
    reprice(programme, Decimal(5))

    copy = copied(programme, people)

    assert PriceLine.objects.get(tariff__programme=copy, price_band="A").price_at_import == 5


def test_the_audit_log_of_where_it_goes_says_what_was_copied(people: Cast, programme: Programme) -> None:
    member_of_both = member(people.elsewhere, Role.EDITOR, "Bea")
    people.authority.memberships.create(user=member_of_both, role=Role.VIEWER)

    copy = copies.copy(source=programme, organisation=people.elsewhere, name="Theirs", by=member_of_both)

    entry = AuditEntry.objects.get(organisation=people.elsewhere)
    assert (entry.action, entry.target_id) == ("copied a programme", str(copy.pk))
    assert entry.detail == {"from": str(programme.pk), "version": None}


def test_pressing_the_button_twice_makes_one_copy(people: Cast, programme: Programme) -> None:
    key = uuid4()

    assert copied(programme, people, key=key) == copied(programme, people, key=key)
    assert programme.copies.count() == 1


def test_a_key_that_another_person_used_makes_a_copy_with_an_id_of_its_own(people: Cast, programme: Programme) -> None:
    first = copied(programme, people, key=uuid4())

    second = copies.copy(source=programme, organisation=people.authority, name="Mine", by=people.bob, key=first.pk)

    assert second.pk != first.pk


def test_an_incomplete_draft_can_be_copied(people: Cast, programme: Programme) -> None:
    programme.archetypes.all().delete()

    assert not copied(programme, people).archetypes.exists()


@pytest.mark.parametrize("name", ["vera", "charlie", "dilys"])
def test_whoever_may_not_edit_where_it_goes_copies_nothing(people: Cast, programme: Programme, name: str) -> None:
    with pytest.raises(PermissionDenied):
        copies.copy(source=programme, organisation=people.authority, name="Mine", by=getattr(people, name))


def test_nobody_copies_what_they_may_not_see(people: Cast, programme: Programme) -> None:
    with pytest.raises(PermissionDenied):
        copies.copy(source=programme, organisation=people.elsewhere, name="Mine", by=people.charlie)


def test_a_provider_is_no_place_for_a_copy(people: Cast, programme: Programme) -> None:
    people.provider.memberships.create(user=people.amina, role=Role.BID_WRITER)

    with pytest.raises(PermissionDenied):
        copies.copy(source=programme, organisation=people.provider, name="Mine", by=people.amina)
