"""Inviting people and accepting invitations."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connections
from django.utils import timezone

from commissioning import queries, services
from commissioning.models import AuditEntry, Invitation, Membership, User
from tests.factories.commissioning import PASSWORD, Cast, cast, person

pytestmark = pytest.mark.django_db


def invite(people: Cast, email: str = "Grace@example.org", role: str = "editor") -> tuple[Invitation, str]:
    invitation, address = services.invitations.invite(
        organisation=people.authority, email=email, role=role, by=people.bob, link=lambda token: f"https://x/{token}"
    )
    return invitation, address.removeprefix("https://x/")


def test_an_invitation_goes_out_by_email_once_it_is_kept(django_capture_on_commit_callbacks):
    people = cast()

    with django_capture_on_commit_callbacks(execute=True):
        _invitation, token = invite(people)

    assert mail.outbox[0].to == ["grace@example.org"]
    assert f"https://x/{token}" in mail.outbox[0].body


@pytest.mark.promise("P2")
def test_the_database_holds_no_secret_of_a_link():
    _invitation, token = invite(cast())

    kept = str(list(Invitation.objects.values())) + str(list(AuditEntry.objects.values()))

    assert len(token) >= 43
    assert token not in kept


def test_the_log_of_an_invitation_holds_no_address():
    invite(cast())

    assert "grace" not in str(list(AuditEntry.objects.values()))


def test_a_second_invitation_replaces_the_first():
    people = cast()
    _first, old = invite(people)
    _second, new = invite(people)

    assert queries.invitations.by_token(old) is None
    assert queries.invitations.by_token(new) is not None


def test_someone_who_belongs_already_is_not_invited_again():
    people = cast()

    with pytest.raises(ValidationError, match="already belongs"):
        invite(people, "Amina@example.org")


def test_a_role_that_authorities_do_not_have_is_refused():
    with pytest.raises(ValidationError, match="no role in an authority"):
        invite(cast(), role="trustee")


@pytest.mark.promise("S11")
def test_a_newcomer_accepts_once_and_becomes_a_member_with_a_proven_address():
    people = cast()
    invitation, token = invite(people)

    newcomer = services.invitations.accept_with_new_account(invitation=invitation, name="Grace", password=PASSWORD)

    assert Membership.objects.get(user=newcomer).role == "editor"
    assert newcomer.emailaddress_set.get().verified
    assert queries.invitations.by_token(token) is None
    with pytest.raises(ValidationError, match="used already"):
        services.invitations.accept(invitation=invitation, by=newcomer)


def test_each_step_of_joining_is_logged():
    people = cast()
    invitation, _token = invite(people)
    services.invitations.accept_with_new_account(invitation=invitation, name="Grace", password=PASSWORD)

    actions = list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))

    assert actions == ["invited someone", "opened an account", "added a member"]


def test_someone_with_an_account_must_use_it():
    people = cast()
    invitation, _token = invite(people, "charlie@example.org")

    with pytest.raises(ValidationError, match="Sign in to accept"):
        services.invitations.accept_with_new_account(invitation=invitation, name="Charlie", password=PASSWORD)

    services.invitations.accept(invitation=invitation, by=people.charlie)
    assert Membership.objects.filter(user=people.charlie).count() == 2


def test_nobody_accepts_an_invitation_for_another_address():
    people = cast()
    invitation, _token = invite(people)

    with pytest.raises(ValidationError, match="another email address"):
        services.invitations.accept(invitation=invitation, by=person())


@pytest.mark.promise("S11")
def test_a_withdrawn_or_lapsed_invitation_cannot_be_accepted():
    people = cast()
    withdrawn, first = invite(people)
    services.invitations.withdraw(invitation=withdrawn, by=people.bob)
    lapsed, second = invite(people, "late@example.org")
    Invitation.objects.filter(pk=lapsed.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert queries.invitations.by_token(first) is None
    assert queries.invitations.by_token(second) is None
    for invitation in (withdrawn, lapsed):
        with pytest.raises(ValidationError, match="used already"):
            services.invitations.accept_with_new_account(invitation=invitation, name="Late", password=PASSWORD)
    assert not User.objects.filter(name="Late").exists()


def test_a_lapsed_invitation_does_not_stand_in_the_way_of_a_new_one():
    people = cast()
    lapsed, _token = invite(people)
    Invitation.objects.filter(pk=lapsed.pk).update(expires_at=timezone.now() - timedelta(days=1))

    _again, token = invite(people)

    assert queries.invitations.by_token(token) is not None


def at_once(act: Callable[[], object], times: int = 3) -> list[str]:
    """Do the same several times at the same moment, and return what was refused."""
    refused: list[str] = []

    def run() -> None:
        try:
            act()
        except ValidationError as error:
            refused.extend(error.messages)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.slow
@pytest.mark.promise("B7")
@pytest.mark.django_db(transaction=True)
def test_pressing_the_button_several_times_opens_one_account_and_tells_the_rest():
    people = cast()
    invitation, _token = invite(people)

    refused = at_once(
        lambda: services.invitations.accept_with_new_account(invitation=invitation, name="Grace", password=PASSWORD)
    )

    assert User.objects.filter(email="grace@example.org").count() == 1
    assert len(refused) == 2
    assert all("used already" in message for message in refused)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_inviting_the_same_person_several_times_at_once_leaves_one_open_invitation():
    people = cast()

    refused = at_once(lambda: invite(people))

    assert refused == []
    assert queries.invitations.open_for(people.authority).count() == 1
