"""Every page of a service user, as it comes out of the server, reads at age nine to eleven."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from commissioning import queries
from commissioning.core.readability import read
from commissioning.models import Participant
from commissioning.services import taking_part
from tests.factories.commissioning import Cast, cast
from tests.factories.rooms import (
    answered,
    link_of,
    moderated,
    opened,
    page_of,
    pages_of,
    participant,
    published,
    said,
    sealed,
    shown,
    walk_through,
)
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


class Words(HTMLParser):
    """Reads what a page says to its reader: each block as a sentence, without what stands in tags."""

    BLOCKS = {"p", "h1", "h2", "li", "label", "legend", "div", "button", "a", "strong", "blockquote", "title", "span"}

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        if tag in self.BLOCKS - {"a", "strong", "span"}:
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        if self.inside not in ("style", "textarea"):
            self.text.append(" ".join(data.split()) + " " if data.strip() else "")


def words_of(page: str) -> str:
    parser = Words()
    parser.feed(re.sub(r'<p class="say-address">.*?</p>', "", page))
    return "".join(parser.text)


@pytest.mark.promise("A8")
def test_every_page_of_a_service_user_reads_at_age_nine_to_eleven(people: Cast, client: Client) -> None:
    programme = imported(organisation=people.authority, by=people.amina)
    room = opened(programme, by=people.amina)
    links = [link_of(room, by=people.amina), link_of(room, by=people.amina, use="facilitator")]
    seen = [page_of(client, reverse("room-begin", args=[each])) for each in links]
    helped = taking_part.begin(link=links[1], has_consent=True)
    seen += [page_of(client, page) for page in pages_of(helped or "")]
    secret = walk_through(client, links[0])
    mine = queries.taking_part.by_secret(secret)
    assert mine
    one, two, three = queries.taking_part.own(mine)
    moderated(one, by=people.amina, act="hidden", reason="names")
    moderated(two, by=people.amina)
    answered(two, by=people.amina, decision="not_adopted")
    shown(participant(room, by=people.amina), by=people.amina)
    moderated(said(participant(room, by=people.amina)), by=people.amina, act="hidden", reason="twice")
    seen += [page_of(client, page) for page in pages_of(secret)]
    seen.append(client.post(pages_of(secret)[-1], sealed(secret, act="save", text="Mrs Smith")).content.decode())
    taking_part.take_back(statement=three, by=mine)
    seen += [page_of(client, page) for page in pages_of(secret)]
    seen += [page_of(client, reverse("moderation-policy")), client.get("/say/nowhere/").content.decode()]
    after = published(imported(organisation=people.authority, by=people.amina), by=people.amina, approver=people.bob)
    Participant.objects.filter(room=after, statements__isnull=False).update(
        secret_hash=queries.taking_part.core.participant_hash("after")
    )
    seen += [page_of(client, page) for page in pages_of("after")]

    assert len(seen) > 25
    for page in seen:
        found = read(words_of(page))
        assert found.longest <= 25, found.longest_sentence
        assert found.words_a_sentence <= 15, words_of(page)
        assert found.grade <= 6, words_of(page)
