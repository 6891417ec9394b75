"""Cells of the price grid: removing a price by emptying it, and saying how many repeats are paid."""

from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from commissioning.models import Programme
from tariffs.models import PriceLine
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db
# Cells of the small programme: price-<band>-<milestone>, and how many of its repeats are paid
A_JOB, A_STAY, A_STAY_PAID = "price-0-1", "price-0-2", "paid-0-2"


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def address(programme: Programme) -> str:
    return reverse("price-grid", args=[programme.tariff.pk])


def fields(programme: Programme, person: Any) -> dict[str, Any]:
    """Give what a browser would send back of the page as it stands."""
    form = client_of(person).get(address(programme)).context["form"]
    return {name: form[name].value() for name in form.fields}


def save(programme: Programme, person: Any, given: dict[str, Any]) -> HttpResponse:
    return client_of(person).post(address(programme), given)


def price(programme: Programme, band: str) -> Decimal:
    return PriceLine.objects.get(tariff__programme=programme, price_band=band, milestone__key="job").price


def test_an_emptied_price_removes_its_line_and_the_page_says_so(people: Cast, programme: Programme) -> None:
    given = fields(programme, people.amina) | {A_JOB: ""}

    preview = save(programme, people.amina, given | {"preview": "1"}).content.decode()
    page = client_of(people.amina).post(address(programme), given, follow=True).content.decode()

    assert "Removed when you save." in preview
    assert "1 price changed. 1 of them removed: where a cell is empty, nothing is paid." in page
    assert not PriceLine.objects.filter(tariff__programme=programme, price_band="A").exists()


def test_a_price_of_nothing_keeps_its_line(people: Cast, programme: Programme) -> None:
    line = PriceLine.objects.get(tariff__programme=programme, price_band="A")

    save(programme, people.amina, fields(programme, people.amina) | {A_JOB: "0"})

    line.refresh_from_db()
    assert line.price == 0


def test_an_emptied_price_that_another_changed_is_not_removed_unseen(people: Cast, programme: Programme) -> None:
    mine, theirs = fields(programme, people.amina), fields(programme, people.bob)
    save(programme, people.bob, theirs | {A_JOB: "1100"})

    response = save(programme, people.amina, mine | {A_JOB: ""})

    assert response.status_code == 409
    assert "<strong>Saved: £1,100</strong>" in response.content.decode()
    assert price(programme, "A") == 1100


def test_how_many_repeats_are_paid_is_written_beside_the_price(people: Cast, programme: Programme) -> None:
    save(programme, people.amina, fields(programme, people.amina) | {A_STAY: "30", A_STAY_PAID: "2"})
    line = PriceLine.objects.get(tariff__programme=programme, milestone__key="stay")
    assert (line.price, line.payments) == (30, 2)

    save(programme, people.amina, fields(programme, people.amina) | {A_STAY_PAID: "1"})

    line.refresh_from_db()
    assert (line.price, line.payments) == (30, 1)
    assert "pays the first 1 of 3" in client_of(people.vera).get(address(programme)).content.decode()


def test_how_many_repeats_would_be_paid_without_a_price_is_nothing_to_save(people: Cast, programme: Programme) -> None:
    save(programme, people.amina, fields(programme, people.amina) | {A_STAY_PAID: "2"})

    assert not PriceLine.objects.filter(tariff__programme=programme, milestone__key="stay").exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("121", "The number of payments must be from 0 to 120"),
        ("-1", "The number of payments must be from 0 to 120"),
        ("1.5", "The number of payments must be a whole number"),
        ("some", "Enter the number of payments as a number, like 12"),
    ],
)
def test_a_number_of_payments_that_no_file_takes_is_refused_in_its_cell(
    people: Cast, programme: Programme, typed: str, words: str
) -> None:
    response = save(programme, people.amina, fields(programme, people.amina) | {A_STAY_PAID: typed})

    form = response.context["form"]
    assert form.errors[A_STAY_PAID][0].startswith(f"A, Stay: {words}")
    assert f'href="#id_{A_STAY_PAID}"' in response.content.decode()
    assert form[A_STAY_PAID].value() == typed


def test_two_who_change_price_and_payments_of_one_cell_lose_neither(people: Cast, programme: Programme) -> None:
    save(programme, people.amina, fields(programme, people.amina) | {A_STAY: "30"})
    mine, theirs = fields(programme, people.amina), fields(programme, people.bob)
    save(programme, people.bob, theirs | {A_STAY: "40"})

    response = save(programme, people.amina, mine | {A_STAY_PAID: "2"})

    form = response.context["form"]
    assert response.status_code == 409
    assert (form[A_STAY].value(), form[A_STAY_PAID].value()) == ("40", "2")
    save(programme, people.amina, {name: form[name].value() for name in form.fields})
    line = PriceLine.objects.get(tariff__programme=programme, milestone__key="stay")
    assert (line.price, line.payments) == (40, 2)
