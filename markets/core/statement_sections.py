"""The sections of a market position statement, each with guidance and where it comes from."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Section:
    """One section: what it asks, what to think of, and in which statements and toolkits it was found."""

    number: int
    key: str
    title: str
    ask: str
    guidance: tuple[str, ...]
    found_in: str
    verified: bool
    source: tuple[str, ...]


@lru_cache(maxsize=1)
def sections() -> dict[str, Section]:
    """Give the sections by key, in order."""
    table = tomllib.loads(resources.files(__package__).joinpath("statement_sections.toml").read_text("utf-8"))
    rows = enumerate(table["section"], start=1)
    return {row["key"]: Section(number, **{**row, **_tuples(row)}) for number, row in rows}


def _tuples(row: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(row[name]) for name in ("guidance", "source")}


def after(key: str) -> str:
    """Give the key of the section that follows; nothing after the last."""
    keys = list(sections())
    return next(iter(keys[keys.index(key) + 1 :]), "")
