"""Figures in words: money, shares, ranges and dates as a reader expects them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from math import floor, isfinite, log10
from typing import TypeAlias
from zoneinfo import ZoneInfo

Number: TypeAlias = int | float | Decimal

LONDON = ZoneInfo("Europe/London")
MINUS = "\N{MINUS SIGN}"
UNKNOWN = "not known"
# What a whole is called when a share is said as so many in so many.
ABOUT_TENTHS = 10
ABOUT_TWENTIETHS = 20
SCALES = ((10**9, "bn"), (10**6, "m"))


@dataclass(frozen=True)
class Simulated:
    """A simulated figure and the range that holds it nine times in ten, in the same unit."""

    mean: float
    low: float
    high: float


def two_figures(value: Number) -> Decimal:
    """Round to two significant figures, halves away from zero."""
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise ValueError("Only a finite number can be shown")
    if exact == 0:
        return Decimal(0)
    return _to_place(exact, exact.adjusted() - 1)


def _to_place(value: Decimal, place: int) -> Decimal:
    """Round to a power of ten, halves away from zero."""
    step = Decimal(1).scaleb(place)
    return (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def plain(value: Number | None, places: int = 0) -> str:
    """Write a number with separators: 1,234.5."""
    if value is None:
        return UNKNOWN
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return _signed(rounded, f"{abs(rounded):,.{places}f}")


def _signed(value: Decimal, text: str) -> str:
    return f"{MINUS}{text}" if value < 0 else text


def pounds(value: Number | None) -> str:
    """Write exact money: £1,234, with pence only where there are any."""
    if value is None:
        return UNKNOWN
    exact = Decimal(str(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    places = 0 if exact == exact.to_integral_value() else 2
    return _signed(exact, f"£{abs(exact):,.{places}f}")


def short_pounds(value: Number | None) -> str:
    """Write simulated money to two significant figures: £1.2m, £350,000, £4,200."""
    if value is None:
        return UNKNOWN
    rounded = two_figures(value)
    size = abs(rounded)
    for scale, word in SCALES:
        if size >= scale:
            return _signed(rounded, f"£{_trimmed(size / scale)}{word}")
    return _signed(rounded, f"£{size:,.0f}" if size >= 10 or size == size.to_integral_value() else f"£{size:.2f}")


def _trimmed(value: Decimal) -> str:
    """Drop zeros that say nothing: 350, 1.2, 4."""
    return f"{value:,.1f}".removesuffix(".0")


def percent(share: Number | None) -> str:
    """Write a share from 0 to 1 as per cent: 40%, 4.2%, 0.3%."""
    if share is None:
        return UNKNOWN
    value = Decimal(str(share)) * 100
    places = 0 if abs(value) >= 10 or value == value.to_integral_value() else 1
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return _signed(rounded, f"{abs(rounded):.{places}f}%")


def about(share: Number | None) -> str:
    """Write a share from 0 to 1 as people say it: about 4 in 10, fewer than 1 in 100, nearly all."""
    if share is None:
        return UNKNOWN
    value = float(share)
    if not (isfinite(value) and 0 <= value <= 1):
        raise ValueError("A share lies between 0 and 1")
    if value in (0.0, 1.0):
        return "all" if value else "none"
    if value < 0.01:
        return "fewer than 1 in 100"
    if value > 0.95:
        return "nearly all"
    return f"about {_in_so_many(value)}"


def _in_so_many(value: float) -> str:
    if value < 0.075:
        return f"{floor(value * 100 + 0.5)} in 100"
    tenths = floor(value * ABOUT_TENTHS + 0.5)
    if tenths < 1 or abs(value * ABOUT_TENTHS - tenths) > 0.3:
        return f"{floor(value * ABOUT_TWENTIETHS + 0.5)} in {ABOUT_TWENTIETHS}"
    return f"{tenths} in {ABOUT_TENTHS}"


def pounds_range(low: Number, high: Number) -> str:
    """Write a range of simulated money: £1.2m to £1.5m."""
    return _range(short_pounds(low), short_pounds(high))


def percent_range(low: Number, high: Number) -> str:
    """Write a range of shares: 35% to 45%."""
    return _range(percent(low), percent(high))


def _range(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def simulated_pounds(figure: Simulated) -> str:
    """Write simulated money with its range: £1.3m (£1.2m to £1.5m)."""
    return f"{short_pounds(figure.mean)} ({pounds_range(figure.low, figure.high)})"


def simulated_percent(figure: Simulated) -> str:
    """Write a simulated share with its range: 40% (35% to 45%)."""
    return f"{percent(figure.mean)} ({percent_range(figure.low, figure.high)})"


def simulated_number(figure: Simulated) -> str:
    """Write a simulated count with its range: 1,200 (1,100 to 1,400)."""
    low, high = (_plain_two(value) for value in (figure.low, figure.high))
    return f"{_plain_two(figure.mean)} ({_range(low, high)})"


def _plain_two(value: Number) -> str:
    rounded = two_figures(value)
    places = 0 if rounded == rounded.to_integral_value() else max(0, 1 - floor(log10(abs(rounded))))
    return plain(rounded, places)


def plain_date(value: date | datetime | None) -> str:
    """Write a date in full, as the calendar stands in London: 3 June 2026."""
    if value is None:
        return UNKNOWN
    day = value.astimezone(LONDON) if isinstance(value, datetime) else value
    return f"{day.day} {day:%B %Y}"


def plain_time(value: datetime | None) -> str:
    """Write a moment as the clock stands in London: 3 June 2026 at 4:05pm."""
    if value is None:
        return UNKNOWN
    moment = value.astimezone(LONDON)
    hour = moment.hour % 12 or 12
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    return f"{plain_date(value)} at {hour}{minutes}{'am' if moment.hour < 12 else 'pm'}"
