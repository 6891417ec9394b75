"""A story: a panel marks in shadow form, an agreed measure becomes a milestone, and its change marks the price."""

from collections.abc import Callable

import pytest

from tests.factories import measures
from tests.factories.commissioning import cast
from tests.factories.tariffs import imported
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]


def pick(visitor: Visitor, label: str, choice: str) -> None:
    visitor.page.get_by_label(label, exact=True).select_option(label=choice)


def mark(visitor: Visitor, who: str, how: str) -> None:
    visitor.page.get_by_role("group", name=who, exact=True).get_by_label(how, exact=True).check()


def test_a_panel_marks_in_shadow_form_and_a_changed_measure_marks_its_price(
    either_visitor: Visitor, signed_in: SignIn
) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    measures.whole(programme, by=people.amina)
    measures.whole(programme, by=people.amina, name="Has somewhere to live", at="")
    group = str(programme.groups.get(key="a"))
    amina = signed_in(either_visitor, people.amina)

    when_a_panel_is_set_up_without_a_service_user(amina, programme.pk)
    then_it_may_mark_once_one_sits_on_it(amina, group)
    when_a_measure_is_agreed_and_made_a_milestone(amina, programme.pk)
    then_it_has_a_price_that_is_marked_when_the_measure_changes(amina, programme.pk)


def when_a_panel_is_set_up_without_a_service_user(amina: Visitor, programme: object) -> None:
    amina.open(f"/programmes/{programme}/")
    amina.press("Review panels")
    amina.press("Set up a panel")
    amina.fill("What do you call the panel?", "Spring panel")
    pick(amina, "Which measure does it speak about?", "In work for half a year")
    amina.fill("How much of the price would “partly achieved” pay, in 100?", "50")
    amina.press("Set up the panel")
    pick(amina, "Who else sits on the panel?", "GP")
    amina.press("Add a seat")
    amina.sees("No service user sits on this panel, so it may not mark anything.")
    amina.open(amina.page.url.removeprefix(amina.address) + "cases/new/")
    amina.sees("Add a seat for one first.")


def then_it_may_mark_once_one_sits_on_it(amina: Visitor, group: str) -> None:
    pick(amina, "Who else sits on the panel?", "Service user")
    amina.press("Add a seat")
    amina.press("Add a case")
    amina.fill("Code of the case", "John Smith")
    amina.press("Save the case")
    amina.sees("Enter a code that says nothing about the person")
    amina.fill("Code of the case", "C-01")
    pick(amina, "Which group is the person of?", group)
    amina.choose("It counts as reached")
    mark(amina, "GP", "Achieved")
    mark(amina, "Service user", "Not achieved")
    mark(amina, "Which mark did the panel agree on after talking?", "Partly achieved")
    amina.fill("Why this mark?", "In work, with too little pay to live on")
    amina.press("Save the case")
    amina.sees("On 1 case the measure alone pays £1,000.")
    amina.sees("would have paid £500: £500 less")
    amina.sees("these marks are recorded and shown, not paid.")
    amina.sees("1 achieved, 1 not achieved")
    amina.sees("Opposite marks")
    amina.sees("With fewer than 10 cases these figures tell nothing yet.")


def when_a_measure_is_agreed_and_made_a_milestone(amina: Visitor, programme: object) -> None:
    amina.open(f"/programmes/{programme}/measures/")
    amina.press("Has somewhere to live")
    amina.sees("Once it is agreed, it can become a milestone")
    amina.press("Say how far it is")
    amina.choose("Agreed")
    amina.press("Save")
    amina.press("Make it a milestone")
    amina.sees("20 in 100 within a year.")
    amina.press("Make the milestone")
    amina.sees("It is in the tariff, without a price. Set one in the price grid.")
    amina.press("Has somewhere to live")


def then_it_has_a_price_that_is_marked_when_the_measure_changes(amina: Visitor, programme: object) -> None:
    amina.fill("Price band A, Has somewhere to live, in pounds", "400")
    amina.press("Save prices")
    amina.sees("1 price changed.")
    amina.open(f"/programmes/{programme}/measures/")
    amina.press("Has somewhere to live")
    amina.press("Change this measure")
    amina.fill("In which unit is it counted?", "one household, once")
    amina.press("Save the measure")
    amina.sees("1 price rests on words that have changed.")
    for place in ("findings", "versions"):
        amina.open(f"/programmes/{programme}/{place}/")
        amina.sees("The measure behind 1 price has changed")
    amina.open(f"/programmes/{programme}/prices/")
    amina.sees("The measure has changed")
    amina.press("Look at what changed for A, Has somewhere to live")
    amina.sees("one person, once")
    amina.sees("one household, once")
    amina.fill("Why is it still right? (optional)", "Nearly all live alone")
    amina.press("Looked at, price still right for Has somewhere to live, A")
    amina.sees("No price rests on a measure that has changed since somebody last looked.")
    amina.sees("“Nearly all live alone”")
