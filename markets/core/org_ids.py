"""Official numbers: the one thing by which rows of different sources are taken to be the same organisation."""

import re

CCEW, OSCR, CCNI, COMPANIES = "GB-CHC", "GB-SC", "GB-NIC", "GB-COH"
_FORMS = {
    CCEW: re.compile(r"[0-9]{6,7}"),
    OSCR: re.compile(r"SC[0-9]{6}"),
    CCNI: re.compile(r"[0-9]{6}"),
    COMPANIES: re.compile(r"(?:[0-9]{8}|[A-Z]{2}[0-9]{6}|[A-Z]{2}[0-9]{5}[A-Z]|R[0-9]{7})"),
}
_ORG_ID = re.compile(r"[A-Z]{2}-[A-Z0-9]{2,8}-[A-Z0-9./-]{1,40}")
SHOWN = {
    CCEW: "Charity number",
    OSCR: "Scottish charity number",
    CCNI: "Northern Ireland charity number",
    COMPANIES: "Company number",
}


def org_id(scheme: str, number: str) -> str | None:
    """Put a register's number into the form GB-CHC-1234567, or give None where it cannot be such a number."""
    text = "".join(number.upper().split())
    if scheme == CCNI:
        text = text.removeprefix("NIC")
    if scheme == OSCR and re.fullmatch(r"[0-9]{1,6}", text):
        text = f"SC{text.zfill(6)}"
    if scheme == COMPANIES and text.isdigit():
        text = text.zfill(8)
    known = _FORMS.get(scheme)
    is_number = bool(known and known.fullmatch(text)) and text.strip("0") != ""
    return f"{scheme}-{text}" if is_number else None


def read(text: str) -> str | None:
    """Read an organisation's identifier as sources write it: an org-id, else None.

    A known scheme's number must have that scheme's form; of other schemes the identifier is taken as it is.
    """
    tidy = "".join(text.upper().split())
    for scheme in _FORMS:
        if tidy.startswith(f"{scheme}-"):
            return org_id(scheme, tidy.removeprefix(f"{scheme}-"))
    return tidy if _ORG_ID.fullmatch(tidy) else None


def parts(identifier: str) -> tuple[str, str]:
    """Give the words for an identifier's scheme and its number, as a page shows them."""
    for scheme, words in SHOWN.items():
        if identifier.startswith(f"{scheme}-"):
            return words, identifier.removeprefix(f"{scheme}-")
    return "Identifier", identifier
