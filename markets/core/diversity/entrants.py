"""Providers that arrive in later rounds: how many, with what money, for which group and area."""

from dataclasses import dataclass

import numpy as np

from commissioning.core.units import Array
from markets.core.chances import Chance, Words, keys_of, normals, poisson, uniform
from markets.core.markets import Market
from markets.core.parameters import PARAMETERS
from markets.core.registers import Bools, Ints, band_of, quality_from
from markets.core.reserves import published_months


@dataclass(frozen=True, slots=True)
class Entrants:
    """Places kept for those who may arrive in a block; axes place, draw unless said otherwise.

    `arrivals` counts them by round and draw; `after` is the round at whose end a place is taken (axis place), where
    `arrives` says so. `group` and `area` are places in the market's lists, -1 where there are none.

    Notes
    -----
    Nobody says what an entrant is in law; all are taken to be charities. Those who arrive after the last round are
    counted but never bid, and have no place.
    """

    arrivals: Ints
    keys: Words
    after: Ints
    arrives: Bools
    income: Array
    quality: Array
    months: Array
    reserves: Array
    group: Ints
    area: Ints
    band: Ints


def entrants_of(market: Market, chance: Chance) -> Entrants:
    """Draw everybody who arrives in one block; the same arrive in every design that expects as many."""
    rounds = range(market.rounds)
    arrivals = np.stack([poisson(market.entry.per_round, uniform(chance.at("arrivals", r))) for r in rounds])
    places = [(r, number) for r in rounds[:-1] for number in range(int(arrivals[r].max()))]
    keys = keys_of(f"\0entrant {r} {number}" for r, number in places)
    after = np.array([r for r, _ in places], dtype=np.intp)
    numbers = np.array([number for _, number in places], dtype=np.intp)
    normal = normals(chance.every(chance.at("entrant income"), keys))[0]
    income = PARAMETERS.entrant_income * np.exp(PARAMETERS.entrant_income_spread * normal)
    months = published_months(uniform(chance.every(chance.at("entrant reserves"), keys)))
    return Entrants(
        arrivals=arrivals,
        keys=keys,
        after=after,
        arrives=numbers[:, None] < arrivals[after],
        income=income,
        quality=quality_from(normals(chance.every(chance.at("entrant quality"), keys))[0]),
        months=months,
        reserves=months * income / 12,
        group=_one_of(len(market.groups), uniform(chance.every(chance.at("entrant group"), keys))),
        area=_one_of(len(market.areas), uniform(chance.every(chance.at("entrant area"), keys))),
        band=band_of(income),
    )


def _one_of(count: int, drawn: Array) -> Ints:
    return (drawn * count).astype(np.intp) if count else np.full(drawn.shape, -1, dtype=np.intp)
