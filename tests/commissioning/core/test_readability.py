"""How hard a text is to read, held against texts whose grade is plain to see."""

import pytest

from commissioning.core.readability import PER_SYLLABLE, read, syllables

EASY = "We plan a new service. Tell us what is good help. You can stop at any time."
HARD = (
    "The commissioning authority anticipates remunerating organisations exclusively following independently verified "
    "sustainable employment outcomes, notwithstanding individual participants' heterogeneous circumstances."
)


@pytest.mark.parametrize(
    ("word", "count"),
    [("a", 1), ("help", 1), ("service", 2), ("helped", 1), ("wanted", 2), ("table", 2), ("people", 2), ("time", 1),
     ("payment", 2), ("authority", 4), ("outcome", 2), ("26", 1), ("rhythm", 1), ("changes", 2), ("makes", 1)],
)  # fmt: skip
def test_syllables_are_counted_as_people_speak(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_is_that_of_the_formula() -> None:
    found = read("The cat sat on the mat.")

    assert (found.sentences, found.words, found.longest) == (1, 6, 6)
    assert found.grade == pytest.approx(0.39 * 6 + PER_SYLLABLE * 1 - 15.59)


def test_plain_words_have_no_fault_and_officialese_has_three() -> None:
    assert read(EASY).faults == ()
    assert len(read(f"{HARD[:-1]}, {HARD}").faults) == 3


def test_long_words_alone_are_a_fault() -> None:
    (fault,) = read("Organisations anticipate remuneration.").faults

    assert "shorter" in fault


def test_the_longest_sentence_is_named() -> None:
    found = read("Short. " + "word " * 26 + "end. Short again.")

    assert found.longest == 27
    assert found.longest_sentence.endswith("end")
    assert "27 words" in found.faults[0]


def test_lines_are_sentences_and_abbreviations_within_words_are_not() -> None:
    assert read("One thing\nAnother thing").sentences == 2
    assert read("It costs 3.50 pounds").sentences == 1


def test_no_words_are_easy() -> None:
    assert read(" … ") == read("")
    assert read("").faults == ()
