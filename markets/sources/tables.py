"""Rows of a table that people bring, CSV or a workbook's first sheet: the heading, then each row with its line."""

import csv
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .archives import SourceError, check_packed, members
from .staged import Fault
from .texts import lines

MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_SHEET_BYTES = 60 * 1024**2
_SHEET_PARTS = 2_000
Cells: TypeAlias = list[str]


def rows(path: Path, name: str) -> Iterator[tuple[int, Cells] | Fault]:
    """Give the rows of the file, the heading first, each with its line; rows without a cell filled are passed over."""
    found = _sheet_rows(path, name) if is_workbook(name) else _csv_rows(_only(path, name))
    for count, row in enumerate(found):
        if count > MOST_ROWS:
            raise SourceError(f"The table has more than {MOST_ROWS:,} rows.")
        yield row


def is_workbook(name: str) -> bool:
    """Tell a workbook by its ending, as its content is a zip like any other."""
    return name.lower().endswith(".xlsx")


def _only(path: Path, name: str) -> BinaryIO:
    found = members(path, name)
    if len(found) != 1:
        raise SourceError(f"{name} holds {len(found)} files; one table is needed.")
    return found[0].open()


def _csv_rows(file: BinaryIO) -> Iterator[tuple[int, Cells] | Fault]:
    at = [0]

    def texts() -> Iterator[str]:
        for number, written in lines(file, encodings=("utf-8", "cp1252")):
            at[0] = number
            yield written

    with file:
        start = file.peek(4096)[:4096].split(b"\n")[0]  # type: ignore[attr-defined]
        delimiter = max(",;\t", key=lambda mark: start.count(mark.encode()))
        reader = csv.reader(texts(), strict=True, delimiter=delimiter)
        while True:
            line = at[0] + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Fault(line, f"not CSV: {error}")
                continue
            if any(cell.strip() for cell in cells):
                yield line, cells[:MOST_COLUMNS]


def _sheet_rows(path: Path, name: str) -> Iterator[tuple[int, Cells] | Fault]:
    check_packed(path, name, most_bytes=MOST_SHEET_BYTES, most_members=_SHEET_PARTS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(path, read_only=True, data_only=True)
            sheet = book.worksheets[0]
            for line, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
                if line > 5 * MOST_ROWS:
                    raise SourceError(f"The sheet goes on beyond line {5 * MOST_ROWS:,}.")
                cells = [_written(value) for value in row]
                if any(cells):
                    yield line, cells
            book.close()
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError, SyntaxError) as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(f"{name} is not a workbook that can be read.") from error


def _written(value: Any) -> str:
    """Write a cell as a CSV file would have it: days as days, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
