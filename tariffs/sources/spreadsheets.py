"""Writes sheets as files for spreadsheets, CSV in a zip or an XLSX workbook. Nothing in them can come alive."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from commissioning.core import tables
from commissioning.core.tables import FORMULA_STARTS
from tariffs.core.sheets import Sheet, Unit, Value, readme

POUNDS_FORMAT = "£#,##0.00"
#: The longest text that a cell of a spreadsheet holds.
LONGEST_TEXT = 32_767


def as_zip(programme: str, sheets: Sequence[Sheet]) -> bytes:
    """Write each sheet as CSV, with a text that explains every column."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", readme(programme, sheets))
        for sheet in sheets:
            archive.writestr(f"{sheet.name}.csv", as_csv(sheet))
    return out.getvalue()


def as_csv(sheet: Sheet) -> str:
    """Write one sheet as CSV: texts that look like formulas made harmless, figures untouched."""
    columns = tuple(tables.Column(column.name) for column in sheet.columns)
    return tables.as_csv(tables.Table(sheet.name, columns, sheet.rows))


def as_xlsx(programme: str, sheets: Sequence[Sheet]) -> bytes:
    """Write the same sheets as one workbook, the explanations on the first."""
    book = Workbook(write_only=True)
    book.properties.creator = "PbR Workbench"
    book.properties.title = _clean(programme)
    explained = book.create_sheet("README")
    explained.column_dimensions["A"].width = 120
    for line in readme(programme, sheets).splitlines():
        explained.append([_cell(explained, line)])
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "A2"
        page.append([_heading(page, column.name) for column in sheet.columns])
        for row in sheet.rows:
            page.append([_cell(page, value, column.unit) for column, value in zip(sheet.columns, row, strict=True)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _heading(page: Any, text: str) -> Cell:
    cell = _cell(page, text)
    cell.font = Font(bold=True)
    return cell


def _cell(page: Any, value: Value, unit: Unit = Unit.TEXT) -> Cell:
    """Make a cell. A text is typed as text, whatever it looks like, and stays text when somebody edits it."""
    if not isinstance(value, str):
        cell: Cell = WriteOnlyCell(page, value=cast("float | None", value))
        if unit is Unit.POUNDS:
            cell.number_format = POUNDS_FORMAT
        return cell
    cell = WriteOnlyCell(page, value=_clean(value))
    cell.data_type = "s"
    if value.startswith(FORMULA_STARTS):
        cell.quotePrefix = True
    return cell


def _clean(text: str) -> str:
    """Take out what a workbook cannot hold, and say where a text is cut."""
    kept = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)
    return kept if len(kept) <= LONGEST_TEXT else f"{kept[: LONGEST_TEXT - 1]}…"
