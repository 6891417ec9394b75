"""Pages of claims: claiming, deciding, correcting, and what the reader of each may see."""

from typing import Any

import pytest
from django.urls import reverse

from markets.models import Claim, Correction, Provider
from tests.factories import registers
from tests.factories.commissioning import Cast, cast, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def row() -> Provider:
    return registers.provider(1)


@pytest.fixture
def ours(people: Cast, row: Provider) -> Claim:
    return registers.confirmed(
        row, organisation=people.provider, asked_of=people.authority, by=people.dilys, checker=people.bob
    )


def claim(people: Cast, row: Provider, **given: Any) -> Any:
    usual = {
        "organisation": people.provider.pk,
        "number": row.org_id,
        "asked_of": people.authority.pk,
        "evidence": "Write to the address on the register.",
    }
    return client_of(people.dilys).post(reverse("claim-create", args=[row.pk]), {**usual, **given})


def test_a_claim_is_made_decided_and_leads_to_corrections(people: Cast, row: Provider) -> None:
    claim(people, row)
    made = Claim.objects.get()
    bob = client_of(people.bob)
    assert "Helping Hands" in bob.get(reverse("claim-list")).content.decode()

    bob.post(reverse("claim-decide", args=[made.pk]), {"decision": "confirm", "reason": ""})

    shown = client_of(people.dilys).get(made.get_absolute_url()).content.decode()
    assert "Share of free reserves put at risk" in shown
    assert "nobody grades itself" in shown


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"number": "1000002"}, "not the official number of this row"),
        ({"number": ""}, "Enter the official number"),
        ({"evidence": ""}, "Say how it can be checked"),
        ({"asked_of": ""}, "Choose from the list"),
    ],
)
def test_what_is_missing_from_a_claim_is_said(people: Cast, row: Provider, given: dict[str, str], words: str) -> None:
    answer = claim(people, row, **given)

    assert words in answer.content.decode()
    assert not Claim.objects.exists()


def test_a_refusal_needs_a_reason_which_the_provider_reads(people: Cast, row: Provider) -> None:
    claim(people, row)
    address = reverse("claim-decide", args=[Claim.objects.get().pk])
    bob = client_of(people.bob)

    without = bob.post(address, {"decision": "refuse", "reason": ""}).content.decode()
    bob.post(address, {"decision": "refuse", "reason": "Nobody answered there."})

    assert "Say why you refuse it" in without
    assert (
        "Nobody answered there." in client_of(people.dilys).get(Claim.objects.get().get_absolute_url()).content.decode()
    )


def test_a_second_organisation_cannot_be_confirmed(people: Cast, row: Provider, ours: Claim) -> None:
    second = Claim.objects.create(
        provider=row, organisation=people.elsewhere, asked_of=people.authority, evidence="x", made_by=people.charlie
    )

    answer = client_of(people.bob).post(reverse("claim-decide", args=[second.pk]), {"decision": "confirm"})

    assert "confirmed as this provider already" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("appetite", "40", "0.4"),
        ("free_reserves", "5000.50", "5000.50"),
        ("served", ["201", "203"], [201, 203]),
        ("areas", "Barnet\nKent\nEngland", ["E09000003", "E10000016", "E92000001"]),
    ],
)
def test_each_thing_is_corrected_shown_again_and_taken_back(
    people: Cast, ours: Claim, field: str, typed: Any, kept: Any
) -> None:
    client, address = client_of(people.dilys), reverse("claim-correct", args=[ours.pk, field])

    client.post(address, {"value": typed, "sight": "exact", "shown_to": [people.elsewhere.pk]})

    made = Correction.objects.get()
    assert (made.field, made.value, list(made.shown_to.all())) == (field, kept, [people.elsewhere])
    assert client.get(address).status_code == 200
    client.post(reverse("claim-take-back", args=[ours.pk, field]))
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("field", "given", "words"),
    [
        ("appetite", {"value": "140"}, "Enter a number from 0 to 100"),
        ("free_reserves", {"value": "much"}, "Enter an amount in pounds"),
        ("served", {"value": []}, "Choose whom you help"),
        ("areas", {"value": "Atlantis"}, "Atlantis is no local authority"),
        ("areas", {"value": "Barnet", "sight": "band"}, "Choose from the list"),
        ("appetite", {"value": "10", "sight": "exact"}, "Choose at least one authority"),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_typed_is_lost(
    people: Cast, ours: Claim, field: str, given: dict[str, Any], words: str
) -> None:
    data = {"sight": "nobody", **given}

    answer = client_of(people.dilys).post(reverse("claim-correct", args=[ours.pk, field]), data).content.decode()

    assert words in answer
    assert not given["value"] or str(given["value"]) in answer
    assert not Correction.objects.exists()


def test_quality_is_no_ones_own_to_correct(people: Cast, ours: Claim) -> None:
    assert client_of(people.dilys).get(reverse("claim-correct", args=[ours.pk, "quality"])).status_code == 404


@pytest.mark.promise("S3")
def test_the_deciding_approver_never_sees_the_corrections_page(people: Cast, ours: Claim) -> None:
    registers.said(ours, "free_reserves", "123456", "nobody", by=people.dilys)
    bob = client_of(people.bob)

    pages = [
        bob.get(reverse("claim-decide", args=[ours.pk])).content.decode(),
        bob.get(ours.provider.get_absolute_url()).content.decode(),
        bob.get(reverse("provider-list")).content.decode(),
        bob.get(reverse("claim-list")).content.decode(),
    ]

    assert bob.get(ours.get_absolute_url()).status_code == 404
    assert not [page for page in pages if "123,456" in page or "123456" in page]


def test_withdrawing_ends_it(people: Cast, ours: Claim) -> None:
    found = client_of(people.dilys).post(reverse("claim-withdraw", args=[ours.pk]), follow=True).content.decode()

    assert "The claim is withdrawn" in found
    assert client_of(people.dilys).get(reverse("claim-correct", args=[ours.pk, "appetite"])).status_code == 404
