"""The register of a programme's local market: who is in it, and what is taken as a default."""

from typing import Any

import pytest

from commissioning.models import Programme
from markets.core.registers import Register
from markets.models import ListedProvider, LocalMarket
from markets.queries import registers
from markets.queries.registers import LocalRegister
from tests.factories import registers as made
from tests.factories.commissioning import Cast, cast
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db

BARNET, KENT = "E09000003", "E10000016"


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def local(programme: Programme, *areas: str, **served: Any) -> LocalRegister:
    return registers.in_areas(programme, areas=areas or (BARNET,), served=served or {"a": (201,)})


def test_providers_of_the_area_and_the_group_are_in_it(programme: Programme) -> None:
    made.provider(1)
    made.provider(2, areas=["K04000001"])
    made.provider(3, areas=[KENT])
    made.provider(4, served=[202, 306])
    made.provider(5, status="removed")
    made.provider(6, is_distressed=True)
    made.provider(7, served=[201, 302])

    found = local(programme)

    assert {row.id for row in found.providers} == {"GB-CHC-1000001", "GB-CHC-1000002"}
    assert found.providers[0].groups == ("a",)
    assert found.providers[0].areas == (BARNET,)


def test_unknown_reserves_stay_unknown_and_are_counted_as_a_default(programme: Programme) -> None:
    made.provider(1)
    made.provider(2, reserves=0)

    found = local(programme)

    assert {row.id: row.free_reserves for row in found.providers} == {"GB-CHC-1000001": None, "GB-CHC-1000002": 0.0}
    assert found.defaults["free_reserves"] == 1
    assert found.defaults["appetite"] == 2


def test_a_provider_without_an_income_is_counted_and_left_out(programme: Programme) -> None:
    made.provider(1, income=None)

    found = local(programme)

    assert (found.providers, found.without_income) == ((), 1)


def test_a_group_that_no_code_describes_is_served_by_everybody_and_named(programme: Programme) -> None:
    made.provider(1, served=[])

    found = local(programme, a=(201,), b=())

    assert found.everyone == ("b",)
    assert found.providers[0].groups == ("b",)


def test_what_the_provider_shows_this_authority_comes_first_and_bands_are_no_figures(
    people: Cast, programme: Programme
) -> None:
    first, second = made.provider(1, reserves=1000), made.provider(2, reserves=1000)
    for row in (first, second):
        made.confirmed(
            row, organisation=people.provider, asked_of=people.authority, by=people.dilys, checker=people.bob
        )
    said = {claim.provider_id: claim for claim in people.provider.claims.all()}
    made.said(said[first.pk], "free_reserves", "77", "exact", people.authority, by=people.dilys)
    made.said(said[first.pk], "appetite", "0.4", "exact", people.elsewhere, by=people.dilys)
    made.said(said[second.pk], "free_reserves", "77", "band", by=people.dilys)

    found = {row.id: row for row in local(programme).providers}

    assert found[first.org_id].free_reserves == 77
    assert found[first.org_id].appetite is None
    assert found[second.org_id].free_reserves == 1000


def test_the_authoritys_own_list_completes_the_register(people: Cast, programme: Programme) -> None:
    made.provider(1)
    ListedProvider.objects.create(
        organisation=people.authority, reference="1", org_id="GB-CHC-1000001", name="Ours", free_reserves=500
    )
    ListedProvider.objects.create(
        organisation=people.authority, reference="2", name="Alone", legal_form="company", income=10
    )
    ListedProvider.objects.create(organisation=people.authority, reference="3", name="Of no known form")
    ListedProvider.objects.create(
        organisation=people.elsewhere, reference="4", name="Theirs", legal_form="company", income=10
    )

    found = {row.id: row for row in local(programme).providers}

    assert set(found) == {"GB-CHC-1000001", "own:2"}
    assert found["GB-CHC-1000001"].free_reserves == 500
    assert found["own:2"].areas == (BARNET,)


def test_a_programmes_local_market_decides_where_and_for_whom(programme: Programme) -> None:
    made.provider(1)
    key = programme.groups.first().key
    LocalMarket.objects.create(programme=programme, areas=[KENT], served={key: [201]})

    assert registers.of_programme(programme).providers == ()
    LocalMarket.objects.update(areas=[BARNET])
    assert registers.of_programme(programme).providers[0].groups[0] == key


def test_the_largest_are_taken_first_and_the_rest_is_counted(programme: Programme) -> None:
    for number in range(1, 4):
        made.provider(number, income=number * 1000)

    found = registers.in_areas(programme, areas=[BARNET], served={"a": (201,)}, most=2)

    assert [row.income for row in found.providers] == [3000, 2000]
    assert found.beyond_most == 1


def test_the_diversity_simulation_takes_it_as_it_is(programme: Programme) -> None:
    made.provider(1)

    assert len(Register.of(local(programme).providers, seed=1)) == 1
