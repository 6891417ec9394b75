"""Pages of what is known beside the draft: answering, both texts, and what the findings make of it."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from commissioning.models import AuditEntry, Programme
from tariffs import queries, services
from tariffs.forms.facts import form_for
from tariffs.models import Fact
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported
from tests.tariffs.views.test_parts import fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    return imported(organisation=people.authority, by=people.amina)


def address(programme: Programme, question: str = "overlap") -> str:
    return reverse("fact-edit", args=[programme.pk, question])


def answered(people: Cast, path: str, **typed: str) -> str:
    client = client_of(people.amina)
    return client.post(path, fields(client, path) | typed, follow=True).content.decode()


def found(programme: Programme, rule: str) -> str:
    line = queries.findings.of_programme(Programme.objects.get(pk=programme.pk)).line(rule)
    assert line is not None
    return f"{line.finding.severity}: {line.finding.found}"


def test_an_answer_is_saved_with_its_source_and_the_findings_count_it(people: Cast, programme: Programme) -> None:
    before = found(programme, "P11")

    page = answered(people, address(programme), value="16.7", source="Audit of 2026")

    assert before.startswith("unknown")
    assert found(programme, "P11") == "warn: Another programme pays too for 17% of people."
    assert "16.7%" in page and "Audit of 2026" in page and "Noted by" in page
    fact = Fact.objects.get()
    assert (fact.value, fact.noted_by) == (Decimal("0.167"), people.amina)
    entry = AuditEntry.objects.filter(action="noted a fact").get()
    assert entry.detail["question"] == "overlap"


@pytest.mark.parametrize(
    ("question", "typed", "said"),
    [
        ("unpriced", "2", "2"),
        ("need-ratio", "3.5", "3.5"),
        ("entry", "1", "Yes"),
        ("assessor", "0", "No"),
        ("verifier", "12.5", "12.5%"),
    ],
)
def test_each_kind_of_answer_reads_back_as_it_was_typed(
    people: Cast, programme: Programme, question: str, typed: str, said: str
) -> None:
    page = answered(people, address(programme, question), value=typed, source="A note")

    row = Fact.objects.get()
    assert f">{said}<" in page
    assert form_for(question).shown(row)["value"] == typed


def test_each_kind_of_provider_has_its_own_income(people: Cast, programme: Programme) -> None:
    archetype = programme.archetypes.get(place=0)
    path = reverse("provider-fact-edit", args=[programme.pk, "income", archetype.pk])

    page = answered(people, path, value="450,000.50", source="Accounts")

    assert "£450,000.50" in page
    assert Fact.objects.get().part == archetype.key
    assert not found(programme, "F4").startswith("unknown")


def test_an_answer_that_is_emptied_is_not_known_again(people: Cast, programme: Programme) -> None:
    answered(people, address(programme), value="5", source="A note")

    answered(people, address(programme), value="")

    assert Fact.objects.get().value is None
    assert found(programme, "P11").startswith("unknown")


@pytest.mark.promise("B1")
@pytest.mark.parametrize(
    ("question", "typed", "error"),
    [
        ("overlap", {"value": "101", "source": "A note"}, "The answer must be from 0 in 100 to 100 in 100"),
        ("overlap", {"value": "a lot", "source": "A note"}, "Enter the answer as a number, like 17"),
        ("overlap", {"value": "5"}, "Say where you know this from"),
        ("unpriced", {"value": "1.5", "source": "A note"}, "The answer must be a whole number, like 2"),
        ("entry", {"value": "2", "source": "A note"}, "Choose an answer from the list"),
        ("need-ratio", {"value": "0.5", "source": "A note"}, "The answer must be from 1 to 1,000,000"),
    ],
)
def test_a_wrong_answer_is_refused_beside_its_field_and_stays_typed(
    people: Cast, programme: Programme, question: str, typed: dict[str, str], error: str
) -> None:
    page = answered(people, address(programme, question), **typed)

    assert error in page
    assert typed.get("source", "") in page
    assert not Fact.objects.exclude(value=None).exists()


def test_two_who_answer_at_once_see_both_texts(people: Cast, programme: Programme) -> None:
    first, path = client_of(people.amina), address(programme)
    opened = fields(first, path)
    answered(people, path, value="5", source="Hers")

    response = first.post(path, opened | {"value": "7", "source": "Mine"})

    assert response.status_code == 409
    assert "Hers" in response.content.decode() and "Mine" in response.content.decode()
    assert Fact.objects.get().source == "Hers"


@pytest.mark.promise("S1")
def test_a_question_that_is_not_asked_is_not_found(people: Cast, programme: Programme) -> None:
    client, other = client_of(people.amina), imported(organisation=people.elsewhere, by=people.charlie)
    strange = other.archetypes.get(place=0)

    for path in (
        address(programme, "nonsense"),
        address(programme, "income"),
        reverse("provider-fact-edit", args=[programme.pk, "overlap", programme.archetypes.get(place=0).pk]),
        reverse("provider-fact-edit", args=[programme.pk, "income", strange.pk]),
        address(other),
    ):
        assert client.get(path).status_code == 404


def test_the_service_refuses_readers_and_questions_that_there_are_not(people: Cast, programme: Programme) -> None:
    form = form_for("overlap")({"value": "5", "source": "A note"}, by=people.vera)
    assert form.is_valid()

    with pytest.raises(PermissionDenied):
        services.facts.note(programme=programme, question="overlap", archetype=None, edit=form.edit(), by=people.vera)
    for question in ("nonsense", "income"):
        with pytest.raises(ValidationError):
            services.facts.note(
                programme=programme, question=question, archetype=None, edit=form.edit(), by=people.amina
            )


def test_the_database_refuses_a_fact_without_a_source(programme: Programme) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Fact.objects.create(programme=programme, question="overlap", value=1)


def test_a_reader_sees_the_answers_and_no_way_to_change_them(people: Cast, programme: Programme) -> None:
    answered(people, address(programme), value="5", source="A note")

    page = client_of(people.vera).get(reverse("fact-list", args=[programme.pk])).content.decode()

    assert "A note" in page
    assert address(programme) not in page


def test_the_list_takes_few_queries(people: Cast, programme: Programme, django_assert_max_num_queries) -> None:
    client = client_of(people.amina)

    with django_assert_max_num_queries(15):
        client.get(reverse("fact-list", args=[programme.pk]))


def test_the_file_of_what_is_known_finds_the_same_on_the_command_line(people: Cast, programme: Programme) -> None:
    answered(people, address(programme), value="5", source="A note")

    known = client_of(people.vera).get(reverse("finding-known", args=[programme.pk])).json()

    assert known == {"answers": {}, "facts": [{"question": "overlap", "value": 0.05}], "thresholds": {}}
