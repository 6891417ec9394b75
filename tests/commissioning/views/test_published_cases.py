"""Publishing a case, withdrawing it, and what a stranger reads."""

from typing import Any

import pytest
from django.urls import reverse

from commissioning.core.canonical import sha256
from commissioning.models import CasePublication
from commissioning.services import cases as service
from tests.factories import cases
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Any:
    return imported(organisation=people.authority, by=people.amina)


@pytest.fixture
def conclusion(people: Cast, programme: Any) -> Any:
    return cases.concluded(programme=programme, by=people.amina)


def stranger_reads(conclusion: Any, query: str = "") -> str:
    response = client_of(None).get(conclusion.get_absolute_url() + query)
    assert response.status_code == 200
    return response.content.decode()


def test_an_approver_reads_what_would_be_public_and_publishes_it(people: Cast, programme: Any, conclusion: Any):
    address = reverse("published-case-create", args=[programme.pk])
    client = client_of(people.bob)

    page = client.get(address)
    response = client.post(address, {"seen": page.context["form"].initial["seen"]})

    assert "Should everyone read this?" in page.content.decode()
    assert response.headers["Location"] == conclusion.get_absolute_url()
    assert "Do not use Payment by Results here" in stranger_reads(conclusion)


def test_a_case_that_changed_meanwhile_is_shown_again(people: Cast, programme: Any, conclusion: Any):
    address = reverse("published-case-create", args=[programme.pk])
    client = client_of(people.bob)
    seen = client.get(address).context["form"].initial["seen"]
    cases.answered(programme=programme, by=people.amina)

    response = client.post(address, {"seen": seen})
    again = client.post(address, {"seen": response.context["form"].data["seen"]})

    assert "The case has changed since you read it" in response.content.decode()
    assert "Housing decides it." in response.content.decode()
    assert again.status_code == 302


@pytest.mark.promise("S12")
def test_whoever_concluded_finds_no_button(people: Cast, programme: Any):
    cases.concluded(programme=programme, by=people.bob)

    page = client_of(people.bob).get(reverse("published-case-create", args=[programme.pk])).content.decode()

    assert "Two people publish" in page
    assert 'name="seen"' not in page


def test_nothing_can_be_published_before_a_conclusion(people: Cast, programme: Any):
    response = client_of(people.bob).get(reverse("published-case-create", args=[programme.pk]))

    assert response.status_code == 404


@pytest.mark.promise("S3")
def test_a_stranger_reads_only_what_was_published(people: Cast, programme: Any, conclusion: Any):
    cases.published(conclusion=conclusion, by=people.bob)
    cases.answered(programme=programme, by=people.amina, reasoning="A later thought")
    cases.concluded(programme=programme, by=people.amina, reasons="A later reason")

    page = stranger_reads(conclusion)

    assert "The results are not in its hands." in page
    assert "later" not in page.replace("A later edition", "")
    assert not any(name in page for name in ("Amina", "Bob"))


@pytest.mark.promise("S3")
def test_a_draft_has_no_public_page(people: Cast, conclusion: Any):
    for client in (client_of(None), client_of(people.amina)):
        assert client.get(conclusion.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("query", ["?edition=7", "?edition=99999", "?edition=" + "9" * 5000, "?edition=x", "?edition="])
def test_a_strange_edition_is_not_found_or_is_the_newest(query: str, people: Cast, conclusion: Any):
    cases.published(conclusion=conclusion, by=people.bob)

    response = client_of(None).get(conclusion.get_absolute_url() + query)

    assert response.status_code == (404 if query in ("?edition=7", "?edition=99999") else 200)


def test_an_older_edition_stays_readable_and_says_that_it_is_old(people: Cast, programme: Any, conclusion: Any):
    cases.published(conclusion=conclusion, by=people.bob)
    cases.answered(programme=programme, by=people.amina)
    cases.published(conclusion=conclusion, by=people.bob)

    old, new = stranger_reads(conclusion, "?edition=1"), stranger_reads(conclusion)

    assert "You are reading edition 1" in old
    assert "Housing decides it." not in old
    assert "Housing decides it." in new
    assert "You are reading" not in new


def test_a_withdrawn_case_says_so_and_only_members_still_read_it(people: Cast, programme: Any, conclusion: Any):
    cases.published(conclusion=conclusion, by=people.bob)
    address = reverse("published-case-withdraw", args=[programme.pk])
    client = client_of(people.bob)

    empty = client.post(address, {"reason": ""})
    client.post(address, {"reason": "A name stood in it"})
    again = client.post(address, {"reason": "Again"})

    page = stranger_reads(conclusion)
    assert "Say why it is withdrawn" in empty.content.decode()
    assert "Nothing is published that could be withdrawn" in again.content.decode()
    assert "This case was withdrawn" in page
    assert "A name stood in it" in page
    assert "The results are not in its hands." not in page
    assert (
        "The results are not in its hands."
        in client_of(people.vera).get(conclusion.get_absolute_url()).content.decode()
    )
    assert (
        "The results are not in its hands."
        not in client_of(people.charlie).get(conclusion.get_absolute_url()).content.decode()
    )


@pytest.mark.promise("D3")
def test_anyone_can_check_the_hash_of_an_edition(people: Cast, conclusion: Any):
    publication = cases.published(conclusion=conclusion, by=people.bob)
    address = reverse("published-case-download", args=[conclusion.pk])

    response = client_of(None).get(address)

    assert sha256(response.content.decode()) == publication.sha256
    assert publication.sha256 in stranger_reads(conclusion)
    service.withdraw(conclusion=conclusion, reason="A mistake", by=people.bob)
    assert client_of(None).get(address).status_code == 404
    assert client_of(people.vera).get(address).status_code == 200


def test_the_list_shows_what_stands(people: Cast, programme: Any, conclusion: Any):
    address = reverse("published-case-list")
    before = client_of(None).get(address).content.decode()

    cases.published(conclusion=conclusion, by=people.bob)
    after = client_of(None).get(address).content.decode()

    assert "No authority has published a case yet." in before
    assert conclusion.get_absolute_url() in after


def test_the_public_pages_take_few_queries(people: Cast, programme: Any, django_assert_max_num_queries: Any):
    conclusion = cases.concluded(programme=programme, by=people.amina)
    for number in range(4):
        cases.answered(programme=programme, by=people.amina, reasoning=f"Reason {number}")
        cases.published(conclusion=conclusion, by=people.bob)
    client = client_of(None)

    for address in (conclusion.get_absolute_url(), reverse("published-case-list")):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address).status_code == 200
    assert CasePublication.objects.count() == 4


def test_what_was_made_for_demonstration_says_so(people: Cast, conclusion: Any):
    cases.published(conclusion=conclusion, by=people.bob)
    people.authority.is_demonstration = True
    people.authority.save()

    assert "made for demonstration" in stranger_reads(conclusion)
