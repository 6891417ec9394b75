"""Every page part and every kind of field in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.gallery import SUPPORT, TABLE
from tests.journeys.conftest import NARROW, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def gallery(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.gallery"


def test_every_page_part_is_without_barriers_and_blocked_code(visitor: Visitor):
    visitor.open("/gallery/")
    visitor.page.locator("figure.chart .main-svg").first.wait_for()
    visitor.page.locator("figure.chart .nsewdrag").first.hover()

    visitor.check()


def test_a_chart_offers_no_way_to_send_its_figures_elsewhere(visitor: Visitor):
    visitor.open("/gallery/")
    visitor.page.locator("figure.chart .main-svg").first.wait_for()

    buttons = visitor.page.locator("figure.chart .modebar-btn").evaluate_all(
        "all => all.map(each => each.dataset.title || '')"
    )

    assert buttons
    assert not [title for title in buttons if "share" in title.lower() or "plotly" in title.lower()]


@pytest.mark.promise("A6")
def test_the_table_of_a_chart_holds_the_values_that_are_drawn(visitor: Visitor):
    visitor.open("/gallery/")
    visitor.page.locator("figure.chart .main-svg").first.wait_for()

    drawn = visitor.page.evaluate("[...document.querySelector('figure.chart .chart__picture').data[0].y]")

    assert tuple(drawn) == SUPPORT == tuple(row[1] for row in TABLE.rows)


def test_the_table_is_folded_on_a_wide_screen_and_leads_on_a_narrow_one(visitor: Visitor):
    visitor.open("/gallery/")
    figure = visitor.page.locator("figure.chart")
    expect(figure.locator("table")).to_be_hidden()

    visitor.page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})

    expect(figure.locator("table")).to_be_visible()
    table, picture = figure.locator("table").bounding_box(), figure.locator(".chart__picture").bounding_box()
    assert table
    assert picture
    assert table["y"] < picture["y"]


@pytest.mark.promise("A4")
def test_without_scripts_a_chart_still_says_everything(plain_visitor: Visitor):
    plain_visitor.open("/gallery/")

    plain_visitor.sees("From 4 in 10 to 3 in 10.")
    plain_visitor.sees("£1,350,000")
    expect(plain_visitor.page.locator(".chart__picture")).to_be_hidden()


def test_a_chart_that_htmx_brings_is_drawn_too(visitor: Visitor):
    visitor.open("/gallery/")

    visitor.page.get_by_role("button", name="More").click()

    visitor.page.locator("#fragment figure.chart .main-svg").first.wait_for()
    visitor.check()


FIELDS = [
    ("Enter a name", "id_name"),
    ("Choose a kind", "id_kind"),
    ("Choose a tag", "id_tags"),
    ("Choose a band", "id_band"),
    ("Enter the day, month and year", "id_start_0"),
    ("Enter words", "id_words"),
    ("Say that you are sure", "id_sure"),
    ("Choose a file", "id_upload"),
]


@pytest.mark.promise("B8")
def test_each_error_in_the_summary_leads_to_its_field(visitor: Visitor):
    visitor.open("/gallery/form/")
    visitor.press("Save")

    for error, field in FIELDS:
        visitor.page.locator(".govuk-error-summary").get_by_role("link", name=error).click()
        focused = visitor.page.evaluate("[document.activeElement.id, document.activeElement.tagName]")
        assert focused[0] == field
        assert focused[1] in ("INPUT", "SELECT", "TEXTAREA")

    summary = visitor.page.locator(".govuk-error-summary")
    assert summary.get_by_text("The whole does not fit together").count() == 1
    assert summary.get_by_role("link", name="The whole does not fit together").count() == 0
    assert visitor.page.title().startswith("Error: ")


def test_the_error_summary_is_read_out_first(visitor: Visitor):
    visitor.open("/gallery/form/")

    visitor.press("Save")

    assert visitor.page.evaluate("document.activeElement.className") == "govuk-error-summary"
