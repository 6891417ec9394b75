"""Signing in: limits, enumeration, secrets at rest."""

import threading
import time
from typing import Any

import pytest
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, get_resolver, reverse

from commissioning.models import AuditEntry
from tests.factories.commissioning import PASSWORD, cast, client_of, person
from tests.journeys.test_signing_in import code_for

pytestmark = pytest.mark.django_db
WRONG = "Email address or password is not right"
LOCKED = "There were too many tries that failed"


@pytest.fixture(autouse=True)
def no_tries_so_far(db: None) -> None:
    cache.clear()


def sign_in(email: str, password: str = "wrong", **extra: str) -> str:
    response = Client().post(reverse("account_login"), {"login": email, "password": password}, **extra)
    return response.content.decode() if response.status_code == 200 else "signed in"


@pytest.mark.promise("S10")
def test_a_forged_address_of_the_sender_does_not_win_more_tries():
    somebody = person()

    answers = [sign_in(somebody.email, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}") for number in range(6)]

    assert all(WRONG in answer for answer in answers[:5])
    assert LOCKED in answers[5]
    assert LOCKED in sign_in(somebody.email, PASSWORD)


def test_an_address_without_an_account_gets_the_same_answer():
    somebody = person()

    known, unknown = sign_in(somebody.email), sign_in("nobody@example.org")

    assert WRONG in known
    assert WRONG in unknown


def test_asking_for_a_new_password_does_not_tell_who_has_an_account():
    somebody = person()
    url = reverse("account_reset_password")

    known, unknown = (Client().post(url, {"email": email}) for email in (somebody.email, "nobody@example.org"))

    assert known.headers["Location"] == unknown.headers["Location"]
    assert [message.to for message in mail.outbox] == [[somebody.email]]


def test_a_lock_on_one_account_leaves_others_alone():
    people = cast()
    for _ in range(6):
        sign_in(people.amina.email)

    assert sign_in(people.bob.email, PASSWORD) == "signed in"


@pytest.mark.slow
@pytest.mark.promise("S10")
@pytest.mark.django_db(transaction=True)
def test_many_tries_at_the_same_moment_win_no_more_than_five():
    somebody = person()
    answers: list[str] = []

    def attempt() -> None:
        try:
            for _ in range(4):
                answers.append(sign_in(somebody.email))
        finally:
            connections.close_all()

    rush = [threading.Thread(target=attempt) for _ in range(5)]
    for thread in rush:
        thread.start()
    for thread in rush:
        thread.join()

    assert sum(WRONG in answer for answer in answers) <= 5
    assert sum(LOCKED in answer for answer in answers) >= 15


def test_a_closed_account_cannot_sign_in():
    somebody = person()
    somebody.is_active = False
    somebody.save()

    assert sign_in(somebody.email, PASSWORD) != "signed in" or not AuditEntry.objects.exists()
    client = Client()
    client.post(reverse("account_login"), {"login": somebody.email, "password": PASSWORD})
    assert client.get(reverse("account")).status_code == 302


@pytest.mark.promise("S11")
def test_a_code_works_once(settings: Any):
    somebody = person()
    totp = TOTP.activate(somebody, generate_totp_secret())
    code = code_for(_secret(totp))

    assert totp.validate_code(code)
    assert not totp.validate_code(code)


def _secret(totp: TOTP) -> str:
    return str(get_adapter().decrypt(totp.instance.data["secret"]))


def test_the_secret_of_a_second_factor_is_not_readable_in_the_database(settings: Any):
    secret = generate_totp_secret()
    totp = TOTP.activate(person(), secret)

    assert secret not in str(Authenticator.objects.values())
    assert _secret(totp) == secret


def test_the_secret_key_may_change_without_locking_anyone_out(settings: Any):
    secret = generate_totp_secret()
    totp = TOTP.activate(person(), secret)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new key", [settings.SECRET_KEY]

    assert _secret(totp) == secret


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password", "mfa_trust"])
def test_what_we_do_not_use_has_no_address(name: str):
    with pytest.raises(NoReverseMatch):
        reverse(name)
    assert get_resolver().resolve("/account/").url_name == "account"


def test_a_changed_password_is_logged_and_told_by_email():
    somebody = person()
    new = "quite another secret"

    client_of(somebody).post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert AuditEntry.objects.get().action == "changed a password"
    assert "was changed" in mail.outbox[0].body
    assert "If it was not you" in mail.outbox[0].body


def test_nobody_signs_up_by_themselves():
    request = RequestFactory().get("/")

    assert not get_account_adapter().is_open_for_signup(request)


@pytest.mark.promise("S9")
def test_whoever_signed_in_long_ago_confirms_with_a_code_before_the_second_factor_goes():
    somebody = person()
    secret = generate_totp_secret()
    TOTP.activate(somebody, secret)
    client, remove = client_of(somebody, confirmed=False), reverse("mfa_deactivate_totp")

    asked = client.get(remove)
    assert asked.headers["Location"].startswith((reverse("account_reauthenticate"), reverse("mfa_reauthenticate")))
    confirm = reverse("mfa_reauthenticate")
    assert "one-time-code" in client.get(confirm).content.decode()
    assert "The code is not right" in client.post(confirm, {"code": "000000"}).content.decode()
    client.post(confirm, {"code": code_for(secret)})

    assert "Remove this app" in client.get(remove).content.decode()
    client.post(remove)
    assert not Authenticator.objects.filter(user=somebody, type=Authenticator.Type.TOTP).exists()


@pytest.mark.promise("S9")
@pytest.mark.parametrize(("steps", "counts"), [(0, True), (-1, True), (1, True), (-2, False), (2, False)])
def test_a_code_counts_for_one_step_before_and_after_its_own(steps: int, counts: bool, monkeypatch: pytest.MonkeyPatch):
    secret = totp.generate_totp_secret()
    monkeypatch.setattr(time, "time", lambda: 1_800_000_000.0)
    code = totp.format_hotp_value(totp.hotp_value(secret, 1_800_000_000 // 30 + steps))

    assert totp.validate_totp_code(secret, code) is counts
