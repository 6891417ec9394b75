"""The browser of the journeys: every page a visitor comes to is checked for barriers, leaks and blocked code.

    def test_story(visitor):
        visitor.open("/")                       # opens, and checks the page
        visitor.press("Sign in")                # presses a button or link, and checks what comes
        visitor.fill("Email address", "...")    # fills the field with this label
        visitor.sees("Your account")            # waits for words

Fixtures: `visitor` (scripts on), `plain_visitor` (scripts off), `either_visitor` (the test runs twice, once each),
`another_visitor()` (as many more as the story needs). `signed_in(visitor, person)` saves a story the way in.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, expect

from tests.factories.commissioning import client_of

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIND_BARRIERS = """tags => axe.run(document, {runOnly: tags}).then(found => found.violations.map(
    each => each.id + ': ' + each.nodes.map(node => node.html.slice(0, 200)).join(' | ')))"""
# The page without its words, ids of things, values and where its links lead; its styles stay, for contrast hangs on
# them. What only the length of words could bring about is looked for on the first page of a shape alone.
SHAPE = """() => document.documentElement.outerHTML
    .replace(/>[^<]*[^<\\s][^<]*</g, '>x<').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
    .replace(/ value="[^"]+"/g, ' value').replace(/ (href|action|hx-[a-z]+)="(?!\\/static\\/)[^"]+"/g, ' $1')"""
SHAPES_SEEN: set[str] = set()
WIDE, NARROW, NARROWEST = (1280, 900), (375, 800), (320, 800)
PATIENCE = 10_000


class Visitor:
    """One person's browser window, which refuses to go on where a page has a fault."""

    def __init__(self, page: Page, address: str, *, scripts: bool) -> None:
        self.page, self.address, self.scripts = page, address, scripts
        self.faults: list[str] = []
        self.checked: set[str] = set()
        page.set_default_timeout(PATIENCE)
        page.on("console", self._hear)
        page.on("request", self._watch)
        page.on("pageerror", lambda error: self.faults.append(f"script failed: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:", "about:")):
            self.faults.append(f"asked another website: {request.url}")

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.check()

    def press(self, name: str, *, exact: bool = True) -> None:
        """Press the button, or follow the link, with this name within the page's own part."""
        within = self.page.get_by_role("main")
        button = within.get_by_role("button", name=name, exact=exact)
        target = button if button.count() else within.get_by_role("link", name=name, exact=exact)
        target.first.click()
        self.page.wait_for_load_state("load")
        self.check()

    def press_in_header(self, name: str) -> None:
        header = self.page.get_by_role("banner")
        button = header.get_by_role("button", name=name)
        (button if button.count() else header.get_by_role("link", name=name)).first.click()
        self.page.wait_for_load_state("load")
        self.check()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str, *, exact: bool = False) -> None:
        """Choose a radio button or tick a box."""
        self.page.get_by_label(label, exact=exact).check()

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible(timeout=PATIENCE)

    def is_at(self, path: str) -> bool:
        return urlparse(self.page.url).path == path

    def check(self) -> None:
        """Look for barriers on a wide and a narrow screen, once for each shape of a page, and for sideways scroll."""
        state = f"{self.page.url} {self.page.title()}"
        if self.scripts and state not in self.checked:
            self.checked.add(state)
            shape = self.page.evaluate(SHAPE)
            if shape not in SHAPES_SEEN:
                self._find_barriers(state)
                SHAPES_SEEN.add(shape)
            self.page.set_viewport_size({"width": NARROWEST[0], "height": NARROWEST[1]})
            across = self.page.evaluate("document.documentElement.scrollWidth")
            assert across <= NARROWEST[0], f"{state} scrolls sideways: {across}"
            self.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        assert self.faults == [], self.faults

    def _find_barriers(self, state: str) -> None:
        self.page.evaluate(AXE)
        for width, height in (NARROW, WIDE):
            self.page.set_viewport_size({"width": width, "height": height})
            barriers = self.page.evaluate(FIND_BARRIERS, TAGS)
            assert barriers == [], f"{state} at {width}: {barriers}"


@pytest.fixture(scope="session")
def playwright(playwright: Playwright) -> Iterator[Playwright]:
    """Close the connections that Django keeps for a thread with a running loop, which nobody sees once it has ended.

    Playwright's loop counts as running in the tests' thread from the first journey to the last test.
    """
    yield playwright
    connections.close_all()


@pytest.fixture
def make_visitor(browser: Browser, live_server: Any) -> Iterator[Callable[[bool], Visitor]]:
    contexts = []

    def make(scripts: bool) -> Visitor:
        viewport = {"width": WIDE[0], "height": WIDE[1]}
        context = browser.new_context(java_script_enabled=scripts, locale="en-GB", viewport=viewport)
        contexts.append(context)
        return Visitor(context.new_page(), live_server.url, scripts=scripts)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(make_visitor: Callable[[bool], Visitor]) -> Visitor:
    return make_visitor(True)


@pytest.fixture
def plain_visitor(make_visitor: Callable[[bool], Visitor]) -> Visitor:
    return make_visitor(False)


@pytest.fixture(params=[True, False], ids=["scripts on", "scripts off"])
def either_visitor(request: pytest.FixtureRequest, make_visitor: Callable[[bool], Visitor]) -> Visitor:
    return make_visitor(request.param)


@pytest.fixture
def another_visitor(make_visitor: Callable[[bool], Visitor]) -> Callable[[], Visitor]:
    return lambda: make_visitor(True)


@pytest.fixture
def signed_in(live_server: Any) -> Callable[[Visitor, Any], Visitor]:
    """Give a visitor the session of a person who signed in a moment ago."""

    def sign_in(visitor: Visitor, person: Any) -> Visitor:
        cookie = client_of(person).cookies[settings.SESSION_COOKIE_NAME].value
        visitor.page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        return visitor

    return sign_in
