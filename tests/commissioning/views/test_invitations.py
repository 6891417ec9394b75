"""The pages that invite and accept: what goes wrong, and how often one may try."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from commissioning.models import Invitation, Membership, User
from tests.factories.commissioning import PASSWORD, cast, client_of
from tests.permission_world import INVITATION_TOKEN, World

pytestmark = pytest.mark.django_db


def accept(token: str = INVITATION_TOKEN) -> str:
    return reverse("invitation-accept", args=[token])


@pytest.mark.promise("S11")
def test_opening_the_link_any_number_of_times_uses_nothing_up():
    world = World()
    assert world.invitation
    cache.clear()

    for _ in range(20):
        assert Client().get(accept()).status_code == 200

    world.invitation.refresh_from_db()
    assert world.invitation.accepted_at is None


@pytest.mark.promise("P2")
@pytest.mark.slow
def test_guessing_links_is_stopped():
    cache.clear()
    client = Client()

    statuses = [client.get(accept(f"guess-{number}")).status_code for number in range(65)]

    assert statuses[:60] == [404] * 60
    assert set(statuses[60:]) == {429}
    cache.clear()


@pytest.mark.promise("B8")
def test_a_mistake_keeps_what_was_typed_but_never_the_password():
    assert World().invited
    cache.clear()

    page = (
        Client()
        .post(accept(), {"name": "Grace", "password": PASSWORD, "password_again": "something else"})
        .content.decode()
    )

    assert "The two passwords are not the same" in page
    assert 'value="Grace"' in page
    assert PASSWORD not in page
    assert not User.objects.filter(name="Grace").exists()


def test_inviting_a_member_again_says_why_not():
    people = cast()

    page = client_of(people.bob).post(
        reverse("invitation-create", args=[people.authority.pk]), {"email": people.amina.email, "role": "viewer"}
    )

    assert "This person already belongs to Anytown Council" in page.content.decode()
    assert not Invitation.objects.exists()


def test_a_demonstration_shows_the_link_and_any_other_copy_does_not(settings: Any):
    people = cast()
    url = reverse("invitation-create", args=[people.authority.pk])
    client = client_of(people.bob)

    shown = client.post(url, {"email": "a@example.org", "role": "viewer"}, follow=True).content.decode()

    assert "/join/" in shown


def pressed_at_the_same_moment(press: Callable[[], str]) -> list[str]:
    """Let two presses read the open invitation before either may use it, and return the two pages that come."""
    pages: list[str] = []

    def visit() -> None:
        try:
            pages.append(press())
        finally:
            connections.close_all()

    visits = [threading.Thread(target=visit) for _ in range(2)]
    with transaction.atomic():
        Invitation.objects.select_for_update().get()
        for thread in visits:
            thread.start()
        deadline = time.monotonic() + 20
        while waiting_for_a_lock() < 2:
            assert time.monotonic() < deadline
            time.sleep(0.01)
    for thread in visits:
        thread.join()
    return pages


def waiting_for_a_lock() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else the first answer is kept for the whole transaction
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return int(cursor.fetchone()[0])


@pytest.mark.slow
@pytest.mark.promise("B7")
@pytest.mark.django_db(transaction=True)
def test_a_newcomer_who_presses_twice_at_once_has_one_account_and_reads_why_not_two():
    assert World().invited
    cache.clear()
    typed = {"name": "Grace", "password": PASSWORD, "password_again": PASSWORD}

    pages = pressed_at_the_same_moment(lambda: Client().post(accept(), typed, follow=True).content.decode())

    assert User.objects.filter(name="Grace").count() == 1
    assert sorted("used already" in page for page in pages) == [False, True]
    assert sorted("Your account is open" in page for page in pages) == [False, True]


@pytest.mark.slow
@pytest.mark.promise("B7")
@pytest.mark.django_db(transaction=True)
def test_a_member_elsewhere_who_presses_twice_at_once_belongs_once_and_reads_why_not_twice():
    world = World()
    cache.clear()
    assert world.invited
    Invitation.objects.update(email=world.cast.charlie.email)
    clients = [client_of(world.cast.charlie) for _ in range(2)]

    pages = pressed_at_the_same_moment(lambda: clients.pop().post(accept(), follow=True).content.decode())

    assert Membership.objects.filter(user=world.cast.charlie, organisation=world.cast.authority).count() == 1
    assert sorted("used already" in page for page in pages) == [False, True]
