"""An authority's own list of providers: which of its columns is which of ours, a preview, and its rows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from markets.core import areas as places
from markets.core import org_ids, served
from markets.core.registers import FORMS

from . import values
from .archives import SourceError
from .staged import Fault, FaultError, Found, Row
from .tables import rows
from .texts import slug

#: Our columns, the words that pages say for them, and the headings that are recognised by themselves.
COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "reference": ("Your reference", ("id", "ref", "reference", "vendor_id", "supplier_id", "supplier_number")),
    "name": ("Name", ("name", "provider", "provider_name", "organisation", "organisation_name", "supplier_name")),
    "charity_number": ("Charity number", ("charity_number", "charity_no", "registered_charity_number")),
    "company_number": ("Company number", ("company_number", "company_no", "companies_house_number")),
    "legal_form": ("Legal form", ("legal_form", "type", "organisation_type", "legal_status")),
    "income": ("Income a year", ("income", "turnover", "annual_income", "annual_turnover")),
    "expenditure": ("Expenditure a year", ("expenditure", "spending", "annual_expenditure")),
    "free_reserves": ("Free reserves", ("free_reserves", "reserves")),
    "year_registered": ("Year of registration", ("year_registered", "registered", "founded")),
    "served": ("Groups served", ("groups", "groups_served", "client_groups", "served", "beneficiaries")),
    "areas": ("Areas", ("areas", "area", "local_authority", "local_authorities", "where")),
    "appetite": ("Share of reserves it would put at risk", ("appetite", "risk_appetite")),
    "has_outcomes_experience": ("Has held an outcomes contract", ("outcomes_experience", "experience")),
}  # fmt: skip
_FORM_WORDS = {
    "charity": "charity", "cio": "charity", "scio": "charity", "charitable": "charity", "trust": "charity",
    "cic": "cic", "community interest": "cic", "social enterprise": "cic",
    "public": "public_body", "council": "public_body", "nhs": "public_body",
    "mutual": "mutual", "co-op": "mutual", "cooperative": "mutual", "society": "mutual",
    "company": "company", "ltd": "company", "limited": "company", "plc": "company", "private": "company",
}  # fmt: skip
_PREVIEW = 5


@dataclass(frozen=True)
class Preview:
    """What a list looks like: its headings, its first rows, and which of our columns each heading seems to be."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guess: dict[str, int]


def preview(path: Path, name: str) -> Preview:
    """Read the heading and the first rows."""
    found = [each for each in islice(rows(path, name), _PREVIEW + 1) if not isinstance(each, Fault)]
    if not found:
        raise SourceError("The table is empty.")
    headings = tuple(cell.strip() for cell in found[0][1])
    slugs = [slug(heading) for heading in headings]
    guess = {
        ours: slugs.index(words[0])
        for ours, (_, known) in COLUMNS.items()
        if (words := [word for word in known if word in slugs])
    }
    shown = tuple(tuple(cell[:80] for cell in cells[: len(headings)]) for _, cells in found[1:])
    return Preview(headings, shown, guess)


def read(path: Path, name: str, columns: Mapping[str, int]) -> Found:
    """Read the rows, each of our columns from the place in the file that it was matched with."""
    found = rows(path, name)
    next(found, None)
    seen: set[str] = set()
    for each in found:
        if isinstance(each, Fault):
            yield each
            continue
        line, cells = each
        try:
            yield _row(_matched(cells, columns), seen)
        except FaultError as fault:
            yield Fault(line, str(fault))


def _matched(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    return {ours: cells[place].strip() if place < len(cells) else "" for ours, place in columns.items()}


def _row(known: Mapping[str, str], seen: set[str]) -> Row:
    name = values.required(known.get("name"), "name", 300)
    org_id = _org_id(known)
    reference = values.text(known.get("reference"), 100) or org_id or name[:100]
    if reference in seen:
        raise FaultError(f"{values.shown(reference)} is in the list already")
    seen.add(reference)
    year = values.count(known.get("year_registered", "")[-4:], "year of registration")
    if year is not None and not 1000 <= year <= 2200:
        raise FaultError(f"year of registration: {year} is no year")
    return Row(
        "listed",
        (
            reference,
            org_id,
            name,
            _legal_form(known.get("legal_form", "")),
            _money(known, "income"),
            _money(known, "expenditure"),
            values.pounds(known.get("free_reserves"), "free reserves"),
            year,
            values.array(_codes(known.get("served", ""))),
            values.array(_areas(known.get("areas", ""))),
            values.share(known.get("appetite"), "share of reserves"),
            values.truth(known.get("has_outcomes_experience"), "outcomes contract"),
        ),
    )


def _money(known: Mapping[str, str], column: str) -> Any:
    amount = values.pounds(known.get(column), column)
    if amount is not None and float(amount) < 0:
        raise FaultError(f"{column}: {values.shown(amount)} is below nothing")
    return amount


def _org_id(known: Mapping[str, str]) -> str:
    """Give the official number: the charity's, else the company's. A number that cannot be one is a fault."""
    charity, company = known.get("charity_number", ""), known.get("company_number", "")
    scheme = org_ids.CCEW
    scheme = org_ids.OSCR if charity.upper().startswith("SC") else scheme
    scheme = org_ids.CCNI if charity.upper().startswith("NIC") else scheme
    for what, number, each in (("charity", charity, scheme), ("company", company, org_ids.COMPANIES)):
        if number:
            found = org_ids.read(number) or org_ids.org_id(each, number)
            if found is None:
                raise FaultError(f"{values.shown(number)} is no {what} number")
            return found
    return ""


def _legal_form(written: str) -> str:
    lower = written.lower()
    if lower in [form.value for form in FORMS]:
        return lower
    found = next((form for word, form in _FORM_WORDS.items() if word in lower), "")
    if written and not found:
        raise FaultError(f"legal form: {values.shown(written)} is none of charity, CIC, company, public body, mutual")
    return found


def _codes(written: str) -> list[int]:
    parts = [part.strip() for part in re.split(r"[;,|]", written) if part.strip()]
    numbers = [int(part) for part in parts if part.isascii() and part.isdigit()]
    if unknown := [number for number in numbers if number not in served.CODES]:
        raise FaultError(f"groups served: {unknown[0]} is no code of the Charity Commission")
    return sorted({*numbers, *served.from_words(parts)})


def _areas(written: str) -> list[str]:
    found: list[str] = []
    for part in filter(None, (part.strip() for part in re.split(r"[;|]", written))):
        codes = places.codes_of(part) or ((part.upper(),) if re.fullmatch(r"[A-Z]\d{8}", part.upper()) else ())
        if not codes:
            raise FaultError(f"areas: {values.shown(part)} is no local authority. Put ; between several")
        found += codes
    return list(dict.fromkeys(found))
