"""An authority's own list: headings recognised, rows read, and what cannot be meant."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from markets.sources import own_lists, tables
from markets.sources.archives import SourceError
from markets.sources.staged import TABLES, Fault, Row

HEADING = "Supplier name;Charity number;Type;Turnover;Reserves;Areas;Groups;Appetite;Founded"
USUAL = "Help at Hand;1100001;Charity;£1,200,000;;Barnet|Kent;children|203;25%;1998"


def written(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_text("\n".join(lines), encoding)
    return path


def read(path: Path) -> list[Any]:
    return list(own_lists.read(path, path.name, own_lists.preview(path, path.name).guess))


def as_dict(row: Row) -> dict[str, Any]:
    return dict(zip(TABLES["listed"], row.values, strict=True))


def test_headings_are_recognised_and_the_first_rows_shown(tmp_path: Path) -> None:
    found = own_lists.preview(written(tmp_path, HEADING, USUAL), "list.csv")

    assert found.headings[0] == "Supplier name"
    assert found.rows[0][0] == "Help at Hand"
    assert found.guess == {
        "name": 0,
        "charity_number": 1,
        "legal_form": 2,
        "income": 3,
        "free_reserves": 4,
        "areas": 5,
        "served": 6,
        "appetite": 7,
        "year_registered": 8,
    }


def test_a_row_is_read_and_what_is_empty_is_not_known(tmp_path: Path) -> None:
    (found,) = read(written(tmp_path, HEADING, USUAL))

    assert as_dict(found) == {
        "reference": "GB-CHC-1100001",
        "org_id": "GB-CHC-1100001",
        "name": "Help at Hand",
        "legal_form": "charity",
        "income": "1200000",
        "expenditure": None,
        "free_reserves": None,
        "year_registered": 1998,
        "served": "{201,203}",
        "areas": "{E09000003,E10000016}",
        "appetite": 0.25,
        "has_outcomes_experience": None,
    }


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";1100001", "name is empty"),
        ("Help;12", "no charity number"),
        ("Help;;Circus", "legal form"),
        ("Help;;;-5", "below nothing"),
        ("Help;;;much", "no amount of money"),
        ("Help;;;;;Atlantis", "no local authority"),
        ("Help;;;;;;999", "no code"),
        ("Help;;;;;;;30", "no share"),
        ("Help;;;;;;;;19", "no year"),
    ],
)
def test_what_cannot_be_meant_is_a_fault_with_its_line(tmp_path: Path, line: str, reason: str) -> None:
    found = read(written(tmp_path, HEADING, USUAL, line))

    (fault,) = [each for each in found if isinstance(each, Fault)]
    assert fault.line == 3
    assert reason in fault.reason


def test_a_provider_that_stands_there_twice_is_told(tmp_path: Path) -> None:
    found = read(written(tmp_path, HEADING, USUAL, USUAL))

    assert found[1] == Fault(3, '"GB-CHC-1100001" is in the list already')


@pytest.mark.parametrize(
    ("number", "org_id"),
    [("SC012345", "GB-SC-SC012345"), ("NIC100002", "GB-NIC-100002"), ("GB-COH-1501421", "GB-COH-01501421")],
)
def test_numbers_of_every_register_are_known(tmp_path: Path, number: str, org_id: str) -> None:
    (found,) = read(written(tmp_path, HEADING, f"Help;{number}"))

    assert as_dict(found)["org_id"] == org_id


def test_a_workbook_is_read_like_a_table(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Name", "Company number", "Income", "Area"])
    book.worksheets[0].append(["Help", 1501421, 1000.0, "E09000003"])
    book.save(tmp_path / "list.xlsx")
    path = tmp_path / "list.xlsx"

    (found,) = own_lists.read(path, path.name, own_lists.preview(path, path.name).guess)

    assert as_dict(found)["org_id"] == "GB-COH-01501421"
    assert (as_dict(found)["income"], as_dict(found)["areas"]) == ("1000", "{E09000003}")


def test_what_old_spreadsheets_write_is_read_too(tmp_path: Path) -> None:
    (found,) = read(written(tmp_path, HEADING, "Café;", encoding="cp1252"))

    assert as_dict(found)["name"] == "Café"


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "list.xlsx"
    broken.write_bytes(b"PK\x03\x04broken")
    empty = written(tmp_path, "", "")

    with pytest.raises(SourceError, match="damaged"):
        own_lists.preview(broken, broken.name)
    with pytest.raises(SourceError, match="empty"):
        own_lists.preview(empty, empty.name)


def test_a_table_that_is_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 1)

    with pytest.raises(SourceError, match="more than 1 rows"):
        read(written(tmp_path, HEADING, USUAL, "Other"))
