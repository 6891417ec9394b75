"""Whatever is sent to the pages of programmes and prices, the answer is never a server error and nothing is spoilt."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commissioning.models import Programme
from tariffs.forms.prices import PriceGridForm
from tariffs.queries.price_lines import grid as price_grid
from tariffs.queries.programmes import to_core
from tariffs.sources import programme_files
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported, small_document

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
UNHURRIED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

odd = st.one_of(
    st.sampled_from(
        [
            "",
            "0",
            "-1",
            "1e999",
            "NaN",
            "Infinity",
            "9" * 400,
            "\x00",
            "\ud800".encode("utf-8", "surrogatepass"),
            "\N{FULLWIDTH DIGIT ONE}",
        ]
    ),
    st.text(max_size=20),
    st.decimals(allow_nan=True, allow_infinity=True).map(str),
    st.lists(st.text(max_size=3), max_size=3),
)
names = st.sampled_from(
    [f"{was}price-{band}-{milestone}" for was in ("", "was-") for band in range(3) for milestone in range(4)]
    + ["revision", "preview", "csrfmiddlewaretoken", "price-", "unknown"]
)


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def client(people: Cast) -> Client:
    return client_of(people.amina)


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


@pytest.mark.promise("B1")
@UNHURRIED
@given(
    given_fields=st.dictionaries(names, odd, max_size=8),
    page=st.one_of(st.none(), st.text(max_size=5)),
    live=st.booleans(),
)
def test_the_price_grid_never_fails_and_what_is_saved_is_a_programme(
    client: Client, programme: Programme, given_fields: dict[str, Any], page: str | None, live: bool
) -> None:
    address = reverse("price-effects" if live else "price-grid", args=[programme.tariff.pk])
    saved = Programme.objects.get(pk=programme.pk)
    form = PriceGridForm(grid=price_grid(saved.tariff))
    whole = {name: form[name].value() for name in form.fields}
    query = "" if page is None else urlencode({"page": page})

    response = client.post(f"{address}?{query}", whole | given_fields)

    assert response.status_code in (200, 302, 409)
    core = to_core(Programme.objects.get(pk=programme.pk))
    assert programme_files.loads(programme_files.dumps(core)) == core


@pytest.mark.promise("B1")
@UNHURRIED
@given(
    text=st.one_of(odd, st.binary(max_size=40), st.recursive(odd, lambda inner: st.lists(inner, max_size=3)).map(repr)),
    organisation=st.one_of(st.none(), odd),
)
def test_the_import_never_fails_and_keeps_nothing_that_is_no_programme(
    people: Cast, client: Client, text: Any, organisation: Any
) -> None:
    body = people.authority.pk if organisation is None else organisation

    response = client.post("/programmes/import/", {"organisation": body, "text": text})

    assert response.status_code == 200
    assert not Programme.objects.exists()


@pytest.mark.parametrize("page", ["programme-list", "programme-detail", "pathway-detail", "price-grid"])
def test_what_a_file_says_is_text_on_every_page_and_never_code(people: Cast, page: str) -> None:
    attack = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
    document = small_document() | {"name": attack, "summary": attack, "commissioner": attack}
    document["groups"][0] |= {"name": attack, "source": attack, "url": "javascript:alert(1)"}
    document["milestones"][1] |= {"name": attack}
    document["evidence"][0] |= {"source": attack, "url": "javascript:alert(1)", "date": attack[:50]}
    document["tariff"]["prices"][0] |= {"source": attack, "url": "JAVASCRIPT:alert(1)"}
    programme = imported(document, organisation=people.authority, by=people.amina)
    things = {"programme-list": [], "price-grid": [programme.tariff.pk]}
    arguments = things.get(page, [programme.pk])

    text = client_of(people.amina).get(reverse(page, args=arguments)).content.decode()

    assert "<script>alert" not in text
    assert "<img" not in text.replace('<img class="app-header__mark"', "")
    assert "javascript:" not in text.lower()


@pytest.mark.promise("B5")
def test_an_odd_name_makes_a_harmless_file_name(people: Cast) -> None:
    name = 'x"; filename="evil.exe\r\nX: y'
    programme = imported(
        json.dumps(small_document() | {"name": name}).encode(), organisation=people.authority, by=people.amina
    )

    response = client_of(people.amina).get(reverse("programme-download", args=[programme.pk]))

    assert response["Content-Disposition"] == 'attachment; filename="x-filenameevilexe-x-y.json"'
