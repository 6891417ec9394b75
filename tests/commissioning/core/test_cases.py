"""What answers add up to."""

import pytest

from commissioning.core import cases
from commissioning.core.case_questions import questions, sections

KEYS = list(questions())
ALL_YES = dict.fromkeys(KEYS, "yes")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, f"Nothing is known yet: none of the {len(KEYS)} questions has an answer."),
        (
            {KEYS[0]: "yes"},
            f"1 of {len(KEYS)} questions is answered: 1 for Payment by Results here, 0 against, 0 partly.",
        ),
        (
            {KEYS[0]: "yes", KEYS[1]: "no", KEYS[2]: "partly", KEYS[3]: "unknown"},
            f"3 of {len(KEYS)} questions are answered: 1 for Payment by Results here, 1 against, 1 partly.",
        ),
        (
            ALL_YES,
            f"All {len(KEYS)} questions are answered: {len(KEYS)} for Payment by Results here, 0 against, 0 partly.",
        ),
    ],
)
def test_the_sentence_says_what_speaks_for_and_against(answers: dict[str, str], words: str):
    assert cases.in_words(cases.tally(answers)) == words


def test_an_answer_to_a_question_that_is_gone_does_not_count():
    assert cases.tally({"gone": "yes"}).answered == 0


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({}, ("Not started", "grey")),
        ({KEYS[0]: "no"}, (f"1 of {len(sections()[0].questions)} answered", "blue")),
        (ALL_YES, ("Answered", "green")),
        (ALL_YES | {KEYS[0]: "no"}, ("1 against", "red")),
    ],
)
def test_a_section_says_how_far_it_is(answers: dict[str, str], status: tuple[str, str]):
    assert cases.standing(sections()[0], answers) == status


def test_what_speaks_against_comes_first_and_nothing_is_left_out():
    found = cases.sorted_against_first({KEYS[0]: "yes", KEYS[1]: "no", KEYS[2]: "partly"})

    assert [answer.value for answer in found] == ["no", "partly", "unknown", "yes"]
    assert [question.key for question in found[cases.Answer.NO]] == [KEYS[1]]
    assert sum(len(asked) for asked in found.values()) == len(KEYS)
