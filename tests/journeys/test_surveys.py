"""Stories of a survey: an authority asks, providers answer through their links, and what comes back is in bands."""

import re
from collections.abc import Callable

import pytest
from django.core import mail

from commissioning.models import Programme
from commissioning.services import chores
from markets.services import survey_answers
from tests.factories.commissioning import cast
from tests.factories.surveys import answer, link_of, opened
from tests.factories.tariffs import imported
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]
ADDRESSES = "\n".join(f"provider{number}@charity.example" for number in range(5))


def links() -> list[str]:
    """Let the sweeper come round, and read the links in the letters."""
    chores.do_all()
    return [found[1] for letter in mail.outbox if (found := re.search(r"(/survey/[^/\s]+/)", letter.body))]


def ask(amina: Visitor, programme: Programme) -> None:
    """Make a survey ready, at the second try, and send it."""
    amina.open(programme.get_absolute_url())
    amina.press("Survey")
    amina.sees("Nobody has been asked yet.")
    amina.press("Ask providers")
    amina.fill("Whom do you ask?", "nonsense")
    amina.press("Save, and read it through")
    amina.sees("nonsense is no e-mail address")
    amina.fill("Whom do you ask?", ADDRESSES)
    amina.press("Save, and read it through")
    amina.sees("What providers will read")
    amina.press("Send it to 5 providers")
    amina.sees("Fewer than five")


def choose(provider: Visitor, *answers: tuple[str, str]) -> None:
    """Choose an answer in each group of radio buttons."""
    for group, choice in answers:
        provider.page.get_by_role("group", name=group).get_by_label(choice, exact=True).check()


CHOSEN = (
    ("Would you bid under these terms", "Maybe"),
    ("What share of your free reserves", "A tenth to a quarter"),
    ("How long could you wait", "Up to three months"),
    ("What is the smallest contract", "Under £100,000 a year"),
    ("What is the largest contract", "£100,000 to £500,000 a year"),
    ("What is your income", "£100,000 to £1 million"),
)


@pytest.mark.promise("A4")
def test_providers_are_asked_answer_and_are_read_back_in_bands(
    either_visitor: Visitor, another_visitor: Callable[[], Visitor], signed_in: SignIn
) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    amina, provider = signed_in(either_visitor, people.amina), another_visitor()

    ask(amina, programme)
    first, *others = links()
    provider.open(first)
    provider.sees("Who sees what you answer")
    provider.press("Send your answer")
    provider.sees("Choose an answer")
    choose(provider, *CHOSEN)
    provider.fill("Anything else, in your own words?", "We would bid with a partner.")
    provider.press("Send your answer")
    provider.press("look at your answer and change it")
    choose(provider, ("Would you bid under these terms", "No"))
    provider.press("Change your answer")
    provider.sees("Thank you: your answer is kept")
    for link in others:
        assert survey_answers.give(token=link.split("/")[2], answer=answer(would_bid="yes"))

    amina.open(f"/programmes/{programme.pk}/survey/")
    amina.press("Close it now, and delete the addresses")
    amina.sees("Of 5 providers that answered, 4 would bid under these terms, 0 perhaps and 1 would not.")
    amina.sees("We would bid with a partner.")
    provider.open(first)
    provider.sees("This link does not work")


@pytest.mark.promise("A4")
def test_a_provider_answers_without_scripts(plain_visitor: Visitor) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    token = link_of(opened(programme, by=people.amina))

    plain_visitor.open(f"/survey/{token}/")
    choose(plain_visitor, *CHOSEN)
    plain_visitor.press("Send your answer")

    plain_visitor.sees("Thank you: your answer is kept")
