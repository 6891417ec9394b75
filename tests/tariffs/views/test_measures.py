"""Pages of measure cards: what they show to whom, bad input beside its field, both texts, and few queries."""

from typing import Any

import pytest
from django.urls import reverse

from commissioning.models import MeasureCard, Programme
from tariffs.forms.measures import MeasureForm
from tariffs.models import OwnThreshold
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
def card(people: Cast, programme: Programme) -> MeasureCard:
    return measures.whole(programme, by=people.amina)


def page_of(people: Cast, path: str) -> str:
    return client_of(people.amina).get(path).content.decode()


def typed(people: Cast, path: str, **given: str) -> Any:
    client = client_of(people.amina)
    return client.post(path, fields(client, path) | given)


def address(route: str, thing: Any) -> str:
    return reverse(route, args=[thing.pk])


@pytest.mark.parametrize("route", ["outcome-framework", "measure-list", "programme-detail"])
def test_a_page_takes_few_queries_however_many_cards_there_are(
    route: str, people: Cast, programme: Programme, django_assert_max_num_queries: Any
) -> None:
    milestone = programme.milestones.get(key="job")
    MeasureCard.objects.bulk_create(
        MeasureCard(programme=programme, name=f"Measure {number}", milestone=milestone) for number in range(60)
    )
    client = client_of(people.amina)

    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(address(route, programme))

    assert response.status_code == 200


@pytest.mark.parametrize("route", ["measure-detail", "measure-edit", "measure-decide", "measure-remove"])
def test_a_page_of_one_card_takes_few_queries(
    route: str, people: Cast, card: MeasureCard, django_assert_max_num_queries: Any
) -> None:
    client = client_of(people.amina)

    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(address(route, card))

    assert response.status_code == 200


def test_a_new_measure_needs_a_name_and_leads_to_its_stress_test(people: Cast, programme: Programme) -> None:
    path = address("measure-create", programme)

    refused = typed(people, path, name="", outcome="I have a job").content.decode()
    made = typed(people, path, name="In work", outcome="I have a job", use="paid")

    assert "Enter the name of the measure" in refused and "I have a job" in refused
    card = MeasureCard.objects.get()
    assert made.headers["Location"] == card.get_absolute_url()
    assert "11 missing, 1 doubtful, 1 that cannot be judged from the card" in page_of(people, card.get_absolute_url())


def test_a_measure_can_be_started_at_a_step(people: Cast, programme: Programme) -> None:
    step = programme.milestones.get(key="job")
    path = f"{address('measure-create', programme)}?milestone={step.pk}"
    client = client_of(people.amina)

    client.post(path, fields(client, path) | {"name": "In work"})

    assert MeasureCard.objects.get().milestone == step


def test_a_name_that_is_taken_is_refused_and_nothing_typed_is_lost(people: Cast, card: MeasureCard) -> None:
    path = address("measure-create", card.programme)

    page = typed(people, path, name=card.name, outcome="Something else").content.decode()

    assert "There is a measure of this name already" in page
    assert "Something else" in page


def test_saving_a_whole_card_unchanged_changes_nothing(people: Cast, card: MeasureCard) -> None:
    before = MeasureCard.objects.values().get()

    response = typed(people, address("measure-edit", card))

    assert response.status_code == 302
    assert MeasureCard.objects.values().get() == before


def test_everything_on_a_card_can_be_written(people: Cast, card: MeasureCard) -> None:
    group, milestone = card.programme.groups.get(key="b"), card.programme.milestones.get(key="stay")
    said = {
        "for_whom": str(group.pk),
        "milestone": str(milestone.pk),
        "cost_of_claim": "£12.50",
        "lag_months": "",
        "verifier": "body",
        "reference_scheme": "ichi",
        "reference": "PZA.AA.ZZ",
        "depends_on": "A place to live",
        "own_outcomes": "2",
        "own_agreement": "An advocate and the key worker, within 6 weeks",
        "own_record": "The person's own plan",
    }

    typed(people, address("measure-edit", card), **said)

    saved = MeasureCard.objects.get()
    assert MeasureForm.shown(saved) == MeasureForm.shown(card) | said | {"cost_of_claim": "12.50"}
    page = page_of(people, saved.get_absolute_url())
    assert "ICHI (health interventions): PZA.AA.ZZ" in page
    assert "Each person defines 2 outcomes" in page and "The person&#x27;s own plan" in page
    assert "Who agrees with the person what counts for them" in page
    assert "£220" in page
    assert "It is not said how long after the work it is known." in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "x" * 121}, "The name of the measure must be 120 characters or fewer"),
        ({"name": "a\0b"}, "Remove the null characters from the name of the measure"),
        ({"definition": "x" * 10_001}, "Use at most 10,000 characters"),
        ({"cost_of_claim": "cheap"}, "Enter the cost of one claim as a number, like 25"),
        ({"cost_of_claim": "-1"}, "The cost of one claim must be from £0 to £1 million million"),
        ({"lag_months": "1.5"}, "The number of months must be a whole number, like 6"),
        ({"lag_months": "601"}, "The number of months must be from 0 to 600"),
        ({"verifier": "me"}, "Choose an answer from the list"),
        ({"milestone": "3f0f7e0c-0000-4000-8000-000000000000"}, "Choose a step from the list"),
        ({"for_whom": "nobody"}, "Choose whom it is for from the list"),
        ({"reference": "3.1"}, "Choose the scheme that the reference belongs to"),
        ({"reference_scheme": "ons"}, "Enter the reference in that scheme"),
        ({"reference_scheme": "sdg", "reference": "3.1"}, "Choose a scheme from the list"),
        ({"reference_scheme": "ons", "reference": "x" * 201}, "The reference must be 200 characters or fewer"),
    ],
    ids=lambda given: "-".join(given) if isinstance(given, dict) else "",
)
def test_bad_input_is_named_beside_its_field(people: Cast, card: MeasureCard, given: dict[str, str], said: str) -> None:
    before = MeasureCard.objects.values().get()

    response = typed(people, address("measure-edit", card), **given)

    assert response.status_code == 200
    assert said in response.content.decode()
    assert MeasureCard.objects.values().get() == before


def test_of_two_who_change_the_same_words_the_later_sees_both(people: Cast, card: MeasureCard) -> None:
    client, path = client_of(people.bob), address("measure-edit", card)
    opened = fields(client, path)
    typed(people, path, unit="one person, each month")

    response = client.post(path, opened | {"unit": "one household", "gaming_guard": "A sample"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "one person, each month" in page and "one household" in page and "A sample" in page


def test_dropping_a_card_needs_a_reason_which_its_page_shows(people: Cast, card: MeasureCard) -> None:
    path = address("measure-decide", card)

    refused = typed(people, path, state="dropped").content.decode()
    too_long = typed(people, path, state="dropped", state_reason="x" * 10_001).content.decode()
    typed(people, path, state="dropped", state_reason="Nobody can check it.")

    assert "Say why it is dropped" in refused
    assert "Use at most 10,000 characters" in too_long and "Say why it is dropped" not in too_long
    assert "<strong>Dropped:</strong> Nobody can check it." in page_of(people, card.get_absolute_url())


def test_a_decision_of_two_at_once_shows_both(people: Cast, card: MeasureCard) -> None:
    client, path = client_of(people.bob), address("measure-decide", card)
    opened = fields(client, path)
    typed(people, path, state="agreed")

    response = client.post(path, opened | {"state": "discussion"})

    assert response.status_code == 409
    assert MeasureCard.objects.get().state == "agreed"


def test_a_card_is_removed_but_not_while_it_is_agreed(people: Cast, card: MeasureCard) -> None:
    MeasureCard.objects.update(state="agreed")
    client, path = client_of(people.amina), address("measure-remove", card)

    asked = client.get(path).content.decode()
    kept = client.post(path, follow=True).content.decode()
    MeasureCard.objects.update(state="idea")
    gone = client.post(path, follow=True).content.decode()

    assert "It cannot be removed now" in asked
    assert "It cannot be removed: It is agreed." in kept
    assert "is removed." in gone and "There is no measure yet." in gone


def test_a_card_is_held_against_the_price_of_its_step_and_the_authoritys_own_line(
    people: Cast, card: MeasureCard
) -> None:
    before = page_of(people, card.get_absolute_url())
    OwnThreshold.objects.create(
        organisation=people.authority, key="S1_verification_share", value=0.01, reason="Small", set_by=people.bob
    )

    after = page_of(people, card.get_absolute_url())

    assert "A claim costs £20, 2% of the £1,000 that the lowest price pays." in before
    assert "7 more are answered, for you to judge." in before
    assert "the line is at 1%" in after


def test_a_viewer_reads_and_is_offered_nothing_to_change(people: Cast, card: MeasureCard) -> None:
    client = client_of(people.vera)

    pages = [
        client.get(address("measure-list", card.programme)).content.decode(),
        client.get(card.get_absolute_url()).content.decode(),
        client.get(address("outcome-framework", card.programme)).content.decode(),
    ]

    assert all(card.name in page for page in pages)
    assert not any("Add a measure" in page or "Change this measure" in page or "Note these" in page for page in pages)


def test_a_long_list_is_paged(people: Cast, programme: Programme) -> None:
    MeasureCard.objects.bulk_create(MeasureCard(programme=programme, name=f"Measure {each:02}") for each in range(30))

    assert page_of(people, address("measure-list", programme)).count('data-label="State"') == 25
    assert page_of(people, f"{address('measure-list', programme)}?page=2").count('data-label="State"') == 5


def test_the_programmes_page_counts_measures_but_not_those_dropped(people: Cast, card: MeasureCard) -> None:
    measures.added(card.programme, by=people.amina, name="Calls", state="dropped", state_reason="It counts work.")
    measures.added(card.programme, by=people.amina, name="Stays", state="agreed")

    assert "2 measures, 1 agreed" in page_of(people, address("programme-detail", card.programme))
