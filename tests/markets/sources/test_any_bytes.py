"""Whatever bytes come, every reader gives rows, faults or one plain refusal, and nothing that cannot be stored."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markets.sources import (
    charity_commission,
    companies_house,
    contracts,
    json_items,
    northern_irish_register,
    own_lists,
    scottish_register,
    tables,
    texts,
)
from markets.sources.archives import SourceError
from markets.sources.staged import Fault, Row
from tests.factories import registers
from tests.markets.sources import test_northern_irish_register, test_scottish_register
from tests.markets.sources.test_contracts import RELEASE

READERS: list[tuple[Callable[..., Any], bytes]] = [
    (charity_commission.read, registers.as_json([registers.charity(), registers.charity()])),
    (charity_commission.read, registers.as_text([registers.charity(), registers.charity()])),
    (charity_commission.read, registers.as_text([registers.part_a()])),
    (scottish_register.read, (test_scottish_register.HEADING + test_scottish_register.USUAL).encode()),
    (
        northern_irish_register.read,
        (test_northern_irish_register.HEADING + test_northern_irish_register.USUAL).encode("cp1252"),
    ),
    (companies_house.read, b"CompanyName,CompanyNumber,CompanyCategory\r\nA,1,Community Interest Company\r\n"),
    (contracts.read, json.dumps({"releases": [RELEASE]}).encode()),
]
NAMES = ["ccew json", "ccew text", "part a", "oscr", "ccni", "companies", "contracts"]


def everything(read: Callable[..., Any], content: bytes) -> list[Any]:
    try:
        return list(read(io.BufferedReader(io.BytesIO(content))))
    except SourceError:
        return []


def can_be_stored(row: Row) -> bool:
    return all("\0" not in str(value) and "\t" not in str(value) and "\n" not in str(value) for value in row.values)


@pytest.mark.promise("B2")
@pytest.mark.slow
@pytest.mark.parametrize(("read", "usual"), READERS, ids=NAMES)
@settings(max_examples=150)
@given(data=st.data())
def test_no_bytes_crash_a_reader_and_all_that_it_gives_can_be_stored(
    read: Callable[..., Any], usual: bytes, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(usual)))
    until = data.draw(st.integers(at, min(len(usual), at + 40)))
    content = usual[:at] + data.draw(st.binary(max_size=30)) + usual[until:]

    found = everything(read, content)

    assert all(can_be_stored(each) for each in found if isinstance(each, Row))
    assert all(each.line >= 1 and each.reason for each in found if isinstance(each, Fault))


@pytest.mark.promise("B2")
@pytest.mark.slow
@settings(max_examples=100)
@given(content=st.binary(max_size=200))
def test_no_bytes_crash_the_reading_of_a_table(tmp_path_factory: Any, content: bytes) -> None:
    folder: Path = tmp_path_factory.mktemp("tables")
    for name in ("list.csv", "list.xlsx"):
        (folder / name).write_bytes(content)
        try:
            found = list(own_lists.read(folder / name, name, {"name": 0, "income": 1, "areas": 2}))
        except SourceError:
            continue
        assert all(isinstance(each, Row | Fault) for each in found)


@pytest.mark.promise("B3")
def test_a_line_and_an_item_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST_LINE", 100)
    monkeypatch.setattr(json_items, "MOST_ITEM", 100)
    monkeypatch.setattr(json_items, "_CHUNK", 50)

    with pytest.raises(SourceError, match="longer than 100 bytes"):
        list(texts.lines(io.BytesIO(b"x" * 200)))
    with pytest.raises(SourceError, match="is not JSON"):
        list(json_items.items(io.BytesIO(b'[{"a": "' + b"x" * 500)))


def test_a_sheet_that_goes_on_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.worksheets[0]["A1"] = "Name"
    book.worksheets[0]["A60"] = "Far below"
    book.save(tmp_path / "list.xlsx")
    monkeypatch.setattr(tables, "MOST_ROWS", 10)

    with pytest.raises(SourceError, match="goes on beyond line 50"):
        list(tables.rows(tmp_path / "list.xlsx", "list.xlsx"))


def test_several_tables_in_one_zip_are_refused(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", "Name\nx\n")
        archive.writestr("b.csv", "Name\nx\n")

    with pytest.raises(SourceError, match="holds 2 files"):
        list(tables.rows(tmp_path / "two.zip", "two.zip"))
