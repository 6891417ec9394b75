"""Reads who holds public contracts of some kinds, as far as it is published."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q

from commissioning.models import Organisation
from markets.models import Contract

#: Only contracts of so many years back say who is in the market now.
YEARS = 5
_DAYS = 365.25
#: Under so many awards a measure of concentration is chance.
FEWEST = 20
_MOST = 20_000


@dataclass(frozen=True)
class Incumbents:
    """Published awards of some CPV codes: how many, how many with a value, and each supplier's yearly pounds."""

    cpv: tuple[str, ...]
    awards: int = 0
    without_value: int = 0
    shared: int = 0
    first: date | None = None
    last: date | None = None
    values: tuple[float, ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether there are awards enough to say how concentrated they are."""
        return self.awards - self.without_value >= FEWEST


def holding(organisation: Organisation, cpv: Collection[str], today: date) -> Incumbents:
    """Give who holds contracts whose CPV codes begin so, of those that all may see and the authority's own.

    A supplier is known by its official number, else by the name that awards give it. Values are spread over the
    contract's years; an award without a value, or one of nothing, is left out and counted.
    """
    if not cpv:
        return Incumbents(())
    kinds = reduce(or_, (Q(cpv__regex=rf"(^|\s){code}") for code in cpv))
    rows = Contract.objects.filter(Q(organisation=None) | Q(organisation=organisation), kinds)
    rows = rows.filter(awarded_on__gte=today - timedelta(days=YEARS * _DAYS))
    held: dict[str, float] = defaultdict(float)
    without = shared = 0
    found = list(rows.order_by("awarded_on")[:_MOST])
    for row in found:
        shared += row.suppliers > 1
        if not row.value or row.currency not in ("", "GBP"):
            without += 1
        else:
            held[row.supplier_org_id or row.supplier.casefold()] += float(row.value) / _years(row)
    days = [row.awarded_on for row in found if row.awarded_on]
    first, last = (min(days), max(days)) if days else (None, None)
    return Incumbents(tuple(cpv), len(found), without, shared, first, last, tuple(sorted(held.values())))


def _years(row: Contract) -> float:
    if not row.starts_on or not row.ends_on:
        return 1.0
    return max(1.0, (row.ends_on - row.starts_on).days / _DAYS)
