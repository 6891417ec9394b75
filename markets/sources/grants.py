"""Grants in the 360Giving data standard: JSON packages, or its flat tables as CSV or a workbook."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from markets.core import org_ids

from . import values
from .archives import Member, SourceError
from .json_items import items
from .staged import Fault, FaultError, Found, LeftOut, Row
from .tables import rows
from .texts import slug

TO_PEOPLE = "grants to individuals, of whom nothing is kept"
_FLAT = {
    "identifier": "id",
    "title": "title",
    "currency": "currency",
    "amount_awarded": "amountAwarded",
    "award_date": "awardDate",
    "recipient_org_identifier": "recipient_id",
    "recipient_org_name": "recipient_name",
    "recipient_org_charity_number": "recipient_charity",
    "recipient_org_company_number": "recipient_company",
    "funding_org_identifier": "funder_id",
    "funding_org_name": "funder_name",
    "planned_dates_start_date": "start",
    "planned_dates_end_date": "end",
    "recipient_ind_identifier": "person",
    "to_individuals_details_primary_grant_reason": "person",
}
_NEEDED = ("id", "amountAwarded", "awardDate")


def read(member: Member) -> Found:
    """Read a JSON file."""
    with member.open() as file:
        for line, grant in items(file):
            try:
                if not isinstance(grant, dict):
                    raise FaultError("not a grant")
                yield _row(_flattened(grant))
            except FaultError as fault:
                yield Fault(line, str(fault))
            except (AttributeError, TypeError, IndexError):
                yield Fault(line, "a part of the grant is not what the standard says")


def read_table(path: Path, name: str) -> Found:
    """Read a flat table."""
    found = rows(path, name)
    heading = next(found, None)
    if heading is None or isinstance(heading, Fault):
        raise SourceError("The table has no heading.")
    columns = [_FLAT.get(_bare(cell), "") for cell in heading[1]]
    if missing := [name for name in _NEEDED if name not in columns]:
        raise SourceError(f"This is no 360Giving table: it has no column for {missing[0]}.")
    yield from _table_rows(found, columns)


def _table_rows(found: Iterator[tuple[int, list[str]] | Fault], columns: list[str]) -> Found:
    for each in found:
        if isinstance(each, Fault):
            yield each
            continue
        line, cells = each
        try:
            yield _row({name: cell for name, cell in zip(columns, cells, strict=False) if name and cell})
        except FaultError as fault:
            yield Fault(line, str(fault))


def _bare(heading: str) -> str:
    """Give a heading without the places of lists, which spreadsheets number: Planned Dates:0:Start Date."""
    return slug(":".join(part for part in heading.split(":") if not part.strip().isdigit()))


def _flattened(grant: Mapping[str, Any]) -> dict[str, Any]:
    recipient, funder = _first(grant, "recipientOrganization"), _first(grant, "fundingOrganization")
    dates = _first(grant, "plannedDates")
    return {
        **{name: grant.get(name) for name in ("id", "title", "currency", "amountAwarded", "awardDate")},
        "recipient_id": recipient.get("id"),
        "recipient_name": recipient.get("name"),
        "recipient_charity": recipient.get("charityNumber"),
        "recipient_company": recipient.get("companyNumber"),
        "funder_id": funder.get("id"),
        "funder_name": funder.get("name"),
        "start": dates.get("startDate"),
        "end": dates.get("endDate"),
        "person": grant.get("recipientIndividual"),
    }


def _first(grant: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    given = grant.get(name)
    found = given[0] if isinstance(given, list) and given else given
    return found if isinstance(found, dict) else {}


def _row(known: Mapping[str, Any]) -> Row | LeftOut:
    if known.get("person"):
        return LeftOut(TO_PEOPLE)
    awarded = values.day(known.get("awardDate"), "award date")
    if awarded is None:
        raise FaultError("award date is empty")
    return Row(
        "grant_made",
        (
            values.required(known.get("id"), "identifier", 200),
            values.text(known.get("title"), 500),
            values.text(known.get("funder_name"), 300),
            org_ids.read(str(known.get("funder_id") or "")) or "",
            values.text(known.get("recipient_name"), 300),
            _recipient(known),
            values.pounds(known.get("amountAwarded"), "amount awarded"),
            values.text(known.get("currency"), 3) or "GBP",
            awarded,
            values.day(known.get("start"), "planned start"),
            values.day(known.get("end"), "planned end"),
        ),
    )


def _recipient(known: Mapping[str, Any]) -> str:
    """Give the recipient's official number: its identifier, else its charity number, else its company number."""
    charity = str(known.get("recipient_charity") or "")
    return (
        org_ids.read(str(known.get("recipient_id") or ""))
        or org_ids.org_id(org_ids.OSCR if charity.upper().startswith("SC") else org_ids.CCEW, charity)
        or org_ids.org_id(org_ids.COMPANIES, str(known.get("recipient_company") or ""))
        or ""
    )
