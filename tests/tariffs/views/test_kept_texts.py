"""Whatever page somebody types on, the end of a session costs nothing."""

from typing import Any

import pytest
from django.urls import reverse

from commissioning.models import Programme
from tests.factories.commissioning import PASSWORD, Cast, cast, client_of
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db
#: Each page on which texts are typed that are no part of a row: its route, what it is about, and one of its fields.
PAGES = [
    ("programme-new", "", "name"),
    ("programme-from-example", "example", "name"),
    ("programme-create", "", "text"),
    ("programme-copy", "programme", "name"),
    ("scenario-create", "programme", "name"),
    ("version-list", "programme", "note"),
]


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def test_prices_typed_when_the_session_ended_come_back_after_signing_in(people: Cast, programme: Programme) -> None:
    client, path = client_of(people.amina), reverse("price-grid", args=[programme.tariff.pk])
    given = fields(client, path)
    cell = next(name for name in given if name.startswith("price-") and given[name] == "1000")
    client.logout()

    sign_in = client.post(path, given | {cell: "1234"}, follow=True).redirect_chain[-1][0]
    page = client.post(sign_in, {"login": people.amina.email, "password": PASSWORD}, follow=True)
    saved = client.post(path, given | {cell: "1234"}, follow=True).content.decode()

    assert page.context["form"][cell].value() == "1234"
    assert "1 price changed." in saved


def test_a_viewer_has_no_prices_to_keep(people: Cast, programme: Programme) -> None:
    page = client_of(people.vera).get(reverse("price-grid", args=[programme.tariff.pk])).content.decode()

    assert "data-keep=" not in page


def address(route: str, about: str, programme: Programme) -> str:
    arguments = {"": [], "example": ["peterborough"], "programme": [programme.pk]}[about]
    return reverse(route, args=arguments)


def fields(client: Any, path: str) -> dict[str, Any]:
    form = client.get(path).context["form"]
    return {name: form[name].value() or "" for name in form.fields if name != "file"}


@pytest.mark.promise("A9")
@pytest.mark.parametrize(("route", "about", "field"), PAGES)
def test_a_text_sent_after_the_session_ended_comes_back_after_signing_in(
    people: Cast, programme: Programme, route: str, about: str, field: str
) -> None:
    client, path = client_of(people.amina), address(route, about, programme)
    given = fields(client, path) | {field: "Typed for an hour"}
    client.logout()

    sign_in = client.post(path, given, follow=True).redirect_chain[-1][0]
    page = client.post(sign_in, {"login": people.amina.email, "password": PASSWORD}, follow=True)

    assert page.context["form"][field].value() == "Typed for an hour"
    assert "This is what you typed and had not saved" in page.content.decode()


@pytest.mark.parametrize(("route", "about", "field"), PAGES)
def test_a_text_is_kept_while_it_is_typed(
    people: Cast, programme: Programme, route: str, about: str, field: str
) -> None:
    client, path = client_of(people.amina), address(route, about, programme)
    page = client.get(path).content.decode()

    client.post(reverse("kept-text-keep"), fields(client, path) | {field: "Half a thought", "path": path})

    assert "data-keep=" in page
    assert "keep.js" in page
    assert client.get(f"{path}?kept=back").context["form"][field].value() == "Half a thought"
