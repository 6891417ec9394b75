"""The register of a programme's local market, as the diversity simulation takes it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet

from commissioning.core.units import Share
from commissioning.models import Programme
from markets.core import areas as places
from markets.core import registers as core
from markets.models import ListedProvider, LocalMarket, Provider

from . import claims

#: How many providers the simulation is given at most: the largest, since a turnover test keeps out the others first.
MOST = 5_000
#: Of those whose way of helping is published, only who helps people itself: people, services, advocacy and advice.
DELIVERS = (304, 306, 307)


@dataclass(frozen=True)
class LocalRegister:
    """Who could deliver here, and what of it is known, corrected or taken as a default.

    `defaults` counts, by field, the providers of which it is not known, so that the model takes its default:
    "free_reserves" are then drawn from providers of the same size, "appetite" is the legal form's,
    "expenditure" is the income. `everyone` names the groups that no code of the registers describes: every provider
    is taken to serve them, which is an assumption.
    """

    providers: tuple[core.Provider, ...]
    defaults: Mapping[str, int] = field(default_factory=dict)
    corrected: int = 0
    without_income: int = 0
    beyond_most: int = 0
    everyone: tuple[str, ...] = ()


def of_programme(programme: Programme, *, most: int = MOST) -> LocalRegister:
    """Give the providers of a programme's local market, as its own authority may see them.

    Areas and groups are those of its local market, else those of its lots; group ids are the programme file's. A
    provider without a published income is left out and counted: the model cannot place it.
    """
    areas, served = sought(programme)
    return in_areas(programme, areas=areas, served=served, most=most)


def size_of(programme: Programme, *, most: int = MOST) -> int:
    """Count the register's providers of a programme's local market, up to the most, without fetching them."""
    areas, served = sought(programme)
    codes = () if not all(served.values()) else [code for each in served.values() for code in each]
    return int(_with_income(areas, codes).values("pk")[:most].count())


def most_of(programme: Programme) -> int:
    """Count the register's providers of a programme's local market and those of the authority's own list.

    Whoever stands in both counts twice: it tells whether there is a market at all, without fetching it.
    """
    listed = ListedProvider.objects.filter(organisation=programme.organisation_id, income__isnull=False)
    return size_of(programme) + listed.exclude(legal_form="").count()


def fitting(areas: Collection[str], codes: Collection[int]) -> QuerySet[Provider]:
    """Give the registered providers that work in any of the areas and help any of the codes, and can deliver."""
    return Provider.objects.filter(_where(areas, codes))


def sought(programme: Programme) -> tuple[list[str], dict[str, tuple[int, ...]]]:
    """Give where a programme looks for providers, and by which codes of the registers for each group."""
    local = LocalMarket.objects.filter(programme=programme).first()
    areas = (list(local.areas) if local else []) or _of_lots(programme, "areas")
    keys = _of_lots(programme, "groups") or list(programme.groups.values_list("key", flat=True))
    return areas, {key: tuple((local.served if local else {}).get(key, ())) for key in keys}


def in_areas(
    programme: Programme, *, areas: Collection[str], served: Mapping[str, Collection[int]], most: int = MOST
) -> LocalRegister:
    """Give the providers that work in any of the areas for any of the groups, each group by the registers' codes."""
    everyone = tuple(key for key, codes in served.items() if not codes)
    found = _with_income(areas, () if everyone else [code for codes in served.values() for code in codes])
    rows = list(found.order_by(F("income").desc(), "pk")[:most])
    shown = claims.shown([programme.organisation], [row.pk for row in rows])
    own = list(ListedProvider.objects.filter(organisation=programme.organisation)[:most])
    listed = {row.org_id: row for row in own if row.org_id}
    made = [_provider(row, shown.get(row.pk, {}), listed.get(row.org_id), areas, served) for row in rows]
    made += _only_listed(own, {row.org_id for row in rows}, areas, served)
    kept = tuple(sorted(made, key=lambda each: (-each.income, each.id))[:most])
    return LocalRegister(
        kept,
        defaults={name: sum(getattr(each, name) is None for each in kept) for name in core.WITH_DEFAULTS},
        corrected=len(shown),
        without_income=Provider.objects.filter(_where(areas, ()), income=None).count(),
        beyond_most=max(0, found.count() - most),
        everyone=everyone,
    )


def _with_income(areas: Collection[str], codes: Collection[int]) -> QuerySet[Provider]:
    return fitting(areas, codes).filter(income__isnull=False)


def _where(areas: Collection[str], codes: Collection[int]) -> Q:
    reached = sorted({code for area in areas for code in places.reaching(area)})
    where = Q(status=Provider.Status.REGISTERED, is_distressed=False)
    where &= Q(areas__overlap=reached) if reached else Q()
    where &= Q(served__overlap=sorted(set(codes))) if codes else Q()
    # Where it is not published how a provider helps, it stays in.
    return where & (Q(served__overlap=list(DELIVERS)) | ~Q(served__overlap=list(range(301, 311))))


def _provider(
    row: Provider,
    shown: Mapping[str, claims.Shown],
    listed: ListedProvider | None,
    areas: Collection[str],
    served: Mapping[str, Collection[int]],
) -> core.Provider:
    """Take what the provider says itself first, then what the authority knows, then the register."""
    said = {name: each.value for name, each in shown.items() if each.value is not None}
    return core.Provider(
        id=row.org_id,
        legal_form=core.LegalForm(row.legal_form),
        income=float(row.income or 0),
        name=row.name,
        expenditure=_first(_listed(listed, "expenditure"), row.expenditure),
        free_reserves=_first(said.get("free_reserves"), _listed(listed, "free_reserves"), row.reserves),
        year_registered=row.registered_on.year if row.registered_on else _listed(listed, "year_registered"),
        groups=_groups(said.get("served") or _listed(listed, "served") or row.served, served),
        areas=_areas(said.get("areas") or _listed(listed, "areas") or row.areas, areas),
        appetite=_share(said.get("appetite"), _listed(listed, "appetite")),
        outcomes_experience=bool(_listed(listed, "has_outcomes_experience")),
    )


def _only_listed(
    rows: Iterable[ListedProvider], known: set[str], areas: Collection[str], served: Mapping[str, Collection[int]]
) -> list[core.Provider]:
    """Add what stands on the authority's own list alone, where legal form and income are known."""
    return [
        core.Provider(
            id=f"own:{row.reference}",
            legal_form=core.LegalForm(row.legal_form),
            income=float(row.income),
            name=row.name,
            expenditure=_first(row.expenditure),
            free_reserves=_first(row.free_reserves),
            year_registered=row.year_registered,
            groups=_groups(row.served, served) if row.served else tuple(served),
            areas=_areas(row.areas, areas) if row.areas else tuple(areas),
            appetite=_share(row.appetite),
            outcomes_experience=bool(row.has_outcomes_experience),
        )
        for row in rows
        if row.legal_form and row.income is not None and (not row.org_id or row.org_id not in known)
    ]


def _listed(row: ListedProvider | None, name: str) -> Any:
    return getattr(row, name) if row else None


def _first(*values: Decimal | None) -> float | None:
    return next((float(value) for value in values if value is not None), None)


def _share(*values: Decimal | None) -> Share | None:
    return _first(*values)


def _groups(codes: Collection[int], served: Mapping[str, Collection[int]]) -> tuple[str, ...]:
    return tuple(key for key, asked in served.items() if not asked or set(asked) & set(codes))


def _areas(codes: Collection[str], asked: Collection[str]) -> tuple[str, ...]:
    return tuple(area for area in asked if set(places.reaching(area)) & set(codes))


def _of_lots(programme: Programme, name: str) -> list[str]:
    lots = (programme.market or {}).get("lots", [])
    return list(dict.fromkeys(str(value) for lot in lots for value in lot.get(name, [])))
