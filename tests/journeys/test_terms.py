"""Terms and supply chain in a browser, with and without scripts: what is paid in all, and who bears the risk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tariffs.models import Tariff
from tests.factories.commissioning import cast
from tests.factories.tariffs import EXAMPLE, imported, small_document
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[Visitor, object], Visitor]


def test_terms_are_changed_and_the_totals_follow(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = imported(EXAMPLE, organisation=people.authority, by=people.amina)
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/")
    amina.press("Terms")
    amina.sees("On which terms do we pay?")
    amina.fill("Grant or payment at the start, whatever is achieved, in pounds", "2,000,000")
    amina.page.get_by_label("Does payment depend on a target?").select_option("sliding")
    amina.fill("How many in 100 people referred have to reach it?", "15")
    amina.press("Save the terms")
    amina.sees("There is a problem")
    amina.sees("Choose the milestone that the target is about")
    amina.sees("Enter from how many in 100 on something is paid, below the rate of the target")
    expect(amina.page.get_by_label("How many in 100 people referred have to reach it?")).to_have_value("15")
    amina.page.get_by_label("Which milestone is the target about?").select_option(
        label="Job outcome (26 or 13 weeks in work)"
    )
    amina.fill("For a rising share: from how many in 100 on is something paid?", "5")
    amina.press("Save the terms")

    amina.sees("The terms are saved.")
    amina.sees("£2,000,000")
    amina.sees("15% of those referred reach Job outcome")
    amina.sees("is paid over the contract")
    tariff = Tariff.objects.get(programme=programme)
    assert (tariff.target_rule, tariff.target_rate, tariff.target_rate_from) == ("sliding", 0.15, 0.05)


def test_a_price_is_emptied_and_payments_are_counted(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/prices/")
    amina.fill("Price band A, Stay, in pounds", "30")
    amina.fill("pays the first of Stay, price band A", "2")
    amina.fill("Price band B, Job, in pounds", "")
    amina.press("Save prices")

    amina.sees("2 prices changed. 1 of them removed: where a cell is empty, nothing is paid.")
    amina.sees("£1,060")
    lines = programme.tariff.price_lines.order_by("place").values_list("price_band", "milestone__key", "payments")
    assert list(lines) == [("A", "job", 1), ("A", "stay", 2)]


def test_what_one_person_could_earn_follows_while_one_types(visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    amina = signed_in(visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/prices/")
    amina.fill("Price band A, Stay, in pounds", "100")

    expect(amina.page.locator("#most-0")).to_have_text("£1,300")
    expect(amina.page.locator("#effects")).to_contain_text("is paid over the contract")


def test_what_reaches_the_subcontractors_is_told_and_changed(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    providers = [
        {"id": "prime", "name": "Big prime", "share": 1, "reserves": 500000},
        {"id": "charity", "name": "Small charity", "reserves": 2000, "overhead_monthly": 100},
    ]
    given = small_document() | {"providers": providers}
    given["tariff"]["service_fee_monthly"] = 5000
    programme = imported(given, organisation=people.authority, by=people.amina)
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/")
    amina.press("Supply chain")
    amina.sees("A subcontractor with 36 people a year faces")
    amina.sees("More depends on results for a subcontractor than for the prime")
    amina.fill("How much of the contract is passed on, in 100?", "140")
    amina.press("Save what is passed on")
    amina.sees("The share passed on must be from 0 in 100 to 100 in 100")
    amina.fill("How much of the contract is passed on, in 100?", "40")
    amina.fill("How much of a subcontractor's money is paid by results, in 100?", "5")
    amina.press("Save what is passed on")
    amina.sees("What is passed on is saved.")
    amina.sees("40% of the contract is passed on, in 4 subcontracts of 10% each.")
    amina.page.get_by_label("Which kind of provider is the subcontractor?").select_option("prime")
    amina.press("Show this one")

    amina.sees("The subcontractor is taken to be like the prime")
