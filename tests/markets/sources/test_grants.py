"""Grants in the 360Giving standard, as JSON and as its flat tables."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from markets.sources import grants
from markets.sources.archives import SourceError, members
from markets.sources.grants import TO_PEOPLE
from markets.sources.staged import TABLES, Fault, LeftOut, Row

GRANT: dict[str, Any] = {
    "id": "360G-fund-1",
    "title": "Core costs",
    "currency": "GBP",
    "amountAwarded": 20000,
    "awardDate": "2026-02-01",
    "recipientOrganization": [{"id": "GB-CHC-1100001", "name": "Anytown Carers"}],
    "fundingOrganization": [{"id": "GB-COH-1501421", "name": "A Fund"}],
    "plannedDates": [{"startDate": "2026-04-01", "endDate": "2027-03-31"}],
}
FLAT = {
    "Identifier": "360G-fund-1",
    "Title": "Core costs",
    "Currency": "GBP",
    "Amount Awarded": "20000",
    "Award Date": "2026-02-01",
    "Recipient Org:0:Identifier": "GB-CHC-1100001",
    "Recipient Org:0:Name": "Anytown Carers",
    "Funding Org:0:Identifier": "GB-COH-1501421",
    "Funding Org:0:Name": "A Fund",
    "Planned Dates:0:Start Date": "2026-04-01",
    "Planned Dates:0:End Date": "2027-03-31",
}


def read_json(folder: Path, document: Any) -> list[Any]:
    path = folder / "grants.json"
    path.write_text(json.dumps(document), "utf-8")
    return list(grants.read(members(path, path.name)[0]))


def as_dict(row: Row) -> dict[str, Any]:
    return {
        name: value if value is None else str(value)
        for name, value in zip(TABLES["grant_made"], row.values, strict=True)
    }


def test_a_grant_is_read_alike_from_json_csv_and_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "grants.csv").write_text(",".join(FLAT) + "\n" + ",".join(FLAT.values()) + "\n", "utf-8")
    book = Workbook()
    book.worksheets[0].append(list(FLAT))
    book.worksheets[0].append(list(FLAT.values()))
    book.save(tmp_path / "grants.xlsx")

    (from_json,) = read_json(tmp_path, {"grants": [GRANT]})
    (from_csv,) = grants.read_table(tmp_path / "grants.csv", "grants.csv")
    (from_book,) = grants.read_table(tmp_path / "grants.xlsx", "grants.xlsx")

    assert as_dict(from_json) == as_dict(from_csv) == as_dict(from_book)
    assert as_dict(from_json) == {
        "identifier": "360G-fund-1",
        "title": "Core costs",
        "funder": "A Fund",
        "funder_org_id": "GB-COH-01501421",
        "recipient": "Anytown Carers",
        "recipient_org_id": "GB-CHC-1100001",
        "amount": "20000",
        "currency": "GBP",
        "awarded_on": "2026-02-01",
        "starts_on": "2026-04-01",
        "ends_on": "2027-03-31",
    }


def test_of_grants_to_people_nothing_is_kept(tmp_path: Path) -> None:
    person = {**GRANT, "recipientIndividual": {"name": "Somebody"}}

    assert read_json(tmp_path, {"grants": [person]}) == [LeftOut(TO_PEOPLE)]


@pytest.mark.parametrize(
    ("recipient", "found"),
    [
        ({"charityNumber": "SC012345"}, "GB-SC-SC012345"),
        ({"charityNumber": "1100001"}, "GB-CHC-1100001"),
        ({"companyNumber": "1501421"}, "GB-COH-01501421"),
        ({"id": "360G-fund-org:x"}, ""),
    ],
)
def test_a_recipient_is_known_by_an_official_number_alone(
    tmp_path: Path, recipient: dict[str, str], found: str
) -> None:
    (row,) = read_json(tmp_path, [{**GRANT, "recipientOrganization": [recipient]}])

    assert as_dict(row)["recipient_org_id"] == found


def test_broken_grants_are_faults(tmp_path: Path) -> None:
    found = read_json(tmp_path, [{**GRANT, "awardDate": ""}, {**GRANT, "amountAwarded": "lots"}, 3, GRANT])

    assert [type(each).__name__ for each in found] == ["Fault", "Fault", "Fault", "Row"]


def test_a_table_without_the_needed_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "grants.csv").write_text("Title\nx\n", "utf-8")
    (tmp_path / "empty.csv").write_text("", "utf-8")

    with pytest.raises(SourceError, match="no column for id"):
        list(grants.read_table(tmp_path / "grants.csv", "grants.csv"))
    with pytest.raises(SourceError, match="no heading"):
        list(grants.read_table(tmp_path / "empty.csv", "empty.csv"))


def test_faults_of_a_table_are_told_with_their_line(tmp_path: Path) -> None:
    lines = [",".join(FLAT), "x", ",".join(FLAT.values())]
    (tmp_path / "grants.csv").write_text("\n".join([*lines, 'a,"b"c', ""]), "utf-8")

    found = list(grants.read_table(tmp_path / "grants.csv", "grants.csv"))

    assert [each.line for each in found if isinstance(each, Fault)] == [2, 4]
