"""Errors stop a statement, warnings do not; each says where it is cured."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from markets.core import statement_checks, statement_sections
from markets.core.statement_checks import PLAN_WORDS, Draft, Planned, PutIn, Text

TODAY = date(2026, 11, 22)
SECTIONS = statement_sections.sections()
FIGURE = PutIn("spend", "Spend", "demand", "Our budget", has_run=False, is_stale=False)
PLACED = "We buy this.\n\n{{figure:spend}}"
GOOD = Draft(
    today=TODAY,
    number=1,
    service="Employment",
    areas=("E09000003",),
    texts=tuple(Text(each, PLACED) for each in SECTIONS.values()),
    figures=(FIGURE,),
    plan=dict.fromkeys(PLAN_WORDS, "Said"),
    tools=("results",),
    upfront_known=True,
    contacts="Commissioning team",
    dates=(Planned("Tender notice", date(2027, 1, 1)), Planned("Award of the contract", date(2027, 6, 1))),
    review_on=date(2027, 11, 22),
    open_comments=0,
    owed=0,
    change_note="",
)


def text(key: str, words: str) -> tuple[Text, ...]:
    return tuple(Text(each, words if name == key else PLACED) for name, each in SECTIONS.items())


def test_a_whole_statement_has_neither_errors_nor_warnings() -> None:
    found = statement_checks.check(GOOD)

    assert found.is_ready
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("changes", "words", "page", "part"),
    [
        ({"service": " "}, "Say in words which service it is about", "edit", ""),
        ({"areas": ()}, "Say which areas it is about", "edit", ""),
        ({"contacts": ""}, "Name the team that answers questions", "plan", "contacts"),
        ({"number": 2}, "Say what changed since the last edition, and why", "edit", "change_note"),
        ({"texts": text("workforce", " \n")}, "Section 11 is not written: Workforce", "section", "workforce"),
        (
            {"texts": text("workforce", "{{figure:other}}")},
            "Section 11 names a figure that is not there: other",
            "section",
            "workforce",
        ),
        (
            {"figures": (replace(FIGURE, has_run=True, is_stale=True),)},
            "“Spend” is out of date: the programme changed since its run. Run it again, or take it out",
            "section",
            "demand",
        ),
        ({"figures": (replace(FIGURE, source=" "),)}, "“Spend” has no source", "section", "demand"),
        ({"review_on": None}, "Say when the statement will be reviewed", "dates", "review_on"),
        ({"review_on": TODAY}, "The day of the next review has to be in the future", "dates", "review_on"),
        (
            {"dates": (Planned("Award", date(2027, 6, 2)), Planned("Start", None), Planned("End", date(2027, 6, 1)))},
            "End comes before award",
            "dates",
            "",
        ),
        ({"open_comments": 1}, "1 comment of colleagues without an answer", "comments", ""),
        (
            {"owed": 2},
            "2 comments on the consultation of its programme without a released answer",
            "consultation",
            "",
        ),
    ],
)
def test_each_of_these_stops_it(changes: dict[str, Any], words: str, page: str, part: str) -> None:
    found = statement_checks.check(replace(GOOD, **changes))

    assert not found.is_ready
    assert [(each.words, each.page, each.part) for each in found.errors] == [(words, page, part)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"texts": text("workforce", "one two three " * 9)},
            "Section 11 has a sentence of 27 words: “one two three one two three…”. Cut it in two, or more",
        ),
        (
            {"texts": text("workforce", "Multidisciplinary commissioning considerations necessitate reconciliation.")},
            "Section 11 is hard to read: use shorter words and sentences",
        ),
        ({"texts": text("supply", "Words.")}, "Section 6 has no figure"),
        ({"plan": {**GOOD.plan, "engagement": ""}}, "Nothing is said yet of how the market can take part"),
        ({"tools": ()}, "No tool is chosen: how do you mean to buy and pay?"),
        ({"upfront_known": False}, "The share paid upfront is not said"),
        ({"dates": (Planned("Start", None), Planned("End", None))}, "No date yet: start, end"),
        ({"dates": (Planned("Start", date(2026, 11, 21)),)}, "Start: this day has passed"),
        ({"figures": (replace(FIGURE, is_made_up=True),)}, "“Spend” rests on made-up providers"),
        (
            {"figures": (FIGURE, replace(FIGURE, key="other", title="Other"))},
            "“Other” stands in no text, so it will not be published",
        ),
        (
            {"texts": text("contacts", "Write to ann.smith@council.example")},
            "Section 15 seems to hold an e-mail address: name no person",
        ),
        (
            {"plan": {**GOOD.plan, "engagement": "Ring Ann on 020 7946 0000"}},
            "What is said of how the market can take part seems to hold a telephone or NHS number: name no person",
        ),
        (
            {"service": "Help, by ann.smith@council.example"},
            "What is said of the service seems to hold an e-mail address: name no person",
        ),
    ],
)
def test_each_of_these_is_pointed_out_and_does_not_stop_it(changes: dict[str, Any], words: str) -> None:
    found = statement_checks.check(replace(GOOD, **changes))

    assert found.is_ready
    assert [each.words for each in found.warnings] == [words]


def test_a_date_in_a_text_is_no_personal_detail() -> None:
    found = statement_checks.check(replace(GOOD, texts=text("messages", "We begin on 1 March 2027.")))

    assert found.warnings == ()


def test_a_run_is_source_enough_and_a_later_edition_says_what_changed() -> None:
    figures = (replace(FIGURE, source="", has_run=True),)

    assert statement_checks.check(replace(GOOD, figures=figures, number=2, change_note="Dates moved")).is_ready


def test_days_on_the_same_day_are_in_order() -> None:
    days = (Planned("Award", date(2027, 6, 1)), Planned("Start", date(2027, 6, 1)))

    assert statement_checks.check(replace(GOOD, dates=days)).is_ready


def test_there_are_fifteen_sections_with_guidance_and_a_source_or_its_report() -> None:
    assert [each.number for each in SECTIONS.values()] == list(range(1, 16))
    assert all(each.guidance and each.found_in for each in SECTIONS.values())
    assert [each.key for each in SECTIONS.values() if not each.verified] == ["models", "resources"]
    assert (statement_sections.after("purpose"), statement_sections.after("contacts")) == ("messages", "")
