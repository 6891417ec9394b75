"""Stories of a programme: bringing it in, looking at it, changing a price, two people at once."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from commissioning.models import Programme
from tariffs.models import PriceLine
from tariffs.sources import programme_files
from tests.factories.commissioning import Cast, cast
from tests.factories.tariffs import EXAMPLE, imported, small_document
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]
JOB_OF_PG7 = "Price band PG7, Job outcome (26 or 13 weeks in work), in pounds"


def example_of(people: Cast) -> Programme:
    return imported(EXAMPLE, organisation=people.authority, by=people.amina, is_example=True)


@pytest.mark.promise("A4")
def test_a_commissioner_brings_a_programme_in_and_looks_at_all_of_it(
    either_visitor: Visitor, signed_in: SignIn, tmp_path: Path
) -> None:
    people = cast()
    amina = signed_in(either_visitor, people.amina)
    file = tmp_path / "programme.json"
    file.write_bytes(EXAMPLE)

    amina.open("/programmes/")
    amina.sees("There is no programme yet")
    amina.press("Import a programme file")
    amina.page.get_by_label("Choose a programme file").set_input_files(file)
    amina.press("Import the programme")
    amina.sees("The programme is imported")
    amina.sees("8 prices from £170 to £3,500 in 4 price bands")
    amina.press("Pathway and evidence")
    amina.sees("3 of 8 figures are assumed")
    amina.sees("Inclusion (2014) re-estimate of the no-programme rate")
    amina.page.go_back()
    amina.press("Prices")
    amina.sees("ESA, formerly on incapacity benefit earns 9.1% of what JSA, aged 25 and over earns")
    amina.page.go_back()
    with amina.page.expect_download() as download:
        amina.page.get_by_role("link", name="Download the programme file (JSON)").click()

    written = Path(download.value.path()).read_bytes()
    assert programme_files.loads(written) == programme_files.loads(EXAMPLE)


@pytest.mark.promise("B8")
def test_faults_of_a_file_are_mended_on_the_page(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    amina = signed_in(either_visitor, people.amina)
    wrong = json.dumps(small_document() | {"budget": -1, "colour": "red"})

    amina.open("/programmes/import/")
    amina.press("Import the programme")
    amina.sees("Choose a programme file, or paste its text")
    amina.fill("Or paste the text of a programme file", wrong)
    amina.press("Import the programme")
    amina.sees("/budget")
    amina.sees('the unknown key "colour"')
    expect(amina.page.get_by_label("Or paste the text of a programme file")).to_have_value(wrong)
    amina.fill("Or paste the text of a programme file", json.dumps(small_document()))
    amina.press("Import the programme")

    amina.sees("The programme is imported")


def test_a_price_is_tried_out_mistyped_put_right_and_saved(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = example_of(people)
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/prices/")
    amina.fill(JOB_OF_PG7, "9000")
    amina.press("See what they would do, without saving")
    amina.sees("These prices are not saved.")
    amina.sees("8 prices from £170 to £3,500 in 4 price bands")
    amina.fill(JOB_OF_PG7, "nine thousand")
    amina.press("Save prices")
    amina.sees("There is a problem")
    amina.sees("PG7, Job outcome (26 or 13 weeks in work): Enter the price in pounds, like 1200 or 1200.50")
    expect(amina.page.get_by_label(JOB_OF_PG7)).to_have_value("nine thousand")
    amina.fill(JOB_OF_PG7, "£9,000")
    amina.press("Save prices")
    amina.sees("1 price changed.")
    amina.sees("Changed from £3,500.")

    amina.open(f"/programmes/{programme.pk}/")
    amina.sees("Amina changed 1 price")
    assert PriceLine.objects.get(price_band="PG7", milestone__key="job").price == 9000


def test_what_prices_mean_follows_while_one_types(visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = example_of(people)
    amina = signed_in(visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/prices/")
    amina.sees("For the prices as they are saved.")
    amina.fill(JOB_OF_PG7, "90000")
    amina.sees("For the prices in the grid, not yet saved.")
    expect(amina.page.locator("#groups tr").nth(3)).to_contain_text("100%")
    amina.fill(JOB_OF_PG7, "abc")

    amina.sees("Some prices cannot be read; their saved values are used here.")
    assert PriceLine.objects.get(price_band="PG7", milestone__key="job").price == 3500


@pytest.mark.promise("A2")
def test_the_grid_is_walked_by_keyboard_as_a_sheet(visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    amina = signed_in(visitor, people.amina)
    keys = amina.page.keyboard

    amina.open(f"/programmes/{programme.pk}/prices/")
    amina.page.get_by_label("Price band A, Job, in pounds").focus()
    for key in ("Enter", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"):
        keys.press(key)
    keys.type("2100")
    keys.press("Enter")
    expect(amina.page.get_by_label("Price band B, Job, in pounds")).to_have_value("2100")
    for _field in range(10):
        keys.press("Tab")
        if amina.page.evaluate("document.activeElement.textContent").strip() == "Save prices":
            break
    keys.press("Enter")

    amina.sees("1 price changed.")


@pytest.mark.promise("D1")
def test_of_two_who_edit_at_once_the_second_sees_both_prices_and_loses_nothing(
    either_visitor: Visitor, another_visitor: Callable[[], Visitor], signed_in: SignIn
) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    amina, bob = signed_in(either_visitor, people.amina), signed_in(another_visitor(), people.bob)
    job_of_a, job_of_b = "Price band A, Job, in pounds", "Price band B, Job, in pounds"

    amina.open(f"/programmes/{programme.pk}/prices/")
    bob.open(f"/programmes/{programme.pk}/prices/")
    bob.fill(job_of_a, "1100")
    bob.fill(job_of_b, "2222")
    bob.press("Save prices")
    amina.fill(job_of_a, "1300")
    amina.press("Save prices")
    amina.sees("Bob saved prices while you were editing")
    amina.sees("Saved: £1,100")
    expect(amina.page.get_by_label(job_of_a)).to_have_value("1300")
    expect(amina.page.get_by_label(job_of_b)).to_have_value("2222")
    amina.press("Save prices")

    amina.sees("1 price changed.")
    prices = PriceLine.objects.filter(tariff__programme=programme).order_by("place").values_list("price", flat=True)
    assert list(prices) == [1300, 2222]


@pytest.mark.promise("S5")
def test_what_belongs_to_another_authority_is_not_there(visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = imported(organisation=people.authority, by=people.amina)
    charlie = signed_in(visitor, people.charlie)

    for part in ("", "pathway/", "prices/", "programme.json"):
        charlie.open(f"/programmes/{programme.pk}/{part}")
        charlie.sees("Page not found")
