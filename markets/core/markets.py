"""A market as a programme's design lets it: lots, selection, supply chain, social finance, entry and response."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, TypeVar

from commissioning.core.units import LogOdds, Months, Pounds, Share

Part = TypeVar("Part")
#: How often a lot can be let at once, as the programme file limits it.
_MOST_COUNT = 1_000


@dataclass(frozen=True, slots=True)
class Lot:
    """What is let at once to one provider, `count` times."""

    id: str
    annual_value: Pounds
    months: Months
    groups: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    count: int = 1
    name: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """Who may bid, and how bids are scored."""

    turnover_multiple: float = 2.0
    min_years: float = 0.0
    quality_weight: Share = 0.6
    price_weight: Share = 0.4
    quality_noise: float = 0.15


@dataclass(frozen=True, slots=True)
class SupplyChain:
    """What a prime passes on, in parcels, and how much of its risk with it."""

    share: Share = 0.0
    parcel_share: Share = 0.1
    risk_pass_through: Share = 1.0
    grant_share: Share = 0.0

    @property
    def parcels(self) -> int:
        """Count the parcels of a lot, to the nearest whole one, and no more than the lot is worth."""
        return min(round(self.share / self.parcel_share), int(1.0 / self.parcel_share + 1e-9))

    @property
    def risk(self) -> Share:
        """Give the part of a parcel's capital and loss that its subcontractor must be able to carry."""
        return self.risk_pass_through * (1.0 - self.grant_share)


@dataclass(frozen=True, slots=True)
class SocialFinance:
    """How much of a capital gap can be borrowed, where there is time to find a lender."""

    gap_share: Share = 0.0
    weeks_to_bid: float = 12.0
    weeks_needed: float = 26.0

    @property
    def borrowed_share(self) -> Share:
        """Give the share of a gap that is borrowed: none where the time is too short.

        Notes
        -----
        A provider is able only where the whole gap is closed, so that a share below 1 helps nobody.
        """
        return self.gap_share if self.weeks_to_bid >= self.weeks_needed else 0.0


@dataclass(frozen=True, slots=True)
class Entry:
    """Who arrives in a round."""

    per_round: float = 5.0
    innovation_grant: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """What makes an able provider bid, on log-odds; `resignation` is a chance."""

    base: LogOdds = 1.0
    experience: LogOdds = 0.7
    loss: LogOdds = 4.0
    parked: LogOdds = 2.0
    resignation: Share = 0.5


@dataclass(frozen=True)
class Market:
    """The market section of a programme file, its defaults filled in; `first_year` is when its first round is let."""

    lots: tuple[Lot, ...]
    selection: Selection = Selection()
    supply_chain: SupplyChain = SupplyChain()
    social_finance: SocialFinance = SocialFinance()
    entry: Entry = Entry()
    response: Response = Response()
    rounds: int = 6
    years_per_round: float = 1.67
    first_year: float | None = None

    @classmethod
    def of(cls, section: Mapping[str, Any], contract_months: Months, start: str = "") -> "Market":
        """Read a market section that has passed the checks of the programme file.

        Notes
        -----
        A lot that names no months lasts as long as the programme's contract.
        """
        return cls(
            lots=tuple(_lot(row, contract_months) for row in section.get("lots", ())),
            selection=_part(Selection, section),
            supply_chain=_part(SupplyChain, section),
            social_finance=_part(SocialFinance, section),
            entry=_part(Entry, section),
            response=_part(Response, section),
            rounds=int(section.get("rounds", cls.rounds)),
            years_per_round=float(section.get("years_per_round", cls.years_per_round)),
            first_year=float(start[:4]) if start else None,
        )

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Give the groups that the lots name, in file order."""
        return tuple(dict.fromkeys(group for lot in self.lots for group in lot.groups))

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """Give the areas that the lots name, in file order."""
        return tuple(dict.fromkeys(area for lot in self.lots for area in lot.areas))

    @cached_property
    def contracts(self) -> tuple[int, ...]:
        """Give the place of the lot of each contract to be let, in the order in which they are let."""
        return tuple(place for place, lot in enumerate(self.lots) for _ in range(lot.count))

    @cached_property
    def luck_numbers(self) -> tuple[int, ...]:
        """Number the contracts so that each keeps its luck where another lot is let more or less often."""
        return tuple(place * _MOST_COUNT + copy for place, lot in enumerate(self.lots) for copy in range(lot.count))

    def years(self, lot: Lot) -> float:
        """Give the years for which a round's contract is delivered: the round's, at most the contract's."""
        return min(self.years_per_round, lot.months / 12)


_SECTIONS = {
    Selection: "selection",
    SupplyChain: "supply_chain",
    SocialFinance: "social_finance",
    Entry: "entry",
    Response: "response",
}


def _part(kind: type[Part], section: Mapping[str, Any]) -> Part:
    given = section.get(_SECTIONS[kind], {})
    return kind(**{field.name: given[field.name] for field in fields(kind) if field.name in given})  # type: ignore[arg-type]


def _lot(row: Mapping[str, Any], contract_months: Months) -> Lot:
    return Lot(
        id=row["id"],
        annual_value=float(row["annual_value"]),
        months=int(row.get("months", contract_months)),
        groups=tuple(dict.fromkeys(row.get("groups", ()))),
        areas=tuple(dict.fromkeys(row.get("areas", ()))),
        count=int(row.get("count", 1)),
        name=row.get("name", ""),
    )
