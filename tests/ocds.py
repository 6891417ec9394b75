"""Checks releases against the Open Contracting Data Standard 1.1.5 offline, where a copy of its schema is at hand."""

import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT4

SAMPLES = os.environ.get("PBR_SHARED_DATA", "")
needs_schema = pytest.mark.skipif(not SAMPLES, reason="PBR_SHARED_DATA names no folder with the standard's schema")
_ADDRESS = "https://standard.open-contracting.org/schema/1__1__5/{}.json"
#: Of the location extension, which Find a Tender uses and of which no copy is at hand.
_ELSEWHERE = {"release.tender.items.deliveryAddresses"}
_EXTENSIONS = ("communication", "lots", "organizationClassification", "suitability", "techniques", "uk")


def errors(package: Mapping[str, Any]) -> list[str]:
    """Give what the standard has against a release package, and every name that neither it nor an extension knows."""
    release = _release_schema()
    registry: Registry[Any] = Registry().with_resource(
        _ADDRESS.format("release-schema"), DRAFT4.create_resource(release)
    )
    validator = Draft4Validator(_schema("release-package-schema"), registry=registry, format_checker=FormatChecker())
    found = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(package)]
    for each in package["releases"]:
        found += list(_unknown(each, release, release, "release"))
    return found


def _schema(name: str) -> dict[str, Any]:
    with zipfile.ZipFile(Path(SAMPLES) / "ocds" / "ocds-standard-1.1.5-schema.zip") as archive:
        text = archive.read(f"standard-1__1__5/schema/{name}.json").decode()
    read: dict[str, Any] = json.loads(text.replace("{{version}}", "1__1__5").replace("{{lang}}", "en"))
    return read


def _release_schema() -> dict[str, Any]:
    schema = _schema("release-schema")
    for name in _EXTENSIONS:
        path = Path(SAMPLES) / "ocds" / "extensions" / name / "release-schema.json"
        schema = _merged(schema, json.loads(path.read_text("utf-8")))
    return schema


def _merged(whole: Any, patch: Any) -> Any:
    """Apply a JSON Merge Patch (RFC 7396), as extensions of the standard are applied."""
    if not isinstance(patch, dict):
        return patch
    start = dict(whole) if isinstance(whole, dict) else {}
    for name, value in patch.items():
        if value is None:
            start.pop(name, None)
        else:
            start[name] = _merged(start.get(name), value)
    return start


def _unknown(value: Any, schema: Any, whole: Mapping[str, Any], place: str) -> Iterator[str]:
    """Name the members that the schema does not declare: the validator lets those pass in silence."""
    while "$ref" in schema:
        schema = whole["definitions"][schema["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        for each in value:
            yield from _unknown(each, schema.get("items", {}), whole, place)
    elif isinstance(value, dict):
        declared = schema.get("properties", {})
        for name, inner in value.items():
            if name in declared:
                yield from _unknown(inner, declared[name], whole, f"{place}.{name}")
            elif f"{place}.{name}" not in _ELSEWHERE:
                yield f"{place}.{name} is not in the standard"
