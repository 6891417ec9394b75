"""Limits that the database itself keeps, written once for all models."""

from django.db.models import CheckConstraint, Q

MOST_POUNDS = 10**12
MOST_MONTHS = 600


def within(noun: str, field: str, low: float, high: float) -> CheckConstraint:
    """Keep a number within limits; both ends are given, because NaN counts as larger than any number."""
    known = Q(**{f"{field}__gte": low, f"{field}__lte": high})
    return CheckConstraint(name=f"{noun}_{field}_within_limits", condition=known)


def not_negative(noun: str, *fields: str) -> list[CheckConstraint]:
    """Keep amounts of money at nought or above, and below what a file may say."""
    return [within(noun, field, 0, MOST_POUNDS) for field in fields]


def shares(noun: str, *fields: str) -> list[CheckConstraint]:
    """Keep shares and rates between 0 and 1."""
    return [within(noun, field, 0, 1) for field in fields]
