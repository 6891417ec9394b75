"""The story of an outcomes room: a commissioner asks, service users say what matters, and see what became of it."""

from collections.abc import Callable
from urllib.parse import urlparse

import pytest

from commissioning.models import Participant, Programme, Statement
from tests.factories.commissioning import Cast, cast
from tests.factories.measures import added
from tests.factories.tariffs import imported
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]
PHONE = {"width": 320, "height": 640}


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    made = imported(organisation=people.authority, by=people.amina)
    added(made, by=people.amina, name="In work")
    return made


def tap(phone: Visitor, name: str) -> None:
    """Press something on a screen of 320 by 640."""
    phone.page.set_viewport_size(PHONE)
    phone.press(name)


def given_a_room_is_set_up(amina: Visitor, programme: Programme) -> None:
    amina.open(programme.get_absolute_url())
    amina.press("Outcomes room")
    amina.press("Set up the room")
    amina.press("Save the room")
    amina.sees("Enter a title")
    amina.fill("Title of the room", "What helps you?")
    amina.fill("What is it about?", "We are considering the commissioning of individualised employment interventions.")
    amina.press("Save the room")
    amina.sees("Hard to read")
    amina.press("Change this")
    amina.fill("What is it about?", "We plan help for people who look for work.")
    amina.press("Save the room")
    amina.press("Show a measure")
    amina.choose("In work")
    amina.fill("Title", "You have a job")
    amina.fill("Question", "We look if you still work after six months.")
    amina.press("Save the card")
    amina.press("Put in statements")
    amina.fill("Which statements do you put in?", "One person should help me.\nAny job is good.")
    amina.press("Put them in")
    amina.press("Open the room")
    amina.sees("Fewer than 10 people")


def when_a_link_is_made(amina: Visitor, programme: Programme, use: str) -> str:
    """Make a link, and copy it from the page that shows it once."""
    amina.open(f"/programmes/{programme.pk}/room/links/")
    amina.press("Make a link")
    amina.choose(use)
    amina.fill("Where will it be used?", "A poster")
    amina.press("Make it")
    amina.sees("It is shown only this once")
    address = amina.page.locator(".room-address").first.inner_text()
    amina.press("All links")
    amina.sees("A poster")
    assert address not in amina.page.content()
    return urlparse(address).path


def when_a_service_user_takes_part(phone: Visitor, link: str) -> str:
    """Say something to everything, skip one question, go back; give the address to come back by."""
    phone.page.set_viewport_size(PHONE)
    phone.open(link)
    phone.sees("We do not ask who you are.")
    tap(phone, "Start")
    mine = urlparse(phone.page.locator(".say-address").inner_text()).path
    tap(phone, "Go to the questions")
    phone.sees("Question 1 of 6")
    phone.choose("This is a fair way to check")
    tap(phone, "Save and go on")
    tap(phone, "Agree")
    tap(phone, "Skip this")
    phone.sees("What would be a good result for you?")
    phone.page.locator("#text").fill("I want my adviser Jane to listen.")
    tap(phone, "Save and go on")
    phone.sees("This looks like a person")
    phone.page.locator("#text").fill("I want to be heard.")
    phone.choose("You may print my words")
    tap(phone, "Save and go on")
    phone.page.locator("#text").fill("They are all idiots.")
    tap(phone, "Save and go on")
    tap(phone, "Back")
    phone.sees("They are all idiots.")
    tap(phone, "Skip this")
    tap(phone, "Skip this")
    phone.sees("Thank you")
    tap(phone, "See what you said")
    phone.sees("We have not read it yet.")
    return mine


def when_a_facilitator_writes_for_somebody(helper: Visitor, link: str) -> None:
    helper.open(link)
    helper.press("Start")
    helper.sees("Ask them first")
    helper.choose("They know what this is for. They said yes.")
    helper.press("Start")
    helper.sees("Give them this link")
    helper.press("Go to the questions")
    helper.press("Save and go on")
    assert Participant.objects.filter(is_assisted=True).count() == 1


def when_it_is_moderated_and_answered(amina: Visitor, programme: Programme) -> None:
    amina.open(f"/programmes/{programme.pk}/room/")
    amina.press("Moderation")
    first = Statement.objects.get(text="I want to be heard.")
    second = Statement.objects.get(text="They are all idiots.")
    amina.open(f"/room-statements/{first.pk}/moderate/")
    amina.choose("Show it to everyone")
    amina.press("Decide")
    amina.open(f"/room-statements/{second.pk}/moderate/")
    amina.choose("Hide it")
    amina.press("Decide")
    amina.sees("Choose why it is hidden")
    amina.choose("It is unkind about a person or a group")
    amina.press("Decide")
    amina.open(f"/programmes/{programme.pk}/room/")
    amina.press("Close it now")
    amina.press("What becomes of it")
    amina.press("Answer", exact=False)
    amina.press("Save")
    amina.sees("Say why")
    amina.choose("Adapted")
    amina.fill("Because", "Each of you gets one person to talk to.")
    amina.press("Save")
    amina.sees("Every statement has its answer.")


def when_it_is_put_together_and_read(amina: Visitor, programme: Programme) -> None:
    amina.open(f"/programmes/{programme.pk}/room/themes/")
    amina.press("Put statements together")
    amina.fill("Heading", "Being heard")
    amina.choose("I want to be heard.")
    amina.press("Save the theme")
    amina.sees("Too few people")
    amina.open(f"/programmes/{programme.pk}/room/reading/")
    amina.sees("What is not shown")


def then_it_is_published(bob: Visitor, programme: Programme) -> None:
    bob.open(f"/programmes/{programme.pk}/room/")
    bob.press("Publish")
    bob.press("Publish it")
    bob.sees("What people said, and what became of it")
    bob.sees("Each of you gets one person to talk to.")


def then_the_service_user_sees_what_became_of_it(phone: Visitor, mine: str) -> None:
    phone.page.set_viewport_size(PHONE)
    phone.open(mine)
    phone.sees("Yes, but in a new way.")
    phone.sees("Each of you gets one person to talk to.")
    phone.sees("We do not show it, because it is unkind about a person or a group.")
    tap(phone, "What people said")
    phone.sees("Each of you gets one person to talk to.")


@pytest.mark.promise("A4")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_people_say_what_matters_and_see_what_became_of_it(
    scripts: bool, people: Cast, programme: Programme, make_visitor: Callable[[bool], Visitor], signed_in: SignIn
) -> None:
    amina, bob = signed_in(make_visitor(scripts), people.amina), signed_in(make_visitor(scripts), people.bob)
    phone, helper = make_visitor(scripts), make_visitor(scripts)

    given_a_room_is_set_up(amina, programme)
    poster = when_a_link_is_made(amina, programme, "One link that many people share")
    helpers = when_a_link_is_made(amina, programme, "A link for somebody who writes for others")
    mine = when_a_service_user_takes_part(phone, poster)
    when_a_facilitator_writes_for_somebody(helper, helpers)
    when_it_is_moderated_and_answered(amina, programme)
    when_it_is_put_together_and_read(amina, programme)
    then_it_is_published(bob, programme)
    then_the_service_user_sees_what_became_of_it(phone, mine)

    assert phone.page.context.cookies() == []
