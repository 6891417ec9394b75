"""The programme file: text in, a checked programme out, and back."""

import hashlib
import json
from typing import Any

from tariffs.core.programmes import Programme

from . import programme_designs, programme_documents, programme_rules, programme_schema, strict_json
from .programme_errors import FileError, ProgrammeFileError

__all__ = ["FileError", "ProgrammeFileError", "canonical", "dumps", "inputs_sha256", "loads", "to_document"]


def loads(text: str | bytes) -> Programme:
    """Read a programme file, or raise ProgrammeFileError with everything that is wrong with it."""
    document, faults = strict_json.parse(text)
    faults += programme_schema.faults(document)
    faults += programme_rules.faults(document)
    if faults:
        raise ProgrammeFileError(faults)
    programme = programme_documents.read(document)
    if faults := programme_designs.faults(to_document(programme)):
        raise ProgrammeFileError(faults)
    return programme


def to_document(programme: Programme) -> dict[str, Any]:
    """Write the programme as a document of the format, every default filled in."""
    return programme_documents.write(programme)


def dumps(programme: Programme) -> str:
    """Write the programme as the text of a file that people can read."""
    return json.dumps(to_document(programme), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def canonical(programme: Programme) -> bytes:
    """Write the programme in the one form that its hash is taken of: sorted keys, no spaces, UTF-8."""
    document = to_document(programme)
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def inputs_sha256(programme: Programme) -> str:
    """Name the programme by its content: the SHA-256 of its canonical form."""
    return hashlib.sha256(canonical(programme)).hexdigest()
