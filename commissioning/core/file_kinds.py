"""Which files may be kept as evidence, told by what is in them and not by what they are called.

Nothing is ever unpacked: an office document is known by the names that its packed form holds in the clear, so a file
that would unpack to something huge does no harm here.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

MOST_BYTES = 10 * 1024 * 1024
MOST_BYTES_OF_A_PROGRAMME = 200 * 1024 * 1024
LONGEST_NAME = 150


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its endings, the type it is sent as, and how its content gives itself away."""

    name: str
    endings: tuple[str, ...]
    content_type: str
    fits: Callable[[bytes], bool]


def _packed(*inside: bytes) -> Callable[[bytes], bool]:
    def fits(content: bytes) -> bool:
        # A document with a programme in it (macros) is refused.
        harmless = b"vbaProject.bin" not in content and b"Basic/script-lc.xml" not in content
        return content.startswith(b"PK\x03\x04") and harmless and all(part in content for part in inside)

    return fits


def _opens_with(start: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(start)


def _is_text(content: bytes) -> bool:
    """Tell plain text: no bytes that only programs and pictures hold."""
    return not re.search(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]", content)


_OPEN = b"mimetypeapplication/vnd.oasis.opendocument."
_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = (
    FileKind("PDF", ("pdf",), "application/pdf", _opens_with(b"%PDF-")),
    FileKind(
        "Word",
        ("docx",),
        f"{_OFFICE}wordprocessingml.document",
        _packed(b"[Content_Types].xml", b"word/document.xml"),
    ),
    FileKind("Excel", ("xlsx",), f"{_OFFICE}spreadsheetml.sheet", _packed(b"[Content_Types].xml", b"xl/workbook.xml")),
    FileKind("OpenDocument text", ("odt",), "application/vnd.oasis.opendocument.text", _packed(_OPEN + b"text")),
    FileKind(
        "OpenDocument spreadsheet",
        ("ods",),
        "application/vnd.oasis.opendocument.spreadsheet",
        _packed(_OPEN + b"spreadsheet"),
    ),
    FileKind("PNG", ("png",), "image/png", _opens_with(b"\x89PNG\r\n\x1a\n")),
    FileKind("JPEG", ("jpg", "jpeg"), "image/jpeg", _opens_with(b"\xff\xd8\xff")),
    FileKind("CSV", ("csv",), "text/csv", _is_text),
    FileKind("text", ("txt",), "text/plain", _is_text),
)
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)


def find(name: str, content: bytes) -> FileKind | None:
    """Give the kind of a file where its name and its content agree on one that may be kept."""
    ending = name.rpartition(".")[2].lower()
    return next((kind for kind in KINDS if ending in kind.endings and kind.fits(content)), None)


def safe_name(name: str) -> str:
    """Give the file's own name without folders, control characters and marks that turn writing round."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(" .")
    stem, dot, ending = shown.rpartition(".")
    if not dot:
        return shown[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"[-LONGEST_NAME:]
