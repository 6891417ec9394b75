"""The Scottish register: its columns, its lists, and where a charity works."""

import io
from typing import Any

import pytest

from markets.sources import scottish_register
from markets.sources.archives import SourceError
from markets.sources.staged import Fault, Row

HEADING = (
    "Charity Number,Charity Name,Registered Date,Charity Status,Constitutional Form,Geographical Spread,"
    "Main Operating Location,Purposes,Beneficiaries,Activities,Most recent year income,"
    "Most recent year expenditure,Year End,Ceased Date\r\n"
)
USUAL = (
    "SC012345,Help at Hand,17/06/1998 00:00,Active,SCIO,Operations cover all or most of Scotland,Glasgow City,"
    "\"'The prevention or relief of poverty','The advancement of health'\",\"'Older people'\","
    "\"'It carries out activities or services itself'\",50000,40000,31/03/2026,\r\n"
)


def read(text: str) -> list[Any]:
    return list(scottish_register.read(io.BytesIO((HEADING + text).encode())))


def values(found: list[Any], table: str) -> tuple[Any, ...]:
    return next(row.values for row in found if isinstance(row, Row) and row.table == table)


def test_a_charity_is_read_with_its_year_and_its_lists() -> None:
    found = read(USUAL)

    assert values(found, "provider") == (
        *("SC012345", "GB-SC-SC012345", "", "Help at Hand", "charity", "SCIO", "registered", "Active"),
        *("1998-06-17", None, False, "2026-03-31", "50000", "40000"),
    )
    assert values(found, "code") == ("SC012345", "{103,105,202,306}")
    assert values(found, "area") == ("SC012345", "{S12000049,S92000003}")
    assert values(found, "year")[:7] == ("SC012345", "a", None, "2026-03-31", "", "50000", "40000")


def test_a_former_charity_is_removed_and_a_local_one_works_where_it_is() -> None:
    text = USUAL.replace(",\r\n", ",01/02/2020\r\n").replace("Operations cover all or most of Scotland", "One area")

    found = read(text.replace("31/03/2026", ""))

    assert values(found, "provider")[6] == "removed"
    assert values(found, "area") == ("SC012345", "{S12000049}")
    assert not [row for row in found if row.table == "year"]


def test_a_wrong_number_is_a_fault_and_another_file_is_refused() -> None:
    (fault,) = read(USUAL.replace("SC012345", "12345678"))

    assert fault == Fault(2, 'charity_number: "12345678" is no Scottish charity number')
    with pytest.raises(SourceError, match="no column charity_number"):
        list(scottish_register.read(io.BytesIO(b"a,b\r\n1,2\r\n")))
