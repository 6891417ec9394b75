"""The story of a case: questions answered with evidence, a conclusion against, and a stranger who reads it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commissioning.models import CaseAnswer
from tests.factories import cases
from tests.factories.commissioning import cast
from tests.factories.tariffs import imported
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]


def answer(visitor: Visitor, choice: str, reasons: str, button: str = "Save and next") -> None:
    visitor.choose(choice, exact=True)
    visitor.fill("Reasons", reasons)
    visitor.press(button)


def amina_answers_three_questions(amina: Visitor, paper: Path) -> None:
    amina.press("Answer the next open question")
    amina.sees("Can you say in one paragraph what the service is for")
    answer(amina, "Yes", "To bring more people into lasting work.")
    amina.sees("Have you compared Payment by Results")
    answer(amina, "No", "Nobody compared it with a grant.", "Save and add evidence")
    amina.fill("What is it?", "Audit report")
    amina.fill("Its web address", "https://example.org/audit")
    amina.press("Add this evidence")
    amina.sees("The evidence is added")
    amina.press("Save and add evidence")
    amina.fill("What is it?", "Board paper 7")
    amina.page.get_by_label("Or a file").set_input_files(paper)
    amina.press("Add this evidence")
    amina.sees("board paper.pdf")
    amina.press("Save and next")
    answer(amina, "Partly", "For a month at most.")


def amina_concludes(amina: Visitor) -> None:
    amina.press("Conclude")
    amina.choose("Do not use Payment by Results here")
    amina.fill("Reasons", "Too little is known.")
    amina.press("Save the conclusion")
    amina.sees("Choose what you will use instead")
    amina.choose("A grant", exact=True)
    amina.fill("How will that work?", "For three years.")
    amina.press("Save the conclusion")
    amina.sees("It is a draft until an approver publishes it.")


def bob_publishes(bob: Visitor) -> str:
    """Publish, and give the address at which everyone reads it."""
    bob.press("See what would be public, and publish it")
    bob.sees("Too little is known.")
    bob.press("Publish")
    bob.sees("The case is published.")
    found = re.search(r"/cases/[0-9a-f-]{36}/", bob.page.url)
    assert found
    return found.group()


def test_a_case_ends_with_do_not_use_payment_by_results_here_and_a_stranger_reads_it(
    either_visitor: Visitor, make_visitor: Callable[[bool], Visitor], signed_in: SignIn, tmp_path: Path
):
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    amina = signed_in(either_visitor, people.amina)
    bob, stranger = signed_in(make_visitor(amina.scripts), people.bob), make_visitor(amina.scripts)
    paper = tmp_path / "board paper.pdf"
    paper.write_bytes(cases.PDF)

    amina.open(f"/programmes/{programme.pk}/case/")
    amina.sees("Nothing is known yet")
    amina_answers_three_questions(amina, paper)
    amina.open(f"/programmes/{programme.pk}/case/")
    amina.sees("3 of 28 questions are answered: 1 for Payment by Results here, 1 against, 1 partly.")
    amina_concludes(amina)
    bob.open(f"/programmes/{programme.pk}/case/conclusion/")
    address = bob_publishes(bob)
    stranger.open("/cases/")
    stranger.press("Back to work")

    assert stranger.is_at(address)
    stranger.sees("Do not use Payment by Results here")
    stranger.sees("Instead: A grant")
    stranger.sees("Nobody compared it with a grant.")
    stranger.page.goto(f"{stranger.address}/programmes/{programme.pk}/case/")
    stranger.sees("Sign in")


@pytest.mark.promise("D1")
def test_two_colleagues_answer_the_same_question_and_the_later_sees_both_texts(
    either_visitor: Visitor, make_visitor: Callable[[bool], Visitor], signed_in: SignIn
):
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    amina = signed_in(either_visitor, people.amina)
    bob = signed_in(make_visitor(either_visitor.scripts), people.bob)
    address = f"/programmes/{programme.pk}/case/control/"

    amina.open(address)
    bob.open(address)
    answer(amina, "No", "Housing decides it.")
    answer(bob, "Yes", "The courts have promised their part.")

    bob.sees("Amina changed the same while you were editing")
    bob.sees("Housing decides it.")
    bob.fill("Reasons", "Housing decides it. The courts have promised their part.")
    bob.press("Save and next")
    bob.sees("Your answer is saved")
    assert CaseAnswer.objects.get().reasoning == "Housing decides it. The courts have promised their part."


def test_evidence_can_be_taken_away_again(visitor: Visitor, signed_in: SignIn):
    people = cast()
    programme: Any = imported(organisation=people.authority, by=people.amina)
    cases.brought(programme=programme, by=people.amina)
    amina = signed_in(visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/case/control/")
    with amina.page.expect_download() as coming:
        amina.page.get_by_role("link", name="Board paper 7", exact=True).click()
    amina.press("Remove Board paper 7")
    amina.press("Remove the evidence")

    amina.sees("No evidence yet.")
    assert coming.value.suggested_filename == "board paper.pdf"
