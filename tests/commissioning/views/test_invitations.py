"""The pages that invite and accept: what goes wrong, and how often one may try."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from commissioning.models import Invitation, User
from tests.factories.commissioning import PASSWORD, cast, client_of
from tests.permission_map import INVITATION_TOKEN, World

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
