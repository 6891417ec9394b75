"""Stories of cures: from where money says avoid, to what would cure it, to both tariffs side by side."""

from collections.abc import Callable

import pytest

from commissioning.models import Programme, Run
from commissioning.services import run_workers
from tariffs.sources import programme_files
from tests.factories.commissioning import Cast, cast
from tests.factories.parked import two_groups
from tests.factories.tariffs import EXAMPLE, imported
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]


def drafted(people: Cast, *, shared: bool = False) -> Programme:
    document = programme_files.to_document(two_groups(shared=shared))
    return imported(document, organisation=people.authority, by=people.amina)


def when_the_workers_are_done() -> None:
    while run_workers.work(worker="journey"):
        pass


def look_again(visitor: Visitor) -> None:
    """Without scripts the page does not look again by itself."""
    if not visitor.scripts:
        visitor.page.reload()


@pytest.mark.promise("A4")
def test_a_red_cell_leads_to_its_cure_which_is_applied_to_a_copy_and_compared(
    either_visitor: Visitor, signed_in: SignIn
) -> None:
    people = cast()
    programme = drafted(people)
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/")
    amina.press("Incentive map")
    amina.sees("Where does money say avoid?")
    amina.sees("✕ Stop")
    amina.press("Look for a cure", exact=False)
    amina.sees("What would cure this tariff?")
    amina.press("Look for cures")
    amina.sees("0 of 5 steps done")
    when_the_workers_are_done()
    look_again(amina)
    amina.sees("1 of 2 groups has more than 10% of its people parked")
    amina.open(f"/programmes/{programme.pk}/map/")
    amina.press("What would cure it", exact=False)
    amina.sees("Raise the price of “Job” for hard")
    amina.press("Apply it to a copy of the tariff", exact=False)
    amina.sees("stands beside the other tariffs")
    amina.sees("The tariffs are being tested.")
    when_the_workers_are_done()
    look_again(amina)

    amina.sees("All tariffs met the same luck, draw by draw")
    amina.sees("with the price of hard raised")
    assert Run.objects.filter(kind="incentives", state="succeeded").count() == 2


@pytest.mark.promise("A4")
def test_a_search_goes_on_while_nobody_looks_and_its_page_says_when_it_is_done(
    visitor: Visitor, signed_in: SignIn
) -> None:
    people = cast()
    programme = drafted(people)
    amina = signed_in(visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/repairs/")
    amina.press("Look for cures")
    amina.sees("0 of 5 steps done")
    run_workers.work(worker="journey", seconds=0.0001)
    amina.sees("1 of 5 steps done")
    amina.open("/")
    amina.sees("Search for cures")
    amina.open(f"/programmes/{programme.pk}/repairs/")
    amina.sees("1 of 5 steps done")
    when_the_workers_are_done()

    amina.sees("1 of 2 groups has more than 10% of its people parked")


@pytest.mark.promise("A4")
def test_a_shared_band_is_split_in_a_copy_of_the_programme(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = drafted(people, shared=True)
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/repairs/")
    amina.fill("How many of a group may be parked, in 100?", "many")
    amina.press("Look for cures")
    amina.sees("How many may be parked must be a number, like 10")
    amina.fill("How many of a group may be parked, in 100?", "10")
    amina.press("Look for cures")
    when_the_workers_are_done()
    look_again(amina)
    amina.sees("Price bands belong to the programme, not to one tariff.")
    amina.press("Apply it to a copy of the programme", exact=False)

    amina.sees("is a copy of the programme with the change made. It is being tested.")


@pytest.mark.promise("A4")
def test_a_search_is_cancelled(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = drafted(people)
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/repairs/")
    amina.press("Look for cures")
    amina.press("Cancel the run")
    amina.sees("The run is cancelled. Nothing of it is kept.")
    amina.press("Look again")

    amina.sees("How many of a group may be parked, in 100?")


@pytest.mark.promise("A4")
def test_a_finding_leads_to_the_cures_and_a_reader_only_reads(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    example = imported(EXAMPLE, organisation=people.authority, by=people.amina, is_example=True)
    vera = signed_in(either_visitor, people.vera)

    vera.open(f"/programmes/{example.pk}/findings/")
    vera.press("Look for cures for I2")

    vera.sees("Nobody has looked for cures of this tariff yet.")
