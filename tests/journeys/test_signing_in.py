"""Stories of the way in: password, second factor, lock-out, forgotten password."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth
from django.core import mail

from tests.factories.commissioning import PASSWORD, cast
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def code_for(secret: str) -> str:
    return str(auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30)))


def when_amina_gives_her_password(visitor: Visitor, password: str = PASSWORD) -> None:
    visitor.fill("Email address", "amina@example.org")
    visitor.fill("Password", password)
    visitor.press("Sign in")


def test_someone_signs_in_looks_at_their_account_and_signs_out(either_visitor: Visitor):
    cast()

    either_visitor.open("/")
    either_visitor.press("Sign in")
    when_amina_gives_her_password(either_visitor)
    either_visitor.press_in_header("Amina")
    either_visitor.sees("Anytown Council")
    either_visitor.press_in_header("Sign out")

    either_visitor.sees("You have signed out")
    either_visitor.open("/account/")
    assert either_visitor.is_at("/account/sign-in/")


def when_amina_sets_up_her_second_factor(visitor: Visitor) -> tuple[str, str]:
    """Return the code she used and one of her recovery codes."""
    visitor.fill("Code from the app", "000000")
    visitor.press("Turn on the second factor")
    visitor.sees("The code is not right")
    used = code_for(visitor.page.locator("dd.app-long").inner_text())
    visitor.fill("Code from the app", used)
    visitor.press("Turn on the second factor")
    visitor.sees("Keep your recovery codes")
    return used, visitor.page.locator(".app-codes li").first.inner_text()


@pytest.mark.promise("S9")
def test_outside_a_demonstration_a_second_factor_is_set_up_once_and_asked_for_ever_after(
    either_visitor: Visitor, settings: Any
):
    settings.DEMO = False
    cast()
    visitor = either_visitor

    visitor.open("/account/sign-in/")
    when_amina_gives_her_password(visitor)
    visitor.open("/organisations/")
    assert visitor.is_at("/account/second-factor/set-up/")
    _used, recovery = when_amina_sets_up_her_second_factor(visitor)
    visitor.open("/account/second-factor/")
    visitor.sees("10 left")
    visitor.press_in_header("Sign out")

    visitor.open("/account/sign-in/")
    when_amina_gives_her_password(visitor)
    visitor.sees("Enter your code")
    visitor.fill("Code", "not a code")
    visitor.press("Continue")
    visitor.sees("The code is not right")
    visitor.fill("Code", recovery)
    visitor.press("Continue")
    visitor.open("/organisations/")

    visitor.sees("Who belongs here")


@pytest.mark.promise("S9")
def test_a_password_without_the_code_opens_no_page(visitor: Visitor, settings: Any):
    settings.DEMO = False
    cast()
    visitor.open("/account/sign-in/")
    when_amina_gives_her_password(visitor)
    when_amina_sets_up_her_second_factor(visitor)
    visitor.press_in_header("Sign out")

    visitor.open("/account/sign-in/")
    when_amina_gives_her_password(visitor)
    visitor.sees("Enter your code")
    visitor.open("/organisations/")

    assert visitor.page.get_by_text("Who belongs here").count() == 0
    assert visitor.page.get_by_role("button", name="Sign out").count() == 0


@pytest.mark.promise("S10")
def test_after_five_wrong_passwords_even_the_right_one_is_refused(visitor: Visitor):
    cast()

    visitor.open("/account/sign-in/")
    for _try in range(5):
        when_amina_gives_her_password(visitor, "not the password")
        visitor.sees("Email address or password is not right")
    when_amina_gives_her_password(visitor)

    visitor.sees("There were too many tries that failed")
    visitor.open("/account/")
    assert visitor.is_at("/account/sign-in/")


def test_a_forgotten_password_is_replaced_by_a_link_in_an_email(either_visitor: Visitor):
    cast()
    visitor = either_visitor

    visitor.open("/account/sign-in/")
    visitor.press("I have forgotten my password")
    visitor.fill("Email address", "amina@example.org")
    visitor.press("Send me a link")
    visitor.sees("Check your email")
    link = re.search(r"http\S+", mail.outbox[0].body)
    assert link
    visitor.open(link.group().removeprefix(visitor.address))
    visitor.fill("New password", "password1234")
    visitor.fill("New password again", "password1234")
    visitor.press("Change password")
    visitor.sees("This password is too common")
    visitor.fill("New password", "blue heron walks north")
    visitor.fill("New password again", "blue heron walks north")
    visitor.press("Change password")
    visitor.press("Sign in with your new password")
    when_amina_gives_her_password(visitor, "blue heron walks north")
    visitor.open("/account/")

    visitor.sees("amina@example.org")
