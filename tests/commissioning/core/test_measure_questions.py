"""The questions of the stress test: complete, sourced, in plain words, and each with its rule."""

import re

import pytest

from commissioning.core.measure_questions import StressQuestion, stress_questions
from commissioning.core.measures import Card, Payment
from commissioning.core.stress_tests import stress_test

QUESTIONS = list(stress_questions().values())
JARGON = re.compile(
    r"\b(deadweight|counterfactual|attribution|ex ante|optimi[sz]e|stakeholders?|leverage)\b", re.IGNORECASE
)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_a_question_has_its_reason_its_cure_and_its_sources(question: StressQuestion) -> None:
    assert question.ask.endswith("?")
    assert all([question.title, question.why, question.cure, question.sources])
    assert all(source.author and source.title and source.place for source in question.sources)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_a_question_is_asked_without_jargon(question: StressQuestion) -> None:
    assert JARGON.search(" ".join([question.title, question.ask, question.why, question.cure])) is None


def test_every_question_is_put_to_a_card_in_the_order_of_the_catalogue() -> None:
    judgements = stress_test(Card(own_outcomes=1), Payment(None, 0.05, 18))

    assert [each.question for each in judgements] == QUESTIONS
    assert len({question.ask for question in QUESTIONS}) == len(QUESTIONS)
