"""The register of the Charity Commission for Northern Ireland: one CSV file in which 0 stands for what is missing."""

from typing import BinaryIO

from markets.core import areas as places
from markets.core import org_ids, served

from . import values
from .archives import SourceError
from .staged import Fault, FaultError, Found, Row
from .texts import Cells, csv_rows

_NEEDED = ("reg_charity_number", "charity_name", "total_income")
_WORDS = ("what_the_charity_does", "who_the_charity_helps", "how_the_charity_works")


def read(file: BinaryIO) -> Found:
    """Read the register as its search gives it out."""
    for found in csv_rows(file):
        if isinstance(found, Fault):
            yield found
            continue
        line, cells = found
        if missing := [name for name in _NEEDED if name not in cells]:
            raise SourceError(f"This is not the Northern Ireland register: it has no column {missing[0]}.")
        try:
            yield from _rows(cells)
        except FaultError as fault:
            yield Fault(line, str(fault))


def _rows(cells: Cells) -> list[Row]:
    org_id = org_ids.org_id(org_ids.CCNI, cells["reg_charity_number"])
    if org_id is None:
        raise FaultError(f"reg_charity_number: {values.shown(cells['reg_charity_number'])} is no charity number")
    key = org_id.removeprefix(f"{org_ids.CCNI}-")
    state = values.text(cells.get("status"), 60)
    end = values.day(cells.get("date_for_financial_year_ending"), "date_for_financial_year_ending")
    income, spent = _money(cells, "total_income"), _money(cells, "total_spending")
    words = (word for column in _WORDS for word in cells.get(column, "").split(","))
    known = {
        "name": values.required(cells["charity_name"], "charity_name"),
        "constitution": values.text(cells.get("type_of_governing_document"), 120),
        "status": "removed" if state.lower().startswith("removed") else "registered",
        "registered": values.day(cells.get("date_registered"), "date_registered"),
    }
    return [
        Row(
            "provider",
            (
                *(key, org_id, _company(cells), known["name"], "charity", known["constitution"], known["status"]),
                *(state, known["registered"], None, False, end, income, spent),
            ),
        ),
        Row("code", (key, values.array(served.from_words(words)))),
        # The register says nothing of where in the country a charity works.
        Row("area", (key, values.array([places.NORTHERN_IRELAND]))),
        *_year(key, end, cells, income, spent),
    ]


def _year(key: str, end: str | None, cells: Cells, income: values.Money, spent: values.Money) -> list[Row]:
    if not end:
        return []
    staff = values.count(cells.get("employed_staff"), "employed_staff") or None
    helpers = values.count(cells.get("uk_and_ireland_volunteers"), "uk_and_ireland_volunteers") or None
    start = values.day(cells.get("financial_period_start"), "financial_period_start")
    return [Row("year", (key, "a", start, end, "", income, spent, *[None] * 8, staff, helpers, None))]


def _money(cells: Cells, column: str) -> values.Money:
    found = values.pounds(cells.get(column), column)
    return None if found is None or float(found) == 0 else found


def _company(cells: Cells) -> str:
    """Give a company number of Northern Ireland, which the register writes without its letters."""
    digits = cells.get("company_number", "").strip()
    is_number = digits.isascii() and digits.isdigit() and 0 < int(digits) < 10**6
    return org_ids.org_id(org_ids.COMPANIES, f"NI{digits.zfill(6)}") or "" if is_number else ""
