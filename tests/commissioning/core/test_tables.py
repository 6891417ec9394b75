"""Tables of figures, on the page and as CSV."""

import csv
import io

import pytest

from commissioning.core.figures import pounds
from commissioning.core.tables import Column, Table, as_csv, shown


def table(*rows: tuple[object, ...]) -> Table:
    return Table(caption="Prices", columns=(Column("Band"), Column("Price", pounds)), rows=rows)


def test_a_row_that_does_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match="one value for each column"):
        table(("PG1", 1, 2))


def test_figures_are_shown_in_words_and_unknowns_as_unknown():
    column = Column("Price", pounds)

    assert column.is_numeric
    assert shown(column, 1234) == "£1,234"
    assert shown(column, None) == "not known"
    assert shown(Column("Band"), "PG1") == "PG1"


@pytest.mark.promise("B5")
@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1+cmd", "@sum(A1)", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_made_harmless(formula: str):
    rows = list(csv.reader(io.StringIO(as_csv(table((formula, 1))), newline="")))

    assert rows[1][0] == f"'{formula}"


@pytest.mark.promise("B5")
def test_numbers_survive_the_way_out_and_back_with_their_sign():
    values = [-3500, 0.1, 1e-9, -0.25, 12]

    rows = list(csv.reader(io.StringIO(as_csv(table(*(("PG", value) for value in values))))))

    assert [float(row[1]) for row in rows[1:]] == values


def test_an_unknown_is_an_empty_cell():
    assert as_csv(table(("PG1", None))).splitlines() == ["Band,Price", "PG1,"]
