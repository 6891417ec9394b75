"""What is left of a visit to a page whose address is a secret: nothing of the visitor, and the secret nowhere."""

import logging
import re
from typing import Any

import pytest
import redis
from django.conf import settings as django_settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from commissioning.core.rooms import plain
from commissioning.models import Participant, Reaction, Room, Statement, Vote
from commissioning.services import room_links
from tests.factories.commissioning import Cast, cast
from tests.factories.rooms import (
    begun,
    link_of,
    opened,
    page_of,
    pages_of,
    walk_through,
)
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db
VISITOR = {
    "REMOTE_ADDR": "198.51.100.23",
    "HTTP_USER_AGENT": "Tattletale/9.1",
    "HTTP_REFERER": "https://gossip.example/",
}


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def room(people: Cast) -> Room:
    return opened(imported(organisation=people.authority, by=people.amina), by=people.amina)


@pytest.fixture
def client() -> Client:
    return Client(**VISITOR)


def counts() -> list[int]:
    return [model.objects.count() for model in (Participant, Reaction, Vote, Statement)]


def every_row() -> str:
    """Write out everything that the database holds, apart from what Django and migrations keep of themselves."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name != "django_migrations"]
        found = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


@pytest.mark.promise("P1")
@pytest.mark.promise("P2")
def test_after_a_visit_the_database_holds_no_address_browser_referrer_secret_or_time_of_it(
    people: Cast, room: Room, client: Client
) -> None:
    link = link_of(room, by=people.amina)

    secret = walk_through(client, link)

    assert Reaction.objects.count() == 1
    assert Vote.objects.count() == 2
    assert Statement.objects.filter(author__isnull=False).count() == 3
    kept = every_row()
    assert "I want to feel safe." in kept
    for canary in ("198.51.100.23", "Tattletale", "gossip.example", link, plain(link), secret, plain(secret)):
        assert canary not in kept
    said_there = [model.objects.values_list() for model in (Participant, Reaction, Vote, Statement)]
    assert not re.search(r"datetime|\d{4}-\d{2}-\d{2}", str([list(each) for each in said_there]))


@pytest.mark.promise("P1")
def test_no_cookie_is_set_and_no_personal_field_is_there(people: Cast, room: Room, client: Client) -> None:
    secret = walk_through(client, link_of(room, by=people.amina))

    assert dict(client.cookies) == {}
    for page in pages_of(secret):
        fields = set(re.findall(r'name="([^"]+)"', page_of(client, page)))
        assert fields <= {
            "seal",
            "said",
            "choice",
            "text",
            "may_be_quoted",
            "act",
            "viewport",
            "description",
            "theme-color",
        }


@pytest.mark.promise("P2")
def test_the_secret_stays_out_of_referrers_and_caches_and_no_page_leads_away(
    people: Cast, room: Room, client: Client
) -> None:
    link = link_of(room, by=people.amina)
    before = client.get(reverse("room-begin", args=[link]))
    secret = begun(room, by=people.amina)

    for response in (before, *(client.get(page) for page in pages_of(secret))):
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "<script" not in response.content.decode()
        assert not re.findall(r'(?:href|src|action)="(?:https?:)?//', response.content.decode())


class LogOfRequests(logging.Handler):
    """Keeps every line that anything logs."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage() + str(record.__dict__.get("exc_text") or ""))


@pytest.mark.promise("P2")
@pytest.mark.parametrize("slash", ["/", ""])
def test_the_secret_reaches_no_log_of_django_or_of_the_server(
    people: Cast, room: Room, slash: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, wrong = begun(room, by=people.amina), "zzzz-zzzz"
    heard, logger = LogOfRequests(), logging.getLogger("django")
    logger.addHandler(heard)
    environs = []
    for path in (
        f"/say/{secret}",
        f"/say/{wrong}",
        f"/say/{secret}/nowhere",
        f"/take-part/{wrong}",
        "/survey/guess-me",
    ):
        environ = RequestFactory(**VISITOR).get(path + slash).environ
        environ |= {"RAW_URI": path + slash, "HTTP_REFERER": f"http://testserver/say/{secret}/"}
        list(WSGIHandler()(environ, lambda *_: None))
        environs.append(environ)

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("commissioning.queries.taking_part.by_secret", fail)
    Client(raise_request_exception=False).get(f"/say/{secret}/")
    logger.removeHandler(heard)

    # What gunicorn writes its log of requests from, whatever format a council chooses for it.
    written = str(
        [(each["RAW_URI"], each["PATH_INFO"], each["QUERY_STRING"], each["HTTP_REFERER"]) for each in environs]
    )
    for canary in (secret, wrong, "guess-me"):
        assert canary not in written
        assert canary not in "\n".join(heard.lines)
    assert any("Not Found" in line for line in heard.lines)
    assert any("Internal Server Error" in line for line in heard.lines)


@pytest.mark.promise("P2")
def test_the_secret_reaches_no_message_in_redis(people: Cast, room: Room, client: Client) -> None:
    secret = walk_through(client, link_of(room, by=people.amina))

    broker = redis.Redis.from_url(django_settings.CELERY_BROKER_URL)
    there = b"".join(key + (broker.dump(key) or b"") for key in broker.scan_iter())
    broker.close()

    assert secret.encode() not in there
    assert plain(secret).encode() not in there


@pytest.mark.promise("P2")
def test_guesses_are_refused_and_too_many_are_not_even_looked_at(room: Room, settings: Any, client: Client) -> None:
    settings.TAKE_PART_A_MINUTE = 3

    answers = [client.get(f"/say/guess-{number}/").status_code for number in range(5)]

    assert answers == [404, 404, 404, 429, 429]
    assert client.get("/take-part/guess/").status_code == 429
    assert Client(REMOTE_ADDR="198.51.100.99").get("/say/guess/").status_code == 404


@pytest.mark.promise("P2")
def test_a_link_that_never_was_looks_like_one_that_is_over(people: Cast, room: Room, client: Client) -> None:
    revoked = link_of(room, by=people.amina)
    room_links.revoke(link=room.links.get(), by=people.amina)

    never, over = (client.get(reverse("room-begin", args=[each])) for each in ("0" * 28, revoked))

    assert never.status_code == over.status_code == 404
    assert never.content == over.content


@pytest.mark.promise("P2")
def test_to_look_changes_nothing(people: Cast, room: Room, client: Client) -> None:
    link, secret = link_of(room, by=people.amina), begun(room, by=people.amina)
    before = counts()

    for address in (reverse("room-begin", args=[link]), *pages_of(secret)):
        client.get(address, {"choice": "agree", "text": "By a link", "act": "take back"})

    assert counts() == before
