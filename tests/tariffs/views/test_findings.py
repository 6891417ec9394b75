"""Pages of the findings: reading them, accepting a warning with a reason, and taking that back."""

from typing import Any

import pytest
from django.urls import reverse

from commissioning.models import Programme
from tariffs.models import FindingAcceptance, PriceLine
from tests.factories import incentive_runs
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db
RULE = "P7"


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def address(programme: Programme, name: str = "finding-list", *more: str) -> str:
    return reverse(name, args=[programme.pk, *more])


def page(person: Any, where: str) -> str:
    response = client_of(person).get(where)
    assert response.status_code == 200
    return response.content.decode()


def seen(person: Any, programme: Programme) -> str:
    form = client_of(person).get(address(programme, "finding-accept", RULE)).context["form"]
    return str(form["seen"].value())


def accept(person: Any, programme: Programme, **given: str) -> Any:
    fields = {"seen": seen(person, programme), "reason": "The pilot will tell."} | given
    return client_of(person).post(address(programme, "finding-accept", RULE), fields)


def test_every_rule_stands_on_the_page_blocks_first(people: Cast, programme: Programme) -> None:
    text = page(people.vera, address(programme))

    assert text.count("<article") == 52
    assert "cannot be checked yet" in text
    places = [text.index(f"{heading} (") for heading in ("Warnings", "Cannot be checked yet", "Passes")]
    assert places == sorted(places)


def test_a_reader_is_not_offered_what_only_an_editor_may_do(people: Cast, programme: Programme) -> None:
    reading, editing = (page(person, address(programme)) for person in (people.vera, people.amina))

    assert "Accept this warning" not in reading
    assert reverse("details-edit", args=[programme.pk]) not in reading
    assert "It is entered under What the programme is about" in reading
    assert "Accept this warning" in editing
    assert reverse("details-edit", args=[programme.pk]) in editing


def test_one_area_is_shown_where_it_is_asked_for(people: Cast, programme: Programme) -> None:
    assert page(people.vera, address(programme) + "?area=process").count("<article") == 6
    assert page(people.vera, address(programme) + "?area=nonsense").count("<article") == 52


def test_what_is_missing_leads_to_where_it_is_entered(people: Cast, programme: Programme) -> None:
    text = page(people.amina, address(programme))

    assert reverse("case-question", args=[programme.pk, "freedom"]) in text
    assert reverse("fact-edit", args=[programme.pk, "verifier"]) in text
    assert reverse("fact-edit", args=[programme.pk, "verifier"]) not in page(people.vera, address(programme))


def test_the_page_says_that_there_is_no_run_and_then_which(people: Cast, programme: Programme) -> None:
    before = page(people.amina, address(programme))
    run = incentive_runs.finished(programme=programme)

    after = page(people.amina, address(programme))

    assert reverse("incentive-run-create", args=[programme.pk]) in before
    assert reverse("incentive-run-detail", args=[run.pk]) in after
    assert "Chance of running out of money" in after
    assert "Chance of running out of money" not in before


def test_an_accepted_warning_is_shown_to_all_readers_with_its_reason(people: Cast, programme: Programme) -> None:
    response = accept(people.amina, programme)

    text = page(people.vera, address(programme))
    assert response.status_code == 302
    assert "Accepted warnings (1)" in text
    assert "The pilot will tell." in text
    assert "1 warning accepted" in text


def test_an_acceptance_falls_away_visibly_when_the_figures_change(people: Cast, programme: Programme) -> None:
    accept(people.amina, programme)
    PriceLine.objects.filter(tariff=programme.tariff).update(price=5000)

    text = page(people.vera, address(programme))

    assert "Accepted warnings" not in text
    assert "No longer accepted:" in text
    assert "The pilot will tell." in text


def test_who_accepts_again_finds_the_reason_given_before(people: Cast, programme: Programme) -> None:
    accept(people.amina, programme)

    assert "The pilot will tell." in page(people.bob, address(programme, "finding-accept", RULE))
    accept(people.bob, programme, reason="Still so")
    row = FindingAcceptance.objects.get()
    assert (row.reason, row.accepted_by) == ("Still so", people.bob)


def test_a_reason_is_needed(people: Cast, programme: Programme) -> None:
    response = accept(people.amina, programme, reason=" ")

    assert "Say why you accept the warning" in response.content.decode()
    assert not FindingAcceptance.objects.exists()


@pytest.mark.promise("B8")
def test_nothing_typed_is_lost_where_the_figures_changed_meanwhile(people: Cast, programme: Programme) -> None:
    response = accept(people.amina, programme, seen="another")

    text = response.content.decode()
    assert "The figures changed while you wrote" in text
    assert "The pilot will tell." in text
    assert response.context["form"]["seen"].value() == seen(people.amina, programme)
    assert not FindingAcceptance.objects.exists()


def test_what_is_no_warning_cannot_be_accepted(people: Cast, programme: Programme) -> None:
    response = client_of(people.amina).get(address(programme, "finding-accept", "S4"), follow=True)

    assert "nothing to accept" in response.content.decode()


@pytest.mark.parametrize("name", ["finding-accept", "finding-withdraw"])
def test_there_are_no_other_rules(people: Cast, programme: Programme, name: str) -> None:
    assert client_of(people.amina).post(address(programme, name, "X1")).status_code == 404


def test_an_acceptance_is_taken_back(people: Cast, programme: Programme) -> None:
    accept(people.amina, programme)

    response = client_of(people.bob).post(address(programme, "finding-withdraw", RULE), follow=True)

    assert "The warning counts again." in response.content.decode()
    assert not FindingAcceptance.objects.exists()


def test_a_draft_with_nothing_in_it_is_checked(people: Cast, programme: Programme) -> None:
    programme.groups.all().delete()
    programme.archetypes.all().delete()

    assert page(people.amina, address(programme)).count("<article") == 52


def test_the_programme_says_how_it_stands_before_the_rules(people: Cast, programme: Programme) -> None:
    text = page(people.vera, reverse("programme-detail", args=[programme.pk]))

    assert address(programme) in text
    assert "warnings" in text


def test_the_page_takes_few_queries(people: Cast, programme: Programme, django_assert_max_num_queries: Any) -> None:
    incentive_runs.finished(programme=programme)
    accept(people.amina, programme)
    client = client_of(people.amina)

    with django_assert_max_num_queries(15):
        client.get(address(programme))
