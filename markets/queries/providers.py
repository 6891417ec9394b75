"""Reads the public registers: searching them, and one provider's page."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Upper

from markets.core import areas as places
from markets.core import org_ids
from markets.models import Contract, FinancialYear, Grant, Import, Provider

PAGE_SIZE = 25
#: Beyond so many a search says "more than", and shows the first ones only.
MOST_FOUND = 10_000
MOST_YEARS = 10
MOST_DEALS = 20


@dataclass(frozen=True)
class Wanted:
    """What a search asks for; what is empty is not asked."""

    words: str = ""
    area: str = ""
    who: int | None = None
    size_band: str = ""
    legal_form: str = ""
    by_income: bool = False


def found(wanted: Wanted) -> QuerySet[Provider]:
    """Give the registered providers that fit, by name or by income."""
    return _in_order(_fitting(wanted), wanted)


def _fitting(wanted: Wanted) -> QuerySet[Provider]:
    rows = Provider.objects.filter(status=Provider.Status.REGISTERED).order_by()
    if wanted.words.strip():
        rows = rows.filter(_named(wanted.words))
    if wanted.area:
        rows = rows.filter(areas__overlap=list(places.reaching(wanted.area)))
    if wanted.who is not None:
        rows = rows.filter(served__contains=[wanted.who])
    exact = {"size_band": wanted.size_band, "legal_form": wanted.legal_form}
    return rows.filter(**{name: value for name, value in exact.items() if value})


def _in_order(rows: QuerySet[Provider], wanted: Wanted) -> QuerySet[Provider]:
    if wanted.by_income:
        return rows.order_by(F("income").desc(nulls_last=True), "pk")
    return rows.order_by(Upper("name"), "pk")


def _named(words: str) -> Q:
    """Select by words of the name, each of which may be only begun, or by the official number."""
    letters = re.findall(r"[^\W_]+", words.lower())[:10]
    if not letters:
        return Q(pk=None)
    query = " & ".join(f"{letter}:*" for letter in letters)
    return Q(words=SearchQuery(query, config="simple", search_type="raw"))


class Pages(Paginator):  # type: ignore[type-arg]
    """Pages of a search, which counts no further than anybody reads.

    Many that fit are met soon on the way through the index of names or incomes. Few are found first and put in order
    afterwards: for them that way would be long, and the planner cannot tell.
    """

    def __init__(self, wanted: Wanted) -> None:
        rows = _fitting(wanted)
        self.found = rows.values("pk")[:MOST_FOUND].count()
        few = Provider.objects.filter(pk__in=rows.values("pk")[:MOST_FOUND])
        super().__init__(_in_order(rows if self.is_cut else few, wanted), PAGE_SIZE)

    @cached_property
    def count(self) -> int:
        """Give how many are found, up to the most."""
        return self.found

    @property
    def is_cut(self) -> bool:
        """Tell whether there are more than are counted."""
        return self.found == MOST_FOUND


def one() -> QuerySet[Provider]:
    """Give all that stand on a register, those that were removed from it too."""
    return Provider.objects.all()


def has_made_up() -> bool:
    """Tell whether this copy holds the providers that a demonstration makes up."""
    return Provider.objects.filter(register=Provider.Register.MADE_UP).exists()


def has_made_up_among(numbers: Collection[str]) -> bool:
    """Tell whether any of these official numbers is one that a demonstration makes up."""
    return Provider.objects.filter(register=Provider.Register.MADE_UP, org_id__in=numbers).exists()


def by_number(written: str) -> Provider | None:
    """Find the row of an official number, however it is written; None where there is none, or more than one fits."""
    known = {org_ids.read(written), *(org_ids.org_id(scheme, written) for scheme in org_ids.SHOWN)} - {None}
    rows = list(Provider.objects.filter(org_id__in=known)[:2])
    return rows[0] if len(rows) == 1 else None


def years_of(provider: Provider) -> list[FinancialYear]:
    """Give its published years, the oldest first."""
    return list(reversed(provider.years.order_by("-year_end")[:MOST_YEARS]))


def numbers_of(provider: Provider) -> list[str]:
    """Give the official numbers by which other sources name the same organisation."""
    return [number for number in (provider.org_id, provider.company_org_id) if number]


def contracts_of(provider: Provider, organisations: Collection[UUID]) -> QuerySet[Contract]:
    """Give its contracts, as published for all or brought in by these organisations."""
    return Contract.objects.filter(_shared(organisations), supplier_org_id__in=numbers_of(provider))[:MOST_DEALS]


def grants_of(provider: Provider, organisations: Collection[UUID]) -> QuerySet[Grant]:
    """Give its grants, as published for all or brought in by these organisations."""
    return Grant.objects.filter(_shared(organisations), recipient_org_id__in=numbers_of(provider))[:MOST_DEALS]


def _shared(organisations: Collection[UUID]) -> Q:
    return Q(organisation=None) | Q(organisation__in=organisations)


def editions() -> dict[str, Import]:
    """Give the newest import of each national source, by its name."""
    done = Import.objects.filter(state=Import.State.SUCCEEDED, organisation=None)
    newest = done.order_by("source", F("extract_date").desc(nulls_last=True), "-finished_at").distinct("source")
    return {each.source: each for each in newest}
