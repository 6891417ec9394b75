"""Sheets of an export: rows under columns that are named as in the programme file."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = str | int | float | Decimal | bool | None


class Unit(StrEnum):
    """What a column's figures are counted in."""

    TEXT = "text"
    POUNDS = "pounds"
    SHARE = "share from 0 to 1"
    MONTHS = "months"
    PEOPLE = "people"
    NUMBER = "number"
    LOG_ODDS = "log-odds"
    WHETHER = "TRUE or FALSE"
    MOMENT = "date and time, UTC"
    MAIN_FIGURE = "as the row's main figure"
    NAMED = "as the row says"


@dataclass(frozen=True)
class Column:
    """One column: its name, what it is counted in, what it means."""

    name: str
    unit: Unit
    meaning: str


@dataclass(frozen=True)
class Sheet:
    """One table of an export."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


def readme(programme: str, sheets: Sequence[Sheet]) -> str:
    """Say what each file holds, column by column, and how to read it."""
    parts = [f"Export of the programme: {' '.join(programme.split())}\n", _HOW_TO_READ]
    for sheet in sheets:
        parts.append(f"\n{sheet.name}.csv: {sheet.about} Rows: {len(sheet.rows)}.\n")
        parts += [f"  {column.name} ({column.unit}): {column.meaning}" for column in sheet.columns]
    return "\n".join(parts) + "\n"


_HOW_TO_READ = """\
Columns are named as in the programme file (JSON, format pbr-programme/1). The market section and everything else that
is no table is in the programme file alone; what a run found is in the run's own record.

Files are UTF-8, separated by commas, lines ended by CR and LF. Figures are plain: no separators, no signs of currency.
An empty field means: not given.

A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage return) has an
apostrophe put before it. Take the apostrophe away to get the text as it was entered. Figures are never changed.
"""
