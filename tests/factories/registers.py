"""Made-up registers and who claims what: rows of the database, and small files in the real formats."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from commissioning.models import Organisation, User
from markets.models import Claim, Correction, Import, Provider
from markets.services import claims, imports
from markets.services.claims import Said

DAY = "2026-11-02"
CHARITY: dict[str, Any] = {
    "date_of_extract": f"{DAY}T00:00:00",
    "organisation_number": 11,
    "registered_charity_number": 1100001,
    "linked_charity_number": 0,
    "charity_name": "ANYTOWN CARERS",
    "charity_type": "CIO",
    "charity_registration_status": "Registered",
    "date_of_registration": "2009-03-04T00:00:00",
    "date_of_removal": None,
    "charity_reporting_status": "Submission Received",
    "latest_acc_fin_period_start_date": "2025-04-01T00:00:00",
    "latest_acc_fin_period_end_date": "2026-03-31T00:00:00",
    "latest_income": 900000,
    "latest_expenditure": 800000,
    "charity_contact_phone": "01632 960000",
    "charity_contact_email": "nobody@example.org",
    "charity_company_registration_number": "1234567",
    "charity_insolvent": False,
    "charity_in_administration": False,
}
_PART_B = (
    "income_total_income_and_endowments", "expenditure_total", "reserves", "assets_own_use", "assets_other_assets",
    "creditors_one_year_total_current", "assets_cash", "funds_unrestricted", "count_employees",
)  # fmt: skip


def provider(number: int = 1, **given: Any) -> Provider:
    """Make a registered charity of medium size that helps children with services in Barnet; reserves not known."""
    usual: dict[str, Any] = {
        "org_id": f"GB-CHC-{1_000_000 + number}",
        "register": "ccew",
        "register_key": str(number),
        "name": f"Anytown Help {number}",
        "legal_form": "charity",
        "status": "registered",
        "income": 400_000,
        "expenditure": 300_000,
        "served": [102, 201, 306],
        "areas": ["E09000003"],
    }
    return Provider.objects.create(**{**usual, **given})


def charity(**given: Any) -> dict[str, Any]:
    """Write a row of the extract's table of charities."""
    return {**CHARITY, **given}


def part_a(**given: Any) -> dict[str, Any]:
    """Write a row of the extract's first part of an annual return."""
    usual = _period() | {
        "total_gross_income": 900000,
        "total_gross_expenditure": 800000,
        "charity_receives_govt_funding_contracts": True,
        "charity_receives_govt_funding_grants": False,
        "income_from_government_contracts": 300000,
        "income_from_government_grants": None,
        "count_volunteers": 40,
    }
    return {**usual, **given}


def part_b(**given: Any) -> dict[str, Any]:
    """Write a row of the extract's second part, which only charities above £500,000 file."""
    return {**_period(), **dict.fromkeys(_PART_B), "expenditure_total": 800000, "reserves": 200000, **given}


def _period() -> dict[str, Any]:
    return {
        "date_of_extract": f"{DAY}T00:00:00",
        "organisation_number": 11,
        "registered_charity_number": 1100001,
        "ar_cycle_reference": "AR26",
        "fin_period_start_date": "2025-04-01T00:00:00",
        "fin_period_end_date": "2026-03-31T00:00:00",
    }


def code(number: int = 201, **given: Any) -> dict[str, Any]:
    """Write a row of the extract's classification."""
    return {**_whose(), "classification_code": number, "classification_type": "Who", **given}


def area(name: str = "Barnet", kind: str = "Local Authority", **given: Any) -> dict[str, Any]:
    """Write a row of the extract's areas of operation."""
    return {**_whose(), "geographic_area_type": kind, "geographic_area_description": name, **given}


def event(day: str = "1998-05-06", **given: Any) -> dict[str, Any]:
    """Write a row of the extract's history of events."""
    return {**_whose(), "charity_event_order": 1, "event_type": "Standard registration", "date_of_event": day, **given}


def trustee(**given: Any) -> dict[str, Any]:
    """Write a row of the extract's trustees."""
    return {**_whose(), "trustee_id": 1, "trustee_name": "Not To Be Kept", **given}


def other_name(name: str = "Carers Together", **given: Any) -> dict[str, Any]:
    """Write a row of the extract's other names."""
    return {**_whose(), "charity_name_id": 1, "charity_name_type": "Working name", "charity_name": name, **given}


def _whose() -> dict[str, Any]:
    return {"date_of_extract": f"{DAY}T00:00:00", "organisation_number": 11, "linked_charity_number": 0}


def as_json(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Write rows as the extract's JSON: a mark of the encoding first, then one record a line."""
    return b"\xef\xbb\xbf[" + "\r\n,".join(json.dumps(row) for row in rows).encode() + b"]"


def as_text(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Write rows as the extract's tab-delimited text, days with their ten noughts."""
    shown = [[_shown(value) for value in row.values()] for row in rows]
    return "".join("\t".join(cells) + "\r\n" for cells in [list(rows[0]), *shown]).encode()


def _shown(value: Any) -> str:
    text = "" if value is None else str(value)
    return text.replace("T00:00:00", " 00:00:00.0000000")


def packed(content: bytes, name: str = "publicextract.txt") -> bytes:
    """Pack a file as the register does: a zip with one member."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def brought(folder: Path, source: str, *contents: bytes, ending: str = "json") -> Import:
    """Bring files in as whoever runs this copy does."""
    paths = []
    for number, content in enumerate(contents):
        path = folder / f"file{number}.{ending}"
        path.write_bytes(content)
        paths.append(path)
    return imports.bring(source=source, paths=paths)


def handed_over(organisation: Organisation, content: bytes, *, by: User, source: str = "own_list") -> Import:
    """Hand a file over as an editor does."""
    name = "list.csv" if source == "own_list" else "file.json"
    return imports.hand_over(organisation=organisation, source=source, file_name=name, content=content, by=by)


def claimed(row: Provider, *, organisation: Organisation, asked_of: Organisation, by: User) -> Claim:
    """Claim a row."""
    return claims.make(
        provider=row,
        organisation=organisation,
        asked_of=asked_of,
        number=row.org_id,
        evidence="Write to the address on the register.",
        by=by,
    )


def confirmed(row: Provider, *, organisation: Organisation, asked_of: Organisation, by: User, checker: User) -> Claim:
    """Claim a row and have it confirmed."""
    made = claimed(row, organisation=organisation, asked_of=asked_of, by=by)
    return claims.decide(claim=made, confirm=True, by=checker)


def said(claim: Claim, field: str, value: Any, sight: str, *shown_to: Organisation, by: User) -> Correction:
    """Say one thing of a provider."""
    return claims.correct(claim=claim, said=Said(field, value, sight, shown_to), by=by)
