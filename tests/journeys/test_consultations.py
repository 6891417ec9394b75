"""The story of a consultation: a commissioner, two providers who compete, and what came of it."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from commissioning.models import Organisation, Role
from tariffs.models import Comment, Consultation
from tests.factories import consultations as made
from tests.factories import versions
from tests.factories.commissioning import cast, member, organisation
from tests.factories.tariffs import imported
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]


def day(visitor: Visitor, name: str, *parts: str) -> None:
    for place, part in enumerate(parts):
        visitor.page.locator(f"#id_{name}_{place}").fill(part)


def when_a_consultation_is_opened(amina: Visitor, programme: str) -> None:
    amina.open(programme)
    amina.press("Consultations")
    amina.sees("Nobody has been asked yet.")
    amina.press("Open a consultation")
    amina.press("Open the consultation")
    amina.sees("Choose whom you ask")
    amina.choose("Providers that you name")
    amina.fill("What do you ask, and why?", "Tell us what you could live with.")
    amina.fill("Questions that you want answered", "Could you start in May?")
    day(amina, "closes_on", "29", "3", "2099")
    amina.page.locator("#id_closes_at").fill("1:30am")
    amina.press("Open the consultation")
    amina.sees("There is no such time that night")
    amina.page.locator("#id_closes_at").fill("5pm")
    amina.press("Open the consultation")
    amina.sees("No provider is named yet.")
    for name in ("Helping Hands", "Others"):
        amina.choose(name)
    amina.press("Name those that are ticked")
    amina.sees("2 providers are named.")
    amina.press("How the consultation stands")
    amina.sees("29 March 2099 at 5pm, London time (British Summer Time)")
    amina.press("Tell everybody something: a briefing, a date, a document")
    amina.choose("A briefing")
    amina.fill("What is everybody told?", "We meet on Monday.")
    amina.press("Put it into the log")
    amina.sees("for everybody at the same moment")


def when_a_provider_comments(provider: Visitor, reason: str, sight: str) -> None:
    provider.open("/")
    provider.press("Back to work", exact=False)
    provider.sees("Can you live with this draft?")
    provider.sees("We meet on Monday.")
    provider.press("Comment on Price of Job for A")
    provider.sees("the draft says £1,000")
    provider.press("Send the comment")
    provider.sees("Choose who may see it")
    provider.page.get_by_label("What is it about?").select_option("low")
    provider.choose("Must change")
    provider.fill("What should it be instead?", "1500")
    provider.page.get_by_label("What do you say, and why?").fill(reason)
    provider.choose(sight)
    provider.press("Send the comment")
    provider.sees("What was received?")
    provider.sees("Download the receipt (JSON)")
    provider.press("Back to the draft")
    provider.sees(reason)


def when_a_question_is_asked_and_answered_for_all(dilys: Visitor, amina: Visitor, emlyn: Visitor) -> None:
    dilys.press("Ask the commissioner something")
    dilys.fill("What do you want to know?", "When does it start?")
    dilys.press("Ask")
    dilys.sees("Questions that you asked")
    emlyn.page.reload()
    expect(emlyn.page.get_by_text("When does it start?")).to_have_count(0)
    amina.page.reload()
    amina.press("Answer it for everybody", exact=False)
    amina.fill("Your answer", "In May.")
    amina.press("Answer it for everybody")
    emlyn.page.reload()
    emlyn.sees("In May.")


def when_a_comment_is_replaced(provider: Visitor, reason: str) -> None:
    provider.press("Replace this comment")
    provider.page.get_by_label("What do you say, and why?").fill(reason)
    provider.press("Replace the comment")
    provider.sees(reason)


def when_all_are_answered_at_once(amina: Visitor, consultation: Consultation) -> None:
    amina.open(f"/consultations/{consultation.pk}/answers/")
    amina.sees("2 of 2 comments have no answer yet")
    amina.press("Answer it", exact=False)
    amina.choose("Accepted", exact=True)
    amina.fill("What did you do, and why?", "The price rises.")
    amina.page.get_by_role("group", name="Does the same answer fit").get_by_role("checkbox").check()
    amina.press("Save the draft answer")
    amina.press("Release all drafted answers now")
    amina.sees("1 answer released")


def when_the_next_version_is_shown(amina: Visitor, consultation: Consultation) -> None:
    programme = consultation.version.programme
    versions.reprice(programme, Decimal(1500))
    versions.frozen(programme, "After the consultation", by=programme.created_by)
    amina.press("Show the next version to everybody who was asked")
    amina.press("Show it to everybody who was asked")
    amina.sees("Everybody who was asked can now read what became of each line.")


def then_its_author_is_asked_whether_it_stands(provider: Visitor, consultation: Consultation) -> None:
    provider.open(f"/consultations/{consultation.pk}/comments/")
    provider.sees("The price rises.")
    provider.press("Does your comment still stand?", exact=False)
    provider.sees("from £1,000 to £1,500")
    provider.choose("No, the change settles it")
    provider.press("Send")
    provider.sees("The commissioner reads it beside your comment.")


def then_the_report_tells_everybody_what_was_public(bob: Visitor, nobody: Visitor, consultation: Consultation) -> None:
    bob.open(f"/consultations/{consultation.pk}/report/publish/")
    bob.fill("What did you learn?", "Ask earlier.")
    bob.press("Publish the report")
    nobody.open(f"/consultations/{consultation.pk}/report/")
    nobody.sees("It leaves out those furthest from work")
    nobody.sees("Ask earlier.")
    expect(nobody.page.get_by_text("we lose a lot")).to_have_count(0)


def test_two_competing_providers_comment_and_each_reads_only_what_is_its_own(
    visitor: Visitor, another_visitor: Callable[[], Visitor], signed_in: SignIn
) -> None:
    people = cast()
    competitor = member(organisation("Others", Organisation.Kind.PROVIDER), Role.BID_WRITER, "Emlyn")
    programme = imported(organisation=people.authority, by=people.amina)
    versions.frozen(programme, by=people.amina)
    amina, bob = signed_in(visitor, people.amina), signed_in(another_visitor(), people.bob)
    dilys, emlyn = signed_in(another_visitor(), people.dilys), signed_in(another_visitor(), competitor)

    when_a_consultation_is_opened(amina, f"/programmes/{programme.pk}/")
    when_a_provider_comments(dilys, "At this price we lose money", "The commissioner only")
    when_a_provider_comments(emlyn, "It leaves out those furthest from work", "Public, with our name")
    for words in ("At this price we lose money", "Helping Hands"):
        expect(emlyn.page.get_by_text(words)).to_have_count(0)
    when_a_question_is_asked_and_answered_for_all(dilys, amina, emlyn)
    when_a_comment_is_replaced(dilys, "At this price we lose a lot")

    consultation = made.close(Consultation.objects.get())
    dilys.open(consultation.get_absolute_url())
    dilys.sees("Nothing more is accepted.")
    when_all_are_answered_at_once(amina, consultation)
    when_the_next_version_is_shown(amina, consultation)
    then_its_author_is_asked_whether_it_stands(dilys, consultation)
    then_the_report_tells_everybody_what_was_public(bob, another_visitor(), consultation)


def test_without_scripts_a_provider_comments_replaces_and_is_too_late(
    plain_visitor: Visitor, signed_in: SignIn
) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    consultation = made.opened(programme, people.provider)
    made.told(consultation, "We meet on Monday.")
    dilys = signed_in(plain_visitor, people.dilys)

    when_a_provider_comments(dilys, "At this price we lose money", "Public, without our name")
    dilys.press("Replace this comment")
    dilys.page.get_by_label("What do you say, and why?").fill("Words that come too late")
    made.close(consultation)
    dilys.press("Replace the comment")

    dilys.sees("Nothing was accepted: the consultation has closed.")
    expect(dilys.page.get_by_label("What do you say, and why?")).to_have_value("Words that come too late")
    assert Comment.objects.get().reason == "At this price we lose money"
