"""Stories of bad times: rehearsed before they come."""

from collections.abc import Callable

import pytest

from commissioning.services import run_workers
from tests.factories.commissioning import cast
from tests.factories.tariffs import imported
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]


@pytest.mark.promise("A4")
def test_a_commissioner_rehearses_a_third_fewer_referrals_under_a_review_clause(
    either_visitor: Visitor, signed_in: SignIn
) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    amina = signed_in(either_visitor, people.amina)

    amina.open(programme.get_absolute_url())
    amina.press("Rehearsals")
    amina.sees("What if things go badly?")
    amina.choose("Fewer people are referred than planned, throughout")
    amina.fill("Over how many months does a review look back?", "99")
    amina.press("Rehearse it")
    amina.sees("The number of months must be from 1 to 60")
    amina.fill("Over how many months does a review look back?", "6")
    amina.choose("A quick look")
    amina.press("Rehearse it")
    amina.sees("How far is the rehearsal?")
    while run_workers.work(worker="journey"):
        pass
    if not amina.scripts:
        amina.press("Check again now")

    amina.sees("The chance that the provider runs out of money is")
    amina.sees("33% fewer people are referred than planned, throughout")
    amina.sees("What the commissioner pays, and what people get")
    amina.check()
    with amina.page.expect_download() as download:
        amina.page.get_by_role("link", name="Download these figures as CSV").first.click()
    assert download.value.suggested_filename == "cash-0.csv"
