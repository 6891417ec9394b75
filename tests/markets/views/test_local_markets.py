"""The page of a programme's local market: where it looks, for whom, and how many there are."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from commissioning.models import Programme
from markets import services
from markets.models import LocalMarket
from markets.queries import registers
from tests.factories import registers as made
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db

BARNET = "E09000003"


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def post(people: Cast, programme: Programme, **given: Any) -> str:
    address = reverse("local-market", args=[programme.pk])
    return client_of(people.amina).post(address, given, follow=True).content.decode()


def test_where_and_for_whom_a_programme_looks_decides_who_is_counted(
    people: Cast, programme: Programme, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    made.provider(1, reserves=5)
    made.provider(2, areas=["E10000016"])
    made.provider(3, income=None, legal_form="cic")
    chosen = {f"group-{group.pk}": ["201"] for group in programme.groups.all()}

    saved = post(people, programme, areas="Barnet", **chosen)
    client = client_of(people.vera)
    with django_assert_max_num_queries(15):
        found = client.get(reverse("local-market", args=[programme.pk])).content.decode()

    assert "Saved." in saved
    assert "<strong>2</strong> organisations on the registers work in Barnet" in found
    assert "Of 1 the income is not known" in found
    assert "an assumption" not in found
    assert "Change where you look" not in found
    assert registers.size_of(programme) == 1


def test_a_group_for_which_nothing_is_chosen_is_said_to_be_an_assumption(people: Cast, programme: Programme) -> None:
    assert "every organisation is taken to serve them: an assumption" in post(people, programme, areas="")


@pytest.mark.parametrize(
    ("given", "words"), [({"areas": "Atlantis"}, "Atlantis is no local authority"), ({"group": ["999"]}, "Choose from")]
)
def test_what_is_not_known_is_said_and_nothing_is_saved(
    people: Cast, programme: Programme, given: dict[str, Any], words: str
) -> None:
    group = programme.groups.first()

    found = post(people, programme, **{key.replace("group", f"group-{group.pk}"): each for key, each in given.items()})

    assert words in found
    assert not LocalMarket.objects.exists()


def test_only_who_may_edit_the_programme_chooses_and_only_what_is_known(people: Cast, programme: Programme) -> None:
    with pytest.raises(PermissionDenied):
        services.local_markets.choose(programme=programme, areas=[BARNET], served={}, by=people.vera)
    for served in ({"nobody": [201]}, {programme.groups.first().key: [999]}):
        with pytest.raises(ValidationError):
            services.local_markets.choose(programme=programme, areas=[BARNET], served=served, by=people.amina)
