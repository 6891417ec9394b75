"""A commissioner writes a programme from nothing to its first run, and two commissioners write one draft at once."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from commissioning.models import Group, Programme
from commissioning.services import run_workers
from tariffs.sources import examples
from tests.factories.commissioning import PASSWORD, cast
from tests.factories.tariffs import imported

from .conftest import PATIENCE, Visitor

SignIn = Callable[[Visitor, Any], Visitor]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def when_the_programme_is_started(amina: Visitor) -> None:
    amina.open("/")
    amina.press("Start one")
    amina.press("From nothing")
    amina.fill("What is the programme called?", "Into work, North district")
    amina.fill("For how many months are people referred?", "24")
    amina.fill("How many months does the contract run?", "12")
    amina.press("Start the programme")
    amina.sees("The contract must run at least as long as people are referred")
    amina.fill("How many months does the contract run?", "36")
    amina.press("Start the programme")
    amina.sees("Where does this programme stand?")


def when_the_people_are_written(amina: Visitor) -> None:
    amina.press("Say who the service is for")
    for name, referred, band in (("Close to work", "40", "Standard"), ("Far from work", "10", "Complex needs")):
        amina.press("Add a group")
        amina.fill("What do you call these people?", name)
        amina.fill("How many are referred each month?", referred)
        amina.fill("Which price band pays for them?", band)
        amina.fill("What is one final outcome worth to society?", "£12,000")
        amina.press("Save the group")
        amina.sees("The group is added.")


def when_the_pathway_is_written(amina: Visitor, programme: Programme) -> None:
    amina.open(programme.get_absolute_url())
    amina.press("Say what people reach on their way")
    amina.press("Add a milestone")
    amina.fill("What has the person reached?", "In work for 26 weeks")
    amina.fill("How many months later is it reached?", "8")
    amina.choose("This is the final outcome")
    amina.press("Save the milestone")
    amina.press("See the pathway with its evidence")
    for baseline, reached in (("30", "38"), ("8", "11")):
        amina.press("Add evidence", exact=False)
        amina.fill("Without help, how many in 100 reach it?", baseline)
        amina.fill("What was spent on helping one person, in pounds?", "£1,170")
        amina.fill("With that help, how many in 100 reached it?", reached)
        amina.fill("Where does this come from?", "Programme X, final evaluation, 2019, page 12")
        amina.page.get_by_label("How far can it be relied on?").select_option("moderate")
        amina.press("Save the evidence")
        amina.sees("The evidence is added.")
    amina.sees(f"{reached}% at £1,170 a person")


def when_providers_and_prices_are_written(amina: Visitor, programme: Programme) -> None:
    amina.open(programme.get_absolute_url())
    amina.press("Say what kinds of provider could take it on")
    amina.press("Add a kind of provider")
    amina.fill("What do you call this kind of provider?", "A local charity of middling size")
    amina.fill("How much has it in free reserves, in pounds?", "150,000")
    amina.press("Save this kind of provider")
    amina.open(programme.get_absolute_url())
    amina.press("Prices")
    amina.fill("Price band Standard, In work for 26 weeks, in pounds", "4,000")
    amina.fill("Price band Complex needs, In work for 26 weeks, in pounds", "9,500.50")
    amina.press("Save prices")
    amina.sees("2 prices changed.")


def test_a_programme_is_written_from_nothing_to_its_first_run(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    amina = signed_in(either_visitor, people.amina)

    when_the_programme_is_started(amina)
    programme = Programme.objects.get()
    when_the_people_are_written(amina)
    when_the_pathway_is_written(amina, programme)
    when_providers_and_prices_are_written(amina, programme)
    amina.open(programme.get_absolute_url())
    amina.press("Test the tariff with a simulation")
    amina.press("Start a run")
    amina.choose("A quick look")
    amina.press("Start the run")
    while run_workers.work(worker="journey"):
        pass
    amina.open(amina.page.url.removeprefix(amina.address))

    amina.sees("loses money in")
    expect(amina.page.get_by_text("Far from work").first).to_be_visible(timeout=PATIENCE)


def test_two_commissioners_write_one_draft_and_nothing_is_lost(
    either_visitor: Visitor, make_visitor: Callable[[bool], Visitor], signed_in: SignIn
) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    group = programme.groups.get(key="a")
    amina, bob = signed_in(either_visitor, people.amina), signed_in(make_visitor(either_visitor.scripts), people.bob)

    amina.open(f"/groups/{group.pk}/")
    bob.open(f"/groups/{group.pk}/")
    amina.fill("What do you call these people?", "People close to work")
    amina.fill("Which price band pays for them?", "Standard")
    amina.press("Save the group")
    bob.fill("What do you call these people?", "People who need little help")
    bob.fill("How many are referred each month?", "55")
    bob.press("Save the group")

    bob.sees("Amina changed the same while you were editing")
    bob.sees("Saved now: People close to work")
    bob.sees("You typed: People who need little help")
    expect(bob.page.get_by_label("Which price band pays for them?")).to_have_value("Standard")
    bob.press("Save the group")
    bob.sees("The group is saved.")
    group.refresh_from_db()
    assert (group.name, group.price_band, group.referrals_per_month) == ("People who need little help", "Standard", 55)


@pytest.mark.promise("A9")
def test_a_session_that_ends_while_somebody_types_costs_nothing(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    group = imported(organisation=people.authority, by=people.amina).groups.get(key="a")
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/groups/{group.pk}/")
    amina.fill("What do you call these people?", "Typed for an hour")
    amina.page.context.clear_cookies(name="session")
    amina.press("Save the group")
    amina.sees("You were signed out. Sign in again: what you typed is kept.")
    amina.fill("Email address", people.amina.email)
    amina.fill("Password", PASSWORD)
    amina.press("Sign in")
    amina.sees("This is what you typed and had not saved.")
    amina.press("Save the group")

    amina.sees("The group is saved.")
    assert Group.objects.get(pk=group.pk).name == "Typed for an hour"


def test_what_is_typed_is_kept_while_it_is_typed(
    visitor: Visitor, another_visitor: Callable[[], Visitor], signed_in: SignIn
) -> None:
    people = cast()
    group = imported(organisation=people.authority, by=people.amina).groups.get(key="a")
    amina = signed_in(visitor, people.amina)

    amina.open(f"/groups/{group.pk}/")
    amina.fill("What do you call these people?", "Half a thought")
    amina.sees("not saved yet.")
    elsewhere = signed_in(another_visitor(), people.amina)
    elsewhere.open(f"/groups/{group.pk}/")
    elsewhere.sees("You typed something here")
    elsewhere.press("Put it back")

    expect(elsewhere.page.get_by_label("What do you call these people?")).to_have_value("Half a thought")
    elsewhere.press("Save the group")
    elsewhere.sees("The group is saved.")


def test_a_cliff_is_seen_and_taken_away_in_a_copy(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = imported(examples.read("hmp-doncaster"), organisation=people.authority, by=people.amina)
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/tariffs/{programme.tariff.pk}/prices/")
    amina.press("How much of what the target pays is luck?")
    amina.sees("goes unpaid in 50%")
    amina.press("Apply it to a copy of the tariff")
    amina.sees("2011, on a sliding scale")
    amina.sees("The tariffs are being tested.")
    while run_workers.work(worker="journey"):
        pass
    if not amina.scripts:
        amina.open(amina.page.url.removeprefix(amina.address))

    amina.sees("All tariffs met the same luck, draw by draw")
    amina.sees("The figures that matter")
