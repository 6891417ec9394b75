"""Which providers pass the tests of a lot that no draw changes: groups, areas, years, turnover."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from commissioning.core.units import Array, Pounds
from markets.core.incentive_facts import Facts
from markets.core.markets import Lot, Market
from markets.core.registers import Bools, Ints, Register


class Reason(StrEnum):
    """Why a provider is excluded: tests in the order in which they are made; the first that is failed is the reason."""

    GROUPS = "groups"
    AREA = "area"
    YEARS = "years"
    TURNOVER = "turnover"
    CAPITAL = "capital"
    LOSS = "loss"


REASONS = tuple(Reason)
#: How far a provider comes: the number of tests that it passes before it fails one; -1 where it is not there.
ABLE, GONE = len(REASONS), -1


@dataclass(frozen=True, slots=True)
class Demand:
    """What a lot or a parcel asks: turnover, £ a year, and capital and loss, £ by legal form.

    `is_financed` where whatever capital is missing can be borrowed.
    """

    turnover: Pounds
    capital: Array
    loss: Array
    is_financed: bool


def demand_of(market: Market, facts: Sequence[Facts], value: Pounds, risk: float = 1.0) -> Demand:
    """Say what a contract of an annual value asks of a provider, with a part of its risk."""
    # An infinite ratio of nothing is nothing.
    ratios = [(fact.capital, fact.loss) if value * risk > 0 else (0.0, 0.0) for fact in facts]
    capital, loss = np.array(ratios).T * (value * risk if value * risk > 0 else 1.0)
    return Demand(
        turnover=market.selection.turnover_multiple * value,
        capital=capital,
        loss=loss,
        is_financed=market.social_finance.borrowed_share >= 1.0,
    )


def free_of_draws(market: Market, register: Register) -> tuple[Bools, Bools]:
    """Tell for each lot and provider of the register whether it serves the groups, and the areas; axes lot, provider.

    Notes
    -----
    All that a lot asks for, or one of them where a supply chain can do the rest. A lot that asks for none is served
    by everybody.
    """
    chained = market.supply_chain.share > 0
    groups = served(market.groups, [row.groups for row in register.providers])
    areas = served(market.areas, [row.areas for row in register.providers])
    return (
        np.stack([_passes(groups, asked(market.groups, lot.groups), chained) for lot in market.lots]),
        np.stack([_passes(areas, asked(market.areas, lot.areas), chained) for lot in market.lots]),
    )


def served(names: Sequence[str], each: Sequence[Sequence[str]]) -> Bools:
    """Tell which of the names each provider has; axes name, provider."""
    place = {name: number for number, name in enumerate(names)}
    found = np.zeros((len(names), len(each)), dtype=bool)
    for provider, own in enumerate(each):
        for name in own:
            if name in place:
                found[place[name], provider] = True
    return found


def asked(names: Sequence[str], wanted: Sequence[str]) -> Ints:
    """Give the places of what a lot asks for."""
    return np.array([names.index(name) for name in wanted], dtype=np.intp)


def _passes(has: Bools, wanted: Ints, chained: bool) -> Bools:
    return np.asarray(has[wanted].any(0) if chained and len(wanted) else has[wanted].all(0))


def entrants_serve(names: Sequence[str], wanted: Sequence[str], chained: bool) -> Bools:
    """Tell for an entrant of each one name, and last for one of none, whether it serves what a lot asks for."""
    alone = set(wanted)
    found = [not alone or (name in alone and (chained or len(alone) == 1)) for name in names]
    return np.array([*found, not alone], dtype=bool)


def years_passed(market: Market, register: Register, number: int) -> Bools:
    """Tell who of the register has been registered long enough in a round; axis provider.

    Notes
    -----
    Rounds begin in the programme's first year; where it names none, in the latest year in which anybody in the
    register was registered. A provider whose year is not known is taken to be old enough, and no years asked means
    no test.
    """
    if market.selection.min_years == 0 or np.isnan(register.year).all():
        return np.ones(len(register), dtype=bool)
    first = np.nanmax(register.year) if market.first_year is None else market.first_year
    return ~(first + number * market.years_per_round - register.year < market.selection.min_years)


def lot_demands(market: Market, facts: Sequence[Facts]) -> list[tuple[Lot, Demand, Demand]]:
    """Give each lot with what it asks of a prime, and each of its parcels of a subcontractor."""
    chain = market.supply_chain
    return [
        (
            lot,
            demand_of(market, facts, lot.annual_value),
            demand_of(market, facts, lot.annual_value * chain.parcel_share, chain.risk),
        )
        for lot in market.lots
    ]
