"""Lines and rows of text files, with the line each begins in: however they are encoded, quoted and broken."""

import csv
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, TypeAlias

from .archives import SourceError
from .staged import Fault

MOST_LINE = 1_000_000
MOST_CELLS = 500
Cells: TypeAlias = dict[str, str]
_BOM = "\ufeff"


def lines(file: BinaryIO, *, encodings: tuple[str, ...] = ("utf-8",)) -> Iterator[tuple[int, str]]:
    """Give each line and its number; a byte that fits no encoding is shown as such and stops nothing."""
    number = 0
    while raw := file.readline(MOST_LINE + 1):
        number += 1
        if len(raw) > MOST_LINE:
            raise SourceError(
                f"Line {number:,} is longer than {MOST_LINE:,} bytes. This is not a file that is read here."
            )
        written = _decoded(raw, encodings).replace("\0", "")
        yield number, written.removeprefix(_BOM) if number == 1 else written


def _decoded(raw: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode(encodings[0], "replace")


def csv_rows(file: BinaryIO) -> Iterator[tuple[int, Cells] | Fault]:
    """Give the rows of a CSV file by its heading, quoted cells with line breaks in them too."""
    at = [0, 0]

    def texts() -> Iterator[str]:
        # UTF-8 where a line is that, else what spreadsheets in these islands write.
        for number, written in lines(file, encodings=("utf-8", "cp1252")):
            at[1] = number
            yield written

    reader = csv.reader(texts(), strict=True)
    heading = _heading(reader)
    while True:
        at[0] = at[1] + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Fault(at[0], f"not CSV: {error}")
            continue
        if any(cell.strip() for cell in cells):
            yield _row(at[0], heading, cells)


def _heading(reader: Iterator[list[str]]) -> list[str]:
    try:
        names = [slug(cell) for cell in next(reader, [])]
    except csv.Error as error:
        raise SourceError(f"The first line is no heading of a CSV file: {error}.") from None
    if not any(names) or len(names) > MOST_CELLS:
        raise SourceError("The file has no heading in its first line.")
    return names


def _row(line: int, heading: list[str], cells: list[str]) -> tuple[int, Cells] | Fault:
    if len(cells) > len(heading):
        return Fault(line, f"{len(cells)} cells where the heading has {len(heading)}")
    # A row that ends early lacks only what is empty at its end.
    return line, dict.fromkeys(heading, "") | dict(zip(heading, cells, strict=False))


def slug(heading: str) -> str:
    """Give a heading as small letters, figures and underlines, so that ways of writing it are one."""
    return re.sub(r"[^a-z0-9]+", "_", heading.lower()).strip("_")


def tab_rows(file: BinaryIO) -> Iterator[tuple[int, dict[str, Any]] | Fault]:
    """Give the rows of a tab-delimited extract, where nothing is quoted and a record may be broken over lines.

    A record begins with a day; a line that does not is the rest of the record before.
    """
    numbered = lines(file, encodings=("utf-8", "cp1252"))
    heading = next(numbered, (1, ""))[1].rstrip("\r\n").split("\t")
    start, pending = 0, ""
    for number, written in numbered:
        if _begins(written) or not pending:
            if pending:
                yield _tab_row(start, heading, pending)
            start, pending = number, written
        else:
            joint = "" if written.startswith("\t") else " "
            pending = (pending.rstrip("\r\n") + joint + written)[: 2 * MOST_LINE]
    if pending.strip():
        yield _tab_row(start, heading, pending)


def _begins(written: str) -> bool:
    return written[4:5] == "-" and written[7:8] == "-" and written[:4].isdigit() and "\t" in written[10:32]


def _tab_row(line: int, heading: list[str], written: str) -> tuple[int, dict[str, Any]] | Fault:
    bare = written.rstrip("\r\n")
    if "\\" in bare:
        cells = next(csv.reader([bare], delimiter="\t", quoting=csv.QUOTE_NONE, escapechar="\\"), [])
    else:
        cells = bare.split("\t")
    if len(cells) != len(heading):
        return Fault(line, f"{len(cells)} columns where the heading has {len(heading)}")
    return line, dict(zip(heading, cells, strict=True))
