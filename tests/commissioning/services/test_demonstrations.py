"""The cast of the demonstration."""

from typing import Any

import pytest

from commissioning import services
from commissioning.models import AuditEntry, Organisation, Role, User
from tests.factories.commissioning import client_of

pytestmark = pytest.mark.django_db


def test_the_cast_can_sign_in_with_the_passwords_that_are_given_out():
    accounts = services.demonstrations.accounts()

    assert [account.user.email for account in accounts] == [
        "commissioner@demo.example",
        "approver@demo.example",
        "viewer@demo.example",
        "other@demo.example",
        "provider@demo.example",
        "competitor@demo.example",
    ]
    for account in accounts:
        assert account.user.check_password(account.password)
        assert client_of(account.user).get("/organisations/").status_code == 302


def test_its_organisations_say_that_they_are_demonstrations():
    services.demonstrations.accounts()

    for organisation in Organisation.objects.all():
        assert organisation.is_demonstration
        assert "emonstration" in organisation.name


def test_a_second_start_finds_the_same_people_and_gives_out_the_same_passwords():
    before = [(account.user.pk, account.password) for account in services.demonstrations.accounts()]
    entries = AuditEntry.objects.count()

    after = [(account.user.pk, account.password) for account in services.demonstrations.accounts()]

    assert before == after
    assert AuditEntry.objects.count() == entries


def test_another_secret_key_gives_other_passwords_that_work(settings: Any):
    before = services.demonstrations.accounts()
    settings.SECRET_KEY = "another key"

    after = services.demonstrations.accounts()

    assert before[0].password != after[0].password
    assert User.objects.get(email=after[0].user.email).check_password(after[0].password)


def test_every_organisation_of_it_can_invite():
    roles = {(account.organisation.name, account.role) for account in services.demonstrations.accounts()}

    for organisation in Organisation.objects.all():
        manager = Role.APPROVER if organisation.kind == "authority" else Role.BID_WRITER
        assert (organisation.name, manager) in roles


def test_outside_a_demonstration_it_refuses_and_makes_nobody(settings: Any):
    settings.DEMO = False

    with pytest.raises(RuntimeError, match="PBR_DEMO"):
        services.demonstrations.accounts()

    assert not User.objects.exists()
