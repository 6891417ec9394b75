"""What the database itself refuses about people, organisations and the audit log."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from commissioning.models import AuditEntry, Invitation, Membership, Organisation, User
from commissioning.services import audit
from tests.factories.commissioning import member, organisation, person

pytestmark = [pytest.mark.django_db, pytest.mark.promise("D9")]


def refused(sql: str, *values: Any) -> str:
    """Run SQL that must fail, and return which rule it broke."""
    with pytest.raises(DatabaseError) as broken, transaction.atomic(), connection.cursor() as cursor:
        # What was written before must not wait for its own checks, which would refuse in the rule's place.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql, values)
    return str(broken.value)


def invitation(**given: Any) -> Invitation:
    values: dict[str, Any] = {"email": "new@example.org", "role": "viewer", "token_hash": "a" * 64}
    of = given.pop("organisation", None) or organisation()
    return Invitation.objects.create(organisation=of, expires_at=timezone.now(), **{**values, **given})


def test_an_address_is_kept_in_lower_case():
    somebody = person()

    assert "user_email_in_lower_case" in refused(
        "UPDATE commissioning_user SET email = 'Big@example.org' WHERE id = %s", somebody.pk
    )


def test_an_organisation_is_an_authority_or_a_provider():
    somewhere = organisation()

    assert "organisation_kind_is_known" in refused(
        "UPDATE commissioning_organisation SET kind = 'club' WHERE id = %s", somewhere.pk
    )


def test_a_person_belongs_once_to_each_organisation():
    somewhere = organisation()
    somebody = member(somewhere, "viewer")

    with pytest.raises(IntegrityError, match="membership_once_for_each_organisation"):
        Membership.objects.create(user=somebody, organisation=somewhere, role="editor")


def test_a_role_is_one_of_those_we_know():
    member(organisation(), "viewer")

    assert "membership_role_is_known" in refused("UPDATE commissioning_membership SET role = 'king'")


def test_an_address_has_one_open_invitation_to_each_organisation():
    somewhere = organisation()
    invitation(organisation=somewhere)

    with pytest.raises(IntegrityError, match="invitation_one_open_for_each_address"):
        invitation(organisation=somewhere, token_hash="b" * 64)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("email = 'Big@example.org'", "invitation_email_in_lower_case"),
        ("role = 'king'", "invitation_role_is_known"),
        ("accepted_at = now(), withdrawn_at = now()", "invitation_not_both_accepted_and_withdrawn"),
    ],
)
def test_an_invitation_cannot_be_bent(change: str, rule: str):
    invitation()

    assert rule in refused(f"UPDATE commissioning_invitation SET {change}")


def entry() -> AuditEntry:
    somewhere = organisation()
    return audit.record(by=None, action="looked", target=somewhere, organisation=somewhere)


def test_each_place_in_a_chain_is_taken_once_also_in_the_chain_of_nobody():
    audit.record(by=None, action="looked", target=organisation(), organisation=None)

    columns = "sequence, at, action, target_kind, target_id, detail, previous_hash, hash"

    assert "audit_entry_one_for_each_place" in refused(
        f"INSERT INTO commissioning_auditentry ({columns}) SELECT {columns} FROM commissioning_auditentry"
    )


@pytest.mark.promise("S14")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE commissioning_auditentry SET action = 'nothing'",
        "DELETE FROM commissioning_auditentry",
        "TRUNCATE commissioning_auditentry",
    ],
)
def test_the_audit_log_cannot_be_changed_or_emptied(sql: str):
    entry()

    assert "Cannot" in refused(sql)


@pytest.mark.promise("S14")
def test_deleting_an_organisation_or_person_cannot_take_the_audit_log_along():
    written = entry()
    somebody = person()
    audit.record(by=somebody, action="looked", target=somebody, organisation=written.organisation)

    for thing in (written.organisation, somebody):
        with pytest.raises(IntegrityError), transaction.atomic():
            assert isinstance(thing, Organisation | User)
            thing.delete()
