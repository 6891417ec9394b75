"""Stories of letting: lots and designs are written, compared, and who is left in ten years is read."""

from collections.abc import Callable

import pytest

from commissioning.models import Run
from commissioning.services import run_workers
from tests.factories.commissioning import cast
from tests.factories.markets import market_document
from tests.factories.tariffs import imported
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]


def work_it_off(visitor: Visitor) -> None:
    """Do all work; the page then loads itself anew, or is asked to."""
    while run_workers.work(worker="journey"):
        pass
    if not visitor.scripts:
        visitor.press("Check again now")


@pytest.mark.promise("A4")
def test_a_commissioner_writes_a_lot_and_a_design(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/")
    amina.press("Ways of letting")
    amina.press("Add a lot")
    amina.fill("What is the lot called?", "North")
    amina.fill("What is one contract worth a year?", "200,000")
    amina.fill("How many contracts of this kind are there?", "2")
    amina.fill("Where?", "Atlantis")
    amina.press("Save the lot")
    amina.sees("“Atlantis”: enter names of county")
    amina.fill("Where?", "Nottinghamshire")
    amina.press("Save the lot")
    amina.sees("The lot is added.")

    amina.press("Add a design")
    amina.sees("As drafted: 2 times the lot")
    amina.fill("What is the design called?", "Small lots")
    amina.fill("Into how many contracts is each lot cut?", "4")
    amina.press("Save the design")
    amina.sees("8 contracts, £400,000 a year together")


@pytest.mark.promise("A4")
def test_a_commissioner_compares_designs_and_reads_who_is_left(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = imported(market_document(), organisation=people.authority, by=people.amina)
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/designs/")
    amina.press("Compare the designs")
    amina.choose("A quick look")
    amina.press("Compare the designs")
    amina.sees("0 of 100 futures done")
    work_it_off(amina)

    amina.sees("Where each design leads")
    amina.sees((Run.objects.get(kind="diversity").result or {})["sentences"][0])
    amina.check()
    amina.sees("The register is made up from published distributions.")


@pytest.mark.promise("A4")
def test_a_commissioner_reads_who_could_bid_and_takes_it_into_the_findings(
    either_visitor: Visitor, signed_in: SignIn
) -> None:
    people = cast()
    programme = imported(market_document(), organisation=people.authority, by=people.amina)
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/")
    amina.press("Capacity")
    amina.fill("Which published contracts are like this one?", "health")
    amina.press("Work it out")
    amina.sees("Enter codes of 2 to 8 digits")
    amina.fill("Which published contracts are like this one?", "85")
    amina.press("Work it out")
    amina.sees("0 of 256 draws done")
    work_it_off(amina)

    amina.sees("Of 500 providers")
    amina.check()
    amina.sees("0 awards of CPV 85 are published here")
    amina.press("Note them for the findings")
    amina.sees("of 18 questions are answered.")
