"""Reads the one figure out of a baseline that people wrote in words, or finds that there is none."""

import re

from commissioning.core.units import Share

_NUMBER = r"(\d{1,3}(?:\.\d+)?)"
#: Ways in which people say so many of so many.
_SHAPES = (
    (re.compile(rf"(?<![\d.,]){_NUMBER}\s*(?:%|per\s?cent\b)", re.IGNORECASE), 100.0),
    (re.compile(rf"(?<![\d.,]){_NUMBER}\s+(?:in|of|out of)\s+100\b(?![,.]?\d)", re.IGNORECASE), 100.0),
    (re.compile(rf"(?<![\d.,]){_NUMBER}\s+(?:in|out of)\s+10\b(?![,.]?\d)", re.IGNORECASE), 10.0),
)


def read(text: str) -> Share | None:
    """Read a share; nothing where the text holds none, more than one, or one beyond all.

    Notes
    -----
    "20 in 100 within a year" is 0.2. "10 in 100, later 20 in 100" is nothing: which of them is meant, people can tell.
    """
    found = {float(match[1]) / whole for shape, whole in _SHAPES for match in shape.finditer(text)}
    if len(found) != 1:
        return None
    (share,) = found
    return share if share <= 1 else None
