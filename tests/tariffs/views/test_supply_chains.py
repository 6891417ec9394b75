"""The page of the supply chain: what is passed on, what it means at the subcontractor's scale, and writing it."""

from typing import Any

import pytest
from django.urls import reverse

from commissioning.models import AuditEntry, Programme
from tariffs import queries
from tariffs.sources import programme_files
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported, small_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def document(**given: Any) -> dict[str, Any]:
    """Write a programme with a prime and a small charity."""
    providers = [
        {"id": "prime", "name": "Big prime", "share": 1, "reserves": 500000},
        {"id": "charity", "name": "Small charity", "reserves": 2000, "overhead_monthly": 100},
    ]
    return small_document() | {"providers": providers} | given


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(document(), organisation=people.authority, by=people.amina)


def address(programme: Programme) -> str:
    return reverse("supply-chain", args=[programme.pk])


def fields(client: Any, path: str) -> dict[str, Any]:
    form = client.get(path).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_the_sentence_and_both_contracts_side_by_side_come_first(people: Cast, programme: Programme) -> None:
    response = client_of(people.vera).get(address(programme))

    page, chain = response.content.decode(), response.context["chain"]
    assert "A subcontractor with 36 people a year faces a" in page
    assert "Nothing is passed on so far." in page
    assert (chain.chosen, chain.draws, chain.is_alike) == ("charity", 1024, False)
    assert [row[0] for row in chain.table.rows][:3] == ["Who", "People a year", "Worth, if things go as planned"]
    rows = {row[0]: row[1:] for row in chain.table.rows}
    assert rows["Who"] == ("Big prime", "Small charity")
    assert rows["People a year"] == ("360", "36")
    assert " to " in rows["Chance of a loss"][1]
    assert "Save what is passed on" not in page


def test_what_is_passed_on_is_saved_alone_and_the_file_carries_it(people: Cast, programme: Programme) -> None:
    client = client_of(people.amina)
    given = {"share": "40", "parcel_share": "20", "risk_pass_through": "50", "grant_share": "12.5"}

    response = client.post(address(programme), fields(client, address(programme)) | given, follow=True)

    programme.refresh_from_db()
    terms = {"share": 0.4, "parcel_share": 0.2, "risk_pass_through": 0.5, "grant_share": 0.125}
    assert programme.market == {"supply_chain": terms}
    assert "What is passed on is saved." in response.content.decode()
    assert "40% of the contract is passed on, in 2 subcontracts of 20% each." in response.content.decode()
    text = programme_files.dumps(queries.programmes.to_core(programme))
    assert programme_files.loads(text).market["supply_chain"] == terms
    assert AuditEntry.objects.filter(action="changed what is passed on to subcontractors").count() == 1


def test_the_rest_of_the_market_section_stays_as_it_is(people: Cast) -> None:
    market = {"rounds": 3, "supply_chain": {"grant_share": 0.2}}
    programme = imported(document(market=market), organisation=people.authority, by=people.amina)
    client = client_of(people.amina)

    client.post(address(programme), fields(client, address(programme)) | {"share": "30"})

    programme.refresh_from_db()
    assert programme.market == {"rounds": 3, "supply_chain": {"grant_share": 0.2, "share": 0.3}}


@pytest.mark.parametrize("market", [None, {"rounds": 3}, {"supply_chain": {"share": 0.123456789}}])
def test_saving_the_page_unchanged_changes_nothing(people: Cast, market: Any) -> None:
    given = document(market=market) if market else document()
    programme = imported(given, organisation=people.authority, by=people.amina)
    client, before = client_of(people.amina), AuditEntry.objects.count()

    client.post(address(programme), fields(client, address(programme)))

    programme.refresh_from_db()
    assert programme.market == market
    assert AuditEntry.objects.count() == before


@pytest.mark.promise("D1")
def test_two_who_change_different_terms_lose_nothing_and_the_same_term_is_asked_about(
    people: Cast, programme: Programme
) -> None:
    amina, bob = client_of(people.amina), client_of(people.bob)
    hers, his = fields(amina, address(programme)), fields(bob, address(programme))
    amina.post(address(programme), hers | {"share": "40", "grant_share": "5"})

    response = bob.post(address(programme), his | {"grant_share": "10", "parcel_share": "2"})

    form = response.context["form"]
    assert response.status_code == 409
    assert "Saved now: <strong>5</strong>" in response.content.decode()
    bob.post(address(programme), {name: form[name].value() or "" for name in form.fields})
    programme.refresh_from_db()
    assert programme.market["supply_chain"] == {"share": 0.4, "grant_share": 0.1, "parcel_share": 0.02}


@pytest.mark.promise("B8")
@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("share", "", "Enter the share passed on"),
        ("share", "101", "The share passed on must be from 0 in 100 to 100 in 100"),
        ("parcel_share", "0", "The size of one subcontract must be from 0.1 in 100 to 100 in 100"),
        ("risk_pass_through", "all", "Enter the share of the risk passed on as a number, like 50"),
        ("grant_share", "-1", "The share paid as a grant must be from 0 in 100"),
    ],
)
def test_what_cannot_be_saved_stays_in_its_field_with_the_reason_beside_it(
    people: Cast, programme: Programme, field: str, typed: str, error: str
) -> None:
    client = client_of(people.amina)

    response = client.post(address(programme), fields(client, address(programme)) | {field: typed})

    assert error in response.content.decode()
    assert response.context["form"][field].value() == typed
    programme.refresh_from_db()
    assert programme.market is None


def test_passing_on_more_risk_than_the_prime_has_is_warned_of_until_it_is_cured(people: Cast) -> None:
    given = document()
    given["tariff"]["service_fee_monthly"] = 5000
    programme = imported(given, organisation=people.authority, by=people.amina)
    client = client_of(people.amina)

    assert (
        "More depends on results for a subcontractor than for the prime"
        in client.get(address(programme)).content.decode()
    )
    client.post(address(programme), fields(client, address(programme)) | {"risk_pass_through": "10"})

    assert "More depends on results" not in client.get(address(programme)).content.decode()


def test_another_kind_of_provider_can_be_the_subcontractor(people: Cast, programme: Programme) -> None:
    client = client_of(people.vera)

    alike = client.get(address(programme), {"subcontractor": "prime"})
    unknown = client.get(address(programme), {"subcontractor": "<nobody>"})

    assert alike.context["chain"].is_alike
    assert "cut to the size of the subcontract" in alike.content.decode()
    assert unknown.context["chain"].chosen == "charity"


def test_a_target_is_said_to_be_met_by_each_subcontractor_alone(people: Cast) -> None:
    given = document()
    given["tariff"]["target"] = {"milestone": "job", "rule": "binary", "rate": 0.2}
    programme = imported(given, organisation=people.authority, by=people.amina)

    assert "A target cannot be cut up" in client_of(people.vera).get(address(programme)).content.decode()


@pytest.mark.parametrize("missing", ["groups", "archetypes", "prices"])
def test_a_draft_that_lacks_a_part_says_what_to_write(people: Cast, programme: Programme, missing: str) -> None:
    programme.tariff.price_lines.all().delete()
    if missing != "prices":
        getattr(programme, missing).all().delete()

    response = client_of(people.amina).get(address(programme))

    assert "to see what reaches the subcontractors" in response.content.decode()
    assert response.context["chain"].table is None


def test_who_may_not_see_or_change_it_cannot(people: Cast, programme: Programme) -> None:
    assert client_of(people.charlie).get(address(programme)).status_code == 404
    assert client_of(people.vera).post(address(programme), {"share": "1"}).status_code == 404
    assert client_of(people.amina).put(address(programme)).status_code == 405


def test_the_page_takes_few_queries(people: Cast, programme: Programme, django_assert_max_num_queries: Any) -> None:
    client = client_of(people.amina)

    with django_assert_max_num_queries(15):
        client.get(address(programme))


def test_less_passed_on_than_one_subcontract_is_said(people: Cast) -> None:
    market = {"supply_chain": {"share": 0.05}}
    programme = imported(document(market=market), organisation=people.authority, by=people.amina)

    page = client_of(people.vera).get(address(programme)).content.decode()

    assert "5% of the contract is passed on, which is less than one subcontract of 10%." in page
