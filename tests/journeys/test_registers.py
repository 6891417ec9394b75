"""Stories of the local market: who could deliver here, what an authority knows itself, and what providers say."""

from collections.abc import Callable

import pytest

from markets import services
from markets.models import FinancialYear, Import, Provider
from tests.factories import registers
from tests.factories.commissioning import cast
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]
LIST = b"Name,Charity number,Turnover\nAnytown Carers,1000001,350000\nNot on any register,,20000\nBroken,12,\n"


def a_market() -> Provider:
    """Make two charities, one of them with published reserves and three years of accounts."""
    row = registers.provider(1, name="Anytown Carers", reserves=100_000, year_end="2026-03-31")
    registers.provider(2, name="Kent Carers", areas=["E10000016"])
    for year in (2024, 2025, 2026):
        FinancialYear.objects.create(
            provider=row, year_end=f"{year}-03-31", income=400_000, expenditure=300_000, reserves=year * 50
        )
    Import.objects.create(
        source="ccew", state="succeeded", finished_at="2026-11-02T00:00:00Z", extract_date="2026-11-01", rows_read=2
    )
    return row


@pytest.mark.promise("A4")
def test_a_commissioner_looks_for_who_could_deliver_and_reads_one(either_visitor: Visitor, signed_in: SignIn) -> None:
    a_market()
    amina = signed_in(either_visitor, cast().amina)

    amina.open("/programmes/")
    amina.press_in_header("Market")
    amina.sees("Who could deliver this here?")
    amina.fill("Name or official number", "carers")
    amina.page.get_by_label("Works in").select_option(label="Barnet")
    amina.press("Search")
    amina.sees("1 organisation on the public registers fits.")
    amina.press("Anytown Carers")
    amina.sees("4.0 months")

    amina.sees("Open Government Licence v3.0")


@pytest.mark.promise("A4")
def test_an_authority_brings_in_its_own_list(either_visitor: Visitor, signed_in: SignIn) -> None:
    a_market()
    people = cast()
    amina = signed_in(either_visitor, people.amina)

    amina.open("/market/imports/")
    amina.press("Bring something in")
    amina.choose("Our own list of providers")
    amina.page.get_by_label("The file").set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": LIST})
    amina.press("Bring it in")
    amina.sees("Which column of your list is which?")
    amina.press("Bring the list in")
    services.import_workers.work()
    amina.open(f"/market/imports/{Import.objects.get(source='own_list').pk}/")
    amina.sees("2 rows read, 1 left out as broken.")
    amina.sees('"12" is no charity number')
    amina.press("Go to the market")

    amina.sees("On your list")


@pytest.mark.promise("A4")
@pytest.mark.promise("S3")
def test_a_provider_claims_its_row_and_chooses_who_sees_what(
    either_visitor: Visitor, another_visitor: Callable[[], Visitor], signed_in: SignIn
) -> None:
    row = a_market()
    people = cast()
    dilys = signed_in(either_visitor, people.dilys)
    bob = signed_in(another_visitor(), people.bob)

    dilys.open(f"/market/providers/{row.pk}/")
    dilys.press("This is our organisation: correct what is said of it")
    dilys.fill("What is its official number?", "1000001")
    dilys.page.get_by_label("Which authority shall check it?").select_option(label="Anytown Council")
    dilys.fill("How can the authority check it?", "Write to the address on the register.")
    dilys.press("Ask the authority")
    dilys.sees("As soon as the authority has confirmed")
    bob.open("/market/claims/")
    bob.press("Anytown Carers")
    bob.choose("Yes, I have checked it")
    bob.press("Save the decision")
    bob.sees("The claim is confirmed.")
    dilys.open(dilys.page.url.removeprefix(dilys.address))
    dilys.press("Correct free reserves")
    dilys.fill("What are your free reserves?", "61234")
    dilys.choose("Every authority, as a band")
    dilys.press("Save")
    dilys.sees("£61,234")

    bob.open(f"/market/providers/{row.pk}/")
    bob.sees("one to three months of spending")
    assert "61,234" not in bob.page.content()
