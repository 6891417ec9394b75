"""Stories of the findings: may we go on, what is in the way, and what is accepted with a reason."""

from collections.abc import Callable

import pytest

from commissioning.models import Programme
from tariffs.models import PriceLine
from tests.factories.commissioning import Cast, cast
from tests.factories.tariffs import EXAMPLE, imported
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]


def example_of(people: Cast) -> Programme:
    return imported(EXAMPLE, organisation=people.authority, by=people.amina, is_example=True)


@pytest.mark.promise("A4")
def test_a_commissioner_reads_what_is_in_the_way_and_goes_where_it_is_cured(
    either_visitor: Visitor, signed_in: SignIn
) -> None:
    people = cast()
    programme = example_of(people)
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/")
    amina.sees("6 blocks, 7 warnings")
    amina.press("Findings")
    amina.sees("6 blocks, 7 warnings, 15 pass, 1 to note, 23 cannot be checked yet.")
    amina.sees("No finished run of the proposed tariff meets the draft as it is")
    amina.press("Prices (12)")
    amina.sees("More is expected to be paid a person than the outcomes added are worth.")
    amina.press("Go to Price grid for P1")

    amina.sees("What do we pay whom, and when?")


@pytest.mark.promise("A4")
def test_a_warning_is_accepted_with_a_reason_until_its_figures_change(
    either_visitor: Visitor, signed_in: SignIn
) -> None:
    people = cast()
    programme = example_of(people)
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/findings/")
    amina.press("Accept this warning with a reason for P5")
    amina.press("Accept the warning")
    amina.sees("Say why you accept the warning")
    amina.fill("Why do you accept it?", "Deadweight was known when the prices were set.")
    amina.press("Accept the warning")
    amina.sees("The warning is accepted. It counts again as soon as its figures change.")
    amina.sees("1 warning accepted")
    amina.sees("Deadweight was known when the prices were set.")

    PriceLine.objects.filter(tariff=programme.tariff, price_band="PG2").update(price=50)
    amina.open(f"/programmes/{programme.pk}/findings/")
    amina.sees("No longer accepted:")
    amina.press("Accept this warning with a reason for P5")
    amina.press("Accept the warning")
    amina.press("Let it count again for P5")

    amina.sees("The warning counts again.")
