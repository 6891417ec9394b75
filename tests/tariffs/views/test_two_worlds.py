"""A competitor cannot tell whether others took part: the same story with and without another provider, byte by byte."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from commissioning.models import Organisation, Role, User
from tariffs.core.consultation_targets import Kind
from tariffs.models import Comment, Consultation, Receipt
from tariffs.services import comments, consultation_letters
from tests.factories import consultations as made
from tests.factories.commissioning import client_of, member, organisation
from tests.factories.tariffs import imported

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
MASKS = (
    re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"'),
    re.compile(r'name="typed-by" value="[^"]+"'),
    # The moment at which this provider's own comment came, and the hash that covers it.
    re.compile(r"[0-9a-f]{16,64}"),
    re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+\+00:00"),
    re.compile(r"\d{1,2} \w+ \d{4} at [0-9:]+[ap]m"),
)


@dataclass
class World:
    """One consultation with two providers, of which the first is watched and the second acts in some worlds only."""

    consultation: Consultation
    watched: User
    other: User
    client: Client
    said: list[HttpResponse] = field(default_factory=list)

    def ask(self, path: str, data: dict[str, Any] | None = None) -> HttpResponse:
        response = self.client.get(path) if data is None else self.client.post(path, data, follow=True)
        self.said.append(response)
        return response


def world(audience: str) -> World:
    authority = organisation("Anytown Council")
    amina = member(authority, Role.EDITOR, "Amina", email="amina@example.org")
    mine = organisation("Mine", Organisation.Kind.PROVIDER)
    theirs = organisation("Theirs", Organisation.Kind.PROVIDER)
    watched = member(mine, Role.BID_WRITER, "Dilys", email="dilys@example.org")
    other = member(theirs, Role.BID_WRITER, "Emlyn", email="emlyn@example.org")
    programme = imported(organisation=authority, by=amina)
    named = (mine, theirs) if audience == "named" else ()
    return World(made.opened(programme, *named), watched, other, client_of(watched))


Step = Callable[[World, random.Random], None]


def any_line(here: World, luck: random.Random) -> Any:
    return made.target(
        here.consultation, luck.choice([Kind.PRICE, Kind.TERM, Kind.EVIDENCE, Kind.QUESTION, Kind.WHOLE])
    )


def comment(here: World, luck: random.Random) -> None:
    """The watched provider comments on its page."""
    line = any_line(here, luck)
    path = reverse("comment-create", args=[here.consultation.pk, line.id])
    here.ask(path)
    key = str(UUID(int=luck.getrandbits(128), version=4))
    here.ask(path, made.posted(sight=luck.choice(["named", "unnamed", "commissioner"]), key=key))


def withdraw(here: World, _luck: random.Random) -> None:
    mine = Comment.objects.filter(written_by=here.watched, is_withdrawn=False).order_by("received_at").first()
    if mine:
        here.ask(reverse("comment-edit", args=[mine.pk]))
        here.ask(reverse("comment-withdraw", args=[mine.pk]), {})


def read(here: World, _luck: random.Random) -> None:
    """The watched provider reads every page that it has."""
    for name in ("home", "open-consultation-list", "programme-list", "organisation-list", "account"):
        here.ask(reverse(name))
    for name in ("consultation-detail", "comment-list", "log-entry-ask", "consultation-overview"):
        here.ask(reverse(name, args=[here.consultation.pk]))
    house = Organisation.objects.get(name="Mine")
    here.ask(reverse("audit-log", args=[house.pk]))
    for receipt in Receipt.objects.filter(organisation=house).order_by("received_at"):
        here.ask(reverse("receipt-detail", args=[receipt.pk]))
        here.ask(reverse("receipt-download", args=[receipt.pk]))


def brief(here: World, luck: random.Random) -> None:
    """The commissioner tells everybody something, in both worlds."""
    made.told(here.consultation, f"Briefing {luck.random()}", key=UUID(int=luck.getrandbits(128), version=4))
    consultation_letters.send_due()


OWN_STEPS: tuple[Step, ...] = (comment, withdraw, read, brief)


def act(here: World, luck: random.Random) -> None:
    """The other provider does something: comments, replaces, takes back, asks, or types and leaves."""
    client, line = client_of(here.other), any_line(here, luck)
    there = Comment.objects.filter(written_by=here.other, is_withdrawn=False).first()
    deed = luck.choice(["comment", "ask", "keep", "again", "read", "withdraw"])
    if deed == "ask":
        made.asked(here.consultation, here.other, "A secret question")
    elif deed == "keep":
        path = reverse("comment-create", args=[here.consultation.pk, line.id])
        client.post(reverse("kept-text-keep"), {"path": path, "reason": "A secret draft"})
    elif deed == "read":
        client.get(reverse("consultation-detail", args=[here.consultation.pk]))
    elif deed == "withdraw" and there:
        comments.withdraw(comment=there, key=UUID(int=luck.getrandbits(128), version=4), by=here.other)
    else:
        sight = luck.choice(["named", "unnamed", "commissioner"])
        made.receipt(here.consultation, here.other, line, reason="A secret comment", sight=sight)


def play(audience: str, seed: int, *, with_the_other: bool) -> list[tuple[Any, ...]]:
    """Play a story in a world of its own, and give all that the watched provider got."""
    luck, others_luck = random.Random(seed), random.Random(-seed)
    with transaction.atomic():
        here = world(audience)
        for _ in range(4):
            if with_the_other:
                act(here, others_luck)
            luck.choice(OWN_STEPS)(here, luck)
        if with_the_other:
            act(here, others_luck)
        read(here, luck)
        letters = [(letter.subject, letter.body) for letter in mail.outbox if letter.to == [here.watched.email]]
        mail.outbox.clear()
        found = [seen(response) for response in here.said]
        transaction.set_rollback(True)
    names: dict[str, str] = {}
    return [tuple(masked(part, names) for part in one) for one in [*found, *letters]]


def seen(response: HttpResponse) -> tuple[str, ...]:
    """Give everything of a response that a visitor could look at."""
    headers = sorted(f"{name}: {value}" for name, value in response.headers.items())
    cookies = sorted(response.cookies)
    trail = [str(hop) for hop in getattr(response, "redirect_chain", [])]
    return (str(response.status_code), *headers, *cookies, *trail, response.content.decode())


def masked(text: str, names: dict[str, str]) -> str:
    """Put a number in place of each random id, in the order in which the provider met them, and mask the rest."""
    text = UUIDS.sub(lambda found: names.setdefault(found[0], f"id-{len(names)}"), text)
    for mask in MASKS:
        text = mask.sub("masked", text)
    # A length that the masks above have changed alike in both worlds.
    return re.sub(r"Content-Length: \d+", "Content-Length", text) if text.startswith("Content-Length") else text


@pytest.mark.promise("S4")
@pytest.mark.parametrize("audience", ["named", "public"])
@pytest.mark.parametrize("seed", range(1, 7))
def test_all_that_a_provider_gets_is_the_same_whether_another_takes_part_or_not(audience: str, seed: int):
    alone, together = (play(audience, seed, with_the_other=acting) for acting in (False, True))

    assert alone == together


@pytest.mark.long
@pytest.mark.promise("S4")
@pytest.mark.parametrize("audience", ["named", "public"])
def test_it_is_so_in_a_hundred_other_stories(audience: str):
    for seed in range(100, 200):
        alone, together = (play(audience, seed, with_the_other=acting) for acting in (False, True))
        assert alone == together, seed


def test_the_comparison_notices_a_page_that_counts(monkeypatch: pytest.MonkeyPatch):
    """Plant a leak: the page of a consultation that tells how many comments there are."""
    told = Consultation.__str__
    monkeypatch.setattr(Consultation, "__str__", lambda row: f"{told(row)}, {row.comments.count()} comments")
    monkeypatch.setattr(Consultation, "introduction", property(lambda row: str(row.comments.count()), lambda *_: None))

    alone, together = (play("named", 3, with_the_other=acting) for acting in (False, True))

    assert alone != together
