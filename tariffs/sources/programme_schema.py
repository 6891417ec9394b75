"""Holds a document against the programme format's JSON Schema and says each misfit in plain English."""

import json
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from .programme_errors import MOST_ERRORS, FileError, pointer_to, quote, show

WORDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "text",
}


@cache
def schema() -> dict[str, Any]:
    """Read the schema that ships with the product."""
    text = files(__package__).joinpath("programme.schema.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


def faults(document: Any) -> list[FileError]:
    """List everything the schema has against the document, up to one more than is ever shown."""
    return list(islice(_new_faults(document), MOST_ERRORS + 1))


def _new_faults(document: Any) -> Iterator[FileError]:
    said: set[str] = set()
    for error in _validator().iter_errors(document):
        for fault in _faults(error):
            if fault.pointer not in said:
                said.add(fault.pointer)
                yield fault


def _faults(error: ValidationError) -> Iterator[FileError]:
    path = tuple(error.absolute_path)
    if error.validator == "required":
        yield from _missing(error, path)
    elif error.validator == "additionalProperties":
        yield from _unknown(error, path)
    else:
        yield FileError(pointer_to(path), show(error.instance), f"Allowed is {describe(error.schema)}.")


def _missing(error: ValidationError, path: tuple[str | int, ...]) -> Iterator[FileError]:
    part = _schema_of(error)
    for key in part["required"]:
        if key not in _instance_of(error):
            wanted = describe(_resolve(part["properties"][key]))
            yield FileError(pointer_to((*path, key)), "nothing", f'The key "{key}" must be given: {wanted}.')


def _unknown(error: ValidationError, path: tuple[str | int, ...]) -> Iterator[FileError]:
    known = list(_schema_of(error)["properties"])
    for key in _instance_of(error):
        if key not in known:
            like = get_close_matches(key[:100], known, n=1)
            meant = f' Did you mean "{like[0]}"?' if like else ""
            allowed = f"Allowed here are {', '.join(known)}.{meant}"
            yield FileError(pointer_to((*path, key)), f"the unknown key {quote(key)}", allowed)


def _schema_of(error: ValidationError) -> dict[str, Any]:
    return dict(error.schema)  # type: ignore[arg-type]


def _instance_of(error: ValidationError) -> dict[str, Any]:
    return error.instance  # type: ignore[return-value]


def _resolve(part: Any) -> Any:
    reference = part.get("$ref")
    return schema()["$defs"][reference.removeprefix("#/$defs/")] if reference else part


def describe(part: Any) -> str:
    """Say in words what a piece of the schema allows."""
    if "const" in part:
        return f'"{part["const"]}"'
    if "enum" in part:
        return "one of " + ", ".join("null" if value is None else str(value) for value in part["enum"])
    types = part["type"] if isinstance(part["type"], list) else [part["type"]]
    return " or ".join(WORDS[kind] + _limits(kind, part) for kind in types)


def _limits(kind: str, part: Any) -> str:
    if kind in ("number", "integer"):
        return f" from {part['minimum']:,} to {part['maximum']:,}"
    if kind == "array":
        least, most = part["minItems"], part["maxItems"]
        return f" of {least:,}" if least == most else f" of {least:,} to {most:,}"
    if kind == "object" and "maxProperties" in part:
        return f" of at most {part['maxProperties']:,} keys"
    if kind != "string":
        return ""
    if "pattern" in part:
        return " like 2014-04 (year and month)"
    least = "1 to " if part.get("minLength") else "at most "
    return f" of {least}{part['maxLength']:,} characters"
