"""Differences in words: what a commissioner reads."""

from dataclasses import replace
from typing import Any

import pytest

from commissioning.core.pathways import Evidence, Milestone, Provenance
from tariffs.core.differences import Change, Same, compare, in_short
from tariffs.core.programmes import PriceLine, Target, TargetRule
from tests.factories.differences import BASE, renamed, rows, sentences, with_first, with_price, with_tariff


def test_a_price_that_rose_says_by_how_much() -> None:
    assert sentences(with_price(price=4200.0)) == (
        "The price of Job outcome for A rose from £3,500 to £4,200 (20% more).",
    )


def test_a_price_that_fell_says_by_how_much() -> None:
    assert sentences(with_price(price=2800.0)) == (
        "The price of Job outcome for A fell from £3,500 to £2,800 (20% less).",
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (0.0, 10.0, "rose from £0 to £10."),
        (3500.0, 3500.01, "rose from £3,500 to £3,500.01."),
        (3500.0, 3500.0000001, "rose from £3,500.0000000 to £3,500.0000001."),
    ],
)
def test_a_price_is_written_so_that_it_can_be_told_apart(old: float, new: float, words: str) -> None:
    said = sentences(with_price(price=new), with_price(price=old))

    assert said == (f"The price of Job outcome for A {words}",)


def test_numbers_that_no_decimals_tell_apart_are_written_in_full() -> None:
    [row] = rows(compare(BASE, with_first("evidence", baseline=0.04 + 1e-16)))

    assert (row.old, row.new) == ("0.04", repr(0.04 + 1e-16))


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"payment_lag_months": 2}, "Payments now arrive after 2 months instead of after 1 month."),
        ({"payment_lag_months": 0}, "Payments now arrive at once instead of after 1 month."),
        ({"person_cap": None}, "The most that one person earns is now none instead of £4,000."),
        ({"annual_price_change": -0.025}, "The change of prices a year is now \N{MINUS SIGN}2.5% instead of 0%."),
        ({"volume_guarantee": 0.5}, "The share of planned referrals guaranteed is now 50% instead of 0%."),
        ({"version": ""}, "The tariff is now called none instead of “First”."),
        (
            {"target": replace(BASE.tariff.target, rule=TargetRule.BINARY)},
            "The target's rule is now all or nothing instead of a rising share.",
        ),
        (
            {"target": replace(BASE.tariff.target, rate=0.35)},
            "The target's rate is now 35 in 100 instead of 30 in 100.",
        ),
        (
            {"target": replace(BASE.tariff.target, milestone="")},
            "The target's milestone is now none instead of “Job outcome”.",
        ),
    ],
)
def test_terms_are_told_in_sentences(terms: dict[str, Any], sentence: str) -> None:
    assert sentences(with_tariff(**terms)) == (sentence,)


def test_evidence_is_told_with_its_source() -> None:
    new = with_first("evidence", baseline=0.06, observed=None, provenance=Provenance("A survey"))

    assert sentences(new)[:3] == (
        "The evidence for Young people at Job outcome: without help 6 in 100 instead of 4 in 100.",
        "The evidence for Young people at Job outcome: seen with help: none instead of 6 in 100 at £1,000 a person.",
        "The evidence for Young people at Job outcome: source “A survey” instead of “A report”.",
    )


def test_things_that_came_and_went_are_told_with_what_they_are() -> None:
    less = replace(
        BASE,
        groups=BASE.groups[1:],
        milestones=BASE.milestones[1:],
        evidence=(),
        providers=(),
        tariff=replace(BASE.tariff, prices=(), target=Target()),
    )
    more = replace(BASE, tariff=replace(BASE.tariff, target=Target()))

    assert sentences(more, less) == (
        "Group “Young people” was added: 40 referrals a month, price band A.",
        "Milestone “Job outcome” was added: the final outcome, after 3 months.",
        "The evidence for Young people at Job outcome was added: without help 4 in 100, 6 in 100 at £1,000 a person.",
        "The price of Job outcome for A was added: £3,500.",
        "Provider “Prime” was added: 100% of the referrals.",
    )
    assert "The price of Job outcome for A was removed: £3,500." in sentences(less, more)


def test_what_is_paid_or_known_more_simply_is_told_so() -> None:
    line, evidence = PriceLine("B", "stay", 10.0, 3), Evidence("old", "stay", 0.5)

    new = replace(with_tariff(prices=(*BASE.tariff.prices, line)), evidence=(*BASE.evidence, evidence))

    assert sentences(new) == (
        "The evidence for Older people at Still in work was added: without help 50 in 100.",
        "The price of Still in work for B was added: £10, paid up to 3 times.",
    )


def test_a_step_that_was_added_is_told_with_when_it_comes() -> None:
    new = replace(BASE, milestones=(*BASE.milestones, Milestone("talk", "")))

    assert sentences(new) == ("Milestone “talk” was added: a step that comes at once.",)


def test_a_thing_of_another_name_is_the_same_thing() -> None:
    new = with_first("groups", name="People under 25")

    assert sentences(new) == ("Group “Young people” is now called “People under 25”.",)


def test_a_thing_of_another_id_is_another_unless_its_permanent_id_is_given() -> None:
    new = renamed(with_first("groups", id="youngx"), "young")

    assert [row.change for row in rows(compare(BASE, new))] == [
        Change.REMOVED, Change.ADDED, Change.REMOVED, Change.ADDED,
    ]  # fmt: skip
    assert sentences(new, same={"old": {("group", "young"): 7}, "new": {("group", "youngx"): 7}}) == (
        "Group “Young people”: short name “youngx” instead of “young”.",
    )


def test_a_price_line_that_moved_to_another_band_is_the_same_line_where_its_permanent_id_says_so() -> None:
    same = {"old": {("price", ("A", "job")): "line"}, "new": {("price", ("B", "job")): "line"}}

    assert sentences(with_price(price_band="B"), same=same) == (
        "The price of Job outcome for B: price band “B” instead of “A”.",
    )


def test_a_milestone_that_comes_after_another_one_is_told_by_name() -> None:
    assert sentences(with_first("milestones", after=None)) == (
        "Milestone “Job outcome” now comes after referral instead of “Start”.",
    )


@pytest.mark.parametrize(
    ("same", "words"),
    [
        (None, "“Job” (stay) instead of “Job” (job)"),
        (
            {"old": {("milestone", "job"): "1"}, "new": {("milestone", "job"): "2"}},
            "“Job” (job, 2) instead of “Job” (job, 1)",
        ),
    ],
)
def test_things_of_one_name_are_told_apart_by_their_ids(same: Same | None, words: str) -> None:
    job, start, stay = BASE.milestones
    old = replace(BASE, milestones=(replace(job, name="Job"), start, replace(stay, name="Job")))
    on = "job" if same else "stay"
    new = replace(old, tariff=replace(BASE.tariff, target=replace(BASE.tariff.target, milestone=on)))

    assert f"The target's milestone is now {words}." in sentences(new, old, same)


def test_another_order_is_told_by_its_first_place() -> None:
    new = replace(BASE, milestones=BASE.milestones[::-1])

    assert sentences(new) == (
        "The order of the milestones changed: in place 1 comes Milestone “Still in work” "
        "instead of Milestone “Job outcome”.",
    )
    assert in_short(compare(BASE, new)) == "The order of the milestones changed."


def test_a_rewritten_summary_is_told_in_short_and_held_in_full() -> None:
    [row] = rows(compare(BASE, replace(BASE, summary="New")))

    assert (row.sentence, row.new) == ("The summary was rewritten.", "“New”")
