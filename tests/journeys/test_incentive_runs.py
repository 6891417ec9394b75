"""Stories of a simulation: from a changed price to a read result, with and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from commissioning.models import Run
from commissioning.services import run_workers
from tests.factories import incentive_runs
from tests.factories.commissioning import Cast, cast
from tests.factories.tariffs import EXAMPLE, imported
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Visitor, object], Visitor]


def work_it_off() -> None:
    while run_workers.work(worker="journey"):
        pass


def start_quick_run(visitor: Visitor, people: Cast) -> None:
    programme = imported(EXAMPLE, organisation=people.authority, by=people.amina, is_example=True)
    visitor.open(programme.get_absolute_url())
    visitor.press("Simulations")
    visitor.press("Start a run")
    visitor.choose("A quick look")
    visitor.press("Start the run")
    visitor.sees("0 of 1,024 draws done")


@pytest.mark.promise("A4")
def test_a_commissioner_tests_a_tariff_and_sees_who_would_be_parked(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    amina = signed_in(either_visitor, people.amina)

    start_quick_run(amina, people)
    run_workers.work(worker="journey", seconds=0.0001)
    if amina.scripts:
        amina.sees("768 of 1,024 draws done")
    else:
        amina.press("Check again now")
        amina.sees("768 of 1,024 draws done")
    amina.sees("Chance of a loss")
    work_it_off()
    if not amina.scripts:
        amina.press("Check again now")

    amina.sees("Who would be helped, and who parked, under this tariff?")
    amina.sees("About 3 in 20 people would be parked")
    amina.sees("Most parking is in ESA, formerly on incapacity benefit: about 11 in 20 people")
    amina.check()
    if amina.scripts:
        expect(amina.page.locator(".chart__picture .main-svg").first).to_be_visible()
        assert amina.page.locator(".chart__picture .plot-container").count() == 10
        assert "Share chart" not in amina.page.content()
    with amina.page.expect_download() as download:
        amina.page.get_by_role("link", name="Download these figures as CSV").first.click()
    assert download.value.suggested_filename == "support.csv"


def test_a_run_can_be_left_and_come_back_to_and_cancelled(visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    amina = signed_in(visitor, people.amina)

    start_quick_run(amina, people)
    amina.press("runs of this programme")
    amina.sees("Waiting to start")
    amina.page.get_by_role("main").get_by_role("rowheader").get_by_role("link").click()
    amina.press("Cancel the run")
    amina.sees("The run is cancelled")
    amina.sees("This run was cancelled")

    assert Run.objects.get().state == Run.State.CANCELLED


def test_two_runs_are_compared_and_one_is_checked(either_visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = imported(EXAMPLE, organisation=people.authority, by=people.amina)
    for seed in (1, 2):
        incentive_runs.finished(programme=programme, seed=seed)
    amina = signed_in(either_visitor, people.amina)

    amina.open(f"/programmes/{programme.pk}/runs/")
    amina.press("Compare runs side by side")
    for box in amina.page.get_by_role("checkbox").all():
        box.check()
    amina.press("Compare")
    amina.sees("did not meet the same luck")
    amina.sees("Chance of a loss")
    amina.page.get_by_role("columnheader").get_by_role("link").first.click()
    amina.check()
    amina.press("Check or repeat this run")
    amina.press("Repeat the run")
    amina.sees("It is being repeated now")
    work_it_off()
    amina.press("See whether it is done")
    amina.sees("every figure came out the same, to the last digit")


def test_a_commissioner_of_another_authority_finds_nothing(visitor: Visitor, signed_in: SignIn) -> None:
    people = cast()
    programme = imported(EXAMPLE, organisation=people.authority, by=people.amina)
    run = incentive_runs.finished(programme=programme)
    charlie = signed_in(visitor, people.charlie)

    for path in (f"/programmes/{programme.pk}/runs/", f"/runs/{run.pk}/", f"/runs/{run.pk}/record/"):
        charlie.open(path)
        charlie.sees("Page not found")


def test_anyone_reads_how_the_model_stands_up_to_history(either_visitor: Visitor) -> None:
    either_visitor.open("/how-figures-are-made/history/")

    either_visitor.sees("Does the model reproduce what happened?")
    assert either_visitor.page.get_by_text("Holds", exact=True).count() == 6
