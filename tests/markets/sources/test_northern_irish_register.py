"""The register of Northern Ireland, in which 0 stands for what is missing."""

import io
from typing import Any

import pytest

from markets.sources import northern_irish_register
from markets.sources.archives import SourceError
from markets.sources.staged import Fault, Row

HEADING = (
    "Reg charity number,Charity name,Date registered,Status,Date for financial year ending,Total income,"
    "Total spending,Company number,What the charity does,Who the charity helps,How the charity works,"
    "Type of governing document,Financial period start,Employed staff,UK and Ireland volunteers\r\n"
)
USUAL = (
    "100002,Caf\xe9 of Hope,13/12/2013,Received: on time,31 March 2026,46215,0,22996,The advancement of education,"
    '"Older people,Carers",Counselling/support,Constitution,1 April 2025,0,7\r\n'
)


def read(text: str) -> list[Any]:
    return list(northern_irish_register.read(io.BytesIO((HEADING + text).encode("cp1252"))))


def values(found: list[Any], table: str) -> tuple[Any, ...]:
    return next(row.values for row in found if isinstance(row, Row) and row.table == table)


def test_a_charity_is_read_and_nought_is_not_known() -> None:
    found = read(USUAL)

    assert values(found, "provider") == (
        *("100002", "GB-NIC-100002", "GB-COH-NI022996", "Café of Hope", "charity", "Constitution", "registered"),
        *("Received: on time", "2013-12-13", None, False, "2026-03-31", "46215", None),
    )
    assert values(found, "code") == ("100002", "{102,202,206,306}")
    assert values(found, "area") == ("100002", "{N92000002}")
    assert values(found, "year")[2:7] == ("2025-04-01", "2026-03-31", "", "46215", None)
    assert values(found, "year")[15:] == (None, 7, None)


def test_a_removed_charity_without_a_year_or_a_company_is_read_too() -> None:
    text = USUAL.replace("Received: on time", "Removed").replace("31 March 2026", "").replace("22996", "0")

    found = read(text)

    assert values(found, "provider")[2] == ""
    assert values(found, "provider")[6] == "removed"
    assert not [row for row in found if row.table == "year"]


def test_a_wrong_number_is_a_fault_and_another_file_is_refused() -> None:
    (fault,) = read(USUAL.replace("100002", "none"))

    assert fault == Fault(2, 'reg_charity_number: "none" is no charity number')
    with pytest.raises(SourceError, match="Northern Ireland"):
        list(northern_irish_register.read(io.BytesIO(b"a\r\n1\r\n")))


def test_a_row_with_too_many_cells_and_a_loose_quotation_mark_are_faults() -> None:
    found = read(USUAL.replace("\r\n", ",,,\r\n") + 'x,"y"z,\r\n' + USUAL)

    assert [type(each).__name__ for each in found[:2]] == ["Fault", "Fault"]
    assert found[0].reason == "18 cells where the heading has 15"
    assert len([row for row in found if isinstance(row, Row) and row.table == "provider"]) == 1
