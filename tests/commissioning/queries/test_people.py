"""Whoever is not signed in, or may no longer sign in, finds nothing and may do nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser

from commissioning import queries
from commissioning.permissions import Ability, can
from tests.factories.commissioning import cast

pytestmark = pytest.mark.django_db


def test_nobody_in_particular_belongs_nowhere_and_may_do_nothing():
    people, nobody = cast(), AnonymousUser()

    assert not queries.memberships.of_person(nobody).exists()
    assert not queries.organisations.visible_to(nobody).exists()
    assert not any(can(nobody, ability, people.authority) for ability in Ability)


@pytest.mark.promise("S6")
def test_a_closed_account_sees_nothing_and_may_do_nothing():
    people = cast()
    people.bob.is_active = False
    people.bob.save()

    assert not queries.organisations.visible_to(people.bob).exists()
    assert not any(can(people.bob, ability, people.authority) for ability in Ability)
