"""Writes two values of a programme so that they read as people say them, and never alike where they differ."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from commissioning.core.figures import MINUS, Number, percent, plain, pounds
from commissioning.core.pathways import Observed, Quality

from .programmes import BudgetScope, SpendingRule, TargetRule
from .tariff_words import month

#: Writes a value; the second argument says how many more decimals than usual it takes.
Writer: TypeAlias = Callable[[Any, int], str]

NONE = "none"
OPEN, CLOSE = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
MOST_DECIMALS = 8
CHOICES: dict[str, str] = {
    TargetRule.NONE: "no target",
    TargetRule.BINARY: "all or nothing",
    TargetRule.EXCESS: "only what is above the target",
    TargetRule.SLIDING: "a rising share",
    SpendingRule.MARGINAL: "spending while a pound brings back more than a pound",
    SpendingRule.INCOME_SHARE: "spending a set share of its income",
    BudgetScope.GROUP: "each group's income spent on that group",
    BudgetScope.CONTRACT: "all income in one purse",
    Quality.STRONG: "strong",
    Quality.MODERATE: "moderate",
    Quality.WEAK: "weak",
    Quality.ASSUMPTION: "an assumption",
}


def told_apart(write: Writer, old: Any, new: Any) -> tuple[str, str]:
    """Write two different values with as many decimals as it takes to tell them apart."""
    for more in range(MOST_DECIMALS + 1):
        words = write(old, more), write(new, more)
        if words[0] != words[1]:
            return words
    return repr(old), repr(new)


def money(value: float | None, more: int = 0) -> str:
    """Write pounds; where there may be none, none."""
    if value is None:
        return NONE
    return pounds(value) if more == 0 else f"£{plain(value, 2 + more)}".replace(f"£{MINUS}", f"{MINUS}£")


def number(value: Number | None, more: int = 0) -> str:
    """Write a number with its decimals, without zeros that say nothing."""
    return NONE if value is None else _trimmed(plain(value, 2 + more))


def in_100(value: float | None, more: int = 0) -> str:
    """Write a chance as so many in 100."""
    return NONE if value is None else f"{number(_hundredfold(value), more)} in 100"


def per_cent(value: float, more: int = 0) -> str:
    """Write a share or a yearly change as per cent."""
    return percent(value) if more == 0 else f"{number(_hundredfold(value), more)}%"


def months(value: float, more: int = 0) -> str:
    """Write a length of time."""
    return "1 month" if value == 1 else f"{number(value, more)} months"


def after_months(value: int, more: int = 0) -> str:
    """Write how long something takes to come."""
    return "at once" if value == 0 else f"after {months(value, more)}"


def times(value: int, more: int = 0) -> str:
    """Write how often something happens."""
    return "once" if value == 1 else f"{number(value, more)} times"


def text(value: str, _more: int = 0) -> str:
    """Write a text between quotation marks, so that nobody takes it for our words."""
    return f"{OPEN}{value}{CLOSE}" if value else NONE


def first_month(value: str, _more: int = 0) -> str:
    """Write a month of a year."""
    return month(value)


def yes_or_no(value: bool, _more: int = 0) -> str:
    """Write whether something is so."""
    return "yes" if value else "no"


def final(value: bool, _more: int = 0) -> str:
    """Write whether a milestone is the final outcome."""
    return "the final outcome" if value else "not the final outcome"


def choice(value: str | None, _more: int = 0) -> str:
    """Write one of the format's choices."""
    return NONE if value is None else CHOICES[value]


def interval(value: tuple[float, float] | None, more: int = 0) -> str:
    """Write a range."""
    return NONE if value is None else f"{number(value[0], more)} to {number(value[1], more)}"


def season(value: tuple[float, ...], more: int = 0) -> str:
    """Write the twelve values of a year, January first."""
    return ", ".join(number(part, more) for part in value)


def observed(value: Observed | None, more: int = 0) -> str:
    """Write an observed point."""
    return NONE if value is None else f"{in_100(value.rate, more)} at {money(value.spending, more)} a person"


def anything(value: Any, more: int = 0) -> str:
    """Write a value of the market section, which is known by its keys alone."""
    if isinstance(value, Mapping):
        return "; ".join(f"{spaced(key)}: {anything(part, more)}" for key, part in value.items()) or "empty"
    if isinstance(value, list | tuple):
        return ", ".join(anything(part, more) for part in value) or "empty"
    if isinstance(value, str):
        return text(value)
    if isinstance(value, bool):
        return yes_or_no(value)
    return number(value, more)


def spaced(key: str) -> str:
    """Write a key of the format as words."""
    return key.replace("_", " ")


def _hundredfold(value: float) -> Decimal:
    """Multiply by 100 without the noise of binary fractions."""
    return Decimal(str(value)) * 100


def _trimmed(words: str) -> str:
    return words.rstrip("0").rstrip(".") if "." in words else words
