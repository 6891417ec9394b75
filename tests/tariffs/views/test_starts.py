"""Pages on which a programme starts, is described, and gets its kinds of provider."""

import pytest
from django.urls import reverse

from commissioning.models import Programme
from tariffs.models import Archetype
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import EXAMPLE, imported
from tests.tariffs.views.test_parts import fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def test_a_programme_starts_with_a_name_and_a_length(people: Cast) -> None:
    client = client_of(people.amina)
    given = fields(client, "/programmes/new/") | {"name": "Into work", "referral_months": "36", "contract_months": "48"}
    given["organisation"] = str(people.authority.pk)

    page = client.post("/programmes/new/", given, follow=True).content.decode()

    assert "It is a draft that only your authority sees." in page
    assert "Say who the service is for" in page
    assert Programme.objects.get().name == "Into work"


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"name": ""}, "Enter the name of the programme"),
        ({"referral_months": "0"}, "The number of months of referrals must be from 1 to 600"),
        ({"contract_months": "12"}, "The contract must run at least as long as people are referred"),
    ],
)
def test_a_start_is_refused_in_plain_words(people: Cast, typed: dict[str, str], error: str) -> None:
    client = client_of(people.amina)
    given = fields(client, "/programmes/new/") | {"name": "Ours", "referral_months": "36", "contract_months": "48"}

    page = client.post("/programmes/new/", given | {"organisation": people.authority.pk} | typed).content.decode()

    assert error in page
    assert not Programme.objects.exists()


def test_who_may_not_start_a_programme_is_told_whom_to_ask(people: Cast) -> None:
    client = client_of(people.vera)

    for path in ("/programmes/start/", "/programmes/new/", "/programmes/start/peterborough/"):
        assert "Ask an approver of your authority" in client.get(path).content.decode()


def test_an_example_says_what_it_rests_on_and_becomes_a_draft(people: Cast) -> None:
    client = client_of(people.amina)
    page = "/programmes/start/hmp-doncaster/"
    given = fields(client, page) | {"name": "Our pilot", "organisation": str(people.authority.pk)}

    told = client.get(page).content.decode()
    client.post(page, given)

    assert "come from sources and" in told
    assert Programme.objects.get().name == "Our pilot"


def test_an_example_that_there_is_not_is_not_found(people: Cast) -> None:
    assert client_of(people.amina).get("/programmes/start/atlantis/").status_code == 404


def test_the_programme_is_described_in_words_of_its_own(people: Cast, programme: Programme) -> None:
    client = client_of(people.amina)
    page = reverse("details-edit", args=[programme.pk])
    given = {"start": "April 2027", "budget": "£1,500,000", "summary": "For people out of work."}

    client.post(page, fields(client, page) | given)

    programme.refresh_from_db()
    assert (programme.start, float(programme.budget), programme.summary) == (
        "2027-04",
        1_500_000,
        "For people out of work.",
    )


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"start": "next spring"}, "Enter a month and a year, like April 2027"),
        ({"contract_months": "6"}, "The contract must run at least as long"),
        ({"budget": "-1"}, "The budget must be from £0"),
        ({"summary": "x" * 10_001}, "The summary must be 10,000 characters or fewer"),
    ],
)
def test_a_description_is_refused_in_plain_words(
    people: Cast, programme: Programme, typed: dict[str, str], error: str
) -> None:
    client = client_of(people.amina)
    page = reverse("details-edit", args=[programme.pk])

    assert error in client.post(page, fields(client, page) | typed).content.decode()


def test_saving_description_luck_and_providers_of_the_example_unchanged_changes_nothing(people: Cast) -> None:
    programme = imported(EXAMPLE, organisation=people.authority, by=people.amina)
    client = client_of(people.amina)
    pages = [
        reverse("details-edit", args=[programme.pk]),
        reverse("uncertainty-edit", args=[programme.pk]),
        *(reverse("archetype-edit", args=[row.pk]) for row in programme.archetypes.all()),
    ]
    before = people.authority.audit_entries.count()

    for page in pages:
        assert client.post(page, fields(client, page)).status_code == 302

    assert people.authority.audit_entries.count() == before


def test_what_is_left_to_luck_is_changed(people: Cast, programme: Programme) -> None:
    client = client_of(people.amina)
    page = reverse("uncertainty-edit", args=[programme.pk])
    given = {"outcome_shock": "0.2", "volume_trend": "-5", "season": "0 0 0 0 0 0 0.1 0.1 0 0 0 -0.2"}

    client.post(page, fields(client, page) | given)

    programme.uncertainty.refresh_from_db()
    assert programme.uncertainty.season[-1] == -0.2
    assert (programme.uncertainty.outcome_shock, programme.uncertainty.volume_trend) == (0.2, -0.05)


@pytest.mark.parametrize("season", ["1 2 3", "a b c d e f g h i j k l", " ".join(["21"] * 12)])
def test_a_season_has_twelve_numbers(people: Cast, programme: Programme, season: str) -> None:
    client = client_of(people.amina)
    page = reverse("uncertainty-edit", args=[programme.pk])

    response = client.post(page, fields(client, page) | {"season": season})

    assert "The season must be twelve numbers" in response.content.decode()


def test_a_kind_of_provider_is_added_from_assumptions_and_removed(people: Cast, programme: Programme) -> None:
    programme.archetypes.all().delete()
    client = client_of(people.amina)
    page = reverse("archetype-create", args=[programme.pk])

    client.post(page, fields(client, page) | {"name": "Local charity", "reserves": "£40,000"})
    added = Archetype.objects.get(programme=programme)
    told = client.get(reverse("archetype-list", args=[programme.pk])).content.decode()
    client.post(reverse("archetype-remove", args=[added.pk]))

    assert (added.key, float(added.reserves), added.quality) == ("local-charity", 40_000, "assumption")
    assert "90% of its income" in told
    assert not programme.archetypes.exists()


def test_all_kinds_together_take_on_at_most_everyone(people: Cast, programme: Programme) -> None:
    client = client_of(people.amina)
    page = reverse("archetype-create", args=[programme.pk])

    response = client.post(page, fields(client, page) | {"name": "Another", "share": "1"})

    assert "The shares of all providers add up to at most 1." in response.content.decode()
    assert programme.archetypes.count() == 1


def test_an_incomplete_draft_says_what_is_missing_before_a_run(people: Cast, programme: Programme) -> None:
    programme.archetypes.all().delete()
    client = client_of(people.amina)
    page = reverse("incentive-run-create", args=[programme.pk])

    told = client.get(page).content.decode()
    response = client.post(page, {"draws": "1024", "seed": "1"})

    assert "Add a kind of provider to test the tariff on." in told
    assert response.status_code == 200
    assert not programme.runs.exists()
