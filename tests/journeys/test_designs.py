"""Stories of letting: lots and designs are written, compared, and who is left in ten years is read."""

from collections.abc import Callable

import pytest

from commissioning.models import Run
from commissioning.services import run_workers
from tests.factories.commissioning import cast
from tests.factories.tariffs import imported
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]


@pytest.mark.promise("A4")
def test_a_commissioner_writes_a_lot_and_a_design_and_reads_who_is_left(
    either_visitor: Visitor, signed_in: SignIn
) -> None:
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

    amina.press("Compare the designs")
    amina.choose("A quick look")
    amina.press("Compare the designs")
    amina.sees("0 of 100 futures done")
    while run_workers.work(worker="journey"):
        pass

    run = Run.objects.get(kind="diversity")
    amina.open(f"/design-runs/{run.pk}/")
    amina.sees((run.result or {})["sentences"][0])
    amina.sees("Where each design leads")
    amina.sees("The register is made up from published distributions.")
