"""Where providers work: the upper-tier authorities of the United Kingdom, and the wholes that hold them."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND = "E92000001", "W92000004", "S92000003", "N92000002"
LONDON, ENGLAND_AND_WALES, KINGDOM = "E12000007", "K04000001", "K02000001"
_LITTLE_WORDS = {"city", "of", "county", "the", "council", "borough", "upon"}


@dataclass(frozen=True, slots=True)
class Area:
    """A local authority: its code, its name, and the region of England or the country that holds it."""

    code: str
    name: str
    within: str


@dataclass(frozen=True, slots=True)
class Atlas:
    """All areas, the wholes by code, and what the registers call them."""

    areas: tuple[Area, ...]
    wholes: dict[str, str]
    by_name: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    """Give the areas of areas.toml, read once."""
    table = tomllib.loads(resources.files(__package__).joinpath("areas.toml").read_text("utf-8"))
    areas = tuple(Area(code, name, within) for code, (name, within) in table["authorities"].items())
    by_name: dict[str, tuple[str, ...]] = {_key(area.name): (area.code,) for area in areas}
    by_name |= {_key(name): tuple(codes) for name, codes in table["other_names"].items()}
    return Atlas(areas, dict(table["wholes"]), by_name)


def codes_of(name: str) -> tuple[str, ...]:
    """Give the codes of today for a place as a register names it; none where it is no authority of the kingdom."""
    return atlas().by_name.get(_key(name), ())


@lru_cache(maxsize=4096)
def reaching(area: str) -> tuple[str, ...]:
    """Give every code by which a provider may say that it works in an area: the area's own, and each whole around it.

    An area is named by its code; one that is not known is reached by its own code alone.
    """
    if area in (ENGLAND, WALES):
        return (area, ENGLAND_AND_WALES, KINGDOM)
    within = next((each.within for each in atlas().areas if each.code == area), area if area in atlas().wholes else "")
    if not within:
        return (area,)
    country = within if within in (WALES, SCOTLAND, NORTHERN_IRELAND) else ENGLAND
    both = (ENGLAND_AND_WALES,) if country in (ENGLAND, WALES) else ()
    return tuple(dict.fromkeys((area, within, country, *both, KINGDOM)))


def name_of(code: str) -> str:
    """Give the name of an area or a whole; the code itself where it is not known."""
    return _names().get(code, code)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    named = {area.code: area.name for area in atlas().areas} | atlas().wholes
    return named | {ENGLAND_AND_WALES: "England and Wales", KINGDOM: "United Kingdom"}


def written(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read areas that a person wrote one to a line; give their codes, and the lines that name none."""
    wholes = {name.lower(): code for code, name in _names().items() if code not in _authorities()}
    found: list[str] = []
    unknown: list[str] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        whole = wholes.get(line.lower())
        codes = codes_of(line) or ((whole,) if whole else ())
        unknown += [] if codes else [line]
        found += codes
    return tuple(dict.fromkeys(found)), tuple(unknown)


@lru_cache(maxsize=1)
def _authorities() -> frozenset[str]:
    return frozenset(area.code for area in atlas().areas)


def names_of(codes: Iterable[str]) -> list[str]:
    """Give the names of areas in the order of the alphabet."""
    return sorted(map(name_of, codes))


def _key(name: str) -> str:
    """Give what two ways of writing one place's name have in common."""
    letters = re.sub(r"[.,']", "", name.lower().replace("&", "and").replace("-", " "))
    return " ".join(sorted(word for word in letters.split() if word not in _LITTLE_WORDS))
