"""What the answers to a case add up to, in words: what speaks for Payment by Results here, and what against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .case_questions import Question, Section, questions, sections


class Answer(StrEnum):
    """What is answered to a question."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


#: Which answers stand where: those against come first, because they are what a decision has to face.
AGAINST_FIRST = (Answer.NO, Answer.PARTLY, Answer.UNKNOWN, Answer.YES)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions have each answer; those not answered count as not known."""

    yes: int
    partly: int
    no: int
    total: int

    @property
    def answered(self) -> int:
        """Questions with an answer that weighs."""
        return self.yes + self.partly + self.no


def tally(answers: Mapping[str, str], of: Mapping[str, Question] | None = None) -> Tally:
    """Count the answers to these questions, or to all; answers to questions that no longer stand are left out."""
    asked = questions() if of is None else of
    return count([answers.get(key, Answer.UNKNOWN) for key in asked])


def count(given: Sequence[str]) -> Tally:
    """Count these answers."""
    return Tally(given.count(Answer.YES), given.count(Answer.PARTLY), given.count(Answer.NO), len(given))


def in_words(found: Tally) -> str:
    """Say in one sentence what speaks for and against, so far."""
    if not found.answered:
        return f"Nothing is known yet: none of the {found.total} questions has an answer."
    weighs = f"{found.yes} for Payment by Results here, {found.no} against, {found.partly} partly"
    return f"{_answered(found)}: {weighs}."


def _answered(found: Tally) -> str:
    if found.answered == found.total:
        return f"All {found.total} questions are answered"
    return f"{found.answered} of {found.total} questions {'is' if found.answered == 1 else 'are'} answered"


def status(found: Tally) -> tuple[str, str]:
    """Say in a word or two how far the answers are, with the colour of the tag."""
    if not found.answered:
        return "Not started", "grey"
    if found.answered < found.total:
        return f"{found.answered} of {found.total} answered", "blue"
    return ("Answered", "green") if not found.no else (f"{found.no} against", "red")


def standing(section: Section, answers: Mapping[str, str]) -> tuple[str, str]:
    """Say how far one section is."""
    return status(tally(answers, {question.key: question for question in section.questions}))


def sorted_against_first(answers: Mapping[str, str]) -> dict[Answer, tuple[Question, ...]]:
    """Give the questions by their answer, those against Payment by Results first."""
    return {
        answer: tuple(
            question
            for section in sections()
            for question in section.questions
            if answers.get(question.key, Answer.UNKNOWN) == answer
        )
        for answer in AGAINST_FIRST
    }
