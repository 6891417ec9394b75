"""The pages that need no account, and the wall around all pages."""

import pytest

from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/",
    "/accessibility/",
    "/privacy/",
    "/cookies/",
    "/how-figures-are-made/",
    "/worked-example/",
    "/moderation/",
    "/what-people-said/",
    "/nowhere/",
    "/account/closed/",
]


@pytest.mark.promise("A1")
@pytest.mark.promise("A3")
@pytest.mark.promise("A5")
@pytest.mark.promise("P12")
def test_public_pages_have_no_barriers_a_title_and_one_heading(visitor: Visitor):
    titles = set()

    for path in PAGES:
        visitor.open(path)
        titles.add(visitor.page.title())
        assert visitor.page.locator("h1").count() == 1, path

    assert len(titles) == len(PAGES)


@pytest.mark.promise("S8")
def test_a_script_written_into_a_page_is_blocked_and_noticed(visitor: Visitor):
    visitor.open("/")

    visitor.page.evaluate(
        """() => {
        const script = document.createElement('script');
        script.textContent = 'window.ranAnyway = true';
        document.body.append(script);
    }"""
    )

    assert visitor.page.evaluate("window.ranAnyway") is None
    assert "Content Security Policy" in visitor.faults[0]


@pytest.mark.promise("A2")
def test_the_keyboard_skips_to_the_content(visitor: Visitor):
    visitor.open("/")

    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")

    assert visitor.page.evaluate("document.activeElement.id") == "main-content"


@pytest.mark.promise("A4")
def test_public_pages_can_be_read_without_scripts(plain_visitor: Visitor):
    for path in PAGES:
        plain_visitor.open(path)
        assert plain_visitor.page.locator("h1").is_visible(), path


@pytest.mark.promise("A4")
def test_anyone_reads_the_worked_example_from_the_home_page(either_visitor: Visitor):
    either_visitor.open("/")

    either_visitor.press("Who was parked under the Work Programme?")

    assert either_visitor.is_at("/worked-example/")
    either_visitor.sees("people would be parked")
    either_visitor.sees("What each milestone pays a person")
    pictures = either_visitor.page.locator("figure.chart")
    assert pictures.count() == 6
    assert pictures.first.locator("table").is_visible() != either_visitor.scripts
