"""A story: a provider tries a consulted draft on its own figures, prints it for trustees, and sends an effect along."""

from collections.abc import Callable

import pytest

from tests.factories import consultations
from tests.factories.commissioning import cast
from tests.factories.tariffs import imported
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]
TRY = "Try it on your own figures, in private"


def test_a_provider_tries_a_draft_in_private_and_says_what_a_price_would_change(
    either_visitor: Visitor, another_visitor: Callable[[], Visitor], signed_in: SignIn
) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    consultation = consultations.opened(programme, people.provider)
    dilys, amina = signed_in(either_visitor, people.dilys), signed_in(another_visitor(), people.amina)

    when_own_figures_are_entered(dilys, consultation.get_absolute_url())
    then_it_says_what_a_bid_would_mean(dilys)
    when_a_price_is_tried_and_sent(dilys, consultation.get_absolute_url())
    then_the_commissioner_finds_no_way_to_the_bench(amina, consultation)


def when_own_figures_are_entered(dilys: Visitor, consultation: str) -> None:
    dilys.open(consultation)
    dilys.press(TRY)
    dilys.sees("Nobody outside Helping Hands sees this page")
    dilys.press("Enter our figures")
    dilys.fill("How many in 100 of the contract would you take on?", "5")
    dilys.choose("A set sum for each group")
    dilys.fill("What do you spend a month, whoever comes, in pounds?", "6000")
    dilys.fill("What could you put into this contract, in pounds?", "180000")
    dilys.press("Save, and see what happens to us")
    dilys.sees("Enter what you would spend on each person of")
    for box in dilys.page.get_by_label("How much on each person who comes, in pounds?", exact=True).all():
        box.fill("400")
    dilys.press("Save, and see what happens to us")


def then_it_says_what_a_bid_would_mean(dilys: Visitor) -> None:
    dilys.sees("Over the whole contract we could expect to")
    dilys.sees("How good must our outcomes be?")
    dilys.sees("What if fewer people come, or fewer reach the outcome?")
    dilys.press("Print it for trustees")
    dilys.sees("What trustees may want to ask")
    dilys.page.go_back()
    dilys.press("Share these three bands")
    dilys.sees("Your three bands are shared, without your name.")


def when_a_price_is_tried_and_sent(dilys: Visitor, consultation: str) -> None:
    dilys.open(consultation)
    dilys.press("Comment on Price of", exact=False)
    dilys.fill("What should it be instead?", "2500")
    dilys.press("Try this value")
    dilys.sees("Chance of a loss for the provider")
    dilys.sees("Nothing is sent yet.")
    dilys.page.get_by_label("What is it about?", exact=True).select_option(label="Too low")
    dilys.choose("Must change")
    dilys.choose("Send these figures along with the comment")
    dilys.fill("What do you say, and why?", "At this price we could not carry the risk.")
    dilys.choose("The commissioner only")
    dilys.press("Send the comment")
    dilys.sees("Receipt")


def then_the_commissioner_finds_no_way_to_the_bench(amina: Visitor, consultation: object) -> None:
    amina.open(f"{consultation.get_absolute_url()}overview/")  # type: ignore[attr-defined]
    amina.press("How the draft looks from where providers are")
    amina.sees("You will see it here after closing, if five or more providers share theirs.")
    amina.open(consultation.get_absolute_url())  # type: ignore[attr-defined]
    assert amina.page.get_by_role("link", name=TRY).count() == 0
