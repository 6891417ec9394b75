"""What a programme file may say and the database may not keep: money finer than a penny."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from .programme_errors import FileError, pointer_to, shorten

PENNY = Decimal("0.01")
MONEY = frozenset(
    {
        "budget",
        "social_value",
        "intended_support",
        "spending",
        "response_scale",
        "price",
        "service_fee_monthly",
        "upfront_payment",
        "minimum_service",
        "payment_cap",
        "person_cap",
        "overhead_monthly",
        "reserves",
        "overdraft",
    }
)


def faults(document: dict[str, Any]) -> list[FileError]:
    """List the amounts of a valid document that are not whole pennies."""
    kept = {key: part for key, part in document.items() if key != "market"}
    return list(_faults(kept, ()))


def _faults(value: Any, path: tuple[str | int, ...]) -> Iterator[FileError]:
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _faults(part, (*path, key))
    elif path[-1] in MONEY and value is not None and Decimal(repr(value)) % PENNY:
        allowed = "A programme kept here has its money in pounds and whole pennies, like 1200 or 1200.50."
        yield FileError(pointer_to(path), f"{shorten(repr(value))} pounds", allowed)
