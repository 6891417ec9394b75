"""The questions that a case answers, whether Payment by Results is right here, read once from case_questions.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where a question comes from. A year of 0 is not known."""

    author: str
    title: str
    year: int
    place: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question in plain words, with the help that stands next to it. "Yes" speaks for Payment by Results."""

    key: str
    title: str
    ask: str
    why: str
    good: str
    concern: str
    bring: str
    sources: tuple[Source, ...]
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Questions about one side of the decision."""

    key: str
    name: str
    questions: tuple[Question, ...]


@cache
def sections() -> tuple[Section, ...]:
    """Give all questions in their order, by section."""
    table = tomllib.loads(resources.files(__package__).joinpath("case_questions.toml").read_text("utf-8"))
    return tuple(_section(row, table["sources"]) for row in table["sections"])


def _section(row: dict[str, Any], sources: dict[str, dict[str, Any]]) -> Section:
    return Section(row["key"], row["name"], tuple(_question(each, sources) for each in row["questions"]))


def _question(row: dict[str, Any], sources: dict[str, dict[str, Any]]) -> Question:
    found = tuple(Source(**sources[item["of"]], place=item["place"]) for item in row["sources"])
    return Question(**{**row, "sources": found, "rules": tuple(row.get("rules", ()))})


@cache
def questions() -> dict[str, Question]:
    """Give all questions in their order, by their keys."""
    return {question.key: question for section in sections() for question in section.questions}


def after(key: str) -> Question | None:
    """Give the question that follows; none after the last."""
    keys = list(questions())
    place = keys.index(key) + 1
    return questions()[keys[place]] if place < len(keys) else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question stands among the others."""

    section: str
    number: int
    of: int


def place_of(key: str) -> Place:
    """Tell in which section a question stands, and as which of how many."""
    section = next(section for section in sections() if any(question.key == key for question in section.questions))
    return Place(section.name, list(questions()).index(key) + 1, len(questions()))
