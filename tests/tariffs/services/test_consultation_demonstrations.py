"""The demonstration's consultation: made up, said to be so in every word that anybody is taken to have said."""

import pytest

from commissioning.models import Organisation, Programme, User
from commissioning.services import demonstrations as cast
from tariffs.models import Comment, Consultation, LogEntry
from tariffs.services import consultation_demonstrations, demonstrations, versions

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts() -> list[cast.Account]:
    return demonstrations.build()


@pytest.fixture
def amina(accounts: list[cast.Account]) -> User:
    return accounts[0].user


def test_everything_that_anybody_says_in_it_says_that_it_is_made_up(accounts: list[cast.Account], amina: User):
    programme = Programme.objects.filter(is_example=True).earliest("created_at")

    consultation_demonstrations.put_to_providers(programme=programme, accounts=accounts, by=amina)

    said = [*Comment.objects.values_list("reason", flat=True), *LogEntry.objects.values_list("text", flat=True)]
    assert len(said) > 5
    assert all(text.startswith("Made up") for text in said)
    assert "made up" in Consultation.objects.get().introduction
    spoke = Organisation.objects.filter(comments__isnull=False).distinct()
    assert {house.name for house in spoke} == {"Demonstration provider", "Another demonstration provider"}


def test_a_second_start_finds_it_there(accounts: list[cast.Account], amina: User):
    programme = Programme.objects.filter(is_example=True).earliest("created_at")

    for _ in range(2):
        consultation_demonstrations.put_to_providers(programme=programme, accounts=accounts, by=amina)

    assert Consultation.objects.count() == 1


def test_it_is_about_the_newest_version_where_nothing_has_changed_since(accounts: list[cast.Account], amina: User):
    programme = Programme.objects.filter(is_example=True).earliest("created_at")
    version = versions.freeze(programme=programme, note="As it was", by=amina)

    consultation_demonstrations.put_to_providers(programme=programme, accounts=accounts, by=amina)

    assert Consultation.objects.get().version == version


def test_an_example_whose_prices_were_taken_out_is_put_to_them_all_the_same(accounts: list[cast.Account], amina: User):
    programme = Programme.objects.filter(is_example=True).earliest("created_at")
    programme.tariff.price_lines.all().delete()

    consultation_demonstrations.put_to_providers(programme=programme, accounts=accounts, by=amina)

    assert not Comment.objects.filter(target_kind="price").exists()
    assert Comment.objects.filter(target_kind="term").exists()
