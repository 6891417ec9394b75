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


@pytest.mark.promise("A4")
def test_a_rule_that_lacks_a_fact_is_answered_and_judged_by_the_authority_s_own_line(
    either_visitor: Visitor, signed_in: SignIn
) -> None:
    people = cast()
    programme = example_of(people)
    bob = signed_in(either_visitor, people.bob)

    bob.open(f"/programmes/{programme.pk}/findings/?area=incentive")
    bob.press("What else is known for I10")
    bob.sees("How much of the payments rests on what the provider itself declares?")
    bob.fill("How many in 100?", "20")
    bob.press("Save")
    bob.sees("Say where you know this from")
    bob.fill("Where do you know this from?", "Contract register, March 2026")
    bob.press("Save")
    bob.sees("1 of 18 questions are answered.")
    bob.sees("Contract register, March 2026")

    bob.open(f"/programmes/{programme.pk}/findings/?area=incentive")
    bob.sees("20% of the payments rest on the payee's own word; the limit is 25%.")
    bob.press("Where we draw the lines")
    bob.press("Change the line of I10: No more than this should rest on the payee's own word.")
    bob.fill("Your own line, in 100", "10")
    bob.fill("Why do you draw it there?", "The audit committee asked for it.")
    bob.press("Save")
    bob.sees("The audit committee asked for it.")

    bob.open(f"/programmes/{programme.pk}/findings/?area=incentive")
    bob.sees("20% of the payments rest on the payee's own word; the limit is 10%.")
