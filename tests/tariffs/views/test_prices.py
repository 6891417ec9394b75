"""Pages of the price grid: reading, saving, trying out, and two people at once."""

from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from commissioning.models import Programme
from tariffs.models import PriceLine
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import EXAMPLE, imported, small_document

pytestmark = pytest.mark.django_db
# Cells of the small programme: price-<band>-<milestone>, and how many of its repeats are paid
A_JOB, B_JOB, A_STAY, A_STAY_PAID = "price-0-1", "price-1-1", "price-0-2", "paid-0-2"


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


@pytest.mark.parametrize("typed", ["1250.50", "£1,250.50", " 1250.5 ", "1 250.50"])
def test_a_price_is_read_as_people_write_it(people: Cast, programme: Programme, typed: str) -> None:
    response = save(programme, people.amina, fields(programme, people.amina) | {A_JOB: typed})

    assert response.status_code == 302
    assert price(programme, "A") == Decimal("1250.50")


def test_a_changed_price_is_marked_with_what_it_was(people: Cast, programme: Programme) -> None:
    save(programme, people.amina, fields(programme, people.amina) | {A_JOB: "1250"})

    page = client_of(people.vera).get(address(programme)).content.decode()

    assert "<strong>Changed</strong> from £1,000." in page
    assert page.count("app-grid__cell--changed") == 1


@pytest.mark.promise("B8")
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("twelve", "Enter the price in pounds, like 1200 or 1200.50"),
        ("1e5", "Enter the price in pounds, like 1200 or 1200.50"),
        ("NaN", "Enter the price in pounds, like 1200 or 1200.50"),
        ("١٢", "Enter the price in pounds, like 1200 or 1200.50"),
        ("<script>", "Enter the price in pounds, like 1200 or 1200.50"),
        ("-5", "The price cannot be below £0"),
        ("1.234", "whole pennies"),
        ("9999999999999", "cannot be above"),
        ("9" * 41, "Enter the price in pounds, like 1200 or 1200.50"),
    ],
)
def test_what_is_no_price_gets_plain_words_in_its_cell_and_is_kept(
    people: Cast, programme: Programme, typed: str, words: str
) -> None:
    given = fields(programme, people.amina) | {A_JOB: typed, B_JOB: "77"}

    response = save(programme, people.amina, given)

    form = response.context["form"]
    assert response.status_code == 200
    assert form.errors[A_JOB][0].startswith("A, Job: ")
    assert words in form.errors[A_JOB][0]
    assert f'href="#id_{A_JOB}"' in response.content.decode()
    assert (form[A_JOB].value(), form[B_JOB].value()) == (typed, "77")
    assert (price(programme, "A"), price(programme, "B")) == (Decimal(1000), Decimal("2000.50"))


def test_a_band_may_be_left_without_any_price_and_then_earns_nothing(people: Cast) -> None:
    document = small_document()
    document["tariff"] = {"service_fee_monthly": 1000}
    programme = imported(document, organisation=people.authority, by=people.amina)

    response = save(programme, people.amina, fields(programme, people.amina) | {A_JOB: "5"})

    assert response.status_code == 302
    assert price(programme, "A") == 5
    effects = client_of(people.amina).get(address(programme)).context["panel"].effects
    assert effects[0].income > effects[1].income == 0


def test_trying_prices_out_saves_nothing_and_shows_what_they_would_do(people: Cast, programme: Programme) -> None:
    before = client_of(people.amina).get(address(programme)).context["panel"].effects

    response = save(programme, people.amina, fields(programme, people.amina) | {A_JOB: "9000", "preview": "1"})

    assert "These prices are not saved" in response.content.decode()
    assert response.context["panel"].effects[0].income > before[0].income
    assert price(programme, "A") == 1000


def test_the_live_figures_follow_the_typed_prices_and_leave_out_what_cannot_be_read(
    people: Cast, programme: Programme
) -> None:
    given = fields(programme, people.amina) | {A_JOB: "9000", B_JOB: "twelve"}
    saved = client_of(people.amina).get(address(programme)).context["panel"].effects

    response = client_of(people.vera).post(reverse("price-effects", args=[programme.tariff.pk]), given)

    effects = response.context["panel"].effects
    assert effects[0].income > saved[0].income
    assert effects[1].income == saved[1].income
    assert "Some prices cannot be read" in response.content.decode()
    assert "<html" not in response.content.decode()


@pytest.mark.promise("D1")
def test_whoever_saves_second_sees_both_prices_and_keeps_their_own(people: Cast, programme: Programme) -> None:
    mine, theirs = fields(programme, people.amina), fields(programme, people.bob)
    save(programme, people.bob, theirs | {A_JOB: "1100", B_JOB: "2222"})

    response = save(programme, people.amina, mine | {A_JOB: "1300"})

    page, form = response.content.decode(), response.context["form"]
    assert response.status_code == 409
    assert "Bob saved prices while you were editing" in page
    assert "<strong>Saved: £1,100</strong>" in page
    assert (form[A_JOB].value(), form[B_JOB].value()) == ("1300", "2222")
    assert price(programme, "A") == 1100


@pytest.mark.promise("D1")
def test_saving_again_after_a_conflict_changes_only_what_one_typed_oneself(people: Cast, programme: Programme) -> None:
    mine, theirs = fields(programme, people.amina), fields(programme, people.bob)
    save(programme, people.bob, theirs | {A_JOB: "1100", B_JOB: "2222"})
    form = save(programme, people.amina, mine | {A_JOB: "1300"}).context["form"]

    response = save(programme, people.amina, {name: form[name].value() for name in form.fields})

    assert response.status_code == 302
    assert (price(programme, "A"), price(programme, "B")) == (Decimal(1300), Decimal(2222))


def test_a_viewer_reads_prices_and_finds_nothing_to_change(people: Cast, programme: Programme) -> None:
    page = client_of(people.vera).get(address(programme)).content.decode()

    assert "£2,000.50" in page
    assert "Board paper 7" in page
    assert "Save prices" not in page


def test_a_viewer_cannot_save_by_hand_either(people: Cast, programme: Programme) -> None:
    given = fields(programme, people.amina) | {A_JOB: "5"}

    assert save(programme, people.vera, given).status_code == 404
    assert price(programme, "A") == 1000


@pytest.mark.parametrize("revision", ["", "x", "-1", "99999999999"])
def test_a_forged_revision_saves_nothing(people: Cast, programme: Programme, revision: str) -> None:
    response = save(programme, people.amina, fields(programme, people.amina) | {A_JOB: "5", "revision": revision})

    assert response.status_code == 200
    assert price(programme, "A") == 1000


def test_a_large_grid_comes_in_pages_that_each_can_be_saved(people: Cast) -> None:
    document = small_document()
    bands = [f"b{number:03}" for number in range(90)]
    document["groups"] = [{"id": band, "price_band": band} for band in bands]
    document["milestones"] += [{"id": f"m{number}"} for number in range(37)]
    document["tariff"]["prices"] = [{"price_band": band, "milestone": "job", "price": 1} for band in bands]
    document["evidence"] = []
    programme = imported(document, organisation=people.authority, by=people.amina)
    client = client_of(people.amina)
    form = client.get(f"{address(programme)}?page=9").context["form"]
    given = {name: form[name].value() for name in form.fields} | {"price-80-1": "42"}

    response = client.post(f"{address(programme)}?page=9", given)

    assert response["Location"] == f"{address(programme)}?page=9"
    assert price(programme, "b080") == 42


def test_the_live_figures_say_what_is_paid_in_all_and_the_most_one_person_could_earn(
    people: Cast, programme: Programme
) -> None:
    given = fields(programme, people.amina) | {A_STAY: "30", A_STAY_PAID: "2"}

    response = client_of(people.vera).post(reverse("price-effects", args=[programme.tariff.pk]), given)

    page = response.content.decode()
    assert '<span id="most-0" hx-swap-oob="true">£1,060</span>' in page
    assert response.context["most"] == (("Start", 0), ("Job", 2000.5), ("Stay", 60), ("In all", 2000.5))
    assert '<span id="most-of-2" hx-swap-oob="true">£60</span>' in page
    assert "is paid over the contract" in page
    assert response.context["panel"].totals.total > 0


def test_who_is_parked_is_said_beside_the_band(people: Cast) -> None:
    programme = imported(EXAMPLE, organisation=people.authority, by=people.amina)

    page = client_of(people.vera).get(address(programme)).content.decode()

    assert ">about 4 in 10 would get next to nothing<" in page
    assert page.count("app-list-note") > page.count("would get next to nothing") > 3


def test_each_line_and_term_can_be_linked_to(people: Cast, programme: Programme) -> None:
    line = PriceLine.objects.get(tariff__programme=programme, price_band="A")

    for person in (people.amina, people.vera):
        page = client_of(person).get(address(programme))
        assert f'id="line-{line.pk}"' in page.content.decode()
        for term in page.context["terms"]:
            assert f'id="term-{term.id}"' in page.content.decode()


def test_the_grid_takes_few_queries(people: Cast, programme: Programme, django_assert_max_num_queries: Any) -> None:
    client = client_of(people.amina)

    with django_assert_max_num_queries(15):
        client.get(address(programme))


def test_a_grid_without_milestones_works_out_nothing_and_stands(people: Cast, programme: Programme) -> None:
    programme.tariff.price_lines.all().delete()
    programme.milestones.all().delete()
    client, data = client_of(people.amina), {"revision": "1"}

    assert client.get(address(programme)).status_code == 200
    assert client.post(reverse("price-effects", args=[programme.tariff.pk]), data).status_code == 200
