"""How many people reach each step: exact Poisson splitting while support is as planned.

Referrals of a month are Poisson, so those who leave the pathway at different steps are independent Poisson numbers:
one uniform number gives one count, and no count waits for another. Only where a pathway forks are the further
branches drawn by binomial thinning.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .contracts import Contract, ShockGrid
from .pathways import REFERRAL, Steps
from .quantiles import Floats, binomial_quantile, poisson_quantile, uniforms
from .shocks import Shocks


@dataclass(frozen=True, slots=True)
class Counts:
    """People of one group; `referred` has axes cohort, draw; `reached[step]` too, for cohorts that come so far."""

    referred: Floats
    reached: list[Floats]

    def standing(self, steps: Steps, step: int) -> Floats:
        """People who stand before a step, by cohort and draw."""
        parent = steps.parent[step]
        return self.referred if parent == REFERRAL else self.reached[parent]


@dataclass(frozen=True, slots=True)
class Luck:
    """Shocks of a block, placed once on the tables' grid for all groups and steps; axes month, draw."""

    node: NDArray[np.intp]
    beyond: Floats
    place: NDArray[np.intp]
    volume: Floats

    @classmethod
    def of(cls, grid: ShockGrid, shocks: Shocks) -> "Luck":
        """Place the shocks: between two nodes, and at the nearest of the finer places."""
        node, beyond = grid.place(shocks.outcome)
        return cls(node, beyond, grid.place_finely(shocks.outcome), shocks.volume.astype(np.float32))

    def look_up(self, table: Floats, months: slice) -> Floats:
        """Values of a table over the finer places in these months; axes month, draw."""
        return table.take(self.place[months], mode="clip")


def main_line(steps: Steps) -> list[int]:
    """List steps from referral along the heaviest branch at every fork."""
    weight = np.ones(len(steps) + 1)
    for s in reversed(range(len(steps))):
        weight[steps.parent[s]] += weight[s]
    line, here = [], REFERRAL
    while len(children := steps.children(here)):
        here = int(children[np.argmax(weight[children])])
        line.append(here)
    return line


def split(contract: Contract, group: int, luck: Luck, rng: np.random.Generator) -> Counts:
    """Count people of one group with support as planned."""
    steps = contract.steps
    reached: list[Floats] = [np.zeros((0, 0), dtype=np.float32)] * len(steps)
    referred = _split_line(contract, group, luck, rng, reached)
    counts = Counts(referred, reached)
    for step in sorted(set(range(len(steps))) - set(main_line(steps))):
        cohorts = contract.cohorts(steps.months[step])
        people = counts.standing(steps, step)[:cohorts]
        reached[step] = people
        if not contract.automatic[group, step]:
            chance = luck.look_up(contract.fine_chance[group, step], _decided(steps, step, cohorts))
            reached[step] = binomial_quantile(uniforms(rng, people.shape), people, chance)
    return counts


def referrals(contract: Contract, group: int, luck: Luck, rng: np.random.Generator) -> Counts:
    """Count referrals of one group alone, where support differs from the plan from the first month on."""
    rate = contract.coming[group].astype(np.float32)[:, None] * luck.volume
    nobody = np.zeros((0, rate.shape[1]), dtype=np.float32)
    return Counts(poisson_quantile(uniforms(rng, rate.shape), rate), [nobody] * len(contract.steps))


def _decided(steps: Steps, step: int, cohorts: int) -> slice:
    """Months in which the first cohorts stand before a step."""
    before = int(steps.months[step] - steps.delay[step])
    return slice(before, before + cohorts)


def _split_line(contract: Contract, group: int, luck: Luck, rng: np.random.Generator, reached: list[Floats]) -> Floats:
    """Fill `reached` along the main line, last step first, and return referrals by cohort and draw."""
    line = main_line(contract.steps)
    rates = list(_leaving_rates(contract, group, luck, line))
    people = np.zeros((0, rates[-1].shape[1]), dtype=np.float32)
    for index in reversed(range(len(rates))):
        # Those who go on, and beside them those who come no further; the last cohorts, of another size, by themselves.
        onward, ending = rates[index][: len(people)], rates[index][len(people) :]
        here = poisson_quantile(uniforms(rng, onward.shape), onward)
        here += people
        if len(ending):
            here = np.concatenate([here, poisson_quantile(uniforms(rng, ending.shape), ending)])
        if index:
            reached[line[index - 1]] = here
        people = here
    return people


def _leaving_rates(contract: Contract, group: int, luck: Luck, line: list[int]) -> Iterator[Floats]:
    """Rates of coming no further than referral, and than each step of the line; axes cohort, draw.

    The last cohorts, which the contract's end cuts short, all leave.
    """
    rate = contract.coming[group].astype(np.float32)[:, None] * luck.volume
    for step in line:
        cohorts = contract.cohorts(contract.steps.months[step])
        on = rate[:cohorts]
        if not contract.automatic[group, step]:
            on = luck.look_up(contract.fine_chance[group, step], _decided(contract.steps, step, cohorts))
            on *= rate[:cohorts]
        leaving = rate.copy() if contract.automatic[group, step] else rate
        leaving[:cohorts] -= on
        yield leaving
        rate = on
    yield rate
