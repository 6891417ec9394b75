"""A table of figures: shown on a page beside its chart and given out as CSV, both from the same values."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .figures import UNKNOWN

# What a spreadsheet would take for a formula when text begins with it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")


@dataclass(frozen=True)
class Column:
    """One column: its heading and, for figures, how a value is written on the page."""

    heading: str
    show: Callable[[Any], str] | None = None

    @property
    def is_numeric(self) -> bool:
        """Figures stand to the right."""
        return self.show is not None


@dataclass(frozen=True)
class Table:
    """Rows of values under columns. The first column names its row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __post_init__(self) -> None:
        """Refuse a row that does not fit its columns."""
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("Every row needs one value for each column")


def shown(column: Column, value: object) -> str:
    """Write one value as the page shows it."""
    if value is None:
        return UNKNOWN
    return column.show(value) if column.show else str(value)


def as_csv(table: Table) -> str:
    """Write the table as CSV: plain values, text that looks like a formula made harmless, numbers untouched."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_harmless(column.heading) for column in table.columns])
    writer.writerows([_harmless(value) for value in row] for row in table.rows)
    return out.getvalue()


def _harmless(value: object) -> object:
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
