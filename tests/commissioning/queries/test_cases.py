"""What the pages of a case read, and in how many queries."""

from typing import Any

import pytest

from commissioning import queries
from commissioning.core.case_questions import questions
from commissioning.services import cases as service
from tests.factories import cases
from tests.factories.commissioning import Cast, cast, member
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db
TOTAL = len(questions())


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Any:
    return imported(organisation=people.authority, by=people.amina)


def test_the_overview_shows_every_question_in_one_query(people: Cast, programme: Any, django_assert_num_queries: Any):
    cases.answered(programme=programme, by=people.amina, owner_name="Head of housing")
    cases.brought(programme=programme, by=people.amina)

    with django_assert_num_queries(1):
        case = queries.cases.overview(programme)

    lines = {line.question.key: line for part in case.parts for line in part.lines}
    assert len(lines) == TOTAL
    assert lines["control"].status == "No"
    assert lines["control"].hint == "Head of housing, 1 piece of evidence"
    assert lines["cohort"].status == "Not started"
    assert case.first_open == next(iter(questions().values()))


def test_an_answer_without_evidence_says_so(people: Cast, programme: Any):
    cases.answered(programme=programme, by=people.amina, owner_name="")

    lines = [line for part in queries.cases.overview(programme).parts for line in part.lines]

    assert next(line.hint for line in lines if line.status == "No") == "no owner yet, no evidence yet"


def test_a_full_case_has_no_open_question(people: Cast, programme: Any):
    for key in questions():
        cases.answered(programme=programme, by=people.amina, question=key, answer="yes")

    case = queries.cases.overview(programme)

    assert case.first_open is None
    assert queries.cases.standing(programme, queries.cases.answers(programme)).status == "Ready to conclude"


def test_the_standing_follows_the_case_in_at_most_two_queries(
    people: Cast, programme: Any, django_assert_num_queries: Any
):
    with django_assert_num_queries(2):
        nothing = queries.cases.standing(programme, queries.cases.answers(programme))
    cases.answered(programme=programme, by=people.amina)
    begun = queries.cases.standing(programme, queries.cases.answers(programme))
    cases.concluded(programme=programme, by=people.amina)
    read_along = type(programme).objects.select_related("case_conclusion").get(pk=programme.pk)
    with django_assert_num_queries(1):
        concluded = queries.cases.standing(read_along, queries.cases.answers(programme))

    assert (nothing.status, nothing.colour) == ("Not started", "grey")
    assert (begun.status, begun.colour) == (f"1 of {TOTAL} answered", "blue")
    assert (concluded.status, concluded.colour) == ("Do not use Payment by Results here", "red")
    assert concluded.hint == begun.hint


def test_what_is_weighed_has_what_speaks_against_first(people: Cast, programme: Any, django_assert_num_queries: Any):
    cases.answered(programme=programme, by=people.amina, question="cohort", answer="yes", reasoning="Jobcentres refer.")
    cases.answered(programme=programme, by=people.amina)

    with django_assert_num_queries(1):
        sentence, groups = queries.cases.weighed(programme)

    assert sentence.startswith(f"2 of {TOTAL} questions are answered")
    assert [group.heading for group in groups] == ["Against", "Not known yet", "For"]
    assert groups[0].answers[0][1] == "Housing decides it."


def test_an_owner_who_left_can_still_be_read(people: Cast, programme: Any):
    eve = member(people.authority, "editor", "Eve")
    answer = cases.answered(programme=programme, by=people.amina)
    answer.owner = eve
    answer.save()
    eve.memberships.all().delete()

    found = queries.cases.answer(programme, "control")

    assert {"Amina", "Bob", "Eve", "Vera"} == {str(each) for each in queries.cases.possible_owners(found)}


def test_evidence_is_seen_by_members_and_changed_by_editors(people: Cast, programme: Any):
    cases.brought(programme=programme, by=people.amina)

    seen = {name: queries.cases.evidence_visible_to(getattr(people, name)).count() for name in ("amina", "vera")}
    changed = {name: queries.cases.evidence_editable_by(getattr(people, name)).count() for name in ("amina", "vera")}

    assert seen == {"amina": 1, "vera": 1}
    assert changed == {"amina": 1, "vera": 0}
    assert not queries.cases.evidence_visible_to(people.charlie).exists()


def test_a_published_text_reads_back_as_it_was(people: Cast, programme: Any):
    cases.answered(programme=programme, by=people.amina)
    cases.brought(programme=programme, by=people.amina, title="A report", url="https://example.org/")
    conclusion = cases.concluded(programme=programme, by=people.amina, instead_how="Yearly.")

    content = queries.published_cases.read(cases.published(conclusion=conclusion, by=people.bob).content)

    assert (content.authority, content.programme) == ("Anytown Council", "Back to work")
    assert (content.instead_words, content.instead_how) == ("A grant", "Yearly.")
    assert [group.heading for group in content.groups] == ["Against", "Not known yet"]
    assert content.groups[0].questions[0]["evidence"] == [{"title": "A report", "url": "https://example.org/"}]
    assert content.sentence.startswith(f"1 of {TOTAL} questions is answered")


def test_the_public_list_has_the_newest_edition_of_each_case_that_stands(people: Cast, programme: Any):
    conclusion = cases.concluded(programme=programme, by=people.amina)
    cases.published(conclusion=conclusion, by=people.bob)
    cases.answered(programme=programme, by=people.amina)
    second = cases.published(conclusion=conclusion, by=people.bob)
    other = imported(organisation=people.authority, by=people.amina)
    gone = cases.concluded(programme=other, by=people.amina)
    cases.published(conclusion=gone, by=people.bob)
    service.withdraw(conclusion=gone, reason="A mistake", by=people.bob)

    assert list(queries.published_cases.open_now()) == [second]
