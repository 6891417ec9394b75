"""Reads claims, and of what providers say of themselves exactly as much as they chose to show."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from commissioning import queries as commissioning_queries
from commissioning.core.figures import percent, pounds
from commissioning.models import Organisation, User
from commissioning.permissions import Ability
from markets.core import areas as places
from markets.core import bands, served
from markets.models import Claim, Correction, Provider


@dataclass(frozen=True)
class Shown:
    """One thing that a provider shows: exactly, or as a band only, in which case there is no value."""

    field: str
    value: Any = None
    band: str = ""


def made_by(user: User | AnonymousUser) -> QuerySet[Claim]:
    """Give the claims of the provider organisations in which the person speaks for it."""
    mine = commissioning_queries.organisations.where(user, Ability.COMMENT)
    return Claim.objects.filter(organisation__in=mine)


def decidable_by(user: User | AnonymousUser) -> QuerySet[Claim]:
    """Give the claims that authorities are asked to check in which the person approves."""
    mine = commissioning_queries.organisations.where(user, Ability.APPROVE)
    return Claim.objects.filter(asked_of__in=mine)


def visible_to(user: User | AnonymousUser) -> QuerySet[Claim]:
    """Give the claims that a person made or may decide."""
    makes, decides = made_by(user).values("pk"), decidable_by(user).values("pk")
    return Claim.objects.filter(Q(pk__in=makes) | Q(pk__in=decides))


def claimants(user: User | AnonymousUser) -> QuerySet[Organisation]:
    """Give the provider organisations for which the person may claim a row."""
    mine = commissioning_queries.organisations.where(user, Ability.COMMENT)
    return mine.filter(kind=Organisation.Kind.PROVIDER)


def authorities() -> QuerySet[Organisation]:
    """Give the authorities that a provider may ask to check who it is."""
    return Organisation.objects.filter(kind=Organisation.Kind.AUTHORITY)


def shown(organisations: Collection[Organisation], providers: Collection[UUID]) -> dict[UUID, dict[str, Shown]]:
    """Give what these providers show to these authorities, by provider and field, in one query.

    This is the only way from a correction to an authority: what is shown to nobody, or to others, does not come here.
    """
    are = [each.pk for each in organisations if each.kind == Organisation.Kind.AUTHORITY]
    mine = Correction.shown_to.through.objects.filter(organisation__in=are).values("correction")
    exact, banded = Q(sight=Correction.Sight.EXACT, pk__in=mine), Q(sight=Correction.Sight.BAND)
    found = Correction.objects.filter(
        exact | banded if are else Q(pk=None), claim__state=Claim.State.CONFIRMED, claim__provider__in=list(providers)
    )
    seen: dict[UUID, dict[str, Shown]] = {}
    for row in found.select_related("claim__provider"):
        seen.setdefault(row.claim.provider_id, {})[row.field] = _shown(row, row.claim.provider)
    return seen


def _shown(row: Correction, provider: Provider) -> Shown:
    if row.sight == Correction.Sight.EXACT:
        return Shown(row.field, value=read(row))
    spending = provider.expenditure or provider.income
    return Shown(row.field, band=band_of(row.field, read(row), spending))


def read(row: Correction) -> Any:
    """Give a correction's value as the page and the model use it."""
    if row.field in (Correction.Field.APPETITE, Correction.Field.FREE_RESERVES):
        return Decimal(str(row.value))
    return list(row.value)


def band_of(field: str, value: Any, spending: Decimal | None) -> str:
    """Say a value as a band: wide enough that the figure cannot be told from it."""
    if field == Correction.Field.APPETITE:
        return bands.appetite(float(value))
    return bands.reserves(float(value), None if spending is None else float(spending))


def correctable_by(user: User | AnonymousUser) -> QuerySet[Claim]:
    """Give the confirmed claims that a person's organisation made."""
    return made_by(user).filter(state=Claim.State.CONFIRMED)


@dataclass(frozen=True)
class Stated:
    """One thing that a provider can say of itself: what it is, what was said, and who sees it."""

    field: str
    words: str
    said: str
    sight: str


def corrections_of(claim: Claim) -> list[Stated]:
    """Give everything that the provider of a claim can say, for its own people."""
    there = {row.field: row for row in claim.corrections.prefetch_related("shown_to")}
    return [
        Stated(name, words, in_words(Shown(name, value=read(there[name])))[1], _sight(there[name]))
        if name in there
        else Stated(name, words, "", "")
        for name, words in Correction.Field.choices
    ]


def _sight(row: Correction) -> str:
    if row.sight != Correction.Sight.EXACT:
        return str(row.get_sight_display())
    return f"Exactly, and only: {', '.join(str(each) for each in row.shown_to.all())}"


def in_words(each: Shown) -> tuple[str, str]:
    """Say what a provider shows: what it is about, and the value or its band."""
    words = str(Correction.Field(each.field).label)
    if each.band:
        return words, each.band
    if each.field == Correction.Field.APPETITE:
        return words, percent(each.value)
    if each.field == Correction.Field.FREE_RESERVES:
        return words, pounds(each.value)
    is_area = each.field == Correction.Field.AREAS
    names = places.names_of(each.value) if is_area else [served.CODES.get(code, "") for code in each.value]
    return words, ", ".join(names)
