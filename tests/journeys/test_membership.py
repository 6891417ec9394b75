"""Stories of joining an organisation, and of leaving it."""

import re
from collections.abc import Callable

import pytest
from django.core import mail

from commissioning.models import Invitation
from tests.factories.commissioning import cast
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]


@pytest.mark.promise("S11")
def test_a_colleague_is_invited_by_email_and_joins(
    either_visitor: Visitor, another_visitor: Callable[[], Visitor], signed_in: SignIn
):
    people = cast()
    bob, newcomer = signed_in(either_visitor, people.bob), another_visitor()

    bob.open("/organisations/")
    bob.press("Invite someone")
    bob.press("Send the invitation")
    bob.sees("Enter an email address")
    bob.fill("Email address", "Grace@Example.org")
    bob.choose("Editor", exact=True)
    bob.press("Send the invitation")
    bob.sees("grace@example.org")
    link = re.search(r"http\S+/join/\S+", mail.outbox[0].body)
    assert link
    address = link.group().removeprefix(newcomer.address)
    for _scanner in range(3):
        newcomer.open(address)
    newcomer.sees("Bob has invited you to join Anytown Council, as editor.")
    newcomer.fill("Full name", "Grace")
    newcomer.fill("Password", "short")
    newcomer.fill("Password again", "short")
    newcomer.press("Accept and open my account")
    newcomer.sees("This password is too short")
    newcomer.fill("Password", "green otter swims south")
    newcomer.fill("Password again", "green otter swims south")
    newcomer.press("Accept and open my account")

    newcomer.sees("Your account is open and you belong to Anytown Council")
    newcomer.page.goto(newcomer.address + address)
    newcomer.sees("Page not found")


def test_someone_with_an_account_signs_in_to_accept(visitor: Visitor, signed_in: SignIn):
    people = cast()
    signed_in(visitor, people.bob)
    visitor.open(f"/organisations/{people.authority.pk}/invite/")
    visitor.fill("Email address", "charlie@example.org")
    visitor.choose("Viewer", exact=True)
    visitor.press("Send the invitation")
    address = re.search(r"/join/\S+", mail.outbox[0].body)
    assert address

    visitor.open(address.group())
    visitor.sees("The invitation is for charlie@example.org. You are signed in as bob@example.org.")
    visitor.press_in_header("Sign out")
    visitor.open(address.group())
    visitor.press("Sign in")
    visitor.fill("Email address", "charlie@example.org")
    visitor.fill("Password", "three random words")
    visitor.press("Sign in")
    visitor.press("Accept")

    visitor.sees("You now belong to Anytown Council")


@pytest.mark.promise("S6")
def test_a_removed_member_sees_nothing_from_their_next_page_on(
    visitor: Visitor, another_visitor: Callable[[], Visitor], signed_in: SignIn
):
    people = cast()
    bob, amina = signed_in(visitor, people.bob), signed_in(another_visitor(), people.amina)
    amina.open(f"/organisations/{people.authority.pk}/")
    amina.sees("Who belongs here")

    bob.open("/organisations/")
    bob.press("Remove Amina", exact=False)
    bob.press("Remove")
    bob.sees("Amina no longer belongs to Anytown Council")

    amina.page.goto(f"{amina.address}/organisations/{people.authority.pk}/")
    amina.sees("Page not found")


def test_the_last_approver_cannot_leave_the_organisation_without_one(visitor: Visitor, signed_in: SignIn):
    people = cast()
    signed_in(visitor, people.bob)

    visitor.open("/organisations/")
    visitor.press("Change role of Bob", exact=False)
    visitor.choose("Viewer", exact=True)
    visitor.press("Change the role")
    visitor.sees("An organisation needs at least one member who can invite others")
    visitor.open("/organisations/")
    visitor.press("Remove Bob", exact=False)
    visitor.press("Remove")

    visitor.sees("An organisation needs at least one member who can invite others")


def test_an_approver_withdraws_an_invitation_and_reads_it_in_the_audit_log(visitor: Visitor, signed_in: SignIn):
    people = cast()
    signed_in(visitor, people.bob)
    visitor.open(f"/organisations/{people.authority.pk}/invite/")
    visitor.fill("Email address", "grace@example.org")
    visitor.choose("Viewer", exact=True)
    visitor.press("Send the invitation")

    visitor.press("Withdraw the invitation of grace@example.org", exact=False)
    visitor.sees("The invitation is withdrawn")
    visitor.press("Audit log")
    visitor.page.get_by_label("Show only").select_option("withdrew an invitation")
    visitor.press("Show")

    visitor.sees("Invitation, viewer")
    assert Invitation.objects.get().withdrawn_at is not None
