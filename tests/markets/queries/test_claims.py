"""What a provider says of itself reaches exactly those whom it chose, and no further."""

from decimal import Decimal

import pytest

from commissioning.models import Organisation
from markets.models import Claim, Provider
from markets.queries import claims, profiles
from tests.factories import registers
from tests.factories.commissioning import Cast, cast

pytestmark = [pytest.mark.django_db, pytest.mark.promise("S3")]


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


def seen(row: Provider, *organisations: Organisation) -> dict[str, claims.Shown]:
    return claims.shown(organisations, [row.pk]).get(row.pk, {})


def test_what_is_shown_to_nobody_is_seen_by_nobody(people: Cast, row: Provider, ours: Claim) -> None:
    registers.said(ours, "free_reserves", "50000", "nobody", by=people.dilys)

    assert seen(row, people.authority, people.elsewhere, people.provider) == {}


def test_what_is_shown_as_a_band_is_seen_by_every_authority_without_its_value(
    people: Cast, row: Provider, ours: Claim
) -> None:
    registers.said(ours, "free_reserves", "50000", "band", by=people.dilys)

    found = seen(row, people.elsewhere)["free_reserves"]

    assert (found.value, found.band) == (None, "one to three months of spending")
    assert seen(row, people.provider) == {}


def test_what_is_shown_exactly_is_seen_by_the_named_authorities_alone(people: Cast, row: Provider, ours: Claim) -> None:
    registers.said(ours, "free_reserves", "50000.50", "exact", people.elsewhere, by=people.dilys)

    assert seen(row, people.elsewhere)["free_reserves"].value == Decimal("50000.50")
    assert seen(row, people.authority) == {}
    assert seen(row) == {}


def test_only_a_confirmed_claim_shows_anything(people: Cast, row: Provider, ours: Claim) -> None:
    registers.said(ours, "appetite", "0.3", "band", by=people.dilys)
    Claim.objects.filter(pk=ours.pk).update(state=Claim.State.WITHDRAWN)

    assert seen(row, people.authority) == {}


@pytest.mark.promise("S4")
def test_a_row_whose_claim_shows_nothing_looks_like_one_that_nobody_claimed(
    people: Cast, row: Provider, ours: Claim
) -> None:
    registers.said(ours, "appetite", "0.3", "nobody", by=people.dilys)
    registers.said(ours, "areas", ["E09000003"], "exact", people.authority, by=people.dilys)
    other = registers.provider(2)

    (claimed, unclaimed) = profiles.lines([row, other], people.charlie)

    assert claimed.shown == unclaimed.shown == {}
    assert profiles.of_provider(row, people.charlie).claim is None


def test_a_page_says_what_is_shown_in_words(people: Cast, row: Provider, ours: Claim) -> None:
    for field, value in (("appetite", "0.3"), ("free_reserves", "5000"), ("served", [201]), ("areas", ["E09000003"])):
        registers.said(ours, field, value, "exact", people.authority, by=people.dilys)

    found = dict(profiles.of_provider(row, people.vera).shown)

    assert found == {
        "Share of free reserves put at risk": "30%",
        "Free reserves": "£5,000",
        "Groups served": "Children and young people",
        "Areas": "Barnet",
    }


def test_the_provider_sees_all_that_it_said_and_who_sees_it(people: Cast, ours: Claim) -> None:
    registers.said(ours, "appetite", "0.3", "exact", people.authority, by=people.dilys)

    found = {row.field: (row.said, row.sight) for row in claims.corrections_of(ours)}

    assert found["appetite"] == ("30%", "Exactly, and only: Anytown Council")
    assert found["areas"] == ("", "")


def test_a_claim_is_seen_by_those_who_made_it_and_those_who_decide(people: Cast, ours: Claim) -> None:
    assert ours in claims.visible_to(people.dilys)
    assert ours in claims.visible_to(people.bob)
    for stranger in (people.amina, people.vera, people.charlie):
        assert ours not in claims.visible_to(stranger)
