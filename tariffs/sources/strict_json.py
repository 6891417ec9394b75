"""Reads JSON that strangers send: bounded in size and depth, and only what JSON and a database can hold."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .programme_errors import FileError, ProgrammeFileError, pointer_to, quote, shorten, show

MOST_BYTES = 2_000_000
MOST_DEPTH = 12
MOST_DIGITS = 30
MOST_VALUES = 100_000


@dataclass(frozen=True, slots=True)
class Unusable:
    """Stands where the text had something that is not a number any sum can use."""

    found: str

    def __str__(self) -> str:
        """Show what stood there."""
        return self.found


class ObjectWithDuplicates(dict[str, Any]):
    """An object whose text gave a key twice."""

    duplicates: tuple[str, ...] = ()


def parse(text: str | bytes) -> tuple[Any, list[FileError]]:
    """Read the document and list what no document may hold.

    Returns
    -------
    The document and its faults, or nothing but a ProgrammeFileError where it cannot be read at all.
    """
    decoded = _decode(text)
    try:
        document = json.loads(
            decoded,
            parse_constant=Unusable,
            parse_float=_number,
            parse_int=_whole_number,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise _refuse(f"text that is not JSON at line {error.lineno}, column {error.colno}", _advice(error)) from None
    except RecursionError:
        raise _refuse("lists and objects nested without end", _depth_rule()) from None
    return document, list(_faults(document))


def _refuse(found: str, allowed: str) -> ProgrammeFileError:
    return ProgrammeFileError([FileError("", found, allowed)])


def _advice(error: json.JSONDecodeError) -> str:
    if not error.doc.strip():
        return "A programme file holds one JSON object; this one is empty."
    return f"A programme file holds one JSON object. The reader says: {error.msg}."


def _depth_rule() -> str:
    return f"Lists and objects may be nested at most {MOST_DEPTH} deep."


def _decode(text: str | bytes) -> str:
    size = len(text)
    if size > MOST_BYTES:
        raise _refuse(f"a file of {size:,} bytes", f"A programme file has at most {MOST_BYTES:,} bytes.")
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refuse(f"a byte that is not UTF-8 at position {error.start:,}", "Save the file as UTF-8.") from None


def _number(text: str) -> float | Unusable:
    value = float(text)
    return Unusable(f"the number {shorten(text)}") if value in (float("inf"), float("-inf")) else value


def _whole_number(text: str) -> int | Unusable:
    return Unusable(f"a number of {len(text):,} digits") if len(text) > MOST_DIGITS else int(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) == len(pairs):
        return values
    seen: set[str] = set()
    twice = {key: None for key, _ in pairs if key in seen or seen.add(key)}  # type: ignore[func-returns-value]
    marked = ObjectWithDuplicates(values)
    marked.duplicates = tuple(twice)
    return marked


def _faults(document: Any) -> Iterator[FileError]:
    """Walk the document without recursion, so that no depth of nesting can exhaust the stack."""
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), document)]
    left = MOST_VALUES
    while waiting:
        path, value = waiting.pop()
        left -= len(value) if isinstance(value, dict | list) else 0
        if left < 0:
            raise _refuse("too many values", f"A programme file holds at most {MOST_VALUES:,} values.")
        if isinstance(value, dict | list):
            yield from _faults_of_container(path, value)
            if len(path) >= MOST_DEPTH:
                place = pointer_to(path[:3])
                raise ProgrammeFileError([FileError(place, "lists and objects nested too deep", _depth_rule())])
            parts = list(value.items() if isinstance(value, dict) else enumerate(value))
            waiting.extend(((*path, key), part) for key, part in reversed(parts) if not isinstance(part, int | float))
        elif isinstance(value, Unusable):
            yield FileError(pointer_to(path), value.found, "Give an ordinary number.")
        elif isinstance(value, str) and not _can_be_kept(value):
            yield FileError(pointer_to(path), show(value), _text_rule())


def _faults_of_container(path: tuple[str | int, ...], value: dict[str, Any] | list[Any]) -> Iterator[FileError]:
    if isinstance(value, ObjectWithDuplicates):
        for key in value.duplicates:
            yield FileError(pointer_to((*path, key)), f"the key {quote(key)} twice", "Give each key once.")
    if isinstance(value, dict):
        for key in value:
            if not _can_be_kept(key):
                yield FileError(pointer_to(path), f"the key {quote(key)}", _text_rule())


def _text_rule() -> str:
    return "Text may not hold the null character or half of a surrogate pair."


def _can_be_kept(text: str) -> bool:
    if "\x00" in text:
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
