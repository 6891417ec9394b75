"""Pages of a case: what they show to whom, bad input beside its field, and few queries."""

from typing import Any

import pytest
from django.urls import reverse

from commissioning.core.case_questions import questions
from commissioning.models import CaseAnswer, CaseConclusion
from tests.factories import cases
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.tariffs import imported

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Any:
    return imported(organisation=people.authority, by=people.amina)


def address(programme: Any, route: str = "case-question", question: str = "control") -> str:
    return reverse(route, args=[programme.pk, question] if route.endswith(("question", "create")) else [programme.pk])


def sent(**typed: str) -> dict[str, str]:
    """Write what a browser sends that shows a question nobody has answered."""
    return {"was-answer": "unknown", "answer": "unknown", **typed}


@pytest.mark.parametrize("route", ["case-detail", "case-question", "case-conclusion"])
def test_a_page_of_the_case_takes_few_queries(
    route: str, people: Cast, programme: Any, django_assert_max_num_queries: Any
):
    for key in questions():
        cases.answered(programme=programme, by=people.amina, question=key)
    for number in range(5):
        cases.brought(programme=programme, by=people.amina, title=f"Paper {number}", text="Words")
    cases.concluded(programme=programme, by=people.amina)
    client = client_of(people.bob)

    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(address(programme, route))

    assert response.status_code == 200


def test_an_answer_leads_to_the_next_question_and_the_last_to_the_case(people: Cast, programme: Any):
    client, keys = client_of(people.amina), list(questions())

    first = client.post(address(programme, question=keys[0]), sent(answer="yes"))
    last = client.post(address(programme, question=keys[-1]), sent(answer="yes"))

    assert first.headers["Location"] == address(programme, question=keys[1])
    assert last.headers["Location"] == address(programme, "case-detail")


def test_one_button_saves_and_leads_to_evidence(people: Cast, programme: Any):
    response = client_of(people.amina).post(address(programme), sent(answer="no", evidence="Save and add evidence"))

    assert response.headers["Location"] == address(programme, "case-evidence-create")
    assert CaseAnswer.objects.get().answer == "no"


def test_owner_and_day_are_kept_and_shown_again(people: Cast, programme: Any):
    client = client_of(people.amina)
    typed = {"owner": str(people.bob.pk), "due_on_0": "27", "due_on_1": "3", "due_on_2": "2027"}

    client.post(address(programme), sent(**typed))
    page = client.get(address(programme)).content.decode()

    answer = CaseAnswer.objects.get()
    assert (answer.owner, str(answer.due_on)) == (people.bob, "2027-03-27")
    assert f'value="{people.bob.pk}" selected' in page
    assert 'value="2027"' in page


@pytest.mark.promise("B1")
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"answer": ""}, "Choose an answer"),
        ({"answer": "maybe"}, "Choose an answer from the list"),
        ({"owner": "nobody"}, "Choose a member of your organisation, or type a name below"),
        ({"owner_name": "x" * 121}, "Use at most 120 characters"),
        ({"reasoning": "x" * 10_001}, "Use at most 10,000 characters"),
        ({"reasoning": "a\x00b"}, "Remove the null characters"),
        ({"due_on_0": "31", "due_on_1": "2", "due_on_2": "2027"}, "Enter a real date, for example 27 3 2026"),
    ],
)
def test_bad_input_stands_beside_its_field_and_nothing_typed_is_lost(
    typed: dict[str, str], words: str, people: Cast, programme: Any
):
    response = client_of(people.amina).post(address(programme), sent(**{"reasoning": "Kept words", **typed}))

    page = response.content.decode()
    assert response.status_code == 200
    assert words in page
    assert "reasoning" in typed or "Kept words" in page
    assert not CaseAnswer.objects.exists()


def test_a_member_and_a_name_together_are_refused(people: Cast, programme: Any):
    typed = sent(owner=str(people.bob.pk), owner_name="Eve")

    page = client_of(people.amina).post(address(programme), typed).content.decode()

    assert "Choose a member above or type a name, not both" in page


def test_a_colleague_who_saves_later_sees_both_texts(people: Cast, programme: Any):
    client_of(people.amina).post(address(programme), sent(answer="no", reasoning="Hers"))

    response = client_of(people.bob).post(address(programme), sent(answer="yes", reasoning="His"))

    page = response.content.decode()
    assert response.status_code == 409
    assert "Amina changed the same while you were editing" in page
    assert "Saved now: <strong>Hers</strong>" in page
    assert "You typed: <strong>His</strong>" in page


def test_a_viewer_reads_and_finds_no_form(people: Cast, programme: Any):
    cases.answered(programme=programme, by=people.amina)
    cases.brought(programme=programme, by=people.amina)
    client = client_of(people.vera)

    pages = [client.get(address(programme, route)).content.decode() for route in ("case-question", "case-conclusion")]

    assert "Housing decides it." in pages[0]
    assert "Remove" not in pages[0]
    assert all('name="reason' not in page for page in pages)


@pytest.mark.parametrize("route", ["case-question", "case-evidence-create"])
def test_a_question_that_is_not_asked_has_no_page(route: str, people: Cast, programme: Any):
    response = client_of(people.amina).get(address(programme, route, "weather"))

    assert response.status_code == 404


def test_what_people_type_is_shown_as_text_and_not_as_code(people: Cast, programme: Any):
    nasty = "<script>alert(1)</script>"
    cases.answered(programme=programme, by=people.amina, reasoning=nasty, owner_name=nasty)
    cases.brought(programme=programme, by=people.amina, title=nasty, text=nasty)
    cases.concluded(programme=programme, by=people.amina, reasons=nasty)

    for route in ("case-detail", "case-question", "case-conclusion"):
        assert nasty not in client_of(people.vera).get(address(programme, route)).content.decode()


def test_a_conclusion_is_saved_and_can_be_read_by_viewers(people: Cast, programme: Any):
    typed = {"decision": "refuse", "reasons": "Too little is known.", "instead": "fee", "instead_how": "By the hour."}

    response = client_of(people.amina).post(address(programme, "case-conclusion"), typed)
    page = client_of(people.vera).get(address(programme, "case-conclusion")).content.decode()

    assert response.headers["Location"] == address(programme, "case-conclusion")
    assert all(words in page for words in ("Too little is known.", "Instead: A fee for the service", "By the hour."))
    assert CaseConclusion.objects.get().concluded_by == people.amina


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"reasons": "Why"}, "Choose what you conclude"),
        ({"decision": "use"}, "Give your reasons"),
        ({"decision": "refuse", "reasons": "Why"}, "Choose what you will use instead"),
        ({"decision": "later", "reasons": "Why", "instead": "hope"}, "Choose from the list"),
    ],
)
def test_an_unfinished_conclusion_is_not_saved(typed: dict[str, str], words: str, people: Cast, programme: Any):
    response = client_of(people.amina).post(address(programme, "case-conclusion"), typed)

    assert words in response.content.decode()
    assert not CaseConclusion.objects.exists()


def test_a_colleague_who_concludes_later_sees_both_reasons(people: Cast, programme: Any):
    address_of_it = address(programme, "case-conclusion")
    client_of(people.amina).post(address_of_it, {"decision": "later", "reasons": "Hers"})

    response = client_of(people.bob).post(address_of_it, {"decision": "later", "reasons": "His"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Saved now: <strong>Hers</strong>" in page
    assert "You typed: <strong>His</strong>" in page


@pytest.mark.promise("B8")
def test_an_answer_sent_after_the_session_ended_is_there_after_signing_in(people: Cast, programme: Any):
    client = client_of(people.amina)
    form = client.get(address(programme)).context["form"]
    client.cookies.clear()

    sent_away = client.post(
        address(programme), sent(**{"reasoning": "Long thought", "typed-by": form["typed-by"].value()})
    )
    client.force_login(people.amina)
    page = client.get(sent_away.headers["Location"].partition("next=")[2].replace("%3F", "?").replace("%3D", "="))

    assert "Long thought" in page.content.decode()
    assert not CaseAnswer.objects.exists()
