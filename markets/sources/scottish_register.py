"""The register of the Scottish Charity Regulator: CSV without reserves, staff or trustees, which stay unknown."""

import re
from typing import BinaryIO

from markets.core import areas as places
from markets.core import org_ids, served

from . import values
from .archives import SourceError
from .staged import Fault, FaultError, Found, Row
from .texts import Cells, csv_rows

_NEEDED = ("charity_number", "charity_name", "most_recent_year_income")
_ALL_SCOTLAND = ("most of scotland", "parts of the uk", "uk and overseas")
_WORDS = ("purposes", "beneficiaries", "activities")


def read(file: BinaryIO) -> Found:
    """Read the register of today, or that of former charities."""
    for found in csv_rows(file):
        if isinstance(found, Fault):
            yield found
            continue
        line, cells = found
        if missing := [name for name in _NEEDED if name not in cells]:
            raise SourceError(f"This is not the Scottish register: it has no column {missing[0]}.")
        try:
            yield from _rows(cells)
        except FaultError as fault:
            yield Fault(line, str(fault))


def _rows(cells: Cells) -> list[Row]:
    number = cells["charity_number"]
    org_id = org_ids.org_id(org_ids.OSCR, number)
    if org_id is None:
        raise FaultError(f"charity_number: {values.shown(number)} is no Scottish charity number")
    key = org_id.removeprefix(f"{org_ids.OSCR}-")
    removed = values.day(cells.get("ceased_date"), "ceased_date")
    end = values.day(cells.get("year_end"), "year_end")
    income = values.pounds(cells["most_recent_year_income"], "most_recent_year_income")
    spent = values.pounds(cells.get("most_recent_year_expenditure"), "most_recent_year_expenditure")
    name = values.required(cells["charity_name"], "charity_name")
    constitution = values.text(cells.get("constitutional_form"), 120)
    registered = values.day(cells.get("registered_date"), "registered_date")
    status = "removed" if removed else "registered"
    state = values.text(cells.get("charity_status"), 60)
    codes = served.from_words(word for column in _WORDS for word in _listed(cells.get(column, "")))
    return [
        Row(
            "provider",
            (
                key,
                org_id,
                "",
                name,
                "charity",
                constitution,
                status,
                state,
                registered,
                removed,
                False,
                end,
                income,
                spent,
            ),
        ),
        Row("code", (key, values.array(codes))),
        Row("area", (key, values.array(_areas(cells)))),
        *_year(key, end, income, spent),
    ]


def _year(key: str, end: str | None, income: values.Money, spent: values.Money) -> list[Row]:
    return [Row("year", (key, "a", None, end, "", income, spent, *[None] * 11))] if end else []


def _areas(cells: Cells) -> tuple[str, ...]:
    own = places.codes_of(cells.get("main_operating_location", ""))
    spread = cells.get("geographical_spread", "").lower()
    return (*own, places.SCOTLAND) if any(words in spread for words in _ALL_SCOTLAND) else own


def _listed(written: str) -> list[str]:
    """Take a list apart: its words stand in quotation marks, or with commas between."""
    return re.findall(r"'([^']+)'", written) or re.split(r"[;,]", written)
