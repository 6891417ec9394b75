"""How answers of providers are counted: enough of them, sizes put together, and words that say nothing of whose."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.core.registers import BANDS
from markets.core.survey_answers import (
    APPETITE,
    CONTRACT,
    LEAST,
    NEEDS,
    SIZES,
    WAIT,
    WOULD_BID,
    Answer,
    Results,
    results,
    told,
)

USUAL = Answer("small", "band-2", "3", "100k", "500k", "maybe", ("earlier",), "")


def answered(*sizes: str) -> Results:
    found = results([replace(USUAL, size=size) for size in sizes])
    assert found
    return found


def keys(choices: dict[str, str]) -> st.SearchStrategy[str]:
    return st.sampled_from(list(choices))


ANSWERS = st.builds(
    Answer,
    size=keys(SIZES),
    appetite=keys(APPETITE),
    wait=keys(WAIT),
    smallest=keys(CONTRACT),
    largest=keys(CONTRACT),
    would_bid=keys(WOULD_BID),
    needs=st.lists(keys(NEEDS), unique=True).map(tuple),
    words=st.text(max_size=20),
)


def test_sizes_are_those_of_the_register() -> None:
    assert list(SIZES) == [band.value for band in BANDS]


def test_with_four_answers_nothing_is_shown() -> None:
    assert results([USUAL] * 4) is None
    assert results([]) is None


def test_with_five_all_are_counted_and_sizes_stay_together() -> None:
    found = answered("micro", "small", "medium", "large", "major")

    assert found.answers == 5
    assert found.sizes == (("All sizes", 5),)
    assert dict(found.questions[0].rows) == {"Yes": (0,), "Maybe": (5,), "No": (0,)}
    assert dict(found.needs)["Payments that arrive earlier"] == 5


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ({"micro": 5, "small": 5}, [("Under £10,000", 5), ("£10,000 and over", 5)]),
        ({"micro": 5, "small": 4}, [("All sizes", 9)]),
        ({"medium": 6, "large": 7}, [("Under £1 million", 6), ("£1 million and over", 7)]),
        (
            {"small": 5, "medium": 3, "large": 2, "super_major": 5},
            [("Under £100,000", 5), ("£100,000 to £10 million", 5), ("£10 million and over", 5)],
        ),
        ({"super_major": 5, "micro": 5}, [("Under £10,000", 5), ("£10,000 and over", 5)]),
        (
            {"micro": 5, "small": 5, "medium": 5, "large": 5, "major": 5, "super_major": 5},
            [(words, 5) for words in SIZES.values()],
        ),
    ],
)
def test_neighbouring_sizes_are_put_together_until_five_are_in_each(
    sizes: dict[str, int], groups: list[tuple[str, int]]
) -> None:
    assert list(answered(*Counter(sizes).elements()).sizes) == groups


def test_a_question_is_counted_by_size_and_for_all() -> None:
    found = results([USUAL] * 5 + [replace(USUAL, size="large", would_bid="no")] * 6)

    assert found
    assert dict(found.questions[0].rows) == {"Yes": (0, 0, 0), "Maybe": (5, 0, 5), "No": (0, 6, 6)}


def test_words_stand_in_the_order_of_the_alphabet_and_empty_ones_do_not() -> None:
    found = results([*(replace(USUAL, words=words) for words in ("b", "", "c", "a")), USUAL])

    assert found
    assert found.words == ("a", "b", "c")


@given(st.lists(ANSWERS, max_size=40))
def test_no_group_is_smaller_than_five_and_every_answer_is_in_one(answers: list[Answer]) -> None:
    found = results(answers)

    if len(answers) < LEAST:
        assert found is None
        return
    assert found
    assert all(count >= LEAST for _, count in found.sizes)
    assert sum(count for _, count in found.sizes) == len(answers)
    for question in found.questions:
        assert [sum(column) for column in zip(*(counts for _, counts in question.rows), strict=True)] == (
            [count for _, count in found.sizes] + ([len(answers)] if len(found.sizes) > 1 else [])
        )


@pytest.mark.parametrize(("answers", "shown"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (14, 10)])
def test_while_a_survey_is_open_only_whole_steps_of_five_are_told(answers: int, shown: int) -> None:
    assert told(answers) == shown
