"""Pages of the tariffs that a programme weighs up."""

import pytest
from django.urls import reverse

from commissioning.models import Programme, Run
from commissioning.services import run_workers
from tariffs.models import Tariff
from tariffs.services import scenarios
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def tariff_named(programme: Programme, name: str) -> Tariff:
    return scenarios.add(tariff=programme.tariff, name=name, by=programme.created_by)


def test_a_tariff_is_added_beside_the_proposed_one(people: Cast, programme: Programme) -> None:
    client = client_of(people.amina)
    given = {"name": "Half upfront", "copied": str(programme.tariff.pk)}

    page = client.post(reverse("scenario-create", args=[programme.pk]), given, follow=True).content.decode()

    assert "Half upfront" in page
    assert "Not tested as it stands" in page
    assert "Proposed" in page


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"name": ""}, "Enter the name of the tariff"),
        ({"name": "Taken"}, "Another tariff of this programme has this name"),
        ({"name": "X", "copied": "00000000-0000-4000-8000-000000000000"}, "Choose a tariff from the list"),
    ],
)
def test_a_tariff_is_refused_in_plain_words(
    people: Cast, programme: Programme, given: dict[str, str], error: str
) -> None:
    tariff_named(programme, "Taken")
    whole = {"copied": str(programme.tariff.pk)} | given

    page = client_of(people.amina).post(reverse("scenario-create", args=[programme.pk]), whole).content.decode()

    assert error in page
    assert programme.tariffs.count() == 2


def test_too_many_tariffs_are_refused_with_a_way_out(people: Cast, programme: Programme) -> None:
    for number in range(9):
        tariff_named(programme, f"Tariff {number}")
    given = {"name": "X", "copied": str(programme.tariff.pk)}

    page = client_of(people.amina).post(reverse("scenario-create", args=[programme.pk]), given).content.decode()

    assert "A programme has at most 10 tariffs. Remove one first" in page


def test_tariffs_are_tested_on_the_same_luck_and_compared(people: Cast, programme: Programme) -> None:
    copy = tariff_named(programme, "Dearer")
    copy.price_lines.update(price=9000)
    client = client_of(people.amina)
    given = {"tariffs": [str(programme.tariff.pk), str(copy.pk)], "draws": "1024"}

    answer = client.post(reverse("scenario-test", args=[programme.pk]), given)
    while run_workers.work(worker="test"):
        pass
    page = client.get(answer["Location"]).content.decode()
    listed = client.get(reverse("scenario-list", args=[programme.pk])).content.decode()

    assert Run.objects.count() == 2
    assert "Dearer costs more than First draft in " in page
    assert "All tariffs met the same luck" in page
    assert listed.count("Tested as it stands") == 2
    assert "See the last comparison of them" in listed


@pytest.mark.parametrize("chosen", [0, 1, 6])
def test_two_to_five_tariffs_are_compared(people: Cast, programme: Programme, chosen: int) -> None:
    for number in range(6):
        tariff_named(programme, f"Tariff {number}")
    tariffs = [str(tariff.pk) for tariff in programme.tariffs.all()[:chosen]]

    page = client_of(people.amina).post(
        reverse("scenario-test", args=[programme.pk]), {"tariffs": tariffs, "draws": "1024"}
    )

    assert "Choose 2 to 5 tariffs" in page.content.decode()
    assert not Run.objects.exists()


def test_an_incomplete_programme_says_so_before_a_comparison(people: Cast, programme: Programme) -> None:
    copy = tariff_named(programme, "Another")
    programme.archetypes.all().delete()
    given = {"tariffs": [str(programme.tariff.pk), str(copy.pk)], "draws": "1024"}

    page = client_of(people.amina).post(reverse("scenario-test", args=[programme.pk]), given).content.decode()

    assert "lacks what a simulation needs" in page


def test_another_tariff_is_proposed_and_the_old_one_removed(people: Cast, programme: Programme) -> None:
    first, copy = programme.tariff, tariff_named(programme, "Better")
    client = client_of(people.amina)

    told = client.post(reverse("scenario-propose", args=[copy.pk]), follow=True).content.decode()
    asked = client.get(reverse("scenario-remove", args=[first.pk])).content.decode()
    client.post(reverse("scenario-remove", args=[first.pk]))

    assert "The programme now proposes “Better”." in told
    assert "Do you want to remove “First draft”?" in asked
    assert [tariff.version for tariff in programme.tariffs.all()] == ["Better"]


def test_the_proposed_tariff_has_no_page_to_remove_it(people: Cast, programme: Programme) -> None:
    page = reverse("scenario-remove", args=[programme.tariff.pk])

    assert client_of(people.amina).get(page).status_code == 404


@pytest.mark.parametrize("count", [1, 9])
def test_the_list_takes_few_queries_however_many_tariffs_there_are(
    people: Cast, programme: Programme, count: int, django_assert_max_num_queries
) -> None:
    for number in range(count):
        tariff_named(programme, f"Tariff {number}")
    client = client_of(people.amina)

    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(reverse("scenario-list", args=[programme.pk]))
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(reverse("scenario-test", args=[programme.pk]))
