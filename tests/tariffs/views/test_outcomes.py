"""The outcome framework: every step with its measures, what is missing, and figures noted for the findings."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from commissioning.models import MeasureCard, Programme
from tariffs import queries, services
from tariffs.models import Fact, PriceLine
from tests.factories import measures
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported, small_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def page_of(people: Cast, programme: Programme) -> str:
    return client_of(people.amina).get(reverse("outcome-framework", args=[programme.pk])).content.decode()


def figures_of(programme: Programme) -> queries.measure_figures.Figures:
    fresh = Programme.objects.get(pk=programme.pk)
    cards = tuple(MeasureCard.objects.filter(programme=programme).select_related("milestone"))
    return queries.measure_figures.figures(queries.programmes.to_core(fresh), cards)


def noted(people: Cast, programme: Programme, seen: str | None = None) -> str:
    client = client_of(people.amina)
    given = {"seen": figures_of(programme).seen if seen is None else seen}
    return client.post(reverse("outcome-note", args=[programme.pk]), given, follow=True).content.decode()


def severity(programme: Programme, rule: str) -> Any:
    line = queries.findings.of_programme(Programme.objects.get(pk=programme.pk)).line(rule)
    assert line is not None
    return line.finding.severity


def test_every_step_shows_its_measures_and_those_without_are_pointed_out(people: Cast, programme: Programme) -> None:
    measures.whole(programme, by=people.amina)
    measures.added(programme, by=people.amina, name="Feels better", use="valued")
    measures.added(programme, by=people.amina, name="Calls", state="dropped", state_reason="It counts work.")

    page = page_of(people, programme)

    assert "For 1 of 3 steps a measure says how you would know." in page
    assert page.count("Nothing says how you would know this.") == 2
    assert "Jobs nearby, and buses to them." in page
    assert page.index("is no step of the way") < page.index("Feels better") < page.index("It counts work.")
    assert "6 months after Start. It has a price." in page and "Together with referral. It has no price." in page


def test_a_programme_without_steps_says_where_to_start(people: Cast) -> None:
    values = {"name": "New", "referral_months": 12, "contract_months": 24}
    empty = services.starts.from_nothing(organisation=people.authority, values=values, key=uuid4(), by=people.amina)

    page = page_of(people, empty)

    assert "The way is not written yet" in page and "Write the steps" in page
    assert "Groups, kinds of provider and the final outcome" in page


def test_figures_wait_for_a_card_of_every_priced_step_and_for_what_cards_leave_open(
    people: Cast, programme: Programme
) -> None:
    before = figures_of(programme)
    measures.added(programme, by=people.amina, at="job", name="In work")

    after = figures_of(programme)

    assert before.lacking == ("A measure for “Job”, which has a price",)
    assert after.lacking == (
        "What one claim costs, on “In work”",
        "Who verifies it, on “In work”",
        "What it is for, on “In work”",
    )
    assert "which has a price" not in page_of(people, programme).split("What the findings can take")[1]


def test_a_dropped_card_does_not_count(people: Cast, programme: Programme) -> None:
    measures.whole(programme, by=people.amina, state="dropped", state_reason="No records.")

    assert figures_of(programme).lacking == ("A measure for “Job”, which has a price",)


def test_where_nothing_is_expected_to_be_paid_there_is_no_figure(people: Cast) -> None:
    document = small_document()
    document["tariff"]["prices"] = []
    free = imported(document, organisation=people.authority, by=people.amina)
    measures.whole(free, by=people.amina)

    assert figures_of(free).lacking == ("A price: nothing is expected to be paid for any milestone",)


def test_figures_are_noted_with_their_cards_and_the_findings_count_them(people: Cast, programme: Programme) -> None:
    measures.whole(programme, by=people.amina, verifier="provider", state="agreed")
    measures.added(programme, by=people.amina, name="Feels better", use="valued")
    before = [severity(programme, rule) for rule in ("I10", "I13")]

    page = noted(people, programme)

    facts = {fact.question: fact for fact in Fact.objects.all()}
    assert "The figures are noted." in page
    assert before == ["unknown", "unknown"]
    assert [severity(programme, rule) for rule in ("I10", "I13")] == ["warn", "warn"]
    assert (facts["verifier"].value, facts["unpriced"].value) == (1, 1)
    assert 0.01 < facts["verification-share"].value < 0.02
    source = facts["verifier"].source
    assert "2 measure cards, of which 1 agreed: In work for half a year, Feels better." in source
    assert facts["verifier"].noted_by == people.amina


def test_one_other_who_verifies_is_enough_and_all_claims_of_a_step_cost(people: Cast, programme: Programme) -> None:
    measures.whole(programme, by=people.amina, verifier="provider")
    alone = {each.question: each.value for each in figures_of(programme).found}
    measures.whole(programme, by=people.amina, name="Says so", verifier="person")

    both = {each.question: each.value for each in figures_of(programme).found}

    assert (alone["verifier"], both["verifier"]) == (1, 0)
    assert both["verification-share"] == pytest.approx(2 * alone["verification-share"])


def test_figures_that_changed_since_they_were_read_are_not_noted(people: Cast, programme: Programme) -> None:
    measures.whole(programme, by=people.amina)
    seen = figures_of(programme).seen
    PriceLine.objects.filter(tariff=programme.tariff, price_band="A").update(price=500)

    page = noted(people, programme, seen)

    assert "The figures have changed since you read them." in page
    assert not Fact.objects.exists()


def test_figures_that_cannot_be_worked_out_are_not_noted(people: Cast, programme: Programme) -> None:
    page = noted(people, programme)

    assert "The figures cannot be worked out yet." in page
    assert not Fact.objects.exists()


def test_whoever_may_not_edit_notes_nothing(people: Cast, programme: Programme) -> None:
    measures.whole(programme, by=people.amina)

    with pytest.raises(PermissionDenied):
        services.measures.note(programme=programme, seen=figures_of(programme).seen, by=people.vera)

    assert not Fact.objects.exists()


def test_a_source_names_as_many_cards_as_fit(people: Cast, programme: Programme) -> None:
    measures.whole(programme, by=people.amina)
    for number in range(30):
        measures.added(programme, by=people.amina, name=f"{number:02} {'long name ' * 8}", use="valued")

    noted(people, programme)

    source = Fact.objects.get(question="unpriced").source
    assert "31 measure cards, of which 0 agreed" in source
    assert source.count("long name") > 8 and " more. Claims and payments" in source
    assert len(source) <= 1000


@pytest.mark.parametrize("method", ["get", "head"])
def test_noting_is_a_post(people: Cast, programme: Programme, method: str) -> None:
    response = getattr(client_of(people.amina), method)(reverse("outcome-note", args=[programme.pk]))

    assert response.status_code == 405
