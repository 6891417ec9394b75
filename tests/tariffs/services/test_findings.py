"""Accepting warnings and taking that back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from commissioning.models import AuditEntry, Programme
from tariffs import queries, services
from tariffs.models import FindingAcceptance
from tariffs.models.finding_acceptances import LONGEST_REASON
from tariffs.services.findings import ChangedError
from tests.factories.tariffs import imported, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return imported()


def now(programme: Programme, rule: str = "P7") -> str:
    line = queries.findings.of_programme(programme).line(rule)
    assert line is not None
    return line.fingerprint


def accept(programme: Programme, reason: str = "The pilot will tell.", **given: str) -> FindingAcceptance:
    given = {"rule": "P7", "seen": now(programme, given.get("rule", "P7"))} | given
    return services.findings.accept(programme=programme, reason=reason, by=programme.created_by, **given)


def test_an_acceptance_keeps_who_why_and_what_was_found(programme: Programme) -> None:
    row = accept(programme)

    line = queries.findings.of_programme(programme).line("P7")
    assert line is not None and line.is_accepted
    assert (row.reason, row.accepted_by, row.found) == (
        "The pilot will tell.",
        programme.created_by,
        line.finding.found,
    )
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.action, entry.detail["rule"]) == ("accepted a warning", "P7")


def test_another_acceptance_takes_the_place_of_the_one_before(programme: Programme) -> None:
    accept(programme)
    accept(programme, reason="Better so")

    assert FindingAcceptance.objects.get().reason == "Better so"


@pytest.mark.parametrize(("rule", "seen"), [("P7", "other figures"), ("S4", ""), ("X1", "")])
def test_only_the_warning_that_was_seen_is_accepted(programme: Programme, rule: str, seen: str) -> None:
    with pytest.raises(ChangedError):
        services.findings.accept(programme=programme, rule=rule, seen=seen, reason="Why not", by=programme.created_by)


@pytest.mark.parametrize("reason", ["", "x" * (LONGEST_REASON + 1)])
def test_a_reason_is_needed_and_has_an_end(programme: Programme, reason: str) -> None:
    with pytest.raises(ValidationError):
        accept(programme, reason=reason)


def test_who_may_only_read_accepts_nothing_and_takes_nothing_back(programme: Programme) -> None:
    reader = member(programme.organisation, "viewer", "vera")

    with pytest.raises(PermissionDenied):
        services.findings.accept(programme=programme, rule="P7", seen=now(programme), reason="I say so", by=reader)
    with pytest.raises(PermissionDenied):
        services.findings.withdraw(programme=programme, rule="P7", by=reader)


def test_an_acceptance_is_taken_back_and_the_log_says_so_once(programme: Programme) -> None:
    accept(programme)

    for _ in range(2):
        services.findings.withdraw(programme=programme, rule="P7", by=programme.created_by)

    assert not FindingAcceptance.objects.exists()
    assert AuditEntry.objects.filter(action="took the acceptance of a warning back").count() == 1
