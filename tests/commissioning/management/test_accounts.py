"""What the person who runs a copy does about organisations, accounts and the audit log."""

from io import StringIO

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import CommandError, call_command

from commissioning import queries, services
from commissioning.models import Membership, Organisation
from tests.commissioning.services.test_audit import spoil
from tests.factories.commissioning import PASSWORD, organisation, person

pytestmark = pytest.mark.django_db


def run(name: str, *arguments: str) -> str:
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "role"), [("authority", "approver"), ("provider", "bid_writer")])
def test_the_first_member_of_a_new_organisation_can_invite_the_others(kind: str, role: str):
    said = run("create_organisation", "Anytown", "grace@example.org", f"--kind={kind}", "--address=https://x.example/")

    token = said.rsplit("/join/", 1)[1].strip().strip("/")
    invitation = queries.invitations.by_token(token)
    assert invitation
    services.invitations.accept_with_new_account(invitation=invitation, name="Grace", password=PASSWORD)
    assert Membership.objects.get().role == role
    assert "https://x.example/join/" in said


def test_an_address_that_is_none_makes_no_organisation():
    with pytest.raises(CommandError, match="valid email"):
        run("create_organisation", "Anytown", "not an address", "--address=https://x.example")

    assert not Organisation.objects.exists()


def test_an_account_is_disabled_and_restored_by_its_address():
    somebody = person(email="grace@example.org")

    assert "can no longer sign in" in run("account", "disable", "Grace@example.org")
    somebody.refresh_from_db()
    assert not somebody.is_active
    assert "can sign in again" in run("account", "restore", "grace@example.org")
    somebody.refresh_from_db()
    assert somebody.is_active


def test_a_lost_second_factor_is_forgotten():
    somebody = person(email="grace@example.org")
    TOTP.activate(somebody, generate_totp_secret())

    run("account", "forget-second-factor", "grace@example.org")

    assert not somebody.authenticator_set.exists()


def test_an_unknown_address_is_refused():
    with pytest.raises(CommandError, match="no account"):
        run("account", "disable", "nobody@example.org")


@pytest.mark.promise("S14")
def test_the_check_of_the_audit_log_tells_whole_from_broken():
    for somewhere in (None, organisation("Anytown Council")):
        for _ in range(3):
            services.audit.record(by=None, action="looked", target=organisation(), organisation=somewhere)
    assert "whole" in run("check_audit_log")

    spoil("DELETE FROM commissioning_auditentry WHERE sequence = 2")

    with pytest.raises(CommandError) as broken:
        run("check_audit_log")
    assert "Anytown Council: entry 2 is altered or missing" in str(broken.value)
    assert "entries of no organisation: entry 2" in str(broken.value)
