"""The Monte Carlo engine: blocks of draws, each the same wherever and whenever it is run."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from commissioning.core.units import Array
from tariffs.core.programmes import Programme

from .cash import ledger_of, outgoings_of, receipts_of
from .contracts import Contract, ShockGrid, contract_of
from .counts import Counts, Luck, referrals, split
from .decisions import Decision, Setting, decide
from .disinvestment import NEVER_MONTH, Aftermath, Follow, first_change, support_scale
from .quantiles import Floats
from .shocks import Shocks, draw_shocks

#: Names the figures: raised whenever the same inputs and seed give other figures.
ENGINE = "pbr-incentives-engine/2"
#: Cells (months x steps x groups x draws) of a block: enough to drown the overhead, few enough for cache and memory.
_CELLS = 7_250_000
#: Draws of a block come in multiples of this, a multiple of the number of replicates.
_MULTIPLE = 64


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one block's draws brought one provider; axis draw, after group or month where there is one.

    `margin`, `trough`, `payments` and `cash` (by month) are pounds; `left_without_service` people; `referred`,
    `final` (outcomes) and `final_without_help` people by group.
    """

    margin: Array
    trough: Array
    payments: Array
    failed_month: Array
    left_without_service: Array
    referred: Array
    final: Array
    final_without_help: Array
    cash: Floats


class Simulation:
    """A programme ready to be drawn: every provider's plan and contract, made once."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.setting = Setting.of(programme)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Every provider's plan, in file order."""
        return tuple(decide(self.setting, provider) for provider in self.programme.providers)

    @cached_property
    def contracts(self) -> tuple[Contract, ...]:
        """Every provider's contract, in file order."""
        return tuple(contract_of(self.setting, decision) for decision in self.decisions)

    @cached_property
    def grid(self) -> ShockGrid:
        """Nodes of the tables over shocks, the same for every provider."""
        return ShockGrid.of(self.setting)

    @cached_property
    def block_draws(self) -> int:
        """Draws of a block, which depend on the programme alone, never on who runs it."""
        cells = self.programme.contract_months * len(self.setting.steps) * len(self.programme.groups)
        return int(np.clip(_CELLS // cells // _MULTIPLE, 1, 16)) * _MULTIPLE

    def block_count(self, draws: int) -> int:
        """Blocks that hold so many draws."""
        return -(-draws // self.block_draws)

    def shocks(self, draws: int, seed: int, index: int) -> Shocks:
        """Luck that strikes everyone in one block."""
        programme, first = self.programme, index * self.block_draws
        count = min(self.block_draws, draws - first)
        return draw_shocks(programme.uncertainty, programme.start, programme.contract_months, seed, first, count)

    def block(self, draws: int, seed: int, index: int, shocks: Shocks | None = None) -> tuple[Outcome, ...]:
        """Draw one block for every provider.

        Parameters
        ----------
        draws : draws of the whole run.
        index : which block, from 0.
        shocks : luck to use instead of the seed's own, for pairing with another engine.
        """
        shocks = shocks or self.shocks(draws, seed, index)
        luck = Luck.of(self.grid, shocks)
        streams = len(self.programme.groups) + 1
        return tuple(
            _draw(contract, luck, _streams(seed, index, number, streams))
            for number, contract in enumerate(self.contracts)
        )

    def alone(self, number: int, draws: int, seed: int) -> Iterator[Outcome]:
        """Draw every block for one provider alone: the very draws that it has beside the others.

        Parameters
        ----------
        number : place of the provider in the file, from 0.
        """
        contract = contract_of(self.setting, decide(self.setting, self.programme.providers[number]))
        for index in range(self.block_count(draws)):
            luck = Luck.of(self.grid, self.shocks(draws, seed, index))
            yield _draw(contract, luck, _streams(seed, index, number, len(self.programme.groups) + 1))


def _streams(seed: int, block: int, provider: int, count: int) -> list[np.random.Generator]:
    """One stream for each group's counts, and a last one for draws whose support changes."""
    keys = ((2, block, provider, stream) for stream in range(count))
    return [np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key))) for key in keys]


def _draw(contract: Contract, luck: Luck, streams: list[np.random.Generator]) -> Outcome:
    opening = np.array([contract.provider.reserves])
    count = split if support_scale(contract, opening)[0] == 1.0 else referrals
    groups = [count(contract, group, luck, stream) for group, stream in enumerate(streams[:-1])]
    ledger = ledger_of(contract, groups)
    received, outgoings = receipts_of(contract, ledger.earned), outgoings_of(contract, ledger.spent)
    cash = contract.provider.reserves + np.cumsum(received - outgoings, axis=0)
    final = _final(contract, groups)
    failed = np.full(cash.shape[1], float(NEVER_MONTH))
    left = np.zeros(cash.shape[1])
    changes = first_change(contract, cash)
    if (changes < NEVER_MONTH).any():
        follow = Follow(contract, groups, luck, streams[-1])
        for after in follow.run(changes, cash, received, outgoings, ledger.earned):
            _put(after, contract, (received, outgoings, cash, final, failed, left))
    return Outcome(
        margin=received.sum(0) - outgoings.sum(0),
        trough=np.maximum(0.0, contract.provider.reserves - cash.min(0)),
        payments=received.sum(0),
        failed_month=failed,
        left_without_service=left,
        referred=np.stack([counts.referred.sum(0, dtype=float) for counts in groups]),
        final=final,
        final_without_help=_final_without_help(contract, groups, luck),
        cash=cash.astype(np.float32),
    )


def _put(after: Aftermath, contract: Contract, places: tuple[Array, ...]) -> None:
    received, outgoings, cash, final, failed, left = places
    received[:, after.draws], outgoings[:, after.draws] = after.received, after.paid_out
    cash[:, after.draws] = after.cash
    final[:, after.draws] = _final(contract, after.counts)
    failed[after.draws], left[after.draws] = after.failed_month, after.left_without_service


def _final(contract: Contract, groups: list[Counts]) -> Array:
    """Count final outcomes by group and draw, each of R repeats counting 1/R."""
    total = np.zeros((len(groups), groups[0].referred.shape[1]))
    for group, counts in enumerate(groups):
        for step in np.flatnonzero(contract.steps.final_share):
            total[group] += counts.reached[step].sum(0, dtype=float) * contract.steps.final_share[step]
    return total


def _final_without_help(contract: Contract, groups: list[Counts], luck: Luck) -> Array:
    """Count final outcomes that the same people would have had, expected under the same shocks, with no support."""
    steps, total = contract.steps, np.zeros((len(groups), groups[0].referred.shape[1]))
    for group, counts in enumerate(groups):
        for step in np.flatnonzero(steps.final_share):
            cohorts = contract.cohorts(steps.months[step])
            expected = counts.referred[:cohorts].astype(float)
            for taken in _line_to(contract, int(step)):
                if not contract.automatic[group, taken]:
                    before = int(steps.months[taken] - steps.delay[taken])
                    table = contract.unhelped[group, taken]
                    expected = expected * luck.look_up(table, slice(before, before + cohorts))
            total[group] += expected.sum(0) * steps.final_share[step]
    return total


def _line_to(contract: Contract, step: int) -> list[int]:
    """List steps from referral up to and with this one."""
    line = [step]
    while (parent := int(contract.steps.parent[line[-1]])) >= 0:
        line.append(parent)
    return line[::-1]
