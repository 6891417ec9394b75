"""Reads how a programme is to be let: its lots, its terms, and the designs that are weighed up."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any
from uuid import UUID, uuid5

from commissioning.core.figures import pounds
from commissioning.core.typed_numbers import write_with_separators
from commissioning.models import Programme
from markets.core import areas, design_terms
from markets.core.markets import Market
from markets.sources.designs import AS_DRAFTED

Section = dict[str, Any]


@dataclass(frozen=True)
class LotLine:
    """One lot as its list shows it."""

    id: UUID
    name: str
    value: str
    months: int
    count: int
    groups: tuple[str, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True)
class DesignLine:
    """One design as its list shows it: what it changes, in words."""

    id: UUID
    name: str
    is_reference: bool
    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Letting:
    """How the contract is let, in words."""

    turnover: str
    years: str
    weeks: str
    rounds: str


def letting(programme: Programme) -> Letting:
    """Say how the contract is let."""
    found = market(programme)
    return Letting(
        turnover=f"income of at least {write_with_separators(found.selection.turnover_multiple)} times the lot",
        years=f"{write_with_separators(found.selection.min_years)} at least",
        weeks=f"{write_with_separators(found.social_finance.weeks_to_bid)} weeks",
        rounds=f"{found.rounds}, {write_with_separators(found.years_per_round)} years apart",
    )


def as_drafted(programme: Programme) -> dict[str, str]:
    """Say every term that a design may change as it is drafted now, by its path."""
    places: dict[str, Any] = {"market": market(programme), "tariff": programme.tariff}
    return {
        term.path: term.written(reduce(getattr, term.key.split("."), places[term.part])) for term in design_terms.TERMS
    }


def id_of(programme_id: UUID, kind: str, key: str) -> UUID:
    """Give the permanent id of a lot or a design: a name-based UUID (RFC 9562, 5.5) of the file's own id for it."""
    return uuid5(programme_id, f"{kind}:{key}")


def section(programme: Programme) -> Section:
    """Give the market section; an empty one where there is none."""
    return dict(programme.market or {})


def market(programme: Programme) -> Market:
    """Give how the contract is let, defaults filled in."""
    return Market.of(section(programme), programme.contract_months, programme.start)


def lots(programme: Programme) -> list[Mapping[str, Any]]:
    """Give the lots as the file has them."""
    return list(section(programme).get("lots", []))


def designs(programme: Programme) -> list[Mapping[str, Any]]:
    """Give the designs, the reference first; what is drafted is the reference where none is named."""
    return list(section(programme).get("designs") or [AS_DRAFTED])


def lot(programme: Programme, lot_id: UUID) -> Mapping[str, Any] | None:
    """Find a lot by its permanent id."""
    return next((row for row in lots(programme) if id_of(programme.pk, "lot", row["id"]) == lot_id), None)


def design(programme: Programme, design_id: UUID) -> Mapping[str, Any] | None:
    """Find a design by its permanent id; the reference that nobody wrote is none."""
    rows = section(programme).get("designs", [])
    return next((row for row in rows if id_of(programme.pk, "design", row["id"]) == design_id), None)


def lot_lines(programme: Programme) -> tuple[LotLine, ...]:
    """Say every lot in words, in one query."""
    names = {key: name or key for key, name in programme.groups.values_list("key", "name")}
    return tuple(
        LotLine(
            id=id_of(programme.pk, "lot", row.id),
            name=row.name or row.id,
            value=pounds(row.annual_value),
            months=row.months,
            count=row.count,
            groups=tuple(names.get(key, key) for key in row.groups),
            areas=tuple(areas.names_of(row.areas)),
        )
        for row in market(programme).lots
    )


def design_lines(programme: Programme) -> tuple[DesignLine, ...]:
    """Say every design in words."""
    return tuple(
        DesignLine(
            id=id_of(programme.pk, "design", row["id"]),
            name=row.get("name") or row["id"],
            is_reference=place == 0,
            changes=tuple(
                (design_terms.named(path), design_terms.said(path, value))
                for path, value in row.get("changes", {}).items()
            ),
        )
        for place, row in enumerate(designs(programme))
    )
