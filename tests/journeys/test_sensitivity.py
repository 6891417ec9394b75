"""Stories of doubt: which evidence matters most, and what a prime would have to keep or grant."""

from collections.abc import Callable

import pytest

from commissioning.models import Programme
from commissioning.services import run_workers
from tests.factories.commissioning import Cast, cast
from tests.factories.tariffs import imported, small_document
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]


def work_it_off(visitor: Visitor) -> None:
    while run_workers.work(worker="journey"):
        pass
    if not visitor.scripts:
        visitor.press("Check again now")


def with_a_charity(people: Cast) -> Programme:
    providers = [
        {"id": "prime", "name": "Big prime", "share": 1, "reserves": 500000},
        {"id": "charity", "name": "Small charity", "reserves": 1500, "overhead_monthly": 100},
    ]
    return imported(small_document() | {"providers": providers}, organisation=people.authority, by=people.amina)


@pytest.mark.promise("A4")
def test_a_commissioner_learns_which_evidence_to_get_first_and_writes_it_down(
    either_visitor: Visitor, signed_in: SignIn
) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    amina = signed_in(either_visitor, people.amina)

    amina.open(programme.get_absolute_url())
    amina.press("Sensitivity")
    amina.sees("This has not been worked out yet.")
    amina.press("Work it out")
    amina.sees("inputs and margins done")
    work_it_off(amina)

    amina.sees("What to find out first")
    amina.sees("Most hangs on")
    amina.sees("How far may the evidence be wrong?")
    amina.check()
    amina.press("People parked")
    amina.sees("What moves the share of people parked")
    amina.page.get_by_role("link", name="Write it down").first.click()
    amina.sees("Save")


@pytest.mark.promise("A4")
def test_a_commissioner_finds_what_a_small_charity_could_stand_and_tries_it_on_a_copy(
    either_visitor: Visitor, signed_in: SignIn
) -> None:
    people = cast()
    programme = with_a_charity(people)
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/supply-chain/?subcontractor=charity")
    amina.press("Find out what the prime would have to keep or grant")
    amina.sees("ways done")
    work_it_off(amina)
    amina.sees("A subcontractor like “Small charity” does not stand its contract as it is.")
    amina.check()
    amina.press("Apply it to a copy")

    amina.sees("is a copy with these terms")
    amina.sees("What reaches the subcontractors?")
