"""What the prime would have to keep or grant: asked for, read, and put into a copy."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commissioning.models import Programme, Run
from commissioning.services import runs
from tariffs import queries, services
from tariffs.core.subcontract_terms import Lever
from tariffs.core.supply_chains import Passing
from tariffs.services.incentive_runs import IncompleteError
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.subcontract_terms import finished, queued
from tests.factories.tariffs import imported, small_document

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return of(people)


def of(people: Cast, **charity: Any) -> Programme:
    providers = [
        {"id": "prime", "name": "Big prime", "share": 1, "reserves": 500000},
        {"id": "charity", "name": "Small charity", "reserves": 1500, "overhead_monthly": 100, **charity},
    ]
    document = small_document() | {"providers": providers, "market": {"supply_chain": {"share": 0.4}}}
    return imported(document, organisation=people.authority, by=people.amina)


def page_of(person: Any, run: Run) -> str:
    response = client_of(person).get(reverse("subcontract-terms", args=[run.pk]))
    assert response.status_code == 200
    return response.content.decode()


def ask(people: Cast, programme: Programme, provider: str = "charity") -> str:
    address = reverse("subcontract-terms-create", args=[programme.pk])
    return client_of(people.amina).post(address, {"subcontractor": provider}, follow=True).content.decode()


def test_the_page_of_the_supply_chain_asks_and_then_leads_to_the_answer(people: Cast, programme: Programme) -> None:
    client, address = client_of(people.amina), reverse("supply-chain", args=[programme.pk])
    before = client.get(address).content.decode()

    waiting = ask(people, programme)
    run = finished(programme=programme)

    assert "Find out what the prime would have to keep or grant" in before
    assert "ways done" in waiting
    assert Run.objects.count() == 1
    assert reverse("subcontract-terms", args=[run.pk]) in client.get(address).content.decode()


def test_the_answer_says_what_it_fails_and_what_would_cure_it(people: Cast, programme: Programme) -> None:
    run = finished(programme=programme)

    page = page_of(people.vera, run)

    assert "does not stand its contract as it is. It would if" in page
    assert "What it fails as it is" in page
    assert "In 1 draw of 20 the contract ties up more than 50% of its reserves." in page
    assert "Both: a grant of 40%" in page
    assert "Apply it to a copy" not in page


def test_a_subcontractor_that_stands_says_so(people: Cast) -> None:
    rich = of(people, reserves=1_000_000)

    page = page_of(people.vera, finished(programme=rich))

    assert "stands its contract as it is." in page
    assert "What it fails as it is" not in page


def test_what_nothing_cures_says_so(people: Cast) -> None:
    poor = of(people, reserves=0, overhead_monthly=1_000_000)

    page = page_of(people.vera, finished(programme=poor))

    assert "does not stand its contract whatever is granted or kept" in page
    assert "no share is enough" in page


def test_what_is_found_goes_into_a_copy_and_the_draft_stays(people: Cast, programme: Programme) -> None:
    run = finished(programme=programme)
    terms = queries.subcontract_terms.read(run).terms
    place = next(place for place, each in enumerate(terms) if each.lever is Lever.GRANT)
    page = page_of(people.amina, run)

    apply = reverse("subcontract-terms-apply", args=[run.pk])
    told = client_of(people.amina).post(apply, {"terms": place}, follow=True).content.decode()

    copy = Programme.objects.get(copied_from=programme)
    programme.refresh_from_db()
    assert "Apply it to a copy" in page
    assert "is a copy with these terms" in told
    assert Passing.of(copy.market) == terms[place].passing
    assert Passing.of(programme.market) == Passing(share=0.4)


@pytest.mark.parametrize("chosen", ["", "99", "none"])
def test_terms_that_there_are_not_are_not_found(people: Cast, programme: Programme, chosen: str) -> None:
    run = finished(programme=programme)

    answer = client_of(people.amina).post(reverse("subcontract-terms-apply", args=[run.pk]), {"terms": chosen})

    assert answer.status_code == 404
    assert not Programme.objects.filter(copied_from=programme).exists()


def test_terms_that_are_out_of_reach_cannot_be_applied(people: Cast) -> None:
    run = finished(programme=of(people, reserves=0, overhead_monthly=1_000_000))

    answer = client_of(people.amina).post(reverse("subcontract-terms-apply", args=[run.pk]), {"terms": "0"})

    assert answer.status_code == 404


def test_a_kind_of_provider_that_there_is_not_is_refused(people: Cast, programme: Programme) -> None:
    assert "Choose a kind of provider that the programme has." in ask(people, programme, provider="nobody")
    assert not Run.objects.exists()


def test_a_draft_that_lacks_parts_is_refused(people: Cast, programme: Programme) -> None:
    programme.groups.all().delete()

    assert "The programme lacks parts" in ask(people, programme)
    with pytest.raises(IncompleteError):
        queued(programme=programme)


def test_a_change_of_the_draft_makes_the_answer_older(people: Cast, programme: Programme) -> None:
    run = finished(programme=programme)
    programme.groups.filter(key="a").update(referrals_per_month=99)

    assert "The programme has changed since this was worked out." in page_of(people.amina, run)
    assert queries.subcontract_terms.newest(programme, queries.programmes.to_core(programme), "charity") is None


def test_a_cancelled_search_says_so_and_the_table_is_given_as_csv(people: Cast, programme: Programme) -> None:
    run = queued(programme=programme)
    runs.cancel(run=run, by=people.amina)
    assert "This run was cancelled" in page_of(people.amina, run)

    again = finished(programme=programme)
    csv = client_of(people.vera).get(reverse("subcontract-terms-figures", args=[again.pk])).content.decode()

    assert csv.startswith("What the prime gives way on,Paid as a grant")
    assert len(csv.splitlines()) == 1 + len(queries.subcontract_terms.read(again).terms)


def test_applying_takes_no_more_than_the_supply_chain(people: Cast, programme: Programme) -> None:
    programme.market = {"supply_chain": {"share": 0.4}, "rounds": 4}
    programme.save()
    copy = services.subcontract_terms.apply(programme=programme, passing=Passing(0.4, 0.1, 0.3, 0.2), by=people.amina)

    assert copy.market["supply_chain"]["grant_share"] == 0.2
    assert copy.market["rounds"] == 4


@pytest.mark.parametrize("name", ["subcontract-terms", "supply-chain"])
def test_the_pages_ask_the_database_a_bounded_number_of_times(people: Cast, programme: Programme, name: str) -> None:
    run = finished(programme=programme)
    address = reverse(name, args=[run.pk if name == "subcontract-terms" else programme.pk])
    client = client_of(people.amina)
    client.get(address)

    with CaptureQueriesContext(connection) as taken:
        client.get(address)

    assert len(taken) <= 15
