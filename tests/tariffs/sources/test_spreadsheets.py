"""Exports hold the figures they were given, and no text in them can become a formula."""

import csv
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from tariffs.core.sheets import Column, Sheet, Unit, Value
from tariffs.sources import spreadsheets

HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://x.example","press")',
    "+44 20 7946 0000",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C calc'!A0",
]


def sheet(*values: Value, unit: Unit = Unit.TEXT) -> Sheet:
    column = Column("text", unit, "what it says")
    return Sheet("things", "Things.", (column,), tuple((value,) for value in values))


def written(found: Sheet) -> list[openpyxl.cell.Cell]:
    book = openpyxl.load_workbook(io.BytesIO(spreadsheets.as_xlsx("P", [found])))
    return [row[0] for row in book["things"].iter_rows(min_row=2)]


def read_back(found: Sheet) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(spreadsheets.as_zip("P", [found]))) as archive:
        text = archive.read("things.csv").decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_looks_like_a_formula_has_an_apostrophe_before_it_in_csv(text: str):
    assert read_back(sheet(text)) == [[f"'{text}"]]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_looks_like_a_formula_is_typed_as_text_in_a_workbook(text: str):
    (cell,) = written(sheet(text))

    assert cell.data_type == "s"
    assert cell.value.replace("\r", "\n") == text.replace("\r", "\n")
    assert cell.quotePrefix


def test_no_formula_stands_in_the_workbook_itself():
    body = spreadsheets.as_xlsx("=1+1", [sheet(*HOSTILE)])

    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        pages = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert len(pages) == 2
    assert not any("<f>" in page or "<f " in page for page in pages)


def test_headings_of_hostile_names_are_texts_too():
    column = Column("=1+1", Unit.TEXT, "what it says")

    book = openpyxl.load_workbook(io.BytesIO(spreadsheets.as_xlsx("P", [Sheet("things", "", (column,), ())])))

    assert book["things"]["A1"].data_type == "s"


def test_figures_stay_figures():
    found = written(sheet(-3, 0.1, Decimal("-1200.50"), None, True))

    assert [cell.value for cell in found] == [-3, 0.1, -1200.5, None, True]
    assert read_back(sheet(-3, 0.1, Decimal("-1200.50"), None, True)) == [["-3"], ["0.1"], ["-1200.50"], [""], ["True"]]


def test_money_is_a_figure_that_shows_as_pounds():
    (cell,) = written(sheet(Decimal("1200.50"), unit=Unit.POUNDS))

    assert (cell.value, cell.number_format) == (1200.5, "£#,##0.00")


def test_what_a_workbook_cannot_hold_is_marked_and_not_left_out():
    control, long = written(sheet("a\x00b", "x" * 40_000))

    assert control.value == "a\N{REPLACEMENT CHARACTER}b"
    assert len(long.value) == spreadsheets.LONGEST_TEXT
    assert long.value.endswith("…")


def test_both_files_explain_every_column():
    found = sheet("a", unit=Unit.SHARE)

    with zipfile.ZipFile(io.BytesIO(spreadsheets.as_zip("Back to\nwork", [found]))) as archive:
        text = archive.read("README.txt").decode()
    book = openpyxl.load_workbook(io.BytesIO(spreadsheets.as_xlsx("Back to\nwork", [found])))
    page = [row[0].value or "" for row in book["README"].iter_rows()]

    assert text.startswith("Export of the programme: Back to work\n")
    assert "things.csv: Things. Rows: 1." in text
    assert "  text (share from 0 to 1): what it says" in text
    assert "apostrophe" in text
    assert page == text.splitlines()
