"""Reads docker-compose.yml as Compose does: merges, then variables."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"\$\$|\$\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\}")


def as_written() -> Any:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def interpolated(value: Any, variables: Mapping[str, str]) -> Any:
    """Fill the variables in; a required one that is missing is a LookupError with its message."""
    if isinstance(value, dict):
        return {key: interpolated(item, variables) for key, item in value.items()}
    if isinstance(value, list):
        return [interpolated(item, variables) for item in value]
    return VARIABLE.sub(lambda match: _filled(match, variables), value) if isinstance(value, str) else value


def _filled(match: re.Match[str], variables: Mapping[str, str]) -> str:
    if match.group() == "$$":
        return "$"
    found = variables.get(match["name"], "")
    if found or match["kind"] is None:
        return found
    if match["kind"] == "?":
        raise LookupError(match["rest"])
    return match["rest"]
