"""Cures in words: what is said of costs, doubts and figures that say little."""

from functools import cache

import pytest

from commissioning.core.figures import MINUS
from tariffs.charts import repairs as words
from tariffs.core.programmes import Programme, Target, TargetRule
from tariffs.core.repairs import Question, parts, put_together, worked_out
from tests.factories.parked import two_groups, with_start

pytestmark = pytest.mark.slow

DRAWS = 64
BINARY = {"target": Target("job", TargetRule.BINARY, 0.3)}


@cache
def found(programme: Programme) -> tuple[Question, dict]:
    question = Question(programme, 0, 0.1)
    return question, put_together(
        question, [worked_out(question, part, DRAWS, 1) for part in parts(programme)], DRAWS, 1
    )


def card(programme: Programme, key: str) -> words.Card:
    return next(each for each in words.cards(*found(programme)) if each.key == key)


def test_where_the_provider_fails_anyway_the_figures_are_said_to_say_little() -> None:
    doomed = card(with_start(two_groups(shared=True, reserves=1_000.0, terms=BINARY)), "price-0")

    assert any("As it is, the provider fails in" in doubt for doubt in doomed.doubts)
    assert not any("fewer outcomes" in doubt for doubt in doomed.doubts)
    assert doomed.costs[0] == "Nothing more is spent on average."


def test_more_spend_comes_with_its_range() -> None:
    cost = card(two_groups(), "price-1").costs[0]

    assert "more spent over the contract on average; nine of ten differences lie from £" in cost


def test_fewer_outcomes_are_said_aloud_where_money_comes_whatever_happens() -> None:
    upfront = card(two_groups(reserves=20_000.0, overdraft=1e6), "earlier")

    assert any("It brings fewer outcomes that would not have happened anyway" in doubt for doubt in upfront.doubts)
    assert any("hangs on nothing, and buys no support" in doubt for doubt in upfront.doubts)


def test_a_shared_band_that_stays_parked_says_so() -> None:
    shared = card(two_groups(shared=True), "price-0")

    assert any("of Harder are still parked" in doubt for doubt in shared.doubts)


def test_a_group_is_told_what_it_needs_and_where_that_is_suggested() -> None:
    easy, hard = words.group_lines(*found(two_groups()))

    assert (easy.is_cured, easy.card) == (True, "")
    assert easy.needed.startswith("today's is enough")
    assert (hard.is_cured, hard.card) == (False, "price-1")


def test_figures_before_and_after_stand_in_one_table() -> None:
    table = card(two_groups(), "price-1").figures

    assert [row[0] for row in table.rows][:3] == [
        "People parked",
        "Outcomes that would not have happened anyway",
        "Spend of the commissioner",
    ]
    assert table.rows[0][3].startswith(MINUS)
