"""Pages on which statements are checked, sent, published by a second person, amended and withdrawn."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from markets.models import PositionStatement, PublishedEdition
from markets.services import statement_approvals
from tests.factories import statements as made
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.statement_pages import read, send, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def amina(people: Cast) -> Client:
    return client_of(people.amina)


@pytest.fixture
def bob(people: Cast) -> Client:
    return client_of(people.bob)


@pytest.fixture
def statement(people: Cast) -> PositionStatement:
    return made.ready(people.authority, people.amina)


def test_the_checks_lead_to_what_cures(amina: Client, people: Cast) -> None:
    statement = made.started(people.authority, people.amina)

    page = read(amina, url("checks", statement))

    assert "<strong>Not yet.</strong>" in page
    for address in (url("edit", statement), f"{url('plan', statement)}#id_contacts", url("section", statement, "data")):
        assert address in page
    assert "It cannot be published yet" in send(amina, url("send", statement))


def test_it_is_sent_read_and_published_by_another_and_amended(
    amina: Client, bob: Client, people: Cast, statement: PositionStatement
) -> None:
    assert "It is sent" in send(amina, url("send", statement))
    assert "Read it, and decide" in read(bob, statement.get_absolute_url())
    approve = url("approve", statement)
    assert "We mean to <em>buy</em> this." in read(bob, approve)
    assert "has changed since you read it" in send(bob, approve, seen="0" * 64)
    assert "It is published" in send(bob, approve, seen=made.seen(statement))
    edition = PublishedEdition.objects.get()
    assert "We mean to <em>buy</em> this." in read(Client(), edition.get_absolute_url())
    assert "The next edition is begun" in send(amina, url("amend", statement))
    assert "Say what changed" in read(amina, statement.get_absolute_url())
    was = {"was-title": "Help into work", "was-service": "Employment", "was-areas": "Barnet"}
    about = {"title": "Help into work", "service": "Employment", "areas": "Barnet", "change_note": "Dates moved"}
    assert "Saved" in send(amina, url("edit", statement), **about, **was)
    assert made.fresh(statement).change_note == "Dates moved"


def test_whoever_sent_it_is_told_that_another_decides(bob: Client, people: Cast) -> None:
    statement = made.sent(people.authority, people.bob)

    assert "another approver decides" in read(bob, statement.get_absolute_url())
    assert "Two people publish" in read(bob, url("approve", statement))
    assert "Another approver has to approve it" in send(bob, url("approve", statement), seen=made.seen(statement))


@pytest.mark.promise("S9")
def test_publishing_and_withdrawing_ask_for_the_password_again(people: Cast) -> None:
    statement = made.sent(people.authority, people.amina)
    late = client_of(people.bob, confirmed=False)

    for page in ("approve", "withdraw"):
        answer = late.post(url(page, statement), {"seen": made.seen(statement), "reason": "So"})
        assert answer.status_code == 302
        assert "reauthenticate" in answer.url or "confirm" in answer.url
    assert not PublishedEdition.objects.exists()


def test_it_is_taken_back_and_sent_back(amina: Client, bob: Client, people: Cast) -> None:
    statement = made.sent(people.authority, people.amina)

    assert "You can change it again" in send(amina, url("take-back", statement))
    assert "It does not wait for approval" in send(amina, url("take-back", statement))
    statement_approvals.send(statement=statement, by=people.amina)
    assert "Say what has to change" in send(bob, url("send-back", statement), reason="")
    assert "It is sent back" in send(bob, url("send-back", statement), reason="Say more")
    assert "It does not wait for approval" in send(bob, url("send-back", statement), reason="Say more")


def test_an_approver_of_a_later_edition_reads_what_changed(amina: Client, bob: Client, people: Cast) -> None:
    statement = made.published(people.authority, by=people.amina, approver=people.bob).statement
    made.amended(statement, by=people.amina, note="Plainer words")
    made.wrote(statement, "demand", "More people ask for it.", by=people.amina)
    statement_approvals.send(statement=statement, by=people.amina)

    page = read(bob, url("approve", statement))

    assert "Plainer words" in page
    assert "Side by side with the last edition" in page
    assert re.search(r"We mean to buy this\..*Changed.*More people ask for it\.", page, re.DOTALL)


def test_what_is_published_is_withdrawn(bob: Client, people: Cast) -> None:
    statement = made.published(people.authority, by=people.amina, approver=people.bob).statement

    assert "Its page says so, and why" in send(bob, url("withdraw", statement), reason="The dates were wrong")
    assert "Withdrawn" in read(bob, statement.get_absolute_url())
    assert "edition 1 is withdrawn" in read(bob, reverse("position-statement-list")).lower()
    assert "Nothing is published" in send(bob, url("withdraw", statement), reason="Again")


def test_the_home_page_is_quick_and_says_what_waits(bob: Client, amina: Client, people: Cast) -> None:
    sent = made.sent(people.authority, people.amina)
    published = made.published(people.authority, by=people.amina, approver=people.bob).statement
    amended = made.amended(published, by=people.amina)
    made.planned(amended, by=people.amina, review_on=timezone.localdate() + timedelta(days=3))

    page = read(bob, reverse("home"))

    assert url("approve", sent) in page
    assert "Next review" in page
    assert url("approve", sent) not in read(amina, reverse("home"))
