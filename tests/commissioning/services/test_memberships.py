"""Adding members, changing their roles and removing them."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from commissioning import queries, services
from commissioning.models import AuditEntry, Membership, Organisation
from tests.factories.commissioning import Cast, cast, member, organisation, person

pytestmark = pytest.mark.django_db


def of(people: Cast, name: str) -> Membership:
    return Membership.objects.get(user=getattr(people, name))


def test_a_person_becomes_a_member_and_the_log_says_so():
    people = cast()
    newcomer = person()

    membership = services.memberships.add(user=newcomer, organisation=people.authority, role="viewer", by=people.bob)

    entry = AuditEntry.objects.get()
    assert membership.role == "viewer"
    assert (entry.action, entry.by, entry.detail["role"]) == ("added a member", people.bob, "viewer")


@pytest.mark.parametrize(("kind", "role"), [("authority", "trustee"), ("provider", "approver"), ("authority", "king")])
def test_a_role_of_another_kind_of_organisation_is_refused(kind: str, role: str):
    with pytest.raises(ValidationError):
        services.memberships.add(user=person(), organisation=organisation(kind=kind), role=role, by=None)


def test_a_changed_role_is_logged_with_what_it_was_before():
    people = cast()

    services.memberships.change_role(membership=of(people, "amina"), role="viewer", by=people.bob)

    assert of(people, "amina").role == "viewer"
    assert AuditEntry.objects.get().detail["role_before"] == "editor"


def test_the_same_role_again_changes_and_logs_nothing():
    people = cast()

    services.memberships.change_role(membership=of(people, "amina"), role="editor", by=people.bob)

    assert not AuditEntry.objects.exists()


def test_a_removed_member_is_gone_and_the_log_keeps_who_it_was():
    people = cast()

    services.memberships.remove(membership=of(people, "amina"), by=people.bob)

    assert not Membership.objects.filter(user=people.amina).exists()
    assert AuditEntry.objects.get().detail["person"] == str(people.amina.pk)


@pytest.mark.parametrize("name", ["bob", "dilys"])
def test_the_last_member_who_can_invite_can_neither_be_removed_nor_lose_the_role(name: str):
    people = cast()
    membership = of(people, name)
    lesser = "viewer" if name == "bob" else "trustee"

    with pytest.raises(ValidationError, match="at least one member who can invite"):
        services.memberships.remove(membership=of(people, name), by=people.bob)
    with pytest.raises(ValidationError, match="at least one member who can invite"):
        services.memberships.change_role(membership=of(people, name), role=lesser, by=people.bob)

    membership.refresh_from_db()
    assert membership.role in ("approver", "bid_writer")
    assert not AuditEntry.objects.exists()


def test_a_manager_who_cannot_sign_in_does_not_count():
    people = cast()
    gone = member(people.authority, "approver")
    services.people.disable(person=gone, by=people.bob)

    with pytest.raises(ValidationError):
        services.memberships.remove(membership=of(people, "bob"), by=people.bob)


def test_one_of_two_approvers_may_leave():
    people = cast()
    member(people.authority, "approver")

    services.memberships.remove(membership=of(people, "bob"), by=people.bob)

    assert queries.memberships.managers(people.authority).count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_approvers_who_remove_each_other_at_once_leave_one():
    somewhere: Organisation = organisation()
    pair = [member(somewhere, "approver"), member(somewhere, "approver")]
    ready = threading.Barrier(2)

    def remove_the_other(index: int) -> None:
        membership = Membership.objects.get(user=pair[1 - index])
        ready.wait()
        try:
            services.memberships.remove(membership=membership, by=pair[index])
        except ValidationError:
            pass
        finally:
            connections.close_all()

    rivals = [threading.Thread(target=remove_the_other, args=[index]) for index in range(2)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()

    assert Membership.objects.filter(organisation=somewhere, role="approver").count() == 1
