"""What is wrong with a programme file, said so that its author can put it right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

MOST_ERRORS = 50
SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class FileError:
    """One fault: where it is (a JSON pointer, empty for the whole file), what is there, and what may be."""

    pointer: str
    found: str
    allowed: str

    @property
    def message(self) -> str:
        """The fault in one sentence."""
        return f"Found {self.found}. {self.allowed}"

    def __str__(self) -> str:
        """Give place and fault on one line."""
        return f"{self.pointer or '(the whole file)'}: {self.message}"


class ProgrammeFileError(ValueError):
    """The file is not a programme; `errors` says everything that is wrong with it, up to a limit."""

    def __init__(self, errors: Iterable[FileError], has_more: bool = False) -> None:
        found = first_at_each_place(errors)
        self.errors: tuple[FileError, ...] = found[:MOST_ERRORS]
        self.has_more = has_more or len(found) > MOST_ERRORS
        super().__init__("\n".join(str(error) for error in self.errors))

    def __reduce__(self) -> tuple[type, tuple[tuple[FileError, ...], bool]]:
        """Keep the errors when the exception travels between processes."""
        return (ProgrammeFileError, (self.errors, self.has_more))


def first_at_each_place(errors: Iterable[FileError]) -> tuple[FileError, ...]:
    """Leave out what only follows from a fault already said of the same place."""
    places: dict[str, FileError] = {}
    for error in errors:
        places.setdefault(error.pointer, error)
    return tuple(places.values())


def pointer_to(path: Sequence[str | int]) -> str:
    """Write a path into a document as a JSON pointer (RFC 6901)."""
    return "".join("/" + shorten(str(part), 200).replace("~", "~0").replace("/", "~1") for part in path)


def shorten(text: str, length: int = SHOWN_CHARACTERS) -> str:
    """Cut what is too long to show."""
    return text if len(text) <= length else text[: length - 1] + "…"


def show(value: Any) -> str:
    """Say in words what was found."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "an empty list" if not value else f"a list of {len(value):,}"
    if isinstance(value, str):
        return f"the text {quote(value)}" if value else "empty text"
    return shorten(str(value))


def quote(value: str) -> str:
    """Put a text between quotation marks, cut and cleaned so that it can be shown."""
    visible = "".join(c if c.isprintable() else "�" for c in value[: SHOWN_CHARACTERS + 1])
    length = f" ({len(value):,} characters)" if len(value) > SHOWN_CHARACTERS else ""
    return f'"{shorten(visible)}"{length}'
