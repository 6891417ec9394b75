"""The one text that stands for a piece of data, so that its hash means something."""

import hashlib
import json
from typing import Any


def canonical_json(data: Any) -> str:
    """Write data as JSON in one way only: keys sorted, no spaces, no number that JSON cannot hold.

    Raises
    ------
    ValueError
        If a number is infinite or not a number.
    """
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
