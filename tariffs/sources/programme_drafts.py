"""Tells what is wrong with a draft from what is only still to be written: the same rules as for a whole file."""

from typing import Any

from . import programme_designs, programme_pennies, programme_rules, programme_schema
from .programme_errors import FileError

#: What a draft may still lack, by its place in the document, and what to do about it.
STILL_TO_WRITE = {
    ("/groups", "an empty list"): "Add a group of service users.",
    ("/milestones", "an empty list"): "Add the milestones of the pathway.",
    ("/milestones", "no final outcome"): "Say which milestone is the final outcome.",
    ("/providers", "an empty list"): "Add a kind of provider to test the tariff on.",
}


def faults(document: dict[str, Any]) -> list[FileError]:
    """List what is wrong in a draft, what it still lacks left out."""
    return [fault for fault in _everything(document) if (fault.pointer, fault.found) not in STILL_TO_WRITE]


def gaps(document: dict[str, Any]) -> list[str]:
    """Say what a draft still lacks before it can be simulated."""
    found = [(fault.pointer, fault.found) for fault in _everything(document)]
    return [STILL_TO_WRITE[each] for each in found if each in STILL_TO_WRITE]


def _everything(document: dict[str, Any]) -> list[FileError]:
    found = [*programme_schema.faults(document), *programme_rules.faults(document), *programme_pennies.faults(document)]
    return found or programme_designs.faults(document)
