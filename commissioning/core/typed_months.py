"""A month as people type it: April 2026, 04/2026, 2026-04. Kept as 2026-04."""

import re
from calendar import month_abbr, month_name

from .typed_numbers import UnreadableError

NUMBERS = {name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name}
YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})")
MONTH_FIRST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{4})")
NAMED = re.compile(r"([a-z]{3,9})\.? ([0-9]{4})")


def read(text: str) -> str:
    """Read a month, or raise UnreadableError; nothing typed is no month."""
    bare = " ".join(text.lower().split())
    if not bare:
        return ""
    if found := YEAR_FIRST.fullmatch(bare):
        year, number = found[1], int(found[2])
    elif found := MONTH_FIRST.fullmatch(bare):
        year, number = found[2], int(found[1])
    elif (found := NAMED.fullmatch(bare)) and found[1] in NUMBERS:
        year, number = found[2], NUMBERS[found[1]]
    else:
        raise UnreadableError
    if not 1 <= number <= 12:
        raise UnreadableError
    return f"{year}-{number:02}"


def write(month: str) -> str:
    """Write a month as people say it."""
    if not month:
        return ""
    year, number = month.split("-")
    return f"{month_name[int(number)]} {year}"
