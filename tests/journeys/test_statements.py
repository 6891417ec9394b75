"""The story of a statement: written, checked, approved by a second person, published and amended."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from markets.models import PositionStatement, PublishedEdition
from tests.factories import statements
from tests.factories.commissioning import Cast, cast
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]


def amina_starts_a_statement(amina: Visitor) -> PositionStatement:
    amina.open("/statements/")
    amina.press("Start a statement")
    amina.press("Start writing")
    amina.sees("Enter a title")
    amina.fill("What is it called?", "Help into work")
    amina.press("Start writing")
    amina.sees("0 of 15")
    return PositionStatement.objects.get()


def amina_writes(amina: Visitor, statement: PositionStatement) -> None:
    amina.press("4. Population and current demand")
    amina.fill("Your text", "Half of all are **young**.\n\n<script>alert(1)</script>")
    amina.press("Preview without saving")
    amina.sees("It is not saved yet")
    amina.sees("<script>alert(1)</script>")
    amina.fill("Your text", "Half of all are **young**.")
    amina.press("Save and put in a figure")
    amina.press("Write a table of your own instead")
    amina.fill("What does it say?", "Half are under 25")
    amina.fill("The same in a sentence, for whoever cannot see the table", "Half of 100 people are under 25.")
    amina.fill("The table", "Age | People\nUnder 25 | 50\nOlder | 50")
    amina.press("Put it in")
    amina.sees("The figure stands at the end of the section")
    amina.open(f"/statements/{statement.pk}/about/")
    amina.fill("Which service is it about?", "Help for people out of work")
    amina.fill("Which areas is it about?", "Barnet")
    amina.press("Save")
    amina.press("Plan")
    amina.choose("Grants", exact=True)
    amina.fill("How much is paid upfront?", "20")
    amina.fill("Which team can people ask?", "Commissioning team")
    amina.press("Save")


def amina_sets_the_review(amina: Visitor) -> None:
    amina.press("Dates")
    review = timezone.localdate() + timedelta(days=300)
    box = amina.page.get_by_role("group", name="When will you look at this statement again?")
    for label, value in (("Day", review.day), ("Month", review.month), ("Year", review.year)):
        box.get_by_label(label).fill(str(value))
    amina.press("Save")
    amina.sees("Next review")


def amina_cures_what_stops_it_and_sends(amina: Visitor, people: Cast, statement: PositionStatement) -> None:
    for row in statement.sections.filter(text=""):
        statements.wrote(statement, row.key, "We mean to buy this.", by=people.amina)
    amina.press("Check it, and send it for approval")
    amina.sees("1 thing stops it")
    amina.press("“Half are under 25” has no source")
    amina.press("Take it out", exact=False)
    amina.sees("The figure is taken out")
    amina.open(f"/statements/{statement.pk}/checks/")
    amina.press("Send it for approval")
    amina.sees("It is sent.")


def bob_publishes(bob: Visitor, title: str) -> None:
    bob.open("/")
    bob.press(title)
    bob.sees("You approve exactly this text.")
    bob.press("Approve and publish")
    bob.sees("It is published.")


def amina_amends(amina: Visitor, statement: PositionStatement) -> None:
    amina.open(f"/statements/{statement.pk}/")
    amina.press("Begin the next edition")
    amina.press("Title, service and areas")
    amina.fill("What changed since the last edition, and why?", "More is known of demand")
    amina.press("Save")
    amina.press("4. Population and current demand")
    amina.fill("Your text", "More than half are young.")
    amina.press("Save")
    amina.open(f"/statements/{statement.pk}/checks/")
    amina.press("Send it for approval")


def test_a_statement_is_written_checked_approved_published_and_amended(
    either_visitor: Visitor, make_visitor: Callable[[bool], Visitor], signed_in: SignIn
):
    people = cast()
    amina = signed_in(either_visitor, people.amina)
    bob, stranger = signed_in(make_visitor(amina.scripts), people.bob), make_visitor(amina.scripts)

    statement = amina_starts_a_statement(amina)
    amina_writes(amina, statement)
    amina_sets_the_review(amina)
    amina_cures_what_stops_it_and_sends(amina, people, statement)
    bob_publishes(bob, "Help into work")
    first = PublishedEdition.objects.get()
    stranger.open(first.get_absolute_url())
    stranger.sees("Half of all are")
    amina_amends(amina, statement)
    bob_publishes(bob, "Help into work")

    # A browser shows the page that it has for a minute: this is another reader.
    later = make_visitor(amina.scripts)
    later.open(first.get_absolute_url())
    later.sees("More than half are young.")
    assert [each.change_note for each in PublishedEdition.objects.order_by("number")] == ["", "More is known of demand"]
