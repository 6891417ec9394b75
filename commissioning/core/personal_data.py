"""Finds in a short text what would say who a person is: it belongs in the records of those who help, not here."""

import re

PATTERNS = {
    "an e-mail address": re.compile(r"\S@\S+\.\S"),
    "a National Insurance number": re.compile(
        r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[\s-]?\d){6}[\s-]?[A-D]\b", re.IGNORECASE
    ),
    # Ten digits in a row are an NHS number, ten or more after a 0 or +44 a telephone number.
    "a telephone or NHS number": re.compile(r"(?<!\d)(?:\+44|0)?(?:[\s().-]?\d){10}(?!\d)"),
    "a date, which may be of birth": re.compile(
        r"(?<!\d)(?:\d{1,2}[./\s-]\d{1,2}[./\s-](?:19|20)?\d{2}|(?:19|20)\d{2}-?(?:0\d|1[0-2])-?[0-3]\d"
        r"|[0-3]\d[01]\d(?:19|20)\d{2}"
        r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(?:19|20)\d{2})"
        r"(?!\d)",
        re.IGNORECASE,
    ),
}
#: A code that says nothing: letters, digits and hyphens, with a digit in it, because names have none.
CODE = re.compile(r"(?=[A-Za-z-]*\d)[A-Za-z0-9](?:[A-Za-z0-9-]{0,14}[A-Za-z0-9])?")
#: More letters in a row than this may be a name.
_NAME = re.compile(r"[A-Za-z]{4,}")


def found_in(text: str) -> tuple[str, ...]:
    """Name every kind of personal detail that a text seems to hold."""
    return tuple(kind for kind, pattern in PATTERNS.items() if pattern.search(text))


def is_a_code(text: str) -> bool:
    """Tell whether a text is a code that says nothing of the person."""
    return bool(CODE.fullmatch(text)) and not _NAME.search(text) and not found_in(text)
