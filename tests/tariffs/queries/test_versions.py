"""Who sees versions, and how a draft stands to them, in few queries however many there are."""

from decimal import Decimal
from typing import Any

import pytest

from commissioning.models import Programme
from tariffs import queries
from tariffs.models import Tariff
from tests.factories.commissioning import Cast, cast
from tests.factories.tariffs import imported
from tests.factories.versions import draft_of, frozen, reprice

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def standing(programme: Programme) -> str:
    return queries.versions.standing(programme, queries.programmes.to_core(programme)).words


def fresh(programme: Programme) -> Programme:
    return queries.programmes.with_tariff(Programme.objects).get(pk=programme.pk)


def test_versions_are_seen_by_those_who_see_the_programme(people: Cast, programme: Programme) -> None:
    version = frozen(programme)

    for person, sees, edits in (
        (people.amina, 1, 1),
        (people.vera, 1, 0),
        (people.charlie, 0, 0),
        (people.dilys, 0, 0),
    ):
        assert queries.versions.visible_to(person).filter(pk=version.pk).count() == sees
        assert queries.versions.editable_by(person).filter(pk=version.pk).count() == edits


def test_a_draft_without_versions_says_so(programme: Programme) -> None:
    assert standing(programme) == "No version yet"


def test_a_draft_that_is_a_version_says_which(programme: Programme) -> None:
    frozen(programme)

    assert standing(programme) == "1 version; the draft is version 1"


def test_a_draft_that_changed_says_since_which_version(programme: Programme) -> None:
    frozen(programme)
    reprice(programme, Decimal(5))
    frozen(programme)
    reprice(programme, Decimal(6))

    assert standing(fresh(programme)) == "2 versions; draft changed since version 2"


def test_a_change_of_a_scenario_alone_counts(programme: Programme) -> None:
    Tariff.objects.create(programme=programme, version="Plan B")
    frozen(programme)
    assert standing(programme) == "1 version; the draft is version 1"

    programme.tariffs.filter(main_of=None).update(upfront_payment=7)

    assert standing(programme) == "1 version; draft changed since version 1"


def test_how_a_draft_stands_takes_three_queries_at_most(
    programme: Programme, django_assert_max_num_queries: Any
) -> None:
    Tariff.objects.create(programme=programme, version="Plan B")
    frozen(programme)
    whole = queries.programmes.to_core(programme)

    with django_assert_max_num_queries(3):
        queries.versions.standing(programme, whole)


def test_the_state_of_the_draft_says_what_changed(programme: Programme) -> None:
    assert queries.versions.draft_state(programme, draft_of(programme)).newest is None
    frozen(programme)
    assert not queries.versions.draft_state(programme, draft_of(programme)).has_changed
    reprice(programme, Decimal(5))

    assert queries.versions.draft_state(programme, draft_of(programme)).in_short == "1 price differs."


def test_long_notes_are_cut_where_one_chooses(programme: Programme) -> None:
    frozen(programme, "x" * 100)

    assert queries.versions.choices(programme)[1] == ("1", f"Version 1: {'x' * 59}…")


def test_a_draft_is_read_in_seven_queries(programme: Programme, django_assert_max_num_queries: Any) -> None:
    programme = fresh(programme)

    with django_assert_max_num_queries(7):
        queries.snapshots.of_draft(programme)
