"""The pages of what would cure a tariff."""

from typing import Any

import pytest
from django.urls import reverse

from commissioning.models import Programme, Run
from commissioning.services import runs
from tariffs.core import repairs
from tariffs.services import scenarios
from tariffs.sources import examples, programme_files
from tests.factories import repair_runs
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.parked import two_groups, with_start
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def drafted(people: Cast, whole: Any) -> Programme:
    return imported(programme_files.to_document(whole), organisation=people.authority, by=people.amina)


@pytest.fixture
def programme(people: Cast) -> Programme:
    return drafted(people, two_groups())


def address(programme: Programme) -> str:
    return reverse("tariff-repairs", args=[programme.tariff.pk])


def page_of(person: Any, path: str) -> str:
    response = client_of(person).get(path, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_before_anybody_asked_an_editor_may_ask_and_a_viewer_is_told(people: Cast, programme: Programme) -> None:
    assert "Look for cures" in page_of(people.amina, address(programme))
    shown = page_of(people.vera, address(programme))
    assert "Nobody has looked for cures of this tariff yet" in shown
    assert "Look for cures" not in shown


def test_asking_leads_to_how_far_it_is_and_back_to_it(people: Cast, programme: Programme) -> None:
    client = client_of(people.amina)

    response = client.post(address(programme), {"limit": "10", "provider": "p"})

    run = Run.objects.get(kind="repairs")
    assert response["Location"] == reverse("repair-run", args=[run.pk])
    shown = page_of(people.amina, address(programme))
    assert "How far is the search for cures?" in shown
    assert "0 of 5 steps done" in shown
    assert "Cancel the run" in shown
    assert "Cancel the run" not in page_of(people.vera, address(programme))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"limit": "", "provider": "p"}, "Enter how many in 100 may be parked"),
        ({"limit": "few", "provider": "p"}, "How many may be parked must be a number"),
        ({"limit": "91", "provider": "p"}, "must lie between 0 and 90 in 100"),
        ({"limit": "-1", "provider": "p"}, "must lie between 0 and 90 in 100"),
        ({"limit": "10", "provider": "nobody"}, "Choose from the list"),
        ({"limit": "10"}, "Choose a kind of provider"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_starts_nothing(
    people: Cast, programme: Programme, given: dict[str, str], told: str
) -> None:
    response = client_of(people.amina).post(address(programme), given)

    assert response.status_code == 200
    assert told in response.content.decode()
    assert not Run.objects.exists()


def test_a_draft_that_lacks_something_says_what(people: Cast, programme: Programme) -> None:
    programme.archetypes.all().delete()

    assert "Before cures can be looked for" in page_of(people.amina, address(programme))
    response = client_of(people.amina).post(address(programme), {"limit": "10", "provider": "p"})
    assert response.status_code == 200
    assert not Run.objects.exists()


def test_the_answer_comes_first_then_what_each_group_needs_then_suggestions(people: Cast, programme: Programme) -> None:
    repair_runs.finished(programme=programme)

    shown = page_of(people.vera, address(programme))

    assert "1 of 2 groups has more than 10% of its people parked at today" in shown
    assert "today&#x27;s is enough" in shown.lower()
    assert "Raise the price of “Job” for hard to £" in shown
    assert "fewer people parked over the contract" in shown
    assert "nine of ten differences lie from" in shown
    assert "Deadweight, paid for what would have happened anyway" in shown
    assert "Apply it to a copy" not in shown
    assert "Apply it to a copy of the tariff" in page_of(people.amina, address(programme))


def test_a_tariff_with_nothing_to_cure_says_so(people: Cast, programme: Programme) -> None:
    repair_runs.finished(programme=programme, limit=0.9)

    shown = page_of(people.vera, address(programme))

    assert "No group has more than 90% of its people parked: no price has to rise." in shown
    assert "Nothing to suggest" in shown


def test_a_price_beyond_what_an_outcome_is_worth_is_not_for_results(people: Cast) -> None:
    example = imported(examples.read("work-programme"), organisation=people.authority, by=people.amina)
    repair_runs.finished(programme=example)

    shown = page_of(people.vera, address(example))

    assert "there Payment by Results should not pay" in shown
    assert "Not by results" in shown
    assert "Pay for this help by a grant or a fee instead." in shown


def test_where_no_price_cures_it_says_why(people: Cast) -> None:
    capped = drafted(people, two_groups(terms={"person_cap": 2500.0}))
    repair_runs.finished(programme=capped)

    shown = page_of(people.vera, address(capped))

    assert "No price: the cap on what one person earns stands in the way" in shown
    assert "No price cures Harder." in shown


@pytest.mark.parametrize(
    ("whole", "told"),
    [
        (with_start(two_groups(reserves=60_000.0)), "“Start”"),
        (two_groups(reserves=20_000.0), "a payment upfront"),
        (
            with_start(two_groups(reserves=0.0, terms={"payment_lag_months": 6})),
            "No share that may be moved earlier is enough",
        ),
    ],
    ids=["earlier milestone", "upfront", "not enough"],
)
def test_money_that_comes_too_late_is_moved(people: Cast, whole: Any, told: str) -> None:
    programme = drafted(people, whole)
    repair_runs.finished(programme=programme)

    shown = page_of(people.vera, address(programme))

    assert "To see the contract through in 19 of 20 draws takes" in shown
    assert told in shown


def test_a_target_is_put_on_a_sliding_scale(people: Cast) -> None:
    doncaster = imported(examples.read("hmp-doncaster"), organisation=people.authority, by=people.amina)
    repair_runs.finished(programme=doncaster)

    shown = page_of(people.vera, address(doncaster))

    assert "Pay the target on a sliding scale" in shown
    assert "The target pays nothing up to 42%" in shown


def test_a_split_says_that_it_copies_the_whole_programme(people: Cast) -> None:
    shared = drafted(people, two_groups(shared=True))
    run = repair_runs.finished(programme=shared)
    client = client_of(people.amina)

    shown = page_of(people.amina, address(shared))
    told = client.post(reverse("repair-apply", args=[run.pk, "split-0"]), follow=True)

    assert "So this is applied to a copy of the whole programme" in shown
    assert "Left together, the band would overpay its easier groups by" in shown
    assert "Apply it to a copy of the programme" in shown
    assert "is a copy of the programme with the change made. It is being tested." in told.content.decode()
    assert told.request["PATH_INFO"] == reverse("incentive-run-detail", args=[Run.objects.latest("created_at").pk])


def test_applying_leads_to_the_comparison_of_the_two(people: Cast, programme: Programme) -> None:
    run = repair_runs.finished(programme=programme)

    told = client_of(people.amina).post(reverse("repair-apply", args=[run.pk, "price-1"]), follow=True)

    assert told.request["PATH_INFO"] == reverse("incentive-run-compare", args=[programme.pk])
    assert "stands beside the other tariffs" in told.content.decode()
    assert "The tariffs are being tested" in told.content.decode()


def test_a_search_older_than_the_draft_says_so_and_is_not_applied(people: Cast, programme: Programme) -> None:
    run = repair_runs.finished(programme=programme)
    programme.tariff.price_lines.update(price=2100)

    shown = page_of(people.amina, address(programme))
    told = client_of(people.amina).post(reverse("repair-apply", args=[run.pk, "price-1"]), follow=True)

    assert "The draft has changed since this was worked out." in shown
    assert "Apply it to a copy" not in shown
    assert "Look for cures again" in told.content.decode()
    assert programme.tariffs.count() == 1


def test_what_is_not_suggested_and_what_has_no_room_is_told(people: Cast, programme: Programme) -> None:
    run = repair_runs.finished(programme=programme)
    client = client_of(people.amina)

    told = client.post(reverse("repair-apply", args=[run.pk, "nonsense"]), follow=True).content.decode()
    for number in range(9):
        scenarios.add(tariff=programme.tariff, name=f"Tariff {number}", by=people.amina)
    full = client.post(reverse("repair-apply", args=[run.pk, "price-1"]), follow=True).content.decode()

    assert "This search suggests no such change." in told
    assert "A programme has at most 10 tariffs" in full


def test_a_waiting_search_cannot_be_applied(people: Cast, programme: Programme) -> None:
    run = repair_runs.queued(programme=programme)

    assert client_of(people.amina).post(reverse("repair-apply", args=[run.pk, "price-1"])).status_code == 404


def test_a_cancelled_search_and_one_of_a_tariff_that_is_gone_are_told(people: Cast, programme: Programme) -> None:
    other = scenarios.add(tariff=programme.tariff, name="Other", by=people.amina)
    run = repair_runs.queued(programme=programme, tariff=other)
    runs.cancel(run=run, by=people.amina)

    assert "This run was cancelled" in page_of(people.amina, reverse("repair-run", args=[run.pk]))
    scenarios.remove(tariff=other, by=people.amina)
    assert "has been removed" in page_of(people.amina, reverse("repair-run", args=[run.pk]))


def test_an_older_search_keeps_its_own_page(people: Cast, programme: Programme) -> None:
    first = repair_runs.finished(programme=programme)
    repair_runs.finished(programme=programme, limit=0.9)

    assert "more than 10%" in page_of(people.vera, reverse("repair-run", args=[first.pk]))
    assert "more than 90%" in page_of(people.vera, address(programme))


def test_the_start_page_names_the_search(people: Cast, programme: Programme) -> None:
    run = repair_runs.finished(programme=programme)

    shown = page_of(people.amina, "/")

    assert "Search for cures" in shown
    assert reverse("repair-run", args=[run.pk]) in shown


def test_the_pages_take_few_queries(people: Cast, programme: Programme, django_assert_max_num_queries: Any) -> None:
    run = repair_runs.finished(programme=programme)
    client = client_of(people.amina)

    for path in (address(programme), reverse("repair-run", args=[run.pk])):
        with django_assert_max_num_queries(15):
            client.get(path)


def test_what_another_version_of_the_engine_found_is_not_read(
    people: Cast, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    repair_runs.finished(programme=programme)
    found = page_of(people.amina, address(programme))

    monkeypatch.setattr(repairs, "ENGINE", "another")

    assert "Suggestions" in found
    assert "Suggestions" not in page_of(people.amina, address(programme))
