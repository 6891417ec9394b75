"""A story: somebody with a phone and no account finds a statement, follows it, and sees what changed."""

import re

import pytest
from django.core import mail

from markets import services
from markets.core.editions import Section
from tests.factories import editions
from tests.factories.commissioning import cast
from tests.journeys.conftest import Visitor

PHONE = {"width": 375, "height": 667}
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_reader_finds_follows_and_compares_a_statement(either_visitor: Visitor) -> None:
    people, reader = cast(), either_visitor
    statement = editions.statement(people.authority, people.amina)
    first = editions.published(statement, by=people.amina, approver=people.bob)

    when_it_is_found_and_read(reader, first.sha256)
    when_it_is_followed(reader)
    changed = (Section("purpose", "Purpose", "We will buy something else."),)
    editions.published(statement, by=people.amina, approver=people.bob, sections=changed)
    then_a_letter_leads_to_what_changed(reader)
    then_one_press_stops_it(reader)


def tap(reader: Visitor, name: str) -> None:
    """Press something on the phone's own screen."""
    reader.page.set_viewport_size(PHONE)
    reader.press(name)


def when_it_is_found_and_read(reader: Visitor, fingerprint: str) -> None:
    reader.open("/")
    tap(reader, "Market position statements")
    reader.fill("Service, authority or title", "work")
    reader.fill("Published since", "soon")
    tap(reader, "Search")
    reader.sees("Enter a month and a year, like April 2026")
    reader.fill("Published since", "")
    tap(reader, "Search")
    tap(reader, "Help into work")
    reader.sees("Who is left")
    reader.sees(fingerprint)


def when_it_is_followed(reader: Visitor) -> None:
    tap(reader, "Follow it by e-mail")
    tap(reader, "Follow")
    reader.sees("Enter an email address")
    reader.fill("Email address", "reader@example.org")
    tap(reader, "Follow")
    reader.sees("Look into your mail")
    services.followers.send_due()
    reader.open(link("confirm"))
    tap(reader, "Yes, follow it")
    reader.sees("You follow this statement")


def link(what: str) -> str:
    found = re.search(rf"https?://[^/]+(/following/\S+/{what}/)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def then_a_letter_leads_to_what_changed(reader: Visitor) -> None:
    services.followers.send_due()
    found = re.search(r"https?://[^/]+(/market-position-statements/jobs/changes/\S+)", str(mail.outbox[-1].body))
    assert found
    reader.open(found[1])
    reader.sees("What changed from edition 1 to edition 2?")
    reader.sees("We will buy something else.")


def then_one_press_stops_it(reader: Visitor) -> None:
    reader.open(link("stop"))
    tap(reader, "Stop, and delete my address")
    reader.sees("Your address is deleted.")
