"""What pages show of providers: a line of a list, and all of one, each only as far as the reader may see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commissioning import queries as commissioning_queries
from commissioning.core.figures import plain_date, pounds
from commissioning.core.tables import Column, Table
from commissioning.models import Organisation, User
from commissioning.permissions import Ability
from markets.core import areas as places
from markets.core import attributions, org_ids, served
from markets.models import Claim, Contract, FinancialYear, Grant, Import, ListedProvider, Provider

from . import claims, providers

MOST_AREAS = 2


@dataclass(frozen=True)
class Line:
    """One provider in a list."""

    provider: Provider
    areas: str
    is_listed: bool
    shown: Mapping[str, claims.Shown]


@dataclass(frozen=True)
class Source:
    """Whose data it is, how old, and the words that it asks for."""

    name: str
    statement: str
    stands_at: str


@dataclass(frozen=True)
class Profile:
    """All that one reader may see of a provider."""

    numbers: list[tuple[str, str]]
    served: list[tuple[str, list[str]]]
    areas: list[str]
    years: list[FinancialYear]
    government_share: Decimal | None
    shown: list[tuple[str, str]]
    listed: list[ListedProvider]
    contracts: list[Contract]
    grants: list[Grant]
    sources: list[Source]
    claim: Claim | None = None
    may_claim: bool = False
    others: list[Provider] = field(default_factory=list)


def as_table(rows: Iterable[Provider]) -> Table:
    """Lay a search out as a table: what the registers say, and nothing that providers show to some readers only."""
    columns = (
        *(Column(name) for name in ("Official number", "Name", "Legal form", "Registered on", "Financial year to")),
        *(Column(name, pounds) for name in ("Income", "Spending", "Free reserves", "From government")),
        *(Column(name) for name in ("Employees", "Areas", "Helps")),
    )
    return Table("Providers", columns, tuple(map(_cells, rows)))


def _cells(row: Provider) -> tuple[object, ...]:
    helps = "; ".join(words for code, words in served.WHO.items() if code in row.served)
    return (
        *(row.org_id, row.name, row.get_legal_form_display(), row.registered_on, row.year_end),
        *(row.income, row.expenditure, row.reserves, row.government_income, row.employees),
        *("; ".join(places.names_of(row.areas)), helps),
    )


def lines(rows: Iterable[Provider], user: User | AnonymousUser) -> list[Line]:
    """Give the lines of a page in three queries, however many there are."""
    page = list(rows)
    mine = authorities(user)
    seen = claims.shown(mine, [row.pk for row in page])
    listed = ListedProvider.objects.filter(organisation__in=mine, org_id__in=[row.org_id for row in page])
    known = set(listed.values_list("org_id", flat=True))
    return [Line(row, _areas(row), row.org_id in known, seen.get(row.pk, {})) for row in page]


def listed(user: User | AnonymousUser) -> QuerySet[ListedProvider]:
    """Give the rows of the lists of the authorities in which the person reads."""
    return ListedProvider.objects.filter(organisation__in=authorities(user)).order_by("name", "pk")


def listed_lines(rows: Iterable[ListedProvider]) -> list[tuple[ListedProvider, Provider | None]]:
    """Give each row with that of the registers that has its official number, in one query."""
    page = list(rows)
    known = Provider.objects.filter(org_id__in=[row.org_id for row in page if row.org_id]).in_bulk(field_name="org_id")
    return [(row, known.get(row.org_id)) for row in page]


def authorities(user: User | AnonymousUser) -> list[Organisation]:
    """Give the authorities in which the person reads."""
    mine = commissioning_queries.organisations.where(user, Ability.VIEW)
    return list(mine.filter(kind=Organisation.Kind.AUTHORITY))


def _areas(provider: Provider) -> str:
    names = places.names_of(provider.areas)
    if len(names) <= MOST_AREAS:
        return " and ".join(names)
    return f"{', '.join(names[:MOST_AREAS])} and {len(names) - MOST_AREAS} more"


def of_provider(provider: Provider, user: User | AnonymousUser) -> Profile:
    """Give all that the person may see of a provider."""
    mine = authorities(user)
    ids: list[UUID] = [each.pk for each in mine]
    claimants = claims.claimants(user)
    claim = provider.claims.filter(organisation__in=claimants, state__in=["asked", "confirmed"]).first()
    contracts = list(providers.contracts_of(provider, ids))
    grants = list(providers.grants_of(provider, ids))
    beside = [name for name, rows in (("contracts", contracts), ("grants", grants)) if rows]
    income, government = provider.income, provider.government_income
    return Profile(
        numbers=[org_ids.parts(number) for number in providers.numbers_of(provider)],
        served=_served(provider),
        areas=places.names_of(provider.areas),
        years=providers.years_of(provider),
        government_share=government / income if income and government is not None else None,
        shown=[claims.in_words(each) for each in claims.shown(mine, [provider.pk]).get(provider.pk, {}).values()],
        listed=list(ListedProvider.objects.filter(organisation__in=ids, org_id=provider.org_id)[:5]),
        contracts=contracts,
        grants=grants,
        sources=sources([provider.register, *beside, "places"]),
        claim=claim,
        may_claim=claim is None and claimants.exists(),
        others=_same(provider),
    )


def _same(provider: Provider) -> list[Provider]:
    """Give the rows of other registers that carry one of the same official numbers."""
    if provider.register == Provider.Register.COMPANIES:
        return list(Provider.objects.filter(company_org_id=provider.org_id).exclude(pk=provider.pk)[:5])
    return list(Provider.objects.filter(org_id=provider.company_org_id)[:5]) if provider.company_org_id else []


def _served(provider: Provider) -> list[tuple[str, list[str]]]:
    kinds = (("Whom it helps", served.WHO), ("What it works for", served.WHAT), ("How it helps", served.HOW))
    named = [(words, [known[code] for code in provider.served if code in known]) for words, known in kinds]
    return [(words, names) for words, names in named if names]


def sources(names: Iterable[str]) -> list[Source]:
    """Cite these sources as each of them asks, with the day that its data stand at."""
    editions = providers.editions()
    words = dict(Import.Source.choices) | {"places": "Areas"}
    return [
        Source(words[name], attributions.STATEMENTS[name], _stands_at(editions.get(name)))
        for name in dict.fromkeys(names)
        if name in editions or name in ("contracts", "grants", "places")
    ]


def _stands_at(edition: Import | None) -> str:
    if edition is None:
        return ""
    if edition.extract_date:
        return f"as it stood on {plain_date(edition.extract_date)}"
    return f"as brought in on {plain_date(edition.finished_at)}"
