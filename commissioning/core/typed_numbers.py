"""Numbers as people type them, and back: £1,170.50, 11%, 2,400. What is written reads as the very same number."""

import re
from decimal import Decimal

from .units import Share

#: Signs that people put around a number and that say nothing.
DECORATION = re.compile(r"[£,%\s]")
NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,340})?")
PENNY = Decimal("0.01")


class UnreadableError(ValueError):
    """What is typed is no number."""


class FractionError(ValueError):
    """What is typed is finer than it may be."""


def read(text: str) -> Decimal:
    """Read a number, or raise UnreadableError."""
    bare = DECORATION.sub("", text).replace("\N{MINUS SIGN}", "-")
    if not NUMBER.fullmatch(bare):
        raise UnreadableError
    return Decimal(bare)


def read_whole(text: str) -> int:
    """Read a whole number; FractionError where it has a fraction."""
    number = read(text)
    if number != number.to_integral_value():
        raise FractionError
    return int(number)


def read_pounds(text: str) -> Decimal:
    """Read pounds and whole pennies; FractionError where it is finer."""
    number = read(text)
    if number % PENNY:
        raise FractionError
    return number.quantize(PENNY)


def read_share(text: str) -> Share:
    """Read so many in a hundred as a share of one."""
    return float(read(text) / 100)


def write(number: float | Decimal | None) -> str:
    """Write a number with no more figures than it needs; nothing where there is none."""
    if number is None:
        return ""
    exact = number if isinstance(number, Decimal) else Decimal(repr(number))
    text = f"{exact:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def write_pounds(pounds: Decimal | None) -> str:
    """Write pounds, with pence only where there are any."""
    if pounds is None:
        return ""
    return f"{pounds:.0f}" if pounds == pounds.to_integral_value() else f"{pounds:.2f}"


def write_share(share: Share | None) -> str:
    """Write a share of one as so many in a hundred."""
    return "" if share is None else write(Decimal(repr(share)) * 100)


def write_with_separators(number: float | Decimal | None) -> str:
    """Write a number for reading: 1,200 and 0.5, with no more figures than it needs."""
    text = write(number)
    return f"{Decimal(text):,f}" if text else ""
