"""The text of a comment's receipt: everything that was received, written in one way only, so that a hash means it."""

from collections.abc import Mapping
from datetime import UTC, datetime

from commissioning.core.canonical import canonical_json

FORMAT = "pbr-comment-receipt/1"


def text(said: Mapping[str, str], *, received_at: datetime) -> str:
    """Write a receipt.

    Parameters
    ----------
    said : every field of the comment as plain text, by its name.
    received_at : the moment at which the database took it.

    Returns
    -------
    Canonical JSON: keys sorted, no spaces. Its SHA-256 is the receipt's hash.
    """
    at = received_at.astimezone(UTC).isoformat(timespec="microseconds")
    return canonical_json({**said, "format": FORMAT, "received_at": at})
