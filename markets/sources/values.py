"""Single values as the sources write them. What is empty is None, which is not known; what is wrong is a fault."""

import math
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeAlias

from .staged import FaultError

Money: TypeAlias = str | int | None
MOST_POUNDS = 10**12
MOST_COUNT = 10_000_000
_FORMATS = ("%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%y", "%d-%b-%Y")
_MIDNIGHTS = ("T00:00:00", " 00:00:00.0000000")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?")
_TRUE, _FALSE = {"true", "yes", "1", "y", "t"}, {"false", "no", "0", "n", "f"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_SHOWN = 40
#: A moment so early that its time zone could put it before the calendar begins is a slip of the pen.
_FIRST_YEAR = 1900


def text(value: Any, most: int = 500) -> str:
    """Give a text without control characters, cut where it is longer than a column holds."""
    if value is None or value == "":
        return ""
    if type(value) is str and value.isprintable():  # nearly always, and quickly told
        return value.strip()[:most]
    if isinstance(value, dict | list):
        raise FaultError("a list stands where a text belongs")
    return _CONTROL.sub(" ", str(value)).strip()[:most]


def required(value: Any, what: str, most: int = 500) -> str:
    """Give a text that may not be empty."""
    found = text(value, most)
    if not found:
        raise FaultError(f"{what} is empty")
    return found


def day(value: Any, what: str) -> str | None:
    """Give a day as 2024-09-10, from any way in which the sources write one."""
    if value is None or value == "":
        return None
    written = str(value).strip()
    if not written:
        return None
    try:
        if written[10:] in _MIDNIGHTS:
            return date.fromisoformat(written[:10]).isoformat()
        if _ISO.fullmatch(written):
            return date.fromisoformat(written[:10]).isoformat()
        return _other_day(written).isoformat()
    except ValueError:
        raise FaultError(f"{what}: {shown(written)} is no day") from None


def _other_day(written: str) -> date:
    tidy = written.split(" 00:00")[0].strip()
    for form in _FORMATS:
        try:
            return datetime.strptime(tidy, form).date()  # noqa: DTZ007 a day has no time zone
        except ValueError:
            continue
    raise ValueError


def moment(value: Any, what: str) -> str:
    """Give a moment with its time zone."""
    try:
        found = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        raise FaultError(f"{what}: {shown(value)} is no moment") from None
    if found.year < _FIRST_YEAR:
        raise FaultError(f"{what}: {shown(value)} is no moment of our time")
    return found.isoformat() if found.tzinfo else f"{found.isoformat()}+00:00"


def pounds(value: Any, what: str) -> Money:
    """Give an amount exactly as written; below nothing is allowed, since reserves can be."""
    if value is None or value == "":
        return None
    if type(value) is int and -MOST_POUNDS < value < MOST_POUNDS:
        return value
    written = str(value).strip().replace(",", "").replace("£", "")
    if not written:
        return None
    number = _number(written)
    if not abs(number) < MOST_POUNDS:
        raise FaultError(f"{what}: {shown(value)} is no amount of money")
    return written


def _number(written: str) -> float:
    try:
        return float(written) if "_" not in written and written.isascii() else math.nan
    except ValueError:
        return math.nan


def count(value: Any, what: str) -> int | None:
    """Give a whole number from nought."""
    written = "" if value is None else str(value).strip().replace(",", "")
    if not written:
        return None
    number = _number(written)
    if not 0 <= number <= MOST_COUNT or number % 1:
        raise FaultError(f"{what}: {shown(value)} is no whole number")
    return int(number)


def truth(value: Any, what: str) -> bool | None:
    """Give whether it is so; None where nothing is said."""
    if value is None or isinstance(value, bool):
        return value
    written = str(value).strip().lower()
    if not written:
        return None
    if written not in _TRUE | _FALSE:
        raise FaultError(f"{what}: {shown(value)} is neither true nor false")
    return written in _TRUE


def share(value: Any, what: str) -> float | None:
    """Give a share from 0 to 1; 25% is read as 0.25."""
    written = "" if value is None else str(value).strip()
    if not written:
        return None
    number = _number(written.rstrip("%")) / (100.0 if written.endswith("%") else 1.0)
    if not 0 <= number <= 1:
        raise FaultError(f"{what}: {shown(value)} is no share from 0 to 1")
    return number


def array(values: Iterable[Any]) -> str:
    """Write plain codes as PostgreSQL writes an array."""
    return "{" + ",".join(map(str, values)) + "}"


def shown(value: Any) -> str:
    """Show what was found, cut and cleaned."""
    clean = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", str(value))
    return f'"{clean if len(clean) <= _SHOWN else clean[: _SHOWN - 1] + "…"}"'
