"""What happens to a contract that runs short of cash: support is scaled down, or the provider fails.

Counts drawn with support as planned stand until the month in which a draw's support first changes. From there on the
draw is followed month by month: those who stand before a step are thinned binomially at that month's chances. Who
had reached what before is known, and what comes after depends on nothing else, so that the joint law is exact.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from commissioning.core.units import Array
from tariffs.core.parameters import PARAMETERS

from .cash import settlement
from .contracts import SCALE_NODES, Contract, settlement_months
from .counts import Counts, Luck
from .pathways import REFERRAL, Bools, Ints
from .quantiles import Floats, binomial_quantile, uniforms

#: A month that never comes.
NEVER_MONTH = 10**6
#: Draws followed together: enough to drown the overhead, few enough to hold little memory.
AT_A_TIME = 768


@dataclass(frozen=True, slots=True)
class Aftermath:
    """Draws followed month by month; `draws` says which of the block, in the order of the other axes.

    `cash` and `received` have axes month, draw; `failed_month` is NEVER_MONTH where the provider lasted.
    """

    draws: Ints
    counts: list[Counts]
    cash: Array
    received: Array
    paid_out: Array
    failed_month: Ints
    left_without_service: Array


def support_scale(contract: Contract, cash: Array) -> Array:
    """Share of planned support that a month's opening cash allows; any shape."""
    needed = contract.provider.reserve_floor_months * contract.planned_monthly_cost
    if needed <= 0:
        return np.ones_like(cash)
    return np.maximum(np.clip(cash, 0.0, needed) / needed, PARAMETERS.least_support_scale)


def first_change(contract: Contract, cash: Array) -> Ints:
    """First month in which support may differ from the plan, by draw; NEVER_MONTH where none does.

    Parameters
    ----------
    cash : closing cash with support as planned; axes month, draw.
    """
    months = contract.contract_months
    opening = np.vstack([np.full((1, cash.shape[1]), contract.provider.reserves), cash[: months - 1]])
    short = support_scale(contract, opening) < 1.0
    short[1:] |= cash[: months - 1] < -contract.provider.overdraft
    changes = np.where(short.any(0), short.argmax(0), NEVER_MONTH)
    failing_last = cash[months - 1] < -contract.provider.overdraft
    return np.where(failing_last & (changes == NEVER_MONTH), months, changes)


class Follow:
    """The draws of one block whose support changes, sorted by when; rows are (group, step) pairs, then referrals."""

    def __init__(self, contract: Contract, groups: list[Counts], luck: Luck, rng: np.random.Generator) -> None:
        self.contract, self.groups, self.luck, self.rng = contract, groups, luck, rng
        steps, count = contract.steps, len(groups)
        self.size = len(steps)
        self.rows = count * self.size
        group, step = np.divmod(np.arange(self.rows), self.size)
        parent = steps.parent[step]
        self.parent_row = np.where(parent == REFERRAL, self.rows + group, group * self.size + parent)
        self.delay = steps.delay[step]
        self.automatic = contract.automatic.ravel()
        self.levels = self._levels(step)
        self.value, self.rise = np.moveaxis(contract.chance.reshape(self.rows, 2, -1), 1, 0)

    def _levels(self, step: Ints) -> list[Ints]:
        """Rows in the order in which a month must take them: steps reached at once come before their children."""
        steps, level = self.contract.steps, np.zeros(self.size, dtype=np.int64)
        for s, parent in enumerate(steps.parent):
            if parent != REFERRAL and steps.delay[parent] == 0:
                level[s] = level[parent] + 1
        return [np.flatnonzero(level[step] == value) for value in range(int(level.max()) + 1)]

    def run(self, changes: Ints, cash: Array, received: Array, outgoings: Array, earned: Floats) -> Iterator[Aftermath]:
        """Follow every draw from the month of its first change to the end of the cash path, some at a time."""
        draws = np.flatnonzero(changes < NEVER_MONTH)
        draws = draws[np.argsort(changes[draws], kind="stable")]
        for first in range(0, len(draws), AT_A_TIME):
            some = draws[first : first + AT_A_TIME]
            self._open(some, cash, received, outgoings, earned)
            starts = changes[some]
            for month in range(int(starts[0]), self.contract.months):
                active = int(np.searchsorted(starts, month, side="right"))
                self._month(month, active)
            last = self.contract.contract_months - 1  # without a lag no later month looks back at this one
            self.failed[(self.failed == NEVER_MONTH) & (self.cash[last] < -self.contract.provider.overdraft)] = last
            left = self._left_without_service()
            yield Aftermath(some, self.views, self.cash, self.received, self.outgoings, self.failed, left)
            del self.reach, self.views  # the largest part, before the next takes its place

    def _open(self, draws: Ints, cash: Array, received: Array, outgoings: Array, earned: Floats) -> None:
        contract, months = self.contract, self.contract.contract_months
        self.reach = np.zeros((months, self.rows + len(self.groups), len(draws)), dtype=np.float32)
        self.views = []
        for g, counts in enumerate(self.groups):
            referred = self.reach[: contract.referral_months, self.rows + g]
            referred[:] = counts.referred[:, draws]
            reached = []
            for s, people in enumerate(counts.reached):
                start = int(contract.steps.months[s])
                view = self.reach[start : start + contract.cohorts(start), g * self.size + s]
                view[: len(people)] = people[:, draws]
                reached.append(view)
            self.views.append(Counts(referred, reached))
        self.node, self.beyond = self.luck.node[:, draws], self.luck.beyond[:, draws]
        self.cash, self.received, self.outgoings = cash[:, draws], received[:, draws], outgoings[:, draws]
        self.earned = earned[:, draws].astype(float)
        self.failed = np.full(len(draws), NEVER_MONTH)
        self.settling = settlement_months(contract)

    def _month(self, month: int, active: int) -> None:
        contract = self.contract
        opening = self.cash[month - 1, :active] if month else np.full(active, contract.provider.reserves)
        going = self.failed[:active] == NEVER_MONTH
        if month:
            going &= opening >= -contract.provider.overdraft
            stopped = ~going & (self.failed[:active] == NEVER_MONTH)
            self.failed[:active][stopped] = month - 1
        out = np.zeros(active)
        if month < contract.contract_months:
            spent = self._decide(month, going, support_scale(contract, opening))
            out = np.where(going, spent + contract.provider.overhead_monthly, 0.0)
            self.earned[month, :active] = self._earnings(month, active)
        income = self._income(month, going)
        self.outgoings[month, :active], self.received[month, :active] = out, income
        self.cash[month, :active] = opening + income - out

    def _decide(self, month: int, going: Bools, scale: Array) -> Array:
        """Decide for everyone who stands before a step this month; returns what support costs, by draw."""
        active, spent = len(going), np.zeros(len(going))
        place = (scale - PARAMETERS.least_support_scale) * ((SCALE_NODES - 1) / (1 - PARAMETERS.least_support_scale))
        below = np.minimum(place.astype(np.intp), SCALE_NODES - 2)
        part = (place - below).astype(np.float32)
        for rows in self.levels:
            people = self.reach[month, self.parent_row[rows], :active] * going
            spent += self._support_cost(rows, people, below, part)
            drawn = np.flatnonzero(~self.automatic[rows] & people.any(1))
            u = self._uniforms(month, rows, drawn, active)
            chance = self._chances(month, rows[drawn], active, below, part)
            people[drawn] = binomial_quantile(u, people[drawn], chance)
            arrive = month + self.delay[rows]
            counted = arrive < self.contract.contract_months
            self.reach[arrive[counted], rows[counted], :active] = people[counted]
        return spent

    def _uniforms(self, month: int, rows: Ints, drawn: Ints, active: int) -> Floats:
        """Draw the luck of those who stand before some of the rows; axes drawn row, draw."""
        return uniforms(self.rng, (len(drawn), active))

    def _chances(self, month: int, rows: Ints, active: int, below: Ints, part: Floats) -> Floats:
        node, beyond = self.node[month, :active], self.beyond[month, :active]
        chance = np.take(self.rise[rows], node, axis=1)
        chance *= beyond
        chance += np.take(self.value[rows], node, axis=1)
        for index, row in enumerate(self.contract.scaled_rows):
            where = np.flatnonzero(rows == row)
            if len(where):
                table = self.contract.scaled_chance[index]
                low = table[below, node] + beyond * (table[below, node + 1] - table[below, node])
                high = table[below + 1, node] + beyond * (table[below + 1, node + 1] - table[below + 1, node])
                chance[where[0]] = low + part * (high - low)
        return np.clip(chance, np.float32(0.0), np.float32(1.0), out=chance)

    def _support_cost(self, rows: Ints, people: Floats, below: Ints, part: Floats) -> Array:
        cost = np.zeros(people.shape[1])
        spend = self.contract.spend.ravel()
        for where in np.flatnonzero(spend[rows]):
            each: Array | float = spend[rows[where]]
            scaled = np.flatnonzero(self.contract.scaled_rows == rows[where])
            if len(scaled):
                table = self.contract.scaled_spend[scaled[0]]
                each = table[below] + part * (table[below + 1] - table[below])
            cost += people[where] * each
        return cost * self.contract.provider.unit_cost

    def _earnings(self, month: int, active: int) -> Array:
        contract = self.contract
        price = (contract.price * (1.0 - contract.targeted)).ravel() * contract.price_index[month]
        paid = np.flatnonzero(price)
        earned = (self.reach[month, paid, :active] * price[paid, None]).sum(0)
        for window in np.flatnonzero(self.settling == month):
            first = int(window) * contract.target.window_months
            cohorts = slice(first, first + contract.target.window_months)
            earned = earned + settlement(contract, self.views, cohorts)[:active]
        return earned + self._guarantee(month, active)

    def _guarantee(self, month: int, active: int) -> Array:
        contract, due = self.contract, np.zeros(active)
        if contract.guarantee_level == 0:
            return due
        for g, step in zip(*np.nonzero(contract.guarantee), strict=True):
            cohort = month - int(contract.steps.months[step])
            if 0 <= cohort < contract.referral_months:
                referred = self.reach[cohort, self.rows + g, :active]
                short = np.maximum(0.0, contract.guarantee_level * contract.planned[g, cohort] - referred)
                standing = cohort <= self.failed[:active]
                due += short * standing * contract.guarantee[g, step] * contract.price_index[month]
        return due

    def _income(self, month: int, going: Bools) -> Array:
        contract, active = self.contract, len(going)
        income = np.zeros(active)
        if month >= contract.lag:
            income += self.earned[month - contract.lag, :active]
        if month < contract.contract_months:
            income += np.where(going, contract.fee, 0.0)
        if month == 0:
            income += contract.upfront
        if np.isfinite(contract.cap):
            income = np.minimum(income, contract.cap - self._paid(month, active))
        return income

    def _paid(self, month: int, active: int) -> Array:
        """Add up what counts towards the cap before this month, £ by draw."""
        return self.received[:month, :active].sum(0)

    def _left_without_service(self) -> Array:
        """People on the books of a failed provider with a step before them, and referrals while none replaces it."""
        contract = self.contract
        months = np.arange(contract.contract_months)[:, None]
        after = months > self.failed
        waiting = after & (months <= self.failed + contract.replacement_months)
        left = (self.reach[:, self.rows :].sum(1) * waiting).sum(0, dtype=float)
        for row in np.flatnonzero(contract.evidence_ahead[:, :-1].ravel()):
            left += (self.reach[:, row] * after).sum(0)
        return left
