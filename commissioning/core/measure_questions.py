"""What the stress test asks of a measure card, read once from measure_questions.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from .case_questions import Source


@dataclass(frozen=True, slots=True)
class StressQuestion:
    """One question in plain words: why it matters, and what would cure what is missing or doubtful."""

    key: str
    title: str
    ask: str
    why: str
    cure: str
    sources: tuple[Source, ...]


@cache
def stress_questions() -> dict[str, StressQuestion]:
    """Give all questions in their order, by their keys."""
    table = tomllib.loads(resources.files(__package__).joinpath("measure_questions.toml").read_text("utf-8"))
    found = {}
    for row in table["questions"]:
        sources = tuple(Source(**table["sources"][item["of"]], place=item["place"]) for item in row["sources"])
        found[row["key"]] = StressQuestion(**{**row, "sources": sources})
    return found
