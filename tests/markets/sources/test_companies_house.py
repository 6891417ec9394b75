"""Companies House's basic data: who is kept of it."""

import io
from typing import Any

import pytest

from markets.sources import companies_house
from markets.sources.archives import SourceError
from markets.sources.companies_house import OTHERS
from markets.sources.staged import Fault, LeftOut, Row

HEADING = (
    "CompanyName, CompanyNumber,CompanyCategory,CompanyStatus,DissolutionDate,IncorporationDate,"
    "Accounts.LastMadeUpDate\r\n"
)


def read(*lines: str) -> list[Any]:
    text = HEADING + "".join(f"{line}\r\n" for line in lines)
    return list(companies_house.read(io.BytesIO(text.encode())))


def test_community_interest_companies_and_societies_are_read_without_finances() -> None:
    company, society = read(
        "HELP C.I.C.,1501421,Community Interest Company,Active,,06/08/2018,31/03/2026",
        "HELP SOCIETY,RS012345,Registered Society,Liquidation,,,",
    )

    assert isinstance(company, Row)
    assert company.values == (
        *("01501421", "GB-COH-01501421", "GB-COH-01501421", "HELP C.I.C.", "cic", "Community Interest Company"),
        *("registered", "Active", "2018-08-06", None, False, "2026-03-31", None, None),
    )
    assert (society.values[4], society.values[10]) == ("mutual", True)


def test_other_companies_are_left_out_and_dissolved_ones_are_removed() -> None:
    other, dissolved, wrong = read(
        "SHOP LTD,1501422,Private Limited Company,Active,,,",
        "GONE C.I.C.,1501423,Community Interest Company,Dissolved,01/02/2020,,",
        "ODD C.I.C.,?,Community Interest Company,Active,,,",
    )

    assert other == LeftOut(OTHERS)
    assert dissolved.values[6] == "removed"
    assert wrong == Fault(4, 'CompanyNumber: "?" is no company number')


def test_another_file_is_refused() -> None:
    with pytest.raises(SourceError, match="no column companyname"):
        list(companies_house.read(io.BytesIO(b"a\r\n1\r\n")))
