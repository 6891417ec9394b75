"""The questions about facts that stand neither in the draft nor in the case, read once from facts.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from .subject import Facts

#: What is known: the key of a question and, where it is asked of every kind of provider, that provider's id.
Known = Mapping[tuple[str, str], float]
#: More pounds or things than anybody means.
MOST = 1e12


class Kind(StrEnum):
    """How a fact is typed. A share is kept as a part of one, yes as 1 and no as 0."""

    SHARE = "share"
    COUNT = "count"
    NUMBER = "number"
    POUNDS = "pounds"
    YES_NO = "yes-no"


@dataclass(frozen=True, slots=True)
class FactQuestion:
    """One question; `field` is where Facts keeps the answer, and `rules` are those that use it."""

    key: str
    field: str
    title: str
    ask: str
    help: str
    kind: Kind
    rules: tuple[str, ...]
    example: str = ""
    low: float = 0.0
    high: float = MOST
    each: str = ""


@cache
def fact_questions() -> dict[str, FactQuestion]:
    """Give all questions in their order, by key."""
    table = tomllib.loads(resources.files(__package__).joinpath("facts.toml").read_text("utf-8"))
    return {row["key"]: _question(row) for row in table["questions"]}


def _question(row: dict[str, Any]) -> FactQuestion:
    kind = Kind(row["kind"])
    limits = {"high": 1.0} if kind in (Kind.SHARE, Kind.YES_NO) else {}
    return FactQuestion(**{**limits, **row, "kind": kind, "rules": tuple(row["rules"])})


def gather(known: Known) -> Facts:
    """Make of single answers what the rules read; what is not among them stays unknown."""
    found: dict[str, Any] = {}
    for key, question in fact_questions().items():
        if (key, "") in known and question.field != "viable":
            found[question.field] = _typed(question.kind, known[key, ""])
    incomes = {part: value for (key, part), value in known.items() if key == "income"}
    before, after = known.get(("viable-before", "")), known.get(("viable-after", ""))
    viable = None if before is None or after is None else (before, after)
    return Facts(**found, incomes=incomes, viable=viable)


def _typed(kind: Kind, value: float) -> float | int | bool:
    if kind is Kind.YES_NO:
        return bool(value)
    return round(value) if kind is Kind.COUNT else value
