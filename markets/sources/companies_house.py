"""Companies House's basic data: community interest companies and registered societies. It holds no finances at all."""

from typing import BinaryIO

from markets.core import org_ids

from . import values
from .archives import SourceError
from .staged import Fault, FaultError, Found, LeftOut, Row
from .texts import Cells, csv_rows

_NEEDED = ("companyname", "companynumber", "companycategory")
_FORMS = {
    "community interest company": "cic",
    "registered society": "mutual",
    "industrial and provident society": "mutual",
}
OTHERS = "companies that are neither community interest companies nor registered societies"
_FAILING = ("liquidation", "administration", "receiver", "voluntary arrangement")


def read(file: BinaryIO) -> Found:
    """Read the file, or one of the parts that it is published in."""
    for found in csv_rows(file):
        if isinstance(found, Fault):
            yield found
            continue
        line, cells = found
        if missing := [name for name in _NEEDED if name not in cells]:
            raise SourceError(f"This is not the basic company data: it has no column {missing[0]}.")
        try:
            yield _row(cells)
        except FaultError as fault:
            yield Fault(line, str(fault))


def _row(cells: Cells) -> Row | LeftOut:
    category = cells["companycategory"].strip()
    form = _FORMS.get(category.lower())
    if form is None:
        return LeftOut(OTHERS)
    org_id = org_ids.org_id(org_ids.COMPANIES, cells["companynumber"])
    if org_id is None:
        raise FaultError(f"CompanyNumber: {values.shown(cells['companynumber'])} is no company number")
    state = values.text(cells.get("companystatus"), 60)
    dissolved = values.day(cells.get("dissolutiondate"), "DissolutionDate")
    return Row(
        "provider",
        (
            org_id.removeprefix(f"{org_ids.COMPANIES}-"),
            org_id,
            org_id,
            values.required(cells["companyname"], "CompanyName"),
            form,
            values.text(category, 120),
            "removed" if dissolved else "registered",
            state,
            values.day(cells.get("incorporationdate"), "IncorporationDate"),
            dissolved,
            any(word in state.lower() for word in _FAILING),
            values.day(cells.get("accounts_lastmadeupdate"), "Accounts.LastMadeUpDate"),
            None,
            None,
        ),
    )
