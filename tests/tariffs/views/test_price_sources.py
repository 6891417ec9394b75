"""The page that says where a price comes from."""

from typing import Any

import pytest
from django.urls import reverse

from commissioning.models import Programme
from tariffs.models import PriceLine
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def source_page(programme: Programme) -> str:
    return reverse("price-line-source", args=[programme.tariff.price_lines.get(price_band="A").pk])


def source_fields(programme: Programme, person: Any) -> dict[str, Any]:
    form = client_of(person).get(source_page(programme)).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_the_source_of_a_price_is_changed_and_the_price_stays(people: Cast, programme: Programme) -> None:
    given = source_fields(programme, people.amina) | {"source": "Rate card 2027", "quality": "moderate"}
    given |= {"interval_low": "900", "interval_high": "1100"}

    response = client_of(people.amina).post(source_page(programme), given, follow=True)

    line = PriceLine.objects.get(tariff__programme=programme, price_band="A")
    assert (line.source, line.quality, line.interval_high, line.price) == ("Rate card 2027", "moderate", 1100, 1000)
    assert "The source of the price is saved." in response.content.decode()
    assert response.redirect_chain[-1][0].endswith(f"#line-{line.pk}")


def test_a_range_of_a_price_runs_upwards(people: Cast, programme: Programme) -> None:
    given = source_fields(programme, people.amina) | {"interval_low": "5", "interval_high": "4"}

    page = client_of(people.amina).post(source_page(programme), given).content.decode()

    assert "must not be below the low end" in page


@pytest.mark.promise("D1")
def test_of_two_who_change_one_source_the_second_sees_both_texts(people: Cast, programme: Programme) -> None:
    hers, his = source_fields(programme, people.amina), source_fields(programme, people.bob)
    client_of(people.amina).post(source_page(programme), hers | {"source": "Hers"})

    response = client_of(people.bob).post(source_page(programme), his | {"source": "His"})

    assert response.status_code == 409
    assert "Saved now: <strong>Hers</strong>" in response.content.decode()


def test_the_page_takes_few_queries(people: Cast, programme: Programme, django_assert_max_num_queries: Any) -> None:
    client = client_of(people.amina)

    with django_assert_max_num_queries(10):
        client.get(source_page(programme))


def test_a_price_that_is_not_the_imported_one_asks_whether_its_source_still_holds(
    people: Cast, programme: Programme
) -> None:
    PriceLine.objects.filter(tariff__programme=programme, price_band="A").update(price=7)

    page = client_of(people.vera).get(programme.tariff.get_absolute_url()).content.decode()

    assert page.count("check that the source holds for it") == 1
    assert "Weak" in page
    assert "Changed here" in page
