"""The diversity simulation: rounds of a market, in blocks of draws that are the same wherever they are run."""

from collections.abc import Sequence

import numpy as np

from markets.core.chances import Chance
from markets.core.incentive_facts import Facts
from markets.core.markets import Market
from markets.core.registers import Register

from .deliveries import Ending, arrive, deliver, drift
from .entrants import entrants_of
from .figures import Figures, Tally, funnel, holdings, remaining
from .lettings import Letting, Terms
from .states import State

#: Names the figures: raised whenever the same inputs and seed give other figures.
ENGINE = "pbr-market-engine/1"
#: Providers times draws of a block: enough to drown the overhead, few enough for cache and memory.
_CELLS = 320_000
_MOST_DRAWS = 64
#: Figures that add up over the rounds, which are told to date as well.
TO_DATE = ("closures", "exits", "people_whose_provider_closed")


class Simulation:
    """One design's market ready to be drawn.

    Parameters
    ----------
    market : the design's own.
    facts : what its tariff means, one for each legal form.
    register : the same in every design that is compared.
    block_draws : draws of a block, where designs that differ in size must share their blocks.
    """

    def __init__(
        self, market: Market, facts: tuple[Facts, ...], register: Register, block_draws: int | None = None
    ) -> None:
        if not market.lots:
            raise ValueError("A market without lots lets nothing")
        self.market, self.facts, self.register = market, facts, register
        self.terms = Terms(market, facts, register)
        self.block_draws = block_draws or draws_of_a_block([market], register)

    def block_count(self, draws: int) -> int:
        """Blocks that hold so many draws."""
        return -(-draws // self.block_draws)

    def block(self, draws: int, seed: int, index: int) -> Figures:
        """Draw one block: every figure by round and draw.

        Parameters
        ----------
        draws : draws of the whole run.
        index : which block, from 0.
        """
        chance = Chance(seed, index, min(self.block_draws, draws - index * self.block_draws))
        entrants = entrants_of(self.market, chance)
        state = State(self.market, self.register, chance, entrants)
        tally = Tally(self.market, self.register, state)
        rounds = [self._round(number, state, tally, chance) for number in range(self.market.rounds)]
        figures = {name: np.array([told[name] for told in rounds], dtype=float) for name in rounds[0]}
        return {**figures, "arrivals": entrants.arrivals.astype(float), **_to_date(figures)}

    def _round(self, number: int, state: State, tally: Tally, chance: Chance) -> Figures:
        letting = Letting(self.terms, state, chance, number)
        letting.run()
        told = funnel(tally, letting) | holdings(tally, letting)
        closed, people = deliver(state, letting, self.facts, chance)
        ending = Ending(closed, drift(state, letting, chance), people)
        told |= remaining(tally, ending, state.is_here)
        arrive(state, number)
        return told


def draws_of_a_block(markets: Sequence[Market], register: Register) -> int:
    """Draws of a block, which depend on the largest of the designs alone, never on who runs it."""
    most = max(market.entry.per_round * market.rounds for market in markets)
    return int(np.clip(_CELLS // (len(register) + int(most) + 1), 1, _MOST_DRAWS))


def joined(blocks: Sequence[Figures]) -> Figures:
    """Put blocks, in the order of their numbers, behind one another."""
    return {name: np.concatenate([block[name] for block in blocks], axis=-1) for name in blocks[0]}


def _to_date(figures: Figures) -> Figures:
    return {f"{name}_to_date": figures[name].cumsum(0) for name in TO_DATE}
