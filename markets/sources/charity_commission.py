"""The register extract of the Charity Commission for England and Wales: thirteen tables, as JSON or tab-delimited.

Rows are tied together by organisation_number, never by the charity's number. Contact details are not read.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from markets.core import areas as places
from markets.core import org_ids

from . import values
from .archives import SourceError
from .json_items import items
from .staged import Extract, Fault, FaultError, Found, LeftOut, Row, Value
from .texts import lines, tab_rows

Cells = Mapping[str, Any]
LINKED = "linked charities, which are part of their main charity"
ABROAD = "areas outside the United Kingdom"
NOT_NEEDED = "rows of tables that the market does not need"
_WHOLES = {
    "Throughout England And Wales": places.ENGLAND_AND_WALES,
    "Throughout England": places.ENGLAND,
    "Throughout Wales": places.WALES,
    "Throughout London": places.LONDON,
}
_COUNTRIES = {"Scotland": places.SCOTLAND, "Northern Ireland": places.NORTHERN_IRELAND}
_STATUSES = {"Registered": "registered", "Removed": "removed"}
_FIRST_GOVERNMENT_CYCLE = 17


def read(file: BinaryIO) -> Found:
    """Read one table, whichever of the thirteen it is: its columns tell."""
    make: Callable[[Cells], Row | LeftOut] | None = None
    for found in _records(file):
        if isinstance(found, Fault):
            yield found
            continue
        line, cells = found
        if make is None:
            make = _table(cells)
            yield Extract(_extract_day(cells))
        yield _made(make, line, cells)


def _made(make: Callable[[Cells], Row | LeftOut], line: int, cells: Cells) -> Row | LeftOut | Fault:
    if cells.get("linked_charity_number") not in (0, "0", None, ""):
        return LeftOut(LINKED)
    try:
        return make(cells)
    except FaultError as fault:
        return Fault(line, str(fault))
    except KeyError as missing:
        return Fault(line, f"the column {missing.args[0]} is missing")


def _extract_day(cells: Cells) -> str:
    try:
        found = values.day(cells.get("date_of_extract"), "date_of_extract")
    except FaultError as fault:
        raise SourceError(f"The file does not say of which day it is: {fault}.") from None
    if not found:
        raise SourceError("The file does not say of which day it is: date_of_extract is empty.")
    return found


def _records(file: BinaryIO) -> Iterator[tuple[int, dict[str, Any]] | Fault]:
    start = file.peek(16)[:16]  # type: ignore[attr-defined]
    if start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{"):
        yield from _json_records(file)
    else:
        yield from tab_rows(file)


def _json_records(file: BinaryIO) -> Iterator[tuple[int, dict[str, Any]] | Fault]:
    """Give one record a line, as the extract is written; where it is written otherwise, item by item."""
    if file.peek(1 << 17).lstrip(b"\xef\xbb\xbf \r\n\t[").split(b"\n", 1)[0].rstrip(b"\r,] ")[-1:] != b"}":  # type: ignore[attr-defined]
        yield from items(file)
        return
    loads = json.loads
    for number, written in lines(file):
        record = written.strip("[,]\r\n \t")
        if not record:
            continue
        try:
            cells = loads(record)
        except (ValueError, RecursionError):
            yield Fault(number, "not a JSON record on one line")
            continue
        yield (number, cells) if isinstance(cells, dict) else Fault(number, "not a JSON record on one line")


def _table(cells: Cells) -> Callable[[Cells], Row | LeftOut]:
    for column, make in _MAKERS:
        if column in cells:
            return make
    raise SourceError("These are not columns of the register extract. The first row has: " + ", ".join([*cells][:6]))


def _charity(cells: Cells) -> Row:
    number = str(cells["registered_charity_number"] or "")
    org_id = org_ids.org_id(org_ids.CCEW, number)
    if org_id is None:
        raise FaultError(f"registered_charity_number: {values.shown(number)} is no charity number")
    status = _STATUSES.get(str(cells["charity_registration_status"]))
    if status is None:
        raise FaultError(f"charity_registration_status: {values.shown(cells['charity_registration_status'])}")
    company = str(cells.get("charity_company_registration_number") or "")
    distress = [values.truth(cells.get(name), name) for name in ("charity_insolvent", "charity_in_administration")]
    return Row(
        "provider",
        (
            _key(cells),
            org_id,
            org_ids.org_id(org_ids.COMPANIES, company) or "",
            values.required(cells["charity_name"], "charity_name"),
            "charity",
            values.text(cells.get("charity_type"), 120),
            status,
            values.text(cells.get("charity_reporting_status"), 60),
            values.day(cells["date_of_registration"], "date_of_registration"),
            values.day(cells["date_of_removal"], "date_of_removal"),
            any(distress),
            values.day(cells["latest_acc_fin_period_end_date"], "latest_acc_fin_period_end_date"),
            values.pounds(cells["latest_income"], "latest_income"),
            values.pounds(cells["latest_expenditure"], "latest_expenditure"),
        ),
    )


def _key(cells: Cells) -> str:
    number = values.count(cells["organisation_number"], "organisation_number")
    if number is None:
        raise FaultError("organisation_number is empty")
    return str(number)


def _history(cells: Cells) -> Row:
    is_hidden = bool(values.truth(cells.get("suppression_ind"), "suppression_ind"))
    return _year(
        cells,
        "history",
        known={} if is_hidden else _totals(cells),
        is_suppressed=is_hidden,
    )


def _part_a(cells: Cells) -> Row:
    return _year(
        cells,
        "a",
        known=_totals(cells)
        | {
            "government_contracts": _from_government(cells, "charity_receives_govt_funding_contracts", "contracts"),
            "government_grants": _from_government(cells, "charity_receives_govt_funding_grants", "grants"),
            "volunteers": values.count(cells.get("count_volunteers"), "count_volunteers"),
        },
    )


def _totals(cells: Cells) -> dict[str, Value]:
    return {
        "income": values.pounds(cells["total_gross_income"], "total_gross_income"),
        "expenditure": values.pounds(cells["total_gross_expenditure"], "total_gross_expenditure"),
    }


def _from_government(cells: Cells, flag: str, kind: str) -> Any:
    """Give the amount; nothing where the charity said that it receives none, and not known where it said nothing."""
    column = f"income_from_government_{kind}"
    amount = values.pounds(cells[column], column)
    cycle = re.search(r"\d+", str(cells.get("ar_cycle_reference") or ""))
    asked = cycle is None or int(cycle[0]) >= _FIRST_GOVERNMENT_CYCLE
    said_no = values.truth(cells[flag], flag) is False
    return 0 if amount is None and said_no and asked else amount


def _part_b(cells: Cells) -> Row:
    return _year(
        cells,
        "b",
        known={column: values.pounds(cells[theirs], theirs) for column, theirs in _PART_B.items()}
        | {"employees": values.count(cells["count_employees"], "count_employees")},
    )


_PART_B = {
    "reserves": "reserves",
    "unrestricted_funds": "funds_unrestricted",
    "own_use_assets": "assets_own_use",
    "cash": "assets_cash",
    "current_assets": "assets_other_assets",
    "current_creditors": "creditors_one_year_total_current",
    "expenditure": "expenditure_total",
    "income": "income_total_income_and_endowments",
}
_YEAR = (
    "income", "expenditure", "reserves", "unrestricted_funds", "own_use_assets", "cash", "current_assets",
    "current_creditors", "government_contracts", "government_grants", "employees", "volunteers",
)  # fmt: skip


def _year(cells: Cells, part: str, *, known: Mapping[str, Value], is_suppressed: bool | None = None) -> Row:
    end = values.day(cells["fin_period_end_date"], "fin_period_end_date")
    if end is None:
        raise FaultError("fin_period_end_date is empty")
    start = values.day(cells["fin_period_start_date"], "fin_period_start_date")
    cycle = values.text(cells.get("ar_cycle_reference"), 10)
    figures = (known.get(name) for name in _YEAR)
    return Row("year", (_key(cells), part, start, end, cycle, *figures, is_suppressed))


def _area(cells: Cells) -> Row | LeftOut:
    kind, name = str(cells["geographic_area_type"]), values.text(cells["geographic_area_description"])
    whole = _WHOLES.get(name) if kind == "Region" else _COUNTRIES.get(name) if kind == "Country" else None
    if whole is None and kind in ("Country", "Continent"):
        return LeftOut(ABROAD)
    codes = (whole,) if whole else places.codes_of(name)
    if not codes:
        raise FaultError(f"geographic_area_description: {values.shown(name)} is no area that is known here")
    return Row("area", (_key(cells), values.array(codes)))


def _code(cells: Cells) -> Row:
    code = values.count(cells["classification_code"], "classification_code")
    if code is None or not 101 <= code <= 399:
        raise FaultError(f"classification_code: {values.shown(cells['classification_code'])}")
    return Row("code", (_key(cells), values.array([code])))


def _name(cells: Cells) -> Row:
    return Row("name", (_key(cells), values.required(cells["charity_name"], "charity_name")))


def _trustee(cells: Cells) -> Row:
    # Counted only: who it is is never kept.
    return Row("trustee", (_key(cells),))


def _event(cells: Cells) -> Row | LeftOut:
    """Give the day of an event: a charity that changes its form gets a new day of registration, and keeps its past."""
    happened = values.day(cells["date_of_event"], "date_of_event")
    return Row("event", (_key(cells), happened)) if happened else LeftOut(NOT_NEEDED)


def _not_needed(_cells: Cells) -> LeftOut:
    return LeftOut(NOT_NEEDED)


# By a column that this table alone has; the order decides where several would fit.
_MAKERS: tuple[tuple[str, Callable[[Cells], Row | LeftOut]], ...] = (
    ("charity_registration_status", _charity),
    ("income_from_government_contracts", _part_a),
    ("expenditure_total", _part_b),
    ("accounts_qualified", _history),
    ("geographic_area_type", _area),
    ("classification_code", _code),
    ("charity_name_type", _name),
    ("trustee_id", _trustee),
    ("charity_event_order", _event),
    ("governing_document_description", _not_needed),
    ("regulator_order", _not_needed),
    ("policy_name", _not_needed),
    ("report_location", _not_needed),
)
