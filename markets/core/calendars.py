"""Dates of market position statements as a calendar that programs subscribe to (iCalendar, RFC 5545)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

#: A line holds at most so many octets (RFC 5545, section 3.1).
_LONGEST = 75


@dataclass(frozen=True, slots=True)
class Entry:
    """One day to keep. `id` never changes for the same date of the same statement; `changed` is when it was said."""

    id: str
    day: date
    what: str
    where: str
    changed: datetime
    is_off: bool = False


def calendar(name: str, entries: Iterable[Entry]) -> str:
    """Write a calendar of all-day events; lines end with CR LF and are folded as the standard asks."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//PbR Workbench//Market position statements//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(name)}",
        *(line for entry in entries for line in _event(entry)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: Entry) -> Iterator[str]:
    stamp = entry.changed.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    yield from (
        "BEGIN:VEVENT",
        f"UID:{entry.id}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(entry.what)}",
        f"URL:{entry.where}",
        "TRANSP:TRANSPARENT",
        f"STATUS:{'CANCELLED' if entry.is_off else 'CONFIRMED'}",
        "END:VEVENT",
    )


def _escaped(text: str) -> str:
    """Escape what has a meaning in a text value (section 3.3.11)."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Break a line where it grows too long, never within a letter; what follows begins with a space."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LONGEST:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
