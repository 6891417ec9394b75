"""Pages of the registers: what is found, what is not known, and how much they ask of the database."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from markets.models import Contract, FinancialYear, Grant, Import, ListedProvider, Provider
from tests.factories import registers
from tests.factories.commissioning import Cast, cast, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def page(people: Cast, **asked: Any) -> str:
    return client_of(people.vera).get(reverse("provider-list"), asked).content.decode()


def test_a_search_shows_who_fits_and_what_is_not_known(people: Cast) -> None:
    registers.provider(1, name="Anytown Carers", reserves=100_000)
    registers.provider(2, name="Other", areas=["E10000016"])

    found = page(people, q="", area="E09000003", who="201", band="medium", form="charity", order="income")

    assert "Anytown Carers" in found
    assert "Other</a>" not in found
    assert "£100,000" in found
    assert "<strong>1</strong> organisation on the public registers fits." in " ".join(found.split())


def test_unknown_reserves_are_said_to_be_not_known(people: Cast) -> None:
    row = registers.provider(1)

    found = client_of(people.vera).get(row.get_absolute_url()).content.decode()

    assert "Its free reserves are <strong>not known</strong>" in found
    assert ">£0<" not in found


def test_an_empty_copy_says_how_registers_come_in(people: Cast) -> None:
    assert "manage.py import_register" in page(people)


def test_nothing_found_says_what_to_do(people: Cast) -> None:
    Import.objects.create(source="ccew", state="succeeded", finished_at="2026-11-02T00:00:00Z")

    assert "Ask for less" in page(people, q="nobody")


@pytest.mark.promise("B1")
@pytest.mark.parametrize(
    "asked",
    [
        {"order": "bad"},
        {"area": "X"},
        {"page": "nonsense"},
        {"page": "999999"},
        {"q": "\0"},
        {"q": "x" * 500},
        {"q": "a:* & ! | ' \\"},
        {"who": "-1"},
    ],
)
def test_no_address_breaks_the_page(people: Cast, asked: dict[str, str]) -> None:
    registers.provider(1)

    assert client_of(people.vera).get(reverse("provider-list"), asked).status_code == 200


def test_a_wrong_choice_is_said_beside_its_field_and_the_rest_holds(people: Cast) -> None:
    registers.provider(1, name="Anytown Carers")
    registers.provider(2, name="Other")

    found = page(people, q="carers", order="bad")

    assert "Choose from the list" in found
    assert "Other</a>" not in found


@pytest.mark.promise("L6")
def test_a_page_asks_the_same_of_the_database_however_much_it_shows(
    people: Cast, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    client = client_of(people.bob)
    rows = [registers.provider(number, reserves=5) for number in range(30)]
    claim = registers.confirmed(
        rows[0], organisation=people.provider, asked_of=people.authority, by=people.dilys, checker=people.bob
    )
    registers.said(claim, "free_reserves", "5", "band", by=people.dilys)
    ListedProvider.objects.create(organisation=people.authority, reference="1", org_id=rows[1].org_id, name="Ours")

    with django_assert_max_num_queries(15):
        found = client.get(reverse("provider-list")).content.decode()

    assert "On your list" in found
    assert "as it says itself" in found


def test_a_provider_is_shown_with_its_years_contracts_grants_and_sources(
    people: Cast, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    row = registers.provider(1, reserves=25_000, government_income=100_000, company_org_id="GB-COH-01234567")
    for year in (2024, 2025):
        FinancialYear.objects.create(provider=row, year_end=f"{year}-03-31", income=year * 100, expenditure=1)
    common = {"ocid": "o", "released_at": "2026-01-01T00:00:00Z", "suppliers": 2, "value": 700, "award": "1"}
    Contract.objects.create(supplier_org_id="GB-COH-01234567", supplier_key="x", title="Carers' support", **common)
    Contract.objects.create(
        supplier_org_id=row.org_id, supplier_key="y", title="Theirs alone", organisation=people.elsewhere, **common
    )
    Grant.objects.create(
        recipient_org_id=row.org_id,
        identifier="g",
        title="Core costs",
        amount=9,
        currency="GBP",
        awarded_on="2026-01-01",
    )
    Import.objects.create(
        source="ccew", state="succeeded", finished_at="2026-11-02T00:00:00Z", extract_date="2026-11-01"
    )
    client = client_of(people.vera)

    with django_assert_max_num_queries(15):
        found = client.get(row.get_absolute_url()).content.decode()

    assert "<strong>1.0 months</strong>" in found
    assert "25%" in found
    assert "Carers&#x27; support" in found
    assert "Theirs alone" not in found
    assert "Core costs" in found
    assert "as it stood on 1 November 2026" in found
    assert "Open Government Licence v3.0" in found


@pytest.mark.promise("A6")
def test_the_years_of_a_provider_come_as_csv_with_gaps_left_empty(people: Cast) -> None:
    row = registers.provider(1)
    FinancialYear.objects.create(
        provider=row, year_end="2025-03-31", cycle="AR25", income=5, government_contracts=1, government_grants=2
    )
    FinancialYear.objects.create(provider=row, year_end="2026-03-31", reserves=7, government_contracts=1)

    found = client_of(people.vera).get(reverse("provider-figures", args=[row.pk, "finances"])).content.decode()

    assert found.splitlines()[1:] == ["31 March 2026,,,,7.00,", "31 March 2025,AR25,5.00,,,3.00"]


def test_a_removed_provider_is_said_to_be_removed(people: Cast) -> None:
    row = registers.provider(1, status="removed", removed_on="2020-01-02", is_distressed=True)

    found = client_of(people.vera).get(row.get_absolute_url()).content.decode()

    assert "removed from the register on 2 January 2020" in found
    assert "insolvent or in administration" in found


def test_rows_of_two_registers_meet_by_their_number(people: Cast) -> None:
    charity = registers.provider(1, name="A Charity", company_org_id="GB-COH-01234567")
    company = registers.provider(
        2,
        name="Its Company",
        org_id="GB-COH-01234567",
        company_org_id="GB-COH-01234567",
        register="companies",
        legal_form="cic",
        income=None,
    )

    client = client_of(people.vera)

    assert "Its Company" in client.get(charity.get_absolute_url()).content.decode()
    assert "A Charity" in client.get(company.get_absolute_url()).content.decode()
    assert "this register does not publish them" in client.get(company.get_absolute_url()).content.decode()


def test_a_providers_people_are_offered_to_claim_and_then_led_to_their_claim(people: Cast) -> None:
    row: Provider = registers.provider(1)
    client = client_of(people.dilys)
    before = client.get(row.get_absolute_url()).content.decode()

    registers.claimed(row, organisation=people.provider, asked_of=people.authority, by=people.dilys)
    after = client.get(row.get_absolute_url()).content.decode()

    assert "This is our organisation" in before
    assert "Your organisation&#x27;s claim" in after or "Your organisation's claim" in after
    assert "This is our organisation" not in client_of(people.vera).get(row.get_absolute_url()).content.decode()


@pytest.mark.promise("B5")
def test_a_search_comes_as_csv_without_what_providers_show_to_some_only(people: Cast) -> None:
    row = registers.provider(1, name="=Carers", employees=3)
    registers.provider(2, name="Other", areas=[])
    claim = registers.confirmed(
        row, organisation=people.provider, asked_of=people.authority, by=people.dilys, checker=people.bob
    )
    registers.said(claim, "free_reserves", "987654", "exact", people.authority, by=people.dilys)

    found = client_of(people.bob).get(reverse("provider-list-csv"), {"area": "E09000003"}).content.decode()

    assert found.splitlines()[1:] == [
        "GB-CHC-1000001,'=Carers,Charity,,,400000.00,300000.00,,,3,Barnet,Children and young people"
    ]


@pytest.mark.promise("S3")
def test_an_own_list_is_seen_by_its_authority_alone_beside_the_registers(people: Cast) -> None:
    row = registers.provider(1, name="On the register")
    ListedProvider.objects.create(organisation=people.authority, reference="1", org_id=row.org_id, name="Ours")
    ListedProvider.objects.create(organisation=people.authority, reference="2", org_id="GB-CHC-1", name="Unknown one")
    ListedProvider.objects.create(organisation=people.authority, reference="3", name="No number")
    address = reverse("own-list")

    found = client_of(people.vera).get(address).content.decode()

    assert "On the register" in found
    assert "GB-CHC-1 is on no register here" in found
    assert "no official number" in found
    for stranger in (people.charlie, people.dilys):
        assert "Ours" not in client_of(stranger).get(address).content.decode()
