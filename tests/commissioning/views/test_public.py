"""Home, signed in and not, and the pages anyone may read."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import runs as run_factory
from tests.factories.commissioning import cast, client_of, person

pytestmark = pytest.mark.django_db


def page(name: str) -> str:
    return Client().get(reverse(name)).content.decode()


def test_home_without_an_account_says_what_this_is_and_who_may_use_it():
    shown = page("home")

    assert "before you sign it" in shown
    assert "Can I trust it?" in shown
    assert "by invitation" in shown


def test_home_shows_a_member_their_own_programmes_and_runs_only():
    people = cast()
    mine = run_factory.programme(by=people.amina)
    run_factory.programme(by=people.charlie, name="Not for Amina")

    shown = client_of(people.amina).get("/").content.decode()

    assert str(mine.pk) in shown
    assert "Not for Amina" not in shown


def test_home_of_someone_with_nothing_says_how_to_begin():
    assert "There are no programmes yet" in client_of(person()).get("/").content.decode()


@pytest.mark.promise("A10")
def test_the_accessibility_statement_was_reviewed_within_a_year_and_names_its_limits():
    statement = page("accessibility")

    reviewed = re.search(r'<time datetime="([0-9-]+)">', statement)
    assert reviewed
    assert timezone.localdate() - date.fromisoformat(reviewed.group(1)) < timedelta(days=365)
    assert "We know of these limits" in statement


@pytest.mark.promise("P12")
def test_the_cookie_page_names_every_cookie_that_we_set(settings):
    cookies = page("cookies")

    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"):
        assert f">{name.removeprefix('__Host-')}<" in cookies
