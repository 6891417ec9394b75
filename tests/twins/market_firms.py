"""One provider of the plain second writing of the market, and what can be said of it alone."""

import itertools
import math
from dataclasses import dataclass
from typing import Any

APPETITE = {"charity": 0.25, "cic": 0.35, "mutual": 0.35, "company": 0.75, "public_body": 0.5}
FORMS = ["charity", "cic", "company", "public_body", "mutual"]
BANDS = [("micro", 1e4), ("small", 1e5), ("medium", 1e6), ("large", 1e7), ("major", 1e8), ("super_major", math.inf)]
PUBLISHED = [(0.10, 0.02), (0.21, 1.0), (0.25, 1.32), (0.33, 2.0), (0.43, 3.0), (0.50, 3.92), (0.90, 41.0)]
MISSION = ("charity", "cic", "mutual")


@dataclass
class Firm:
    """One provider in one future."""

    key: Any
    form: str
    income: float
    reserves: float
    quality: float
    appetite: float
    groups: tuple[str, ...]
    areas: tuple[str, ...]
    year: float | None
    experienced: bool = False
    reliance: float = 0.0
    entered: int | None = None
    weak: bool = False
    won: bool = False
    idle: int = 0
    free: float = 0.0
    committed: float = 0.0
    value: float = 0.0
    margin_on: float = 0.0
    on_books: float = 0.0
    furthest: int = -1
    has_bid: bool = False


def band(income: float) -> str:
    return next(name for name, below in BANDS if income < below)


def serves(own: tuple[str, ...], wanted: tuple[str, ...], some: bool) -> bool:
    found = [name in own for name in wanted]
    return any(found) if some and found else all(found)


def one_of(names: tuple[str, ...], luck: float) -> tuple[str, ...]:
    return (names[int(luck * len(names))],) if names else ()


def published(share: float) -> float:
    """Months at a share of the published distribution, in between by logarithms."""
    if share <= PUBLISHED[0][0]:
        return PUBLISHED[0][1]
    for (low, less), (high, more) in itertools.pairwise(PUBLISHED):
        if share <= high:
            return less * (more / less) ** ((share - low) / (high - low))
    return PUBLISHED[-1][1]
