"""Review clauses: what calls for a review, and what relief it brings."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from commissioning.core.units import Array, Months, Pounds, Share
from tariffs.core.incentives.disinvestment import NEVER_MONTH
from tariffs.core.incentives.pathways import Bools


class Trigger(StrEnum):
    """What is watched. All but cash is set against the plan over the months of a review."""

    REFERRALS = "referrals"
    OUTCOMES = "outcomes"
    INCOME = "income"
    CASH = "cash"  # against months of planned cost


class Relief(StrEnum):
    """What the commissioner grants from the month after a review on."""

    MINIMUM = "minimum"  # income is made up to a share of the plan, each month
    FORGIVE = "forgive"  # a share of what income fell short of the plan over the review, once
    UPLIFT = "uplift"  # a share more is paid on everything earned by price
    TARGET = "target"  # the target's rates are lowered by a share


@dataclass(frozen=True, slots=True)
class Clause:
    """A review clause: when what is watched falls below a level over some months, relief is granted.

    `below` is a share of the plan, or for cash the months of planned cost that it falls under; `share` is the relief's.
    """

    trigger: Trigger
    below: float
    months: Months
    relief: Relief
    share: Share


@dataclass(frozen=True, slots=True)
class Plan:
    """What was planned, without luck; axis month, money by month of arrival."""

    referrals: Array
    outcomes: Array
    income: Array
    monthly_cost: Pounds


@dataclass(frozen=True, slots=True)
class Facts:
    """What a contract came to so far; axes month, draw. `income` leaves relief out; `by_price` is what prices earn."""

    referrals: Array
    outcomes: Array
    income: Array
    by_price: Array
    cash: Array


class Review:
    """One clause in some draws: reviewed at the end of each month in which people are referred, biting once.

    A review at the start of month m looks at the months before it, and what it grants is paid from m on.
    """

    def __init__(self, clause: Clause, plan: Plan, draws: int) -> None:
        self.clause, self.plan = clause, plan
        self.since = np.full(draws, NEVER_MONTH)
        self.reviews = len(plan.referrals)

    def look(self, month: Months, facts: Facts, going: Bools) -> None:
        """Review the months before this one, where the contract goes on."""
        if self.clause.months <= month <= self.reviews:
            bites = self._is_below(slice(month - self.clause.months, month), facts)
            self.since[bites & going & (self.since == NEVER_MONTH)] = month

    def _is_below(self, window: slice, facts: Facts) -> Bools:
        clause, plan = self.clause, self.plan
        if clause.trigger is Trigger.CASH:
            low: Bools = facts.cash[window.stop - 1] < clause.below * plan.monthly_cost
            return low
        came, planned = {
            Trigger.REFERRALS: (facts.referrals, plan.referrals),
            Trigger.OUTCOMES: (facts.outcomes, plan.outcomes),
            Trigger.INCOME: (facts.income, plan.income),
        }[clause.trigger]
        short: Bools = came[window].sum(0) < clause.below * planned[window].sum() - 1e-9
        return short

    def grant(self, month: Months, facts: Facts, lowered: Array, going: Bools) -> Array:
        """Give the relief of a month, £ by draw.

        Parameters
        ----------
        facts : with this month's income already in.
        lowered : what the month would have brought more under the lowered target.
        """
        clause, plan = self.clause, self.plan
        due = going & (self.since <= month)
        if clause.relief is Relief.FORGIVE:
            window = slice(max(0, month - clause.months), month)
            short = plan.income[window].sum() - facts.income[window].sum(0)
            return np.where(going & (self.since == month), clause.share * np.maximum(0.0, short), 0.0)
        if clause.relief is Relief.MINIMUM:
            short = clause.share * plan.income[month] - facts.income[month]
            return np.where(due, np.maximum(0.0, short), 0.0)
        if clause.relief is Relief.UPLIFT:
            return np.where(due, clause.share * facts.by_price[month], 0.0)
        return np.where(due, lowered, 0.0)
