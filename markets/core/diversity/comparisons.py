"""Designs side by side on the same luck, and each with its changed terms returned to the reference one at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from commissioning.core.units import Array, Share
from markets.core.incentive_facts import facts_of
from markets.core.markets import Market
from markets.core.registers import Register
from tariffs.core.programmes import Programme

from .figures import HEADLINES, Figures
from .simulation import Simulation, draws_of_a_block, joined


@dataclass(frozen=True, slots=True)
class Returned:
    """A design with one changed term returned to the reference; `value` is the design's, `reference` the other's."""

    term: str
    value: Any
    reference: Any
    programme: Programme


@dataclass(frozen=True, slots=True)
class Design:
    """One way of letting: a programme with its market; `changes` are those of its file."""

    id: str
    name: str
    programme: Programme
    changes: Mapping[str, Any]
    returned: tuple[Returned, ...] = ()

    @property
    def title(self) -> str:
        """Give the name that people know it by."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class Difference:
    """How a figure differs in one draw after another; `more` and `less` are shares of the draws.

    All are None where no draw has the figure in both.
    """

    mean: float | None
    p5: float | None
    p50: float | None
    p95: float | None
    more: Share | None
    less: Share | None


@dataclass(frozen=True, slots=True)
class Ran:
    """Everything drawn; figures by round and draw for each design, and for each design and term returned."""

    designs: tuple[Design, ...]
    figures: Mapping[str, Figures]
    returned: Mapping[tuple[str, str], Figures]


def market_of(programme: Programme) -> Market:
    """Read a programme's market; raise ValueError where it has none."""
    if programme.market is None:
        raise ValueError("A programme without a market section lets nothing")
    return Market.of(programme.market, programme.contract_months, programme.start)


def simulations(designs: Sequence[Design], register: Register) -> dict[tuple[str, str], Simulation]:
    """Make every simulation that a comparison needs, by design and term returned, or no term."""
    wanted = {(design.id, ""): design.programme for design in designs}
    wanted |= {(design.id, one.term): one.programme for design in designs for one in design.returned}
    markets = {key: market_of(programme) for key, programme in wanted.items()}
    draws = draws_of_a_block(list(markets.values()), register)
    return {key: Simulation(markets[key], facts_of(wanted[key]), register, draws) for key in wanted}


class Comparison:
    """Designs ready to be drawn together on the same luck, in blocks that any worker may take.

    Designs that come to the same market and tariff share one simulation, and so do returned terms.
    """

    def __init__(self, designs: Sequence[Design], register: Register) -> None:
        self.designs, self.register = tuple(designs), register
        wanted = simulations(designs, register)
        self._place: dict[tuple[str, str], int] = {}
        self._simulations: list[Simulation] = []
        self._whole: set[int] = set()
        found: dict[object, int] = {}
        for (design, term), simulation in wanted.items():
            place = found.setdefault((simulation.market, simulation.facts), len(self._simulations))
            if place == len(self._simulations):
                self._simulations.append(simulation)
            self._place[design, term] = place
            if not term:
                self._whole.add(place)

    @property
    def block_draws(self) -> int:
        """Draws of a block."""
        return self._simulations[0].block_draws

    def block_count(self, draws: int) -> int:
        """Blocks that hold so many draws."""
        return self._simulations[0].block_count(draws)

    def block(self, draws: int, seed: int, index: int) -> tuple[Figures, ...]:
        """Draw one block of every simulation; of returned terms the headlines alone are kept."""
        return tuple(self._drawn(place, draws, seed, index) for place in range(len(self._simulations)))

    def _drawn(self, place: int, draws: int, seed: int, index: int) -> Figures:
        figures = self._simulations[place].block(draws, seed, index)
        return figures if place in self._whole else _headlines(figures)

    def ran(self, blocks: Sequence[Sequence[Figures]]) -> Ran:
        """Put blocks, in the order of their numbers, together."""
        done = [joined(parts) for parts in zip(*blocks, strict=True)]
        return Ran(
            self.designs,
            {design: done[place] for (design, term), place in self._place.items() if not term},
            {key: done[place] for key, place in self._place.items() if key[1]},
        )


def run(
    designs: Sequence[Design],
    register: Register,
    draws: int,
    seed: int,
    on_progress: Callable[[Share], None] = lambda share: None,
) -> Ran:
    """Draw every design, and every design with a term returned, here and now; `on_progress` hears the share done."""
    comparison = Comparison(designs, register)
    blocks, count = [], comparison.block_count(draws)
    for index in range(count):
        blocks.append(comparison.block(draws, seed, index))
        on_progress((index + 1) / count)
    return comparison.ran(blocks)


def _headlines(figures: Figures) -> Figures:
    """Keep what the drivers of a difference are told in, and spare the memory of the rest."""
    return {name: figures[name] for name in HEADLINES}


def compare(other: Array, reference: Array) -> Difference:
    """Compare a figure draw by draw, the first less the second; draws in which either has none are left out."""
    known = ~(np.isnan(other) | np.isnan(reference))
    if not known.any():
        return Difference(None, None, None, None, None, None)
    apart = other[known] - reference[known]
    low, middle, high = np.quantile(apart, [0.05, 0.5, 0.95], method="inverted_cdf")
    more, less = float((apart > 0).mean()), float((apart < 0).mean())
    return Difference(float(apart.mean()), float(low), float(middle), float(high), more, less)
