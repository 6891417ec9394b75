"""The hash that ties each entry of the audit log to the one before."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class ChainLink:
    """Everything an entry says, as text and plain JSON."""

    organisation: str
    sequence: int
    at: str
    by: str
    action: str
    target_kind: str
    target_id: str
    detail: Mapping[str, Any]
    previous_hash: str


def fingerprint(link: ChainLink) -> str:
    """Hash an entry together with the hash of the entry before it."""
    text = json.dumps(asdict(link), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
