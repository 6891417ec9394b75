"""Tries every row of the permission map with every kind of visitor, and that no route is without a row."""

import re
from collections.abc import Iterator
from dataclasses import replace
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


@pytest.mark.promise("S2")
@pytest.mark.promise("S5")
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_visitor_gets_what_the_map_says(row: Row):
    world = World()
    people = visitors(world)
    arguments = row.target(world)
    wrong, welcomed = [], []

    for name, visitor in people.items():
        with transaction.atomic():
            response = ask(client_of(visitor), row, arguments)
            transaction.set_rollback(True)
        answers = expected(row, visitor, world)
        if response.status_code not in answers:
            wrong.append(f"{name}: {response.status_code} instead of {answers}")
        if answers == row.answers:
            welcomed.append(name)

    assert wrong == []
    assert welcomed, "nobody may use it, so the refusals above prove nothing"


@pytest.mark.promise("S5")
@pytest.mark.parametrize("row", [row for row in ROWS if isinstance(row.who, Ability)], ids=str)
def test_what_is_not_yours_looks_like_what_is_not_there(row: Row):
    world = World()
    arguments = row.target(world)
    nowhere = {name: uuid4() for name in arguments}
    outsider = client_of(world.cast.charlie)

    not_mine, not_there = ask(outsider, row, arguments), ask(outsider, row, nowhere)

    assert not_mine.status_code == not_there.status_code == 404
    assert body_of(not_mine) == body_of(not_there)


@pytest.mark.promise("S6")
@pytest.mark.parametrize("row", [row for row in ROWS if isinstance(row.who, Ability) and row.method == "GET"], ids=str)
def test_a_right_taken_away_bites_at_the_next_request(row: Row):
    world = World()
    arguments = row.target(world)
    member = world.cast.bob if row.owner == "authority" else world.cast.dilys
    client = client_of(member)
    before = ask(client, row, arguments)

    Membership.objects.filter(user=member).delete()
    after = ask(client, row, arguments)

    assert before.status_code in row.answers
    assert after.status_code == 404


@pytest.mark.promise("S6")
def test_a_disabled_account_is_signed_out_at_the_next_request():
    world = World()
    client = client_of(world.cast.bob)
    url = reverse("account")
    before = client.get(url)

    User.objects.filter(pk=world.cast.bob.pk).update(is_active=False)
    after = client.get(url)

    assert (before.status_code, after.status_code) == (200, 302)


@pytest.mark.promise("S9")
@pytest.mark.parametrize("row", [row for row in ROWS if row.who is not ANYONE], ids=str)
def test_outside_a_demonstration_a_password_alone_opens_nothing(row: Row, settings: Any):
    settings.DEMO = False
    world = World()
    still_open = {"mfa_activate_totp", "account_reauthenticate"}
    member = world.cast.bob if row.owner == "authority" else world.cast.dilys

    response = ask(client_of(member), row, row.target(world))

    if row.route not in still_open:
        assert response.status_code == 302
        assert response.headers["Location"] == reverse("mfa_activate_totp")


@pytest.mark.promise("S9")
@pytest.mark.parametrize("row", [row for row in ROWS if row.confirmed], ids=str)
def test_what_changes_rights_asks_for_the_password_again(row: Row):
    world = World()
    member = world.cast.bob if row.owner == "authority" else world.cast.dilys

    response = ask(client_of(member, confirmed=False), row, row.target(world))

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.promise("B7")
@pytest.mark.parametrize("row", [row for row in ROWS if row.method != "GET"], ids=str)
def test_a_form_sent_from_elsewhere_is_refused(row: Row):
    world = World()
    client = client_of(world.cast.bob)
    client.handler.enforce_csrf_checks = True
    # What only the page itself could put into its form.
    unsealed = replace(row, data={name: value for name, value in row.data.items() if name != "seal"})

    response = ask(client, unsealed, row.target(world))

    assert response.status_code == 403


DECLARED = {(row.route, row.method) for row in ROWS}
OTHER_METHOD = {"GET": "POST", "POST": "GET"}


@pytest.mark.promise("S1")
@pytest.mark.parametrize("row", [row for row in ROWS if (row.route, OTHER_METHOD[row.method]) not in DECLARED], ids=str)
def test_a_method_without_a_row_is_refused(row: Row):
    world = World()
    member = world.cast.bob if row.owner == "authority" else world.cast.dilys
    undeclared = Row(row.route, OTHER_METHOD[row.method], row.who)

    response = ask(client_of(member), undeclared, row.target(world))

    assert response.status_code == 405 or row.answers == (404,) == (response.status_code,)


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
