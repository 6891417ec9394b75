"""Tries every row of the permission map with every kind of visitor, and that no route is without a row."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from commissioning.models import Membership, User
from commissioning.permissions import ABILITIES, Ability
from tests.factories.commissioning import client_of, person
from tests.permission_map import ROWS
from tests.permission_world import ANYONE, Row, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Secrets of links, which are random too but no uuid; every other argument of an address must be one.
SECRETS = {"token", "uidb36", "key"}
# Plain words in an address that choose a view of a thing, such as which chart or question: they identify nothing.
WORDS = {"chart", "question", "example", "field", "kind", "rule", "section", "threshold"}
# What is published for everybody has an address that can be read aloud, and its editions are numbered.
PUBLISHED = {"slug", "number"}
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=()",
}


def all_patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from all_patterns(entry)
        else:
            yield entry


def visitors(world: World) -> dict[str, User | None]:
    """Return one of each kind: members of each role, other bodies, and people whose rights were taken away."""
    cast = world.cast
    removed, disabled = person("Removed"), person("Disabled")
    Membership.objects.create(user=disabled, organisation=cast.authority, role="approver")
    User.objects.filter(pk=disabled.pk).update(is_active=False)
    disabled.refresh_from_db()
    return {
        "anonymous": None,
        "editor": cast.amina,
        "approver": cast.bob,
        "viewer": cast.vera,
        "another authority": cast.charlie,
        "provider": cast.dilys,
        "removed": removed,
        "disabled": disabled,
    }


def may(row: Row, visitor: User, world: World) -> bool:
    if not isinstance(row.who, Ability):
        return True
    owner = getattr(world.cast, row.owner)
    held = Membership.objects.filter(user=visitor, organisation=owner).first()
    return held is not None and row.who in ABILITIES[held.role]


def ask(client: Client, row: Row, arguments: Any) -> HttpResponse:
    url = reverse(row.route, kwargs=arguments) + row.query
    return client.get(url) if row.method == "GET" else client.post(url, row.data)


def expected(row: Row, visitor: User | None, world: World) -> tuple[int, ...]:
    signed_in = visitor is not None and visitor.is_active
    if row.who is ANYONE:
        return row.answers
    if not signed_in:
        return (302,)
    return row.answers if may(row, visitor, world) else (404,)


def body_of(response: HttpResponse) -> str:
    """Return a page without the random text that guards its forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


@pytest.mark.promise("S1")
def test_every_route_has_a_row_in_the_permission_map():
    routes = {pattern.name for pattern in all_patterns()}

    assert routes - {row.route for row in ROWS} == set()
    assert {row.route for row in ROWS} - routes == set()


@pytest.mark.promise("S7")
def test_every_address_names_things_by_random_ids():
    guessable = [
        f"{pattern.name}: {argument}"
        for pattern in all_patterns()
        for argument, converter in pattern.pattern.converters.items()
        if type(converter).__name__ != "UUIDConverter" and argument not in SECRETS | WORDS | PUBLISHED
    ]

    assert guessable == []


@dataclass(frozen=True)
class Asked:
    """One row of the map with the thing that it points at, made once for all that is asked of the row."""

    row: Row
    world: World
    arguments: Any
    settings: Any

    @property
    def member(self) -> User:
        """Give somebody who may do most in the organisation that owns the thing."""
        return self.world.cast.bob if self.row.owner == "authority" else self.world.cast.dilys

    def by(self, client: Client) -> HttpResponse:
        """Ask for the row's address."""
        return ask(client, self.row, self.arguments)


def each_visitor_gets_what_the_map_says(asked: Asked) -> None:
    row, wrong, welcomed = asked.row, [], []
    for name, visitor in visitors(asked.world).items():
        with undone():
            response = asked.by(client_of(visitor))
        answers = expected(row, visitor, asked.world)
        if response.status_code not in answers:
            wrong.append(f"{name}: {response.status_code} instead of {answers}")
        if answers == row.answers:
            welcomed.append(name)

    assert wrong == []
    assert welcomed, "nobody may use it, so the refusals above prove nothing"


def what_is_not_yours_looks_like_what_is_not_there(asked: Asked) -> None:
    if not isinstance(asked.row.who, Ability):
        return
    nowhere = {name: uuid4() for name in asked.arguments}
    outsider = client_of(asked.world.cast.charlie)

    not_mine, not_there = asked.by(outsider), ask(outsider, asked.row, nowhere)

    assert not_mine.status_code == not_there.status_code == 404
    assert body_of(not_mine) == body_of(not_there)


def a_right_taken_away_bites_at_the_next_request(asked: Asked) -> None:
    if not isinstance(asked.row.who, Ability) or asked.row.method != "GET":
        return
    client = client_of(asked.member)
    before = asked.by(client)

    Membership.objects.filter(user=asked.member).delete()
    after = asked.by(client)

    assert before.status_code in asked.row.answers
    assert after.status_code == 404


def outside_a_demonstration_a_password_alone_opens_nothing(asked: Asked) -> None:
    if asked.row.who is ANYONE or asked.row.route in {"mfa_activate_totp", "account_reauthenticate"}:
        return
    was, asked.settings.DEMO = asked.settings.DEMO, False
    response = asked.by(client_of(asked.member))
    asked.settings.DEMO = was

    assert response.status_code == 302
    assert response.headers["Location"] == reverse("mfa_activate_totp")


def what_changes_rights_asks_for_the_password_again(asked: Asked) -> None:
    if not asked.row.confirmed:
        return

    response = asked.by(client_of(asked.member, confirmed=False))

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))


def a_form_sent_from_elsewhere_is_refused(asked: Asked) -> None:
    if asked.row.method == "GET":
        return
    client = client_of(asked.world.cast.bob)
    client.handler.enforce_csrf_checks = True
    # What only the page itself could put into its form.
    unsealed = {name: value for name, value in asked.row.data.items() if name != "seal"}

    response = ask(client, replace(asked.row, data=unsealed), asked.arguments)

    assert response.status_code == 403


DECLARED = {(row.route, row.method) for row in ROWS}
OTHER_METHOD = {"GET": "POST", "POST": "GET"}


def a_method_without_a_row_is_refused(asked: Asked) -> None:
    row = asked.row
    if (row.route, OTHER_METHOD[row.method]) in DECLARED:
        return
    undeclared = Row(row.route, OTHER_METHOD[row.method], row.who)
    response = ask(client_of(asked.member), undeclared, asked.arguments)
    assert response.status_code == 405 or row.answers == (404,) == (response.status_code,)


RULES = (
    each_visitor_gets_what_the_map_says,
    what_is_not_yours_looks_like_what_is_not_there,
    a_right_taken_away_bites_at_the_next_request,
    outside_a_demonstration_a_password_alone_opens_nothing,
    what_changes_rights_asks_for_the_password_again,
    a_form_sent_from_elsewhere_is_refused,
    a_method_without_a_row_is_refused,
)


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever a request did, so that the next one meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.promise("S1")
@pytest.mark.promise("S2")
@pytest.mark.promise("S5")
@pytest.mark.promise("S6")
@pytest.mark.promise("S9")
@pytest.mark.promise("B7")
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_row_of_the_map_keeps_every_rule(row: Row, settings: Any):
    world = World()
    # Made here, because what a rule makes is taken back with it.
    assert world.cast
    asked = Asked(row, world, row.target(world), settings)

    for rule in RULES:
        with undone():
            rule(asked)


@pytest.mark.promise("S6")
def test_a_disabled_account_is_signed_out_at_the_next_request():
    world = World()
    client = client_of(world.cast.bob)
    url = reverse("account")
    before = client.get(url)

    User.objects.filter(pk=world.cast.bob.pk).update(is_active=False)
    after = client.get(url)

    assert (before.status_code, after.status_code) == (200, 302)


@pytest.mark.promise("S8")
@pytest.mark.parametrize(
    "path", ["/", "/nowhere/", "/static/app.css", "/organisations/", "/account/sign-in/", "/healthz"]
)
def test_security_headers_stand_on_every_response(path: str, settings: Any):
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True

    response = Client().get(path)
    response.close()

    for name, value in SECURITY_HEADERS.items():
        assert value in response.headers.get(name, ""), f"{name} on {path}"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "unsafe" not in response.headers["Content-Security-Policy"]


@pytest.mark.promise("S8")
def test_a_failing_page_keeps_its_headers_and_tells_nothing(monkeypatch: pytest.MonkeyPatch):
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("commissioning.views.public.render", fail)

    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == 500
    assert "a secret of the inside" not in response.content.decode()
    for name in SECURITY_HEADERS:
        assert name in response.headers
