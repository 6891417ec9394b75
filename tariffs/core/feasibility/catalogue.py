"""The catalogue of rules: what each asks, what it must know, where its lines are drawn and who says so."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from commissioning.core.case_questions import questions

#: How a need names a question of the case.
CASE = "case:"


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so. A year of 0 is not known."""

    author: str
    title: str
    year: int
    url: str = ""

    def __str__(self) -> str:
        """Name the source in one line."""
        return f"{self.author}, {self.title}" + (f" ({self.year})" if self.year else "")


@dataclass(frozen=True, slots=True)
class Need:
    """Something a rule must know. `page` is a stable key of where it is entered."""

    key: str
    name: str
    page: str
    verb: str = "Enter it"

    @property
    def entering(self) -> str:
        """Say what is needed, and where it is entered."""
        return f"Needed: {self.name}. {self.verb} under “{page_name(self.page)}”."


@dataclass(frozen=True, slots=True)
class Threshold:
    """Where a rule draws its line; `default` where the line is this project's own proposal.

    An authority may draw it elsewhere, from `low` to `high`.
    """

    key: str
    value: float
    unit: str
    meaning: str
    source: str
    default: bool
    low: float
    high: float

    @property
    def is_share(self) -> bool:
        """Whether people say it as so many in 100."""
        return self.unit.startswith(("share", "chance")) and self.high <= 1.0


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of good design. `page` is a stable key of where it is cured."""

    id: str
    area: str
    title: str
    why: str
    computed: str
    needs: tuple[Need, ...]
    thresholds: tuple[Threshold, ...]
    severity: str
    sources: tuple[Source, ...]
    cure: str
    page: str

    @property
    def reason(self) -> str:
        """Say why the rule matters, with who says so."""
        return f"{self.why} Source: {'; '.join(map(str, self.sources))}."


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))


@cache
def areas() -> dict[str, str]:
    """Name the areas, in their order."""
    return dict(_table("catalogue.toml")["areas"])


@cache
def page_name(page: str) -> str:
    """Name the place with this key; every question of the case stands in the case."""
    return str(_table("catalogue.toml")["pages"][page.split(":")[0]])


@cache
def need(key: str) -> Need:
    """Give a need by its key; one that starts with "case:" is an answer to that question of the case."""
    if key.startswith(CASE):
        asked = questions()[key.removeprefix(CASE)]
        return Need(key, f"the answer to “{asked.title}” in the case", key)
    row = _table("catalogue.toml")["needs"][key]
    return Need(key, **row)


@cache
def thresholds() -> dict[str, Threshold]:
    """Give every threshold by its key."""
    names = ("value", "unit", "meaning", "source", "default")
    return {
        key: Threshold(key, **{name: row[name] for name in names}, low=row["range"][0], high=row["range"][1])
        for key, row in _table("thresholds.toml").items()
    }


@cache
def rules() -> dict[str, Rule]:
    """Give all rules in their order, by id."""
    return {row["id"]: _rule(row) for row in _table("catalogue.toml")["rules"]}


def _rule(row: dict[str, Any]) -> Rule:
    sources = _table("catalogue.toml")["sources"]
    found = {
        "needs": tuple(need(key) for key in row["needs"]),
        "thresholds": tuple(thresholds()[key] for key in row["thresholds"]),
        "sources": tuple(Source(**sources[key]) for key in row["sources"]),
    }
    return Rule(**{**row, **found})
