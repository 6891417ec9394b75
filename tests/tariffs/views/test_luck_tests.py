"""The page on which luck is set against a target, and the sliding scale that takes its cliff away."""

from typing import Any

import pytest
from django.urls import reverse

from commissioning.models import Programme
from tariffs.queries import luck_tests
from tariffs.sources import examples
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def doncaster(people: Cast) -> Programme:
    return imported(examples.read("hmp-doncaster"), organisation=people.authority, by=people.amina)


def page_of(person: Any, programme: Programme) -> str:
    response = client_of(person).get(reverse("luck-test", args=[programme.tariff.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_says_what_is_paid_for_nothing_and_what_is_not_paid_though_reached(
    people: Cast, doncaster: Programme
) -> None:
    page = page_of(people.vera, doncaster)

    assert "In a window of 1,572 people, a provider that helps nobody is paid in 0.2% of windows" in page
    assert "goes unpaid in 50%" in page
    assert "The cliff: what that one outcome is worth" in page


def test_a_tariff_without_a_target_has_no_cliff(people: Cast) -> None:
    programme = imported(organisation=people.authority, by=people.amina)

    assert "This tariff has no target" in page_of(people.vera, programme)
    assert luck_tests.sliding(programme.tariff) is None


def test_a_target_of_a_draft_without_providers_cannot_be_tested_yet(people: Cast, doncaster: Programme) -> None:
    doncaster.archetypes.all().delete()

    assert "The target cannot be tested yet" in page_of(people.vera, doncaster)


def test_the_sliding_scale_is_applied_to_a_copy_and_has_no_cliff(people: Cast, doncaster: Programme) -> None:
    client = client_of(people.amina)

    told = client.post(reverse("luck-slide", args=[doncaster.tariff.pk]), follow=True).content.decode()

    copy = doncaster.tariffs.get(main_of=None)
    (window,) = luck_tests.windows(copy)
    assert "stands beside the other tariffs" in told
    assert (copy.target_rule, copy.target_rate_from) == ("sliding", 0.42)
    assert window.test.cliff < 0.01 * window.test.at + 10_000
    assert window.sliding is None
    assert doncaster.tariff.target_rule == "binary"


def test_two_copies_have_two_names(people: Cast, doncaster: Programme) -> None:
    client = client_of(people.amina)

    for _ in range(2):
        client.post(reverse("luck-slide", args=[doncaster.tariff.pk]))

    names = doncaster.tariffs.filter(main_of=None).values_list("version", flat=True)
    assert sorted(names) == ["2011, on a sliding scale", "2011, on a sliding scale (2)"]


def test_where_no_scale_helps_nothing_is_copied(people: Cast) -> None:
    programme = imported(organisation=people.authority, by=people.amina)

    told = client_of(people.amina).post(reverse("luck-slide", args=[programme.tariff.pk]), follow=True)

    assert "There is no sliding scale" in told.content.decode()
    assert programme.tariffs.count() == 1


def test_too_many_tariffs_leave_no_room_for_a_copy(people: Cast, doncaster: Programme) -> None:
    client = client_of(people.amina)

    for _ in range(10):
        told = client.post(reverse("luck-slide", args=[doncaster.tariff.pk]), follow=True).content.decode()

    assert "A programme has at most 10 tariffs" in told


def test_the_curve_is_given_as_csv(people: Cast, doncaster: Programme) -> None:
    client = client_of(people.vera)

    def figures(chart: str, query: str = "") -> Any:
        return client.get(reverse("luck-test-figures", args=[doncaster.tariff.pk, chart]) + query)

    assert figures("payment").content.decode().startswith("True rate,Paid as the tariff has it,Paid on the sliding")
    assert figures("nonsense").status_code == 404
    assert figures("payment", "?provider=7").status_code == 404


def test_the_page_takes_few_queries(people: Cast, doncaster: Programme, django_assert_max_num_queries: Any) -> None:
    client = client_of(people.amina)

    with django_assert_max_num_queries(15):
        client.get(reverse("luck-test", args=[doncaster.tariff.pk]))
