"""One round's contracts, let one after another in file order: who is able, who bids, who wins, who gets a parcel."""

import numpy as np

from commissioning.core.units import Array
from markets.core.chances import Chance, Places, normals, uniform
from markets.core.incentive_facts import Facts
from markets.core.markets import Market
from markets.core.parameters import PARAMETERS
from markets.core.registers import FORMS, MISSION, Bools, Ints, Register, SmallInts

from . import abilities
from .abilities import ABLE, GONE, REASONS, Demand, Reason
from .states import State

#: No provider: the winner of a contract that nobody bid for.
NOBODY = -1


class Terms:
    """What a design asks and offers, worked out once; axes lot, provider of the register where arrays."""

    def __init__(self, market: Market, facts: tuple[Facts, ...], register: Register) -> None:
        self.market, self.facts, self.register = market, facts, register
        self.demands = abilities.lot_demands(market, facts)
        self.serves_groups, self.serves_areas = abilities.free_of_draws(market, register)
        chained = market.supply_chain.share > 0
        self.entrant_groups = [
            abilities.entrants_serve(market.groups, lot.groups, chained) for lot, _, _ in self.demands
        ]
        self.entrant_areas = [abilities.entrants_serve(market.areas, lot.areas, chained) for lot, _, _ in self.demands]

    def bid_chances(self, state: State) -> Array:
        """Chance that an able provider bids, without and with experience; axes experience, provider."""
        response = self.market.response
        wary = [_wariness(self.market, fact, form in MISSION) for fact, form in zip(self.facts, FORMS, strict=True)]
        odds = response.base + np.array([0.0, response.experience])[:, None] - np.array(wary)[state.form]
        chance = 1.0 / (1.0 + np.exp(np.clip(-odds, -700.0, 700.0)))
        least = np.where(state.reliance > PARAMETERS.reliant_from, response.resignation, 0.0)
        return np.maximum(chance, least)


def _wariness(market: Market, fact: Facts, has_mission: bool) -> float:
    parked = market.response.parked * fact.parked_share if has_mission else 0.0
    return market.response.loss * fact.loss_probability + parked


class Letting:
    """One round as it is let; axes provider, draw, and contract, draw for `winners`, `bidders` and `able`.

    `furthest` is how many tests a provider passed for the lot where it came furthest. `value` is £ a year held,
    `exposure` the £ of contract value over the round whose margin is the provider's, `served` £ of contract value
    over the round with people on the provider's books; `holders` are the providers and draws of whatever is held.
    """

    def __init__(self, terms: Terms, state: State, chance: Chance, number: int) -> None:
        self.terms, self.state, self.chance, self.number = terms, state, chance, number
        self.old_enough = abilities.years_passed(terms.market, terms.register, number)
        self.means = state.appetite[:, None] * state.reserves
        self.free, self.turnover = self.means.copy(), state.income.copy()
        self.furthest = self._start()
        self.bid = np.zeros(state.is_here.shape, dtype=bool)
        self.value, self.exposure, self.served = (np.zeros(state.is_here.shape) for _ in range(3))
        self.chances = terms.bid_chances(state)
        shape = (len(terms.market.contracts), len(chance.draws))
        self.winners, self.bidders, self.able = np.full(shape, NOBODY, dtype=np.intp), np.zeros(shape), np.zeros(shape)
        self.luck = terms.market.luck_numbers
        self.draw = np.arange(len(chance.draws))
        self.holders: tuple[Places, Places] = (np.zeros(0, np.intp), np.zeros(0, np.intp))

    def run(self) -> None:
        """Let every contract, then pass on the parcels of each."""
        places = self.terms.market.contracts
        rows: dict[int, Ints] = {}
        for contract, place in enumerate(places):
            if place not in rows:
                rows[place] = self._candidates(place, self.terms.demands[place][1])
            self._let(contract, place, rows[place])
        rows = {}
        for contract, place in enumerate(places):
            if self.terms.market.supply_chain.parcels and place not in rows:
                rows[place] = self._candidates(place, self.terms.demands[place][2])
            self._hand_over(contract, place, rows.get(place))
        self.holders = places_in(self.value > 0)

    def _start(self) -> SmallInts:
        """How far everybody of the register comes by the tests that no draw changes."""
        furthest: SmallInts = np.full(self.state.is_here.shape, GONE, dtype=np.int8)
        stages = [self._stage(place, demand) for place, (_, demand, _) in enumerate(self.terms.demands)]
        registered = slice(self.state.registered)
        furthest[registered] = np.max(stages, axis=0)[:, None]
        furthest[registered][~self.state.is_here[registered]] = GONE
        return furthest

    def _stage(self, place: int, demand: Demand) -> SmallInts:
        groups, areas = self.terms.serves_groups[place], self.terms.serves_areas[place]
        enough = self.terms.register.income >= demand.turnover
        return groups * np.int8(1) * (1 + areas * (1 + self.old_enough * (1 + enough.astype(np.int8))))

    def _candidates(self, place: int, demand: Demand) -> Ints:
        """Everybody whom only the tests of a draw can exclude: some of the register, and all that have arrived."""
        registered = np.flatnonzero(self._stage(place, demand) == REASONS.index(Reason.CAPITAL))
        arrived = np.flatnonzero(self.state.entrants.after < self.number) + self.state.registered
        return np.concatenate([registered, arrived])

    def _tested(self, place: int, rows: Ints, demand: Demand) -> SmallInts:
        """How many tests each candidate passes before it fails one; axes candidate, draw."""
        form = self.state.form[rows]
        capital = self.free[rows] >= demand.capital[form][:, None] if not demand.is_financed else np.True_
        loss = (self.means[rows] >= demand.loss[form][:, None]).view(np.int8)
        passed = (self.turnover[rows] >= demand.turnover) * (1 + capital * (1 + loss)) + np.int8(3)
        entrants = rows >= self.state.registered
        if entrants.any():
            passed[entrants] = self._entrants_tested(place, rows[entrants] - self.state.registered, passed[entrants])
        return np.where(self.state.is_here[rows], passed, np.int8(GONE))

    def _entrants_tested(self, place: int, who: Ints, passed: SmallInts) -> SmallInts:
        """Make the first three tests of entrants, who are as old as the rounds since they arrived."""
        entrants, market = self.state.entrants, self.terms.market
        groups = self.terms.entrant_groups[place][entrants.group[who]]
        areas = self.terms.entrant_areas[place][entrants.area[who]]
        years = (self.number - 1 - entrants.after[who]) * market.years_per_round
        old = (years >= market.selection.min_years)[:, None]
        first = groups * (1 + areas * (1 + old * np.int8(1)))
        return np.where(first == 3, passed, first)

    def _let(self, contract: int, place: int, rows: Ints) -> None:
        demand = self.terms.demands[place][1]
        tested = self._tested(place, rows, demand)
        self.furthest[rows] = np.maximum(self.furthest[rows], tested)
        at, draws = places_in(tested == ABLE)
        self.able[contract] = np.bincount(draws, minlength=len(self.draw))
        bids = self._bids(contract, rows[at], draws)
        at, draws = at[bids], draws[bids]
        self.bid[rows[at], draws] = True
        self.bidders[contract] = np.bincount(draws, minlength=len(self.draw))
        scores = self._scores(contract, rows[at], draws)
        best = np.full(len(self.draw), -np.inf)
        np.maximum.at(best, draws, scores)
        wins = scores == best[draws]
        self.winners[contract, draws[wins]] = rows[at[wins]]
        let = np.flatnonzero(self.winners[contract] != NOBODY)
        self._commit(self.winners[contract, let], let, demand)

    def _bids(self, contract: int, who: Places, draws: Places) -> Bools:
        words = self.chance.at("bid", self.number, self.luck[contract])
        chances = self.chances[self.state.experience[who, draws].view(np.int8), who]
        return uniform(self.chance.some(words, self.state.keys[who], draws)) < chances

    def _scores(self, contract: int, who: Places, draws: Places) -> Array:
        selection = self.terms.market.selection
        words = self.chance.at("score", self.number, self.luck[contract])
        luck, offer = normals(self.chance.some(words, self.state.keys[who], draws))
        quality = self.state.quality[who, draws] + selection.quality_noise * luck
        price = PARAMETERS.price_middle + PARAMETERS.price_spread * offer
        return selection.quality_weight * quality + selection.price_weight * price

    def _commit(self, who: Places, draws: Places, demand: Demand) -> None:
        self.turnover[who, draws] -= demand.turnover
        self.free[who, draws] -= demand.capital[self.state.form[who]]

    def _hand_over(self, contract: int, place: int, rows: Ints | None) -> None:
        """Give a contract to its winner, less the parcels that found a subcontractor."""
        lot, chain = self.terms.demands[place][0], self.terms.market.supply_chain
        years = self.terms.market.years(lot)
        let = np.flatnonzero(self.winners[contract] != NOBODY)
        placed = np.zeros(len(self.draw))
        if rows is not None and len(rows) and len(let):
            who, draws = self._subcontractors(contract, place, rows)
            self._commit(who, draws, self.terms.demands[place][2])
            parcel = lot.annual_value * chain.parcel_share
            self._hold(who, draws, np.full(len(who), parcel), years, chain.risk_pass_through)
            placed += np.bincount(draws, minlength=len(self.draw))
        kept = lot.annual_value * np.maximum(0.0, 1.0 - placed[let] * chain.parcel_share)
        self._hold(self.winners[contract, let], let, kept, years, 1.0)

    def _hold(self, who: Places, draws: Places, value: Array, years: float, risk: float) -> None:
        self.value[who, draws] += value
        self.served[who, draws] += value * years
        self.exposure[who, draws] += value * years * risk

    def _subcontractors(self, contract: int, place: int, rows: Ints) -> tuple[Places, Places]:
        """Draw the subcontractors of a contract without replacement, by quality.

        Notes
        -----
        The least of exponential waiting times over quality, which draws as one ball after another would.
        Source: Efraimidis and Spirakis (2006), Information Processing Letters 97(5).
        """
        able = self._tested(place, rows, self.terms.demands[place][2]) == ABLE
        able &= (rows[:, None] != self.winners[contract]) & (self.winners[contract] != NOBODY)
        at, draws = np.nonzero(able & (self.state.quality[rows] > 0))
        words = self.chance.at("parcel", self.number, self.luck[contract])
        wait = -np.log(uniform(self.chance.some(words, self.state.keys[rows[at]], draws)))
        waits = np.full(able.shape, np.inf)
        waits[at, draws] = wait / self.state.quality[rows[at], draws]
        first = np.argsort(waits, axis=0, kind="stable")[: self.terms.market.supply_chain.parcels]
        order, draws = np.nonzero(np.isfinite(np.take_along_axis(waits, first, axis=0)))
        return rows[first[order, draws]], draws


def places_in(chosen: Bools) -> tuple[Places, Places]:
    """Give row and column of everything chosen, faster than by asking for both at once."""
    return np.divmod(np.flatnonzero(chosen), chosen.shape[1])
