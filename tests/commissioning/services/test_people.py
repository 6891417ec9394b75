"""Opening, closing and restoring accounts."""

import pytest
from django.core.exceptions import ValidationError

from commissioning import services
from commissioning.models import AuditEntry, User
from tests.factories.commissioning import PASSWORD, client_of, organisation, person

pytestmark = pytest.mark.django_db


def open_account(password: str = PASSWORD, name: str = "Grace Hopper") -> User:
    return services.people.open_account(
        email="Grace@Example.org", name=name, password=password, organisation=organisation()
    )


def test_an_account_keeps_the_address_in_lower_case_and_the_password_scrambled():
    account = open_account()

    assert account.email == "grace@example.org"
    assert account.check_password(PASSWORD)
    assert PASSWORD not in account.password


@pytest.mark.parametrize("password", ["short words", "password1234", "grace@example.org", "Grace Hopper1"])
def test_a_short_common_or_personal_password_is_refused(password: str):
    with pytest.raises(ValidationError) as refused:
        open_account(password)

    assert "password" in refused.value.message_dict
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["three random words", "alllowercaseletters", "x" * 8 + " " * 4 + "y", "ж" * 64])
def test_no_mixture_of_characters_is_asked_of_a_long_password(password: str):
    assert open_account(password).check_password(password)


@pytest.mark.promise("S6")
def test_a_disabled_person_is_out_at_the_next_request_and_may_come_back():
    somebody = person()
    client = client_of(somebody)

    services.people.disable(person=somebody, by=None)
    shut_out = client.get("/account/").status_code
    services.people.restore(person=somebody, by=None)

    assert shut_out == 302
    assert client_of(somebody).get("/account/").status_code == 200
    assert [entry.action for entry in AuditEntry.objects.order_by("sequence")] == [
        "disabled an account",
        "restored an account",
    ]


@pytest.mark.promise("S6")
def test_a_new_password_ends_the_sessions_that_are_open():
    somebody = person()
    client = client_of(somebody)

    services.people.reset_password(person=somebody, password="quite another secret", by=None)

    assert client.get("/account/").status_code == 302
    assert AuditEntry.objects.get().action == "reset a password"
