"""An organisation's page and its audit log."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commissioning import services
from commissioning.models import Membership, Role
from tests.commissioning.services.test_audit import spoil
from tests.factories.commissioning import Cast, cast, client_of, member

pytestmark = pytest.mark.django_db


def log_of(people: Cast, query: str = "") -> str:
    url = reverse("audit-log", args=[people.authority.pk])
    return client_of(people.bob).get(url + query).content.decode()


def with_entries(count: int) -> Cast:
    people = cast()
    for number in range(count):
        services.audit.record(
            by=people.amina,
            action="changed a price" if number % 2 else "started a run",
            target=people.authority,
            organisation=people.authority,
            detail={"name": f"Number {number}"},
        )
    return people


def test_the_log_shows_who_did_what_newest_first():
    page = log_of(with_entries(2))

    assert page.index("Number 1") < page.index("Number 0")
    assert "Amina" in page
    assert "Changed a price" in page


def test_the_log_says_which_role_became_which():
    people = cast()
    vera = Membership.objects.get(user=people.vera)

    services.memberships.change_role(membership=vera, role=Role.EDITOR, by=people.bob)

    assert "Vera, Viewer to editor" in log_of(people)


def test_the_log_is_paged_and_filtered():
    people = with_entries(60)

    second, filtered = log_of(people, "?page=2"), log_of(people, "?action=changed+a+price")

    assert "Number 9<" in second
    assert "Number 59<" not in second
    assert "Number 59<" in filtered
    assert "Number 58<" not in filtered


@pytest.mark.parametrize("query", ["?page=0", "?page=-1", "?page=99999999999", "?page=x", "?action=%00nonsense"])
def test_an_absurd_page_or_filter_is_no_error(query: str):
    assert "Who did what" in log_of(with_entries(1), query)


def test_the_log_of_another_organisation_stays_out():
    people = with_entries(1)
    services.audit.record(
        by=people.charlie,
        action="looked",
        target=people.elsewhere,
        organisation=people.elsewhere,
        detail={"name": "A secret"},
    )

    assert "A secret" not in log_of(people)


@pytest.mark.promise("S14")
def test_an_altered_entry_is_pointed_out():
    people = with_entries(3)
    assert "It was altered" not in log_of(people)

    spoil('UPDATE commissioning_auditentry SET detail = \'{"name": "Forged"}\' WHERE sequence = 2')

    assert "It was altered" in log_of(people)


@pytest.mark.promise("L6")
def test_the_pages_ask_the_database_no_more_often_when_there_is_more_to_show():
    people = with_entries(5)
    client = client_of(people.bob)
    urls = [reverse(name, args=[people.authority.pk]) for name in ("organisation-detail", "audit-log")]

    def queries_for(url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(url)
        return len(captured)

    few = [queries_for(url) for url in urls]
    for number in range(20):
        somebody = member(people.authority, "viewer")
        services.audit.record(
            by=somebody,
            action=f"did thing {number}",
            target=somebody,
            organisation=people.authority,
            detail={"person": somebody.pk},
        )
    many = [queries_for(url) for url in urls]

    assert max(many) <= 15
    assert many[0] == few[0]
    assert many[1] - few[1] <= 1


def test_a_person_of_two_organisations_chooses_and_one_of_none_is_told():
    people = cast()
    services.memberships.add(user=people.amina, organisation=people.elsewhere, role="viewer", by=people.charlie)
    url = reverse("organisation-list")

    both = client_of(people.amina).get(url).content.decode()
    services.memberships.remove(membership=people.amina.memberships.first(), by=people.bob)
    services.memberships.remove(membership=people.amina.memberships.first(), by=people.bob)
    none = client_of(people.amina).get(url).content.decode()

    assert "Anytown Council" in both
    assert "Elsewhere Council" in both
    assert "You do not belong to any organisation now" in none
