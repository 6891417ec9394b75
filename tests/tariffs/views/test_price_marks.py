"""Measures in the tariff and marked prices as pages show them: the way there, old and new words, and settling."""

from typing import Any

import pytest
from django.urls import reverse

from commissioning.models import MeasureCard, Programme
from tariffs import services
from tariffs.models import MeasureBasis, PriceLine, PriceLook
from tests.factories import measures
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported
from tests.tariffs.views.test_parts import fields

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


@pytest.fixture
def changed(people: Cast, programme: Programme) -> MeasureBasis:
    """Give what the prices of the step “job” rest on, after the measure changed its unit."""
    card = measures.whole(programme, by=people.amina, state="agreed")
    basis = services.measure_bases.rest(card=card, by=people.amina)
    MeasureCard.objects.update(unit="one household")
    return basis


def page_of(people: Cast, route: str, thing: Any) -> str:
    return client_of(people.amina).get(reverse(route, args=[thing.pk]), follow=True).content.decode()


def test_a_card_says_how_it_stands_in_the_tariff(people: Cast, programme: Programme) -> None:
    idea = measures.whole(programme, by=people.amina)
    agreed = measures.whole(programme, by=people.amina, name="Agreed", state="agreed")
    loose = measures.whole(programme, by=people.amina, name="Loose", at="", state="agreed")

    assert "Once it is agreed, it can become a milestone" in page_of(people, "measure-detail", idea)
    assert "Let the prices of “Job” rest on it" in page_of(people, "measure-detail", agreed)
    assert "Make it a milestone" in page_of(people, "measure-detail", loose)
    client = client_of(people.amina)
    assert "not agreed yet" in client.get(reverse("measure-milestone", args=[idea.pk]), follow=True).content.decode()
    rested = client.post(reverse("measure-rest", args=[agreed.pk]), follow=True).content.decode()
    again = client.post(reverse("measure-rest", args=[agreed.pk]), follow=True).content.decode()
    assert "rest on this measure since" in rested and "It is in the tariff already." in again


def test_the_form_fills_in_the_cards_figures_and_asks_for_the_rest(people: Cast, programme: Programme) -> None:
    group = programme.groups.get(key="a")
    card = measures.whole(
        programme, by=people.amina, name="For one", at="", state="agreed", for_everyone=False, group=group
    )
    path = reverse("measure-milestone", args=[card.pk])
    client = client_of(people.amina)
    shown = fields(client, path)
    others = [name for name in shown if name.startswith("baseline-") and name != f"baseline-{group.pk}"]

    refused = client.post(path, shown | {"name": ""}).content.decode()
    saved = client.post(path, shown | dict.fromkeys(others, "0"), follow=True).content.decode()

    assert (shown["name"], shown["delay_months"], shown[f"baseline-{group.pk}"]) == ("For one", "6", "20")
    assert {shown[name] for name in others} == {""}
    assert "Enter the name of the milestone" in refused and "Enter the number for" in refused
    assert "It is in the tariff, without a price." in saved and "It has no price yet." in saved


def test_two_final_outcomes_are_refused_on_the_page(people: Cast, programme: Programme) -> None:
    card = measures.whole(programme, by=people.amina, at="", state="agreed", own_outcomes=2)
    path = reverse("measure-milestone", args=[card.pk])
    client = client_of(people.amina)

    page = client.post(path, fields(client, path) | {"is_final": "on"}).content.decode()

    assert "Two outcomes cannot both be the final one" in page and "becomes two milestones" in page


@pytest.mark.parametrize("route", ["finding-list", "version-list", "programme-prices", "programme-detail"])
def test_pages_say_that_the_measure_behind_a_price_changed(
    route: str, people: Cast, programme: Programme, changed: MeasureBasis
) -> None:
    page = page_of(people, route, programme)

    assert "has changed</strong> since" in page or "to look at again" in page


def test_the_page_of_marks_shows_old_and_new_words_and_settles_one_price(
    people: Cast, programme: Programme, changed: MeasureBasis
) -> None:
    lines = PriceLine.objects.filter(milestone=changed.step).count()
    path = reverse("price-mark-list", args=[programme.pk])
    client = client_of(people.amina)
    page = client.get(path).content.decode()
    line = PriceLine.objects.filter(milestone=changed.step).earliest("place")
    seen = page.split('name="seen" value="')[1].split('"')[0]
    look = reverse("price-look", args=[changed.pk, line.pk])

    stale = client.post(look, {"seen": "other"}, follow=True).content.decode()
    after = client.post(look, {"seen": seen, "note": "Same people"}, follow=True).content.decode()

    assert "one person, once" in page and "one household" in page and f"behind {lines} price" in page
    assert "changed again since you read it" in stale
    assert "The price is looked at" in after and "“Same people”" in after and "price still right" in after
    assert PriceLook.objects.get().looked_by == people.amina


def test_nothing_marked_says_so_and_a_reader_may_not_settle(
    people: Cast, programme: Programme, changed: MeasureBasis
) -> None:
    path = reverse("price-mark-list", args=[programme.pk])

    assert "Looked at, price still right" not in client_of(people.vera).get(path).content.decode()
    MeasureCard.objects.update(unit="one person, once")
    assert "No price rests on a measure that has changed" in page_of(people, "price-mark-list", programme)


def test_an_outcome_that_people_define_says_so_in_the_grid(people: Cast, programme: Programme) -> None:
    measures.whole(programme, by=people.amina, own_outcomes=1)

    assert "Defined by the person" in page_of(people, "programme-prices", programme)
    assert "Defined by the person" in page_of(people, "outcome-framework", programme)


@pytest.mark.parametrize(
    "route", ["price-mark-list", "finding-list", "version-list", "programme-prices", "programme-detail"]
)
def test_pages_take_few_queries_however_many_prices_are_marked(
    route: str, people: Cast, programme: Programme, changed: MeasureBasis, django_assert_max_num_queries: Any
) -> None:
    services.versions.freeze(programme=programme, note="Kept", by=people.amina)
    path = reverse(route, args=[programme.pk])
    path = programme.tariff.get_absolute_url() if route == "programme-prices" else path
    client = client_of(people.amina)

    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(path).status_code == 200
