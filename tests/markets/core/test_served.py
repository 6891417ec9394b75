"""Whom providers help, in the words of several registers."""

import pytest

from markets.core.served import CODES, from_words


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["Children (5-13 year olds)", "Youth (14-25 year olds)"], (201,)),
        (["Older people", "General public"], (202, 207)),
        (["Mental health"], (103, 203)),
        (["Ex-offenders and prisoners"], (206,)),
        (["The advancement of education"], (102,)),
        (["Relief of poverty", "Advice/advocacy/information"], (105, 307)),
        (["No specific group, or for the benefit of the community"], (207,)),
        (["Interface communities", ""], ()),
    ],
)
def test_a_registers_words_become_codes_and_what_fits_none_is_not_guessed(
    words: list[str], codes: tuple[int, ...]
) -> None:
    assert from_words(words) == codes


def test_women_are_not_taken_for_men() -> None:
    assert from_words(["Women"]) == from_words(["Men"]) == (206,)


def test_there_are_34_codes_in_three_kinds() -> None:
    assert len(CODES) == 34
