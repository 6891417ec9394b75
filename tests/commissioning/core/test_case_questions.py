"""The catalogue of questions: complete, sourced, and in words for people who are no economists."""

import re

import pytest

from commissioning.core import case_questions
from commissioning.core.case_questions import Question

QUESTIONS = list(case_questions.questions().values())
JARGON = re.compile(
    r"\b(deadweight|counterfactual|attribution|ex ante|optimi[sz]e|stakeholders?|leverage)\b", re.IGNORECASE
)


def test_every_rule_on_suitability_and_process_is_asked_once():
    rules = sorted(rule for question in QUESTIONS for rule in question.rules)

    assert rules == sorted([*(f"S{number}" for number in range(1, 10)), *(f"E{number}" for number in range(1, 7))])


def test_no_question_stands_under_two_keys():
    everywhere = [question.key for section in case_questions.sections() for question in section.questions]

    assert len(everywhere) == len(set(everywhere)) == len({question.ask for question in QUESTIONS})


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_a_question_has_its_help_and_its_sources(question: Question):
    assert question.ask.endswith("?")
    assert all([question.title, question.why, question.good, question.concern, question.bring, question.sources])
    assert all(source.author and source.title and source.place for source in question.sources)
    assert re.fullmatch(r"[a-z-]{3,40}", question.key)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_a_question_is_asked_without_jargon_and_figures_of_ours_say_so(question: Question):
    words = " ".join([question.title, question.ask, question.why, question.good, question.concern, question.bring])

    assert JARGON.search(words) is None
    assert "assumption" in question.good or not re.search(r"\d", question.good)


@pytest.mark.parametrize("key", ["conclusion", "publish", "withdraw"])
def test_no_question_takes_the_address_of_another_page(key: str):
    assert key not in case_questions.questions()


def test_questions_follow_each_other_to_the_last():
    first, last = QUESTIONS[0], QUESTIONS[-1]

    assert case_questions.after(first.key) == QUESTIONS[1]
    assert case_questions.after(last.key) is None


def test_a_question_knows_its_place():
    place = case_questions.place_of(QUESTIONS[6].key)

    assert (place.number, place.of) == (7, len(QUESTIONS))
    assert place.section == case_questions.sections()[1].name
