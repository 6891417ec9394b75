"""Stories of the outcome framework: how one would know, whether a measure stands up, what the findings take from it."""

from collections.abc import Callable

import pytest

from tests.factories import measures
from tests.factories.commissioning import cast
from tests.factories.tariffs import imported
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]


def test_a_commissioner_says_how_an_outcome_would_be_known_and_the_stress_test_says_what_is_missing(
    either_visitor: Visitor, signed_in: SignIn
) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/")
    amina.press("Outcomes")
    amina.sees("For 0 of 3 steps a measure says how you would know.")
    amina.press("Add a measure for Job")
    amina.press("Add the measure")
    amina.sees("Enter the name of the measure")
    amina.fill("What do you call it?", "In work for half a year")
    amina.fill("What changes for the person?", "I have a job that I can keep.")
    amina.choose("Paid for")
    amina.press("Add the measure")
    amina.sees("11 missing, 0 doubtful, 1 that cannot be judged from the card")
    amina.sees("There is no baseline.")

    amina.press("Change this measure")
    amina.choose("The provider itself")
    amina.fill("What does one claim cost, in pounds?", "80")
    amina.fill("Who could game it, and how?", "Employers may be paid for 26 weeks.")
    amina.press("Save the measure")
    amina.sees("Nobody verifies it but the provider.")
    amina.sees("A claim costs £80, 8% of the £1,000 that the lowest price pays; the line is at 5%.")
    amina.sees("A way to game it is known, and nothing guards against it.")

    amina.press("Say how far it is")
    amina.choose("Dropped")
    amina.press("Save")
    amina.sees("Say why it is dropped")
    amina.fill("Why?", "The provider would declare its own results.")
    amina.press("Save")
    amina.sees("The provider would declare its own results.")


def test_figures_of_the_measures_reach_the_findings(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    measures.whole(programme, by=people.amina, verifier="provider")
    measures.added(programme, by=people.amina, name="Feels well enough to go out", use="valued")
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/measures/")
    amina.sees("0 missing, 1 doubtful, 1 that cannot be judged from the card")
    amina.press("See them along the way")
    amina.sees("100% of the payments rests on the provider's own word (I10)")
    amina.press("Note these figures for the findings")
    amina.sees("The figures are noted. The findings count them from now on.")

    amina.open(f"/programmes/{programme.pk}/findings/?area=incentive")
    amina.sees("100% of the payments rest on the payee's own word; the limit is 25%.")
    amina.press("What else is known")
    amina.sees("2 measure cards, of which 0 agreed")


def test_of_two_people_who_write_a_measure_at_once_the_later_sees_both_texts(
    another_visitor: Callable[[], Visitor], signed_in: SignIn
) -> None:
    people = cast()
    card = measures.whole(imported(organisation=people.authority, by=people.amina), by=people.amina)
    amina, bob = signed_in(another_visitor(), people.amina), signed_in(another_visitor(), people.bob)

    amina.open(f"/measures/{card.pk}/change/")
    bob.open(f"/measures/{card.pk}/change/")
    amina.fill("In which unit is it counted?", "one person, each month")
    amina.press("Save the measure")
    bob.fill("In which unit is it counted?", "one household")
    bob.press("Save the measure")

    bob.sees("Amina changed the same while you were editing")
    bob.sees("one person, each month")
