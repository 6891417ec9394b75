"""Claims: made by a provider's own people, decided once by an approver, and corrections within their limits."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from commissioning.models import AuditEntry, Organisation, Role
from markets import services
from markets.models import Claim, Correction, Provider
from tests.factories import registers
from tests.factories.commissioning import Cast, cast, member, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def row() -> Provider:
    return registers.provider(1)


@pytest.fixture
def claim(people: Cast, row: Provider) -> Claim:
    return registers.claimed(row, organisation=people.provider, asked_of=people.authority, by=people.dilys)


@pytest.fixture
def ours(people: Cast, claim: Claim) -> Claim:
    return services.claims.decide(claim=claim, confirm=True, by=people.bob)


def test_a_claim_made_twice_is_one_claim(people: Cast, row: Provider, claim: Claim) -> None:
    again = registers.claimed(row, organisation=people.provider, asked_of=people.authority, by=people.dilys)

    assert again == claim


@pytest.mark.parametrize("number", ["1000002", "", "GB-COH-01000001"])
def test_a_claim_needs_the_rows_official_number(people: Cast, row: Provider, number: str) -> None:
    with pytest.raises(ValidationError):
        services.claims.make(
            provider=row,
            organisation=people.provider,
            asked_of=people.authority,
            number=number,
            evidence="Ask us.",
            by=people.dilys,
        )


def test_only_a_provider_claims_and_only_an_authority_is_asked(people: Cast, row: Provider) -> None:
    with pytest.raises(PermissionDenied):
        registers.claimed(row, organisation=people.authority, asked_of=people.authority, by=people.bob)
    with pytest.raises(PermissionDenied):
        registers.claimed(row, organisation=people.provider, asked_of=people.provider, by=people.dilys)
    with pytest.raises(PermissionDenied):
        registers.claimed(row, organisation=people.provider, asked_of=people.authority, by=people.amina)


def test_only_an_approver_of_the_asked_authority_decides(people: Cast, claim: Claim) -> None:
    for stranger in (people.amina, people.vera, people.charlie, people.dilys):
        with pytest.raises(PermissionDenied):
            services.claims.decide(claim=claim, confirm=True, by=stranger)


def test_a_claim_is_decided_once(people: Cast, claim: Claim) -> None:
    services.claims.decide(claim=claim, confirm=False, reason="Not known there.", by=people.bob)

    again = services.claims.decide(claim=claim, confirm=True, by=people.bob)

    assert (again.state, again.reason) == (Claim.State.REFUSED, "Not known there.")


def test_a_refusal_says_why(people: Cast, claim: Claim) -> None:
    with pytest.raises(ValidationError):
        services.claims.decide(claim=claim, confirm=False, by=people.bob)


def test_one_row_belongs_to_one_organisation(people: Cast, row: Provider, ours: Claim) -> None:
    rival = organisation("Rival", Organisation.Kind.PROVIDER)
    writer = member(rival, Role.BID_WRITER)
    second = registers.claimed(row, organisation=rival, asked_of=people.authority, by=writer)

    with pytest.raises(ValidationError, match="confirmed as this provider already"):
        services.claims.decide(claim=second, confirm=True, by=people.bob)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=second.pk).update(state="confirmed", decided_by=people.bob, decided_at=ours.decided_at)


def test_nothing_is_corrected_before_the_claim_is_confirmed(people: Cast, claim: Claim) -> None:
    with pytest.raises(PermissionDenied):
        registers.said(claim, "appetite", "0.4", "band", by=people.dilys)


@pytest.mark.parametrize(
    ("field", "value", "sight"),
    [
        ("appetite", "1.5", "nobody"),
        ("free_reserves", "1e13", "nobody"),
        ("served", [999], "nobody"),
        ("served", [], "nobody"),
        ("areas", ["E09000003"], "band"),
        ("appetite", "0.5", "everybody"),
        ("appetite", "0.5", "exact"),
        ("quality", "1", "nobody"),
    ],
)
def test_what_cannot_be_said_is_refused(people: Cast, ours: Claim, field: str, value: Any, sight: str) -> None:
    with pytest.raises((ValidationError, TypeError)):
        registers.said(ours, field, value, sight, by=people.dilys)

    assert not Correction.objects.exists()


def test_a_correction_replaces_the_one_before_and_who_may_see_it(people: Cast, ours: Claim) -> None:
    registers.said(ours, "appetite", "0.4", "exact", people.authority, by=people.dilys)

    made = registers.said(ours, "appetite", "0.5", "band", by=people.dilys)

    assert (Correction.objects.get(), made.value, list(made.shown_to.all())) == (made, "0.5", [])


def test_nothing_is_shown_to_other_providers(people: Cast, ours: Claim) -> None:
    with pytest.raises(PermissionDenied):
        registers.said(ours, "appetite", "0.4", "exact", people.provider, by=people.dilys)


def test_only_the_providers_own_people_correct_take_back_and_withdraw(people: Cast, ours: Claim) -> None:
    for stranger in (people.bob, people.charlie):
        with pytest.raises(PermissionDenied):
            registers.said(ours, "appetite", "0.4", "nobody", by=stranger)
        with pytest.raises(PermissionDenied):
            services.claims.take_back(claim=ours, field="appetite", by=stranger)
        with pytest.raises(PermissionDenied):
            services.claims.withdraw(claim=ours, by=stranger)


def test_withdrawing_takes_everything_that_was_said_away(people: Cast, ours: Claim) -> None:
    registers.said(ours, "appetite", "0.4", "band", by=people.dilys)
    registers.said(ours, "free_reserves", "5000", "nobody", by=people.dilys)
    assert services.claims.take_back(claim=ours, field="free_reserves", by=people.dilys)

    assert services.claims.withdraw(claim=ours, by=people.dilys)

    assert not Correction.objects.exists()
    assert not services.claims.withdraw(claim=ours, by=people.dilys)
    assert not services.claims.take_back(claim=ours, field="free_reserves", by=people.dilys)


@pytest.mark.promise("S3")
def test_no_log_holds_what_was_said_and_the_authoritys_log_nothing_of_it(people: Cast, ours: Claim) -> None:
    registers.said(ours, "free_reserves", "123456", "nobody", by=people.dilys)

    theirs = AuditEntry.objects.filter(organisation=people.authority)

    assert [entry.action for entry in theirs] == ["confirmed a claim to a row of a register"]
    assert not [entry for entry in AuditEntry.objects.all() if "123456" in str(entry.detail)]
