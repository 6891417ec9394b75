"""A contract played month by month in usual and in bad times, with a review clause and without, on the same luck.

Every draw is followed from its first month by the engine that follows those whose cash runs short, because relief
changes what a provider can spend. Luck belongs to a month and a step, so that all variants meet the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from commissioning.core.units import Array
from tariffs.core.incentives import Simulation
from tariffs.core.incentives.cash import settlement
from tariffs.core.incentives.contracts import Contract, contract_of
from tariffs.core.incentives.counts import Counts, Luck, referrals
from tariffs.core.incentives.disinvestment import NEVER_MONTH, Follow
from tariffs.core.incentives.pathways import Bools, Ints
from tariffs.core.incentives.quantiles import Floats, uniforms
from tariffs.core.incentives.shocks import Shocks, draw_shocks
from tariffs.core.price_totals import capped, payment_path
from tariffs.core.programmes import Programme, Target, TargetRule

from .clauses import Clause, Facts, Plan, Relief, Review
from .shocks import Shock, strike


@dataclass(frozen=True, slots=True)
class Lived:
    """What one variant brought one provider in one block; axis draw, cash with month before it.

    `relief` is £ of relief, `since` the month from which it was granted, `guaranteed` what a volume guarantee paid,
    `additional` final outcomes beyond those without help.
    """

    margin: Array
    trough: Array
    payments: Array
    relief: Array
    guaranteed: Array
    since: Array
    failed_month: Array
    left_without_service: Array
    final: Array
    cash: Floats


class Played(Follow):
    """Draws of one block, followed from the first month on under a review clause or none."""

    def __init__(
        self, contract: Contract, groups: list[Counts], luck: Luck, key: tuple[int, ...], clause: "Terms"
    ) -> None:
        super().__init__(contract, groups, luck, np.random.Generator(np.random.SFC64(0)))
        self.key, self.terms = key, clause

    def _open(self, draws: Ints, *paths: Array) -> None:
        super()._open(draws, *paths)
        shape = (self.contract.months, len(draws))
        self.chunk = int(draws[0])
        self.relief, self.lowered, self.guaranteed = (np.zeros(shape) for _ in range(3))
        self.by_price, self.outcomes = np.zeros(shape), np.zeros(shape)
        self.review = Review(self.terms.clause, self.terms.plan, len(draws)) if self.terms.clause else None
        self.referred = self.reach[: self.contract.referral_months, self.rows :].sum(1, dtype=float)

    def _uniforms(self, month: int, rows: Ints, drawn: Ints, active: int) -> Floats:
        """Draw luck for every row, whoever stands there, so that who has left moves nobody else's."""
        seeds = np.random.SeedSequence(self.key[0], spawn_key=(*self.key[1:], self.chunk, month, int(rows[0])))
        return uniforms(np.random.Generator(np.random.SFC64(seeds)), (len(rows), active))[drawn]

    def _month(self, month: int, active: int) -> None:
        if self.review:
            opening = self.cash[month - 1, :active] if month else np.full(active, self.contract.provider.reserves)
            going = (self.failed[:active] == NEVER_MONTH) & (opening >= -self.contract.provider.overdraft)
            self.review.look(month, self._facts(), going)
        super()._month(month, active)

    def _facts(self) -> Facts:
        return Facts(self.referred, self.outcomes, self.received - self.relief, self.by_price, self.cash)

    def _guarantee(self, month: int, active: int) -> Array:
        due = super()._guarantee(month, active)
        self.guaranteed[month, :active] = due
        return due

    def _earnings(self, month: int, active: int) -> Array:
        share = np.tile(self.contract.steps.final_share, len(self.groups))
        for row in np.flatnonzero(share):
            self.outcomes[month, :active] += share[row] * self.reach[month, row, :active]
        earned = super()._earnings(month, active)
        if self.terms.eased is not None:
            for window in np.flatnonzero(self.settling == month):
                first = int(window) * self.contract.target.window_months
                cohorts = slice(first, first + self.contract.target.window_months)
                both = [settlement(each, self.views, cohorts) for each in (self.terms.eased, self.contract)]
                self.lowered[month, :active] += (both[0] - both[1])[:active]
        return earned

    def _paid(self, month: int, active: int) -> Array:
        """Leave relief out of what counts towards the cap."""
        return super()._paid(month, active) - self.relief[:month, :active].sum(0)

    def _income(self, month: int, going: Bools) -> Array:
        income = super()._income(month, going)
        lag, active = self.contract.lag, len(going)
        self.by_price[month, :active] = self.earned[month - lag, :active] if month >= lag else 0.0
        if self.review and month < self.contract.months:
            self.received[month, :active] = income
            lowered = self.lowered[month - lag, :active] if month >= lag else np.zeros(active)
            self.relief[month, :active] = self.review.grant(month, self._facts(), lowered, going)
        return income + self.relief[month, :active]


@dataclass(frozen=True, slots=True)
class Terms:
    """A review clause or none, the plan that it goes by, and the contract with an eased target where it eases one."""

    plan: Plan
    clause: Clause | None = None
    eased: Contract | None = None


class Stage:
    """A programme ready to be rehearsed: plans made as if nothing would go wrong, then a shock, then a clause."""

    def __init__(self, programme: Programme, shock: Shock, clause: Clause | None) -> None:
        self.programme, self.clause = programme, clause
        self.struck = strike(programme, shock)
        self.simulation = Simulation(_widened(programme, float(self.struck.shift.min(initial=0.0))))

    @cached_property
    def usual(self) -> tuple[Contract, ...]:
        """Give every provider's contract as planned."""
        return self.simulation.contracts

    @cached_property
    def shocked(self) -> tuple[Contract, ...]:
        """Give every provider's contract as the shock leaves it: the plan is the same, and so is what is guaranteed."""
        if self.struck.setting.programme.milestones == self.programme.milestones:
            changed = self.usual
        else:
            late = replace(self.struck.setting, programme=self.simulation.programme)
            changed = tuple(contract_of(late, decision) for decision in self.simulation.decisions)
        return tuple(replace(contract, coming=contract.planned * self.struck.coming) for contract in changed)

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """Give what each provider's contract was planned to bring."""
        return tuple(self._plan(number) for number in range(len(self.usual)))

    def _plan(self, number: int) -> Plan:
        setting, decision, contract = self.simulation.setting, self.simulation.decisions[number], self.usual[number]
        share = decision.provider.share
        path = capped(payment_path(setting, decision) * share, contract.cap if np.isfinite(contract.cap) else None)
        outcomes = np.zeros(contract.months)
        each = decision.reach.mean(-1) * setting.steps.final_share
        for step in np.flatnonzero(setting.steps.final_share):
            first = int(setting.steps.months[step])
            cohorts = contract.cohorts(first)
            outcomes[first : first + cohorts] += each[:, step] @ contract.planned[:, :cohorts]
        return Plan(contract.planned.sum(0), outcomes, path.sum(0), contract.planned_monthly_cost)

    def block(self, draws: int, seed: int, index: int) -> tuple[tuple[Lived, ...], ...]:
        """Play one block: usual times, usual times under the clause, the shock, the shock under the clause.

        Returns
        -------
        for each provider the variants in the order of VARIANTS; without a clause those under it are left out.
        """
        first = index * self.simulation.block_draws
        count = min(self.simulation.block_draws, draws - first)
        plain = self.programme
        luck = draw_shocks(plain.uncertainty, plain.start, plain.contract_months, seed, first, count)
        struck = replace(luck, outcome=luck.outcome + self.struck.shift.astype(np.float32)[:, None])
        clauses = (None,) if self.clause is None else (None, self.clause)
        return tuple(
            tuple(
                self._play(
                    contracts[number], self._terms(contracts[number], number, clause), shocks, (seed, 3, index, number)
                )
                for contracts, shocks in ((self.usual, luck), (self.shocked, struck))
                for clause in clauses
            )
            for number in range(len(self.usual))
        )

    def _terms(self, contract: Contract, number: int, clause: Clause | None) -> Terms:
        eased = None
        if clause and clause.relief is Relief.TARGET and contract.target.rule is not TargetRule.NONE:
            eased = replace(contract, target=_eased(contract.target, clause.share))
        return Terms(self.plans[number], clause, eased)

    def _play(self, contract: Contract, terms: Terms, shocks: Shocks, key: tuple[int, ...]) -> Lived:
        luck = Luck.of(self.simulation.grid, shocks)
        groups = [
            referrals(contract, group, luck, stream)
            for group, stream in enumerate(_streams(key, len(contract.planned)))
        ]
        played = Played(contract, groups, luck, (key[0], 4, *key[2:]), terms)
        draws = shocks.volume.shape[0]
        nothing = np.zeros((contract.months, draws))
        earned = np.zeros((contract.contract_months, draws), dtype=np.float32)
        changes = np.zeros(draws, dtype=np.int64)
        parts = []
        for after in played.run(changes, nothing, nothing, nothing, earned):
            since = played.review.since if played.review else np.full(len(after.draws), NEVER_MONTH)
            parts.append(
                Lived(
                    margin=after.received.sum(0) - after.paid_out.sum(0),
                    trough=np.maximum(0.0, contract.provider.reserves - after.cash.min(0)),
                    payments=after.received.sum(0),
                    relief=played.relief.sum(0),
                    guaranteed=played.guaranteed.sum(0),
                    since=since.astype(float),
                    failed_month=after.failed_month.astype(float),
                    left_without_service=after.left_without_service,
                    final=played.outcomes.sum(0),
                    cash=after.cash.astype(np.float32),
                )
            )
        return joined(parts)


def joined(parts: Sequence[Lived]) -> Lived:
    """Put draws behind one another."""
    names = Lived.__slots__
    return Lived(*(np.concatenate([getattr(part, name) for part in parts], axis=-1) for name in names))


def _streams(key: tuple[int, ...], count: int) -> list[np.random.Generator]:
    return [
        np.random.Generator(np.random.SFC64(np.random.SeedSequence(key[0], spawn_key=(*key[1:], g))))
        for g in range(count)
    ]


def _eased(target: Target, share: float) -> Target:
    def lower(rate: float | None) -> float | None:
        return None if rate is None else rate * (1.0 - share)

    return replace(target, rate=lower(target.rate), rate_from=lower(target.rate_from))


def _widened(programme: Programme, shift: float) -> Programme:
    """Widen the shocks that the engine's tables cover; the luck itself is drawn from the programme as it is."""
    season = list(programme.uncertainty.season)
    month = int(programme.start[5:7]) - 1 if programme.start else 0
    season[month] = min(season) + shift
    return replace(programme, uncertainty=replace(programme.uncertainty, season=tuple(season)))
