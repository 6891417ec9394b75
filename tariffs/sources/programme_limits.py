"""What the programme format allows of one value, for the forms that ask for it: one set of rules, said once."""

from dataclasses import dataclass
from typing import Any

from .programme_schema import schema


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the most that a number may be."""

    low: float
    high: float


def limits(part: str, key: str) -> Limits:
    """Give the limits of a number; `part` is a definition of the schema such as "group", or empty for the whole."""
    found = _property(part, key)
    return Limits(found["minimum"], found["maximum"])


def longest(part: str, key: str) -> int:
    """Give how many characters a text may have."""
    return int(_property(part, key)["maxLength"])


def most(part: str, key: str) -> int:
    """Give how many rows a list may have."""
    return int(_property(part, key)["maxItems"])


def _property(part: str, key: str) -> dict[str, Any]:
    whole = schema()
    found: Any = whole["$defs"][part] if part else whole
    for step in key.split("."):
        found = found["properties"][step]
    reference = found.get("$ref", "").removeprefix("#/$defs/")
    return dict(whole["$defs"][reference] if reference else found)
