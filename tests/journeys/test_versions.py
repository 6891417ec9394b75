"""Stories of versions: freezing a draft, seeing what changed, going back, copying, and what a viewer sees of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from commissioning.models import Group, Programme
from tariffs.models import PriceLine, Version
from tests.factories.commissioning import cast
from tests.factories.tariffs import imported
from tests.factories.versions import frozen
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]
NOTE = "What changed, and why?"


def freeze(visitor: Visitor, programme: Programme, note: str) -> None:
    visitor.open(f"/programmes/{programme.pk}/versions/")
    visitor.fill(NOTE, note)
    visitor.press("Freeze the draft as a version")


def test_a_draft_is_frozen_changed_compared_taken_back_and_copied(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    amina = signed_in(either_visitor, people.amina)

    given_a_first_version(amina, programme)
    when_a_price_and_a_group_change(amina, programme)
    then_the_difference_is_told_in_words_and_side_by_side(amina, programme)
    then_going_back_loses_nothing(amina)
    then_a_copy_of_the_version_knows_its_parent(amina)

    assert PriceLine.objects.get(tariff__programme=programme, price_band="A").price == 1000
    assert list(Version.objects.values_list("note", flat=True)) == [
        "Before going back to version 1",
        "A higher price for A",
        "As the board agreed in March",
    ]
    assert (Programme.objects.get(name="In the north").copied_from, Group.objects.filter(name="Nearer").count()) == (
        programme,
        0,
    )


def given_a_first_version(amina: Visitor, programme: Programme) -> None:
    amina.open(f"/programmes/{programme.pk}/")
    amina.sees("No version yet")
    amina.press("Versions")
    amina.press("Freeze the draft as a version")
    amina.sees("There is a problem")
    amina.fill(NOTE, "As the board agreed in March")
    amina.press("Freeze the draft as a version")
    amina.sees("The draft is frozen as version 1.")
    amina.sees("The draft is version 1: nothing has changed since.")


def when_a_price_and_a_group_change(amina: Visitor, programme: Programme) -> None:
    amina.open(f"/programmes/{programme.pk}/prices/")
    amina.fill("Price band A, Job, in pounds", "1500")
    amina.press("Save prices")
    freeze(amina, programme, "A higher price for A")
    amina.sees("1 price differs.")
    amina.open(f"/programmes/{programme.pk}/groups/")
    amina.press("Change Near")
    amina.fill("What do you call these people?", "Nearer")
    amina.press("Save the group")
    amina.sees("The group is saved.")


def then_the_difference_is_told_in_words_and_side_by_side(amina: Visitor, programme: Programme) -> None:
    amina.open(f"/programmes/{programme.pk}/versions/")
    amina.sees("The draft has changed since version 2. 1 group differs.")
    amina.page.get_by_label("Compare", exact=True).select_option("1")
    amina.page.get_by_label("With", exact=True).select_option("draft")
    amina.press("Compare")
    amina.sees("What changed between version 1 and the draft?")
    amina.sees("The price of Job for A rose from £1,000 to £1,500 (50% more).")
    expect(amina.page.get_by_role("table", name="Groups, side by side")).to_contain_text("Nearer")
    with amina.page.expect_download() as download:
        amina.page.get_by_role("link", name="Download the changes (CSV)").click()
    assert download.value.suggested_filename == "changes-1-to-draft.csv"


def then_going_back_loses_nothing(amina: Visitor) -> None:
    amina.page.get_by_role("link", name="Versions", exact=True).first.click()
    amina.press("Go back to version 1")
    amina.sees("Do you want to go back to version 1?")
    amina.sees("What it says now is frozen first as version 3, so nothing is lost.")
    amina.press("Go back to version 1")
    amina.sees("The draft now says what version 1 says. What it said before is version 3.")


def then_a_copy_of_the_version_knows_its_parent(amina: Visitor) -> None:
    amina.press("Version 1")
    amina.sees("What does version 1 say?")
    amina.press("Copy this version")
    amina.fill("Name of the copy", "In the north")
    amina.press("Copy the programme")
    amina.sees("The copy is made.")
    expect(amina.page.get_by_role("main")).to_contain_text("Back to work, version 1")
    amina.press("Back to work")
    amina.sees("3 versions")


def test_a_viewer_reads_versions_and_changes_nothing(visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    version = frozen(programme, "As agreed")
    vera = signed_in(visitor, people.vera)

    vera.open(f"/programmes/{programme.pk}/versions/")
    vera.sees("As agreed")
    expect(vera.page.get_by_role("button", name="Freeze the draft as a version")).to_have_count(0)
    vera.press("Version 1")
    vera.sees("A version never changes.")
    vera.open(f"/versions/{version.pk}/go-back/")

    vera.sees("Page not found")
