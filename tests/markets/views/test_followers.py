"""Following a statement by e-mail: confirmed by whoever reads the address, told once of an edition, stopped at once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import caches
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from markets import queries, services
from markets.models import EditionFollower, PositionStatement, PublishedEdition
from tests.factories import editions
from tests.factories.commissioning import Cast, cast

pytestmark = pytest.mark.django_db
ADDRESS = "reader@example.org"
LINK = re.compile(r"http\S+(/following/\S+/)")


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    caches["memory"].clear()


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def statement(people: Cast) -> PositionStatement:
    return editions.statement(people.authority, people.amina)


@pytest.fixture
def edition(people: Cast, statement: PositionStatement) -> PublishedEdition:
    return editions.published(statement, by=people.amina, approver=people.bob)


def asked(email: str = ADDRESS) -> Any:
    return Client().post(reverse("edition-follow", args=["jobs"]), {"email": email})


def link() -> str:
    """Give the path of the link in the last letter."""
    found = LINK.search(str(mail.outbox[-1].body))
    assert found
    return found[1]


def sealed(page: str) -> dict[str, str]:
    """Give what the page's form carries."""
    found = re.search(r'name="seal" value="([^"]+)"', page)
    assert found
    return {"seal": found[1]}


def following(statement: PositionStatement, email: str = ADDRESS) -> EditionFollower:
    services.followers.ask(statement=statement, email=email)
    follower = EditionFollower.objects.get(email=email)
    services.followers.confirm(follower=follower)
    return follower


def test_an_address_is_confirmed_by_the_letters_link_and_button(edition: PublishedEdition) -> None:
    page = asked().content.decode()
    assert "a letter is on its way to it" in page
    assert services.followers.send_due() == 1
    opened = Client().get(link()).content.decode()
    assert EditionFollower.objects.get().confirmed_on is None

    pressed = Client().post(link(), sealed(opened)).content.decode()

    assert "Yes, follow it" in opened
    assert "You follow this statement" in pressed
    follower = EditionFollower.objects.get()
    assert (follower.confirmed_on, follower.told_number) == (timezone.localdate(), 1)
    assert services.followers.send_due() == 0


def test_a_follower_is_told_once_of_a_new_edition_with_what_changed(
    people: Cast, statement: PositionStatement, edition: PublishedEdition
) -> None:
    following(statement)
    editions.published(statement, by=people.amina, approver=people.bob)

    assert (services.followers.send_due(), services.followers.send_due()) == (1, 0)

    [letter] = mail.outbox
    assert letter.to == [ADDRESS]
    assert letter.subject == "Help into work: edition 2 is published"
    assert "Dates moved" in letter.body
    assert "/market-position-statements/jobs/changes/?from=1&to=2" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_follower_is_told_once_of_a_withdrawal_and_why_and_then_of_the_next_edition(
    people: Cast, statement: PositionStatement, edition: PublishedEdition
) -> None:
    following(statement)
    editions.withdrawn(editions.published(statement, by=people.amina, approver=people.bob), people.bob)

    assert (services.followers.send_due(), services.followers.send_due()) == (1, 0)
    editions.published(statement, by=people.amina, approver=people.bob)
    assert (services.followers.send_due(), services.followers.send_due()) == (1, 0)

    withdrawal, publication = mail.outbox
    assert withdrawal.subject == "Help into work is withdrawn"
    assert "do not rely on it any more" in withdrawal.body
    assert PublishedEdition.objects.get(number=2).withdrawal.reason in withdrawal.body
    assert withdrawal.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert publication.subject == "Help into work: edition 3 is published"
    assert "?from=1&to=3" in publication.body


def test_whoever_follows_a_withdrawn_statement_is_told_of_the_next_edition_only(
    people: Cast, statement: PositionStatement, edition: PublishedEdition
) -> None:
    editions.withdrawn(edition, people.bob)
    following(statement)

    assert services.followers.send_due() == 0
    editions.published(statement, by=people.amina, approver=people.bob)
    assert services.followers.send_due() == 1
    assert mail.outbox[0].subject == "Help into work: edition 2 is published"


@pytest.mark.promise("P9")
def test_stopping_takes_one_press_in_the_mail_program_and_deletes_the_address(
    people: Cast, statement: PositionStatement, edition: PublishedEdition
) -> None:
    following(statement)
    editions.published(statement, by=people.amina, approver=people.bob)
    services.followers.send_due()
    path = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").partition("localhost:8000")[2]

    opened = Client().get(path)
    assert "Stop, and delete my address" in opened.content.decode()
    assert EditionFollower.objects.exists()
    pressed = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    again = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})

    assert (pressed.status_code, again.status_code) == (200, 200)
    assert not EditionFollower.objects.exists()
    assert Client().get(path).status_code == 404


def test_the_button_on_the_page_stops_too_and_a_form_without_its_seal_does_nothing(
    statement: PositionStatement, edition: PublishedEdition
) -> None:
    path = reverse("follower-stop", args=[queries.followers.token(following(statement))])

    refused = Client().post(path)
    assert EditionFollower.objects.exists()
    pressed = Client().post(path, sealed(Client().get(path).content.decode()))

    assert (refused.status_code, pressed.status_code) == (403, 200)
    assert "Your address is deleted." in pressed.content.decode()
    assert not EditionFollower.objects.exists()


def test_a_second_person_who_asks_learns_nothing_and_no_second_letter_leaves(
    statement: PositionStatement, edition: PublishedEdition
) -> None:
    following(statement, "known@example.org")

    known, unknown = asked("known@example.org").content, asked("unknown@example.org").content
    asked("unknown@example.org")

    assert known == unknown
    assert services.followers.send_due() == 1
    assert mail.outbox[0].to == ["unknown@example.org"]


def test_whoever_asks_again_later_gets_another_letter(statement: PositionStatement, edition: PublishedEdition) -> None:
    asked()
    services.followers.send_due()
    EditionFollower.objects.update(asked_at=timezone.now() - timedelta(minutes=11))

    asked("READER@example.org")

    assert services.followers.send_due() == 1
    assert EditionFollower.objects.count() == 1


@pytest.mark.promise("P9")
def test_an_address_that_nobody_confirms_is_forgotten_after_a_week(edition: PublishedEdition) -> None:
    asked()
    services.followers.send_due()
    path = link()
    EditionFollower.objects.update(asked_at=timezone.now() - timedelta(days=8))

    services.followers.send_due()

    assert not EditionFollower.objects.exists()
    assert Client().get(path).status_code == 404


@pytest.mark.promise("P2")
@pytest.mark.parametrize("token", ["x", "ImFiYyI:1abc:def", "a" * 500])
def test_a_forged_link_leads_nowhere(edition: PublishedEdition, token: str) -> None:
    for route in ("follower-confirm", "follower-stop"):
        assert Client().get(reverse(route, args=[token])).status_code == 404


@pytest.mark.promise("P2")
def test_a_link_that_confirms_is_private_and_works_for_a_week(statement: PositionStatement) -> None:
    services.followers.ask(statement=statement, email=ADDRESS)
    secret = queries.followers.token(EditionFollower.objects.get())

    page = Client().get(reverse("follower-confirm", args=[secret]))

    assert page["Referrer-Policy"] == "no-referrer"
    assert page["Cache-Control"] == "no-store"
    assert queries.followers.by_token(secret, within=timedelta(seconds=-1)) is None


@pytest.mark.parametrize(("email", "said"), [("", "Enter an email address"), ("nobody", "in the correct format")])
def test_what_is_no_address_is_named(edition: PublishedEdition, email: str, said: str) -> None:
    assert said in asked(email).content.decode()


@pytest.mark.promise("S10")
def test_many_addresses_from_one_place_are_refused(edition: PublishedEdition, settings: Any) -> None:
    settings.TAKE_PART_A_MINUTE = 3

    answers = [asked(f"reader{number}@example.org").status_code for number in range(5)]

    assert answers == [200, 200, 200, 429, 429]
    assert EditionFollower.objects.count() == 3


def test_no_statement_takes_more_addresses_than_it_may(
    statement: PositionStatement, edition: PublishedEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services.followers, "MOST", 1)

    asked("one@example.org")
    asked("two@example.org")

    assert [str(each) for each in EditionFollower.objects.all()] == ["A follower of Help into work"]


class Away(EmailBackend):
    """A mail server that cannot be reached."""

    def open(self) -> bool:
        raise OSError("canary")


class Refusing(EmailBackend):
    """A mail server that takes nothing, and names the address in its refusal."""

    def send_messages(self, messages: Any) -> int:
        raise OSError(f"canary: {messages[0].to} is refused")


@pytest.mark.parametrize(("backend", "is_still_due"), [("Away", True), ("Refusing", False)])
def test_a_mail_server_that_fails_costs_a_round_or_a_letter_and_no_log_names_an_address(
    edition: PublishedEdition, settings: Any, caplog: pytest.LogCaptureFixture, backend: str, is_still_due: bool
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.{backend}"
    asked()

    assert services.followers.send_due() == 0

    assert EditionFollower.objects.get().is_due is is_still_due
    assert "A letter to a follower was not sent" in caplog.text
    assert "canary" not in caplog.text


@pytest.mark.promise("D9")
@pytest.mark.parametrize(
    "values",
    [
        {"email": "Upper@example.org"},
        {"email": "a@b.example", "told_number": 1},
        {"email": "a@b.example", "withdrawn_number": 1},
    ],
)
def test_the_database_keeps_addresses_plain_and_words_for_the_confirmed(
    statement: PositionStatement, values: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionFollower.objects.create(statement=statement, **values)
