"""Days and times of day as people in the United Kingdom type and read them; kept as moments in UTC."""

import re
from datetime import UTC, date, datetime, time

from .figures import LONDON, plain_time

NOON_HOUR = 12
SHAPE = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?")
WORDS = {"noon": time(12), "midday": time(12)}
ZONES = {"GMT": "GMT", "BST": "British Summer Time"}


class UnreadableTimeError(ValueError):
    """What is typed is no time of day."""


class MissingTimeError(ValueError):
    """Clocks jump over this time: on that night there is none such."""


class DoubleTimeError(ValueError):
    """Clocks show this time twice on that night."""


def read_time(text: str) -> time:
    """Read a time of day as people type it: 5pm, 5:30pm, 17:00, noon.

    Raises
    ------
    UnreadableTimeError
        If it is no time, or if it could be morning or afternoon.
    """
    bare = text.strip().lower()
    if bare in WORDS:
        return WORDS[bare]
    found = SHAPE.fullmatch(bare)
    if not found:
        raise UnreadableTimeError
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if (half is None and found[2] is None) or (half and not 1 <= hour <= NOON_HOUR) or hour > 23 or minute > 59:
        raise UnreadableTimeError
    if half:
        hour = hour % NOON_HOUR + (NOON_HOUR if half == "pm" else 0)
    return time(hour, minute)


def moment(day: date, clock: time) -> datetime:
    """Give the one moment, in UTC, at which clocks in London show this day and time.

    Raises
    ------
    MissingTimeError
        If clocks jump over it, in spring.
    DoubleTimeError
        If they show it twice, in autumn.
    """
    first, second = (datetime.combine(day, clock, LONDON).replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    raise DoubleTimeError if first < second else MissingTimeError


def zone(at: datetime) -> str:
    """Name the zone that London keeps at a moment."""
    return ZONES[at.astimezone(LONDON).tzname() or ""]


def in_london(at: datetime) -> str:
    """Write a moment with its zone: 3 June 2026 at 5pm, London time (British Summer Time)."""
    return f"{plain_time(at)}, London time ({zone(at)})"


def write_time(at: datetime) -> str:
    """Write the time of day as it is typed: 17:00."""
    return f"{at.astimezone(LONDON):%H:%M}"
