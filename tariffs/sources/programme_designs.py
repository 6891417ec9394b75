"""The designs that a market comparison sets side by side: each is the programme with some values changed."""

import copy
from typing import Any

from . import programme_rules, programme_schema
from .programme_errors import FileError, first_at_each_place, pointer_to, quote
from .strict_json import MOST_DEPTH

Document = dict[str, Any]


class NoSuchPlaceError(LookupError):
    """A design changes something that the programme does not have."""


def faults(document: Document) -> list[FileError]:
    """List everything wrong with the designs of a document that is itself valid and has its defaults filled in."""
    designs = document.get("market", {}).get("designs", [])
    return [fault for place, design in enumerate(designs) for fault in _faults_of(document, place, design)]


def changed(document: Document, changes: dict[str, Any]) -> Document:
    """Give the document as the design has it; each key of `changes` is a dotted path."""
    result = copy.deepcopy(document)
    for path, value in changes.items():
        _put(result, path, value)
    return result


def _faults_of(document: Document, place: int, design: Document) -> list[FileError]:
    changes = design.get("changes", {})
    here = ("market", "designs", place, "changes")
    found = [
        FileError(pointer_to((*here, path)), _found(path), _allowed()) for path in changes if not _fits(document, path)
    ]
    if found or not changes:
        return found
    result = changed(document, changes)
    result["market"].pop("designs", None)
    wrong = first_at_each_place([*programme_schema.faults(result), *programme_rules.faults(result)])
    return [
        FileError(pointer_to(here), f"a change after which {fault.pointer} holds {fault.found}", fault.allowed)
        for fault in wrong[:1]
    ]


def _found(path: str) -> str:
    return f"{quote(path)}, which leads nowhere in this file"


def _allowed() -> str:
    return "Allowed is a dotted path such as tariff.service_fee_monthly or groups.0.referrals_per_month."


def _fits(document: Document, path: str) -> bool:
    if path.count(".") >= MOST_DEPTH:
        return False
    try:
        changed(document, {path: None})
    except NoSuchPlaceError:
        return False
    return not path.startswith(("market.designs", "format"))


def _put(document: Any, path: str, value: Any) -> None:
    """Put a value in its place; what a programme may have but this one leaves out is made on the way."""
    *way, last = path.split(".")
    for key in way:
        document = document.setdefault(key, {}) if isinstance(document, dict) else document[_index(document, key)]
    document[last if isinstance(document, dict) else _index(document, last)] = value


def _index(container: Any, key: str) -> int:
    if isinstance(container, list) and key.isascii() and key.isdigit() and int(key[:9]) < len(container):
        return int(key[:9])
    raise NoSuchPlaceError(key)
