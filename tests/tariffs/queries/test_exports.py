"""An export holds exactly what the database holds, under the names of the programme file."""

import csv
import io
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from commissioning.models import Programme
from tariffs import queries
from tariffs.core.sheets import Sheet
from tariffs.sources import programme_files, spreadsheets
from tests.factories import incentive_runs
from tests.factories.tariffs import EXAMPLE, imported, small_document

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
#: Columns that a table has beside the programme file's keys, or in place of a key that holds two values.
ADDED = {"interval_low", "interval_high", "observed_spending", "observed_rate"}


def tables(programme: Programme) -> dict[str, Sheet]:
    return {sheet.name: sheet for sheet in queries.exports.sheets(read(programme))}


def read(programme: Programme) -> Programme:
    return queries.programmes.with_tariff(Programme.objects.all()).get(pk=programme.pk)


def as_rows(sheet: Sheet) -> list[dict[str, Any]]:
    return [dict(zip([column.name for column in sheet.columns], row, strict=True)) for row in sheet.rows]


@pytest.mark.parametrize("name", ["groups", "milestones", "evidence", "prices", "providers"])
def test_columns_are_named_as_in_the_programme_file(name: str):
    programme = imported(EXAMPLE)
    document = programme_files.to_document(queries.programmes.to_core(programme))
    rows = document["tariff"]["prices"] if name == "prices" else document[name]

    columns = {column.name for column in tables(programme)[name].columns}

    assert {key for row in rows for key in row} - {"interval", "observed"} <= columns
    assert columns - ADDED <= {key for row in rows for key in row} | {"source", "url", "date", "quality"} | {
        "responsiveness"
    }


def test_terms_and_uncertainty_are_named_as_in_the_programme_file():
    programme = imported(small_document())
    document = programme_files.to_document(queries.programmes.to_core(programme))
    terms = {row["name"] for row in as_rows(tables(programme)["terms"])}
    uncertainty = {row["name"] for row in as_rows(tables(programme)["uncertainty"])}

    asked = {key for key in document["tariff"] if key not in ("prices", "target")}
    assert terms == asked | {f"target_{key}" for key in document["tariff"]["target"]}
    assert {key for key in document["uncertainty"] if key != "season"} <= uncertainty
    assert sum(name.startswith("season_") for name in uncertainty) == 12


def test_figures_are_those_of_the_database():
    programme = imported(small_document())
    found = tables(programme)

    assert [row["price"] for row in as_rows(found["prices"])] == [Decimal("1000.00"), Decimal("2000.50")]
    assert [row["baseline"] for row in as_rows(found["evidence"])] == [0.2, 0.1]
    assert as_rows(found["evidence"])[1]["observed_spending"] == Decimal("500.00")
    assert [row["after"] for row in as_rows(found["milestones"])] == [None, "start", "job"]
    assert as_rows(found["programme"])[0] == {
        "name": "name",
        "value": "Back to work",
        "unit": "text",
        "meaning": "name of the programme",
    }


@pytest.mark.slow
def test_both_files_hold_the_very_figures_of_the_worked_example():
    sheets = queries.exports.sheets(read(imported(EXAMPLE)))

    with zipfile.ZipFile(io.BytesIO(spreadsheets.as_zip("P", sheets))) as archive:
        texts = {sheet.name: archive.read(f"{sheet.name}.csv").decode() for sheet in sheets}
    book = openpyxl.load_workbook(io.BytesIO(spreadsheets.as_xlsx("P", sheets)))

    assert book.sheetnames == ["README", *texts]
    for sheet in sheets:
        in_csv = list(csv.reader(io.StringIO(texts[sheet.name], newline="")))[1:]
        in_book = list(book[sheet.name].iter_rows(min_row=2, values_only=True))
        for row, from_csv, from_book in zip(sheet.rows, in_csv, in_book, strict=True):
            for value, text, cell in zip(row, from_csv, from_book, strict=True):
                if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
                    assert type(value)(text) == value
                    # A workbook holds a figure to 16 digits, as every spreadsheet does.
                    assert float(cell) == pytest.approx(float(value), rel=1e-15, abs=0)


def test_runs_and_history_stand_in_the_export():
    programme = imported(small_document())
    run = incentive_runs.finished(programme=programme)

    (row,) = as_rows(tables(programme)["runs"])

    assert (row["run"], row["state"], row["draws"], row["seed"]) == (str(run.pk), "succeeded", 64, 1)
    assert (row["inputs_sha256"], row["result_sha256"]) == (run.inputs_sha256, run.result_sha256)
    assert row["asked"] == run.created_at.isoformat(timespec="seconds")
    assert as_rows(tables(programme)["history"])[0]["by"] == "Amina"


def test_a_long_programme_needs_no_more_queries(django_assert_max_num_queries: Any):
    programme = read(imported(EXAMPLE))

    with django_assert_max_num_queries(MOST_QUERIES):
        queries.exports.sheets(programme)
