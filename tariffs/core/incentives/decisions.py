"""What each provider decides for each group: support, the price of its money, and who is parked."""

from dataclasses import dataclass, replace

import numpy as np

from commissioning.core.units import Array, LogOdds, Share
from tariffs.core.parameters import PARAMETERS
from tariffs.core.programmes import BudgetScope, Programme, Provider, SpendingRule, Target, TargetRule

from .pathways import Chances, Ints, Steps, chances_of, prices_of, sigmoid, steps_of
from .spending import Plan, Purse, falling_root, plan_support, reach_along
from .targets import expected_paid_share

#: How far below its highest value the price of money is looked for, in natural logarithms.
_DEEPEST = 30.0
#: Most rounds in which the price of money and the paid share it leads to are brought together.
_ROUNDS = 60
#: How near that share must come to itself.
_SETTLED = 1e-9


@dataclass(frozen=True, slots=True)
class Setting:
    """What every provider of a programme faces; prices have axes group, step, referrals axis group."""

    programme: Programme
    steps: Steps
    chances: Chances
    prices: Array
    referrals: Array

    @classmethod
    def of(cls, programme: Programme) -> "Setting":
        """Compile a programme."""
        steps = steps_of(programme.milestones)
        referrals = np.array([group.referrals_per_month for group in programme.groups])
        return cls(programme, steps, chances_of(programme, steps), prices_of(programme, steps), referrals)

    @property
    def targeted(self) -> Array:
        """1 at the steps whose payment hangs on the target, 0 elsewhere; axis: step."""
        target = self.programme.tariff.target
        if target.rule is TargetRule.NONE:
            return np.zeros(len(self.steps))
        ids = [milestone.id for milestone in self.programme.milestones]
        return np.where(self.steps.milestone == ids.index(target.milestone), 1.0, 0.0)

    def without_help(self) -> Array:
        """Chance of reaching each step with no support; axes: group, step, stratum."""
        unhelped = np.where(self.chances.automatic[..., None], 1.0, sigmoid(self.chances.log_odds))
        return reach_along(unhelped, self.steps)


@dataclass(frozen=True, slots=True)
class Decision:
    """One provider's plan for one group; arrays have axis group, then step and stratum where named.

    `support_at` (group, step, stratum) is planned support on a person standing before the step; `reach` has the
    same axes; `paid_share` is the share of target outcomes it expects to be paid.
    """

    provider: Provider
    money_price: Array
    support_at: Array
    chance: Array
    reach: Array
    support_by_stratum: Array
    income: Array
    head_value: Array
    paid_share: Share


def floor_of(setting: Setting) -> Array:
    """Least support before each step, £: the minimum service on each group's first responsive step."""
    floor = np.zeros(setting.chances.responsiveness.shape)
    for g, responsive in enumerate(setting.chances.responsiveness > 0):
        if responsive.any():
            floor[g, int(np.argmax(responsive))] = setting.programme.tariff.minimum_service
    return floor


def decide(setting: Setting, provider: Provider) -> Decision:
    """Plan of one provider: the support that brings its money back best, for every group and stratum.

    Under a target the price at the margin is a guess about itself, so plans for a grid of shadow prices are made
    side by side and the one with the highest expected utility is taken: of those that spend the chosen share of
    income, where that is the rule, for a plan that keeps the money back is no plan of such a provider's.
    """
    shadows = np.ones(1)
    if setting.programme.tariff.target.rule is not TargetRule.NONE:
        shadows = np.linspace(0.0, PARAMETERS.shadow_price_limit, PARAMETERS.shadow_prices)
    choice = _Choice.of(setting, provider, shadows)
    money_price = choice.money_price()
    plan = choice.plan(money_price)
    utility, paid = choice.utility(plan)
    unspent = choice.unspent(plan)
    best = int(np.argmax(np.where(unspent == unspent.min(), utility, -np.inf)))
    worth = choice.plan(np.ones_like(money_price)).worth if len(shadows) == 1 else choice.true_worth(plan)
    return Decision(
        provider,
        money_price[best],
        plan.support[best],
        plan.chance[best],
        plan.reach[best],
        plan.support_by_stratum(setting.steps)[best],
        choice.income(plan)[best],
        worth[best].mean(-1),
        float(paid[best]),
    )


def efficient_plan(setting: Setting) -> Plan:
    """Support that society would choose: social value for prices, money at its own price, no floor."""
    public = Provider(id="society", mission_weight=1.0, cost_of_capital=PARAMETERS.public_discount_rate)
    unpriced = replace(setting, prices=np.zeros_like(setting.prices))
    tariff = replace(setting.programme.tariff, minimum_service=0.0, target=Target())
    unpriced = replace(unpriced, programme=replace(setting.programme, tariff=tariff))
    choice = _Choice.of(unpriced, public, np.ones(1))
    return choice.plan(np.ones((1, len(setting.referrals))))


@dataclass(frozen=True, slots=True)
class _Choice:
    """One provider's choice at several shadow prices (axis: case)."""

    setting: Setting
    provider: Provider
    purse: Purse
    own_value: Array
    value: Array

    @classmethod
    def of(cls, setting: Setting, provider: Provider, shadows: Array) -> "_Choice":
        """Prepare one provider's choice at these shadow prices."""
        lag = setting.programme.tariff.payment_lag_months
        cases = np.ones(len(shadows))
        monthly = (1.0 + provider.cost_of_capital) ** (-1.0 / 12.0)
        purse = Purse(monthly * cases, provider.unit_cost * cases, floor_of(setting) * cases[:, None, None])
        paid = monthly**lag * (1.0 - provider.risk_discount) * setting.prices
        social = np.array([group.social_value for group in setting.programme.groups])
        own = provider.mission_weight * social[:, None] * setting.steps.final_share
        factor = 1.0 + setting.targeted * (shadows[:, None] - 1.0)
        return cls(setting, provider, purse, own, paid * factor[:, None, :] + own)

    def plan(self, money_price: Array) -> Plan:
        """Plan support at these prices of money; axes case, group."""
        return plan_support(self.setting.steps, self.setting.chances, self.purse, self.value, money_price)

    def money_price(self) -> Array:
        """Price of money, axes case, group: 1, or such that spending is the chosen share of income."""
        shape = self.value.shape[:2]
        if self.provider.spending_rule is SpendingRule.MARGINAL:
            return np.ones(shape)
        if self._shares_apart():
            return self._settled_price()
        return self._balancing_price(None)

    def _shares_apart(self) -> bool:
        """Whether each group's purse hangs on a share that all groups' outcomes decide."""
        apart = self.provider.budget_scope is BudgetScope.GROUP and self.value.shape[1] > 1
        return apart and self.setting.programme.tariff.target.rule is not TargetRule.NONE

    def _settled_price(self) -> Array:
        """Price of money when the paid share it leads to is the one it was found with, from all paid downwards."""
        share: Array = np.ones(len(self.value))
        price = np.empty(self.value.shape[:2])
        moving = np.arange(len(self.value))
        rounds = _ROUNDS
        while len(moving) and rounds:
            some = self._of_cases(moving)
            price[moving] = some._balancing_price(share[moving])
            following = some.paid_share(some.plan(price[moving]))
            still = np.abs(following - share[moving]) < _SETTLED
            share[moving] = following
            moving = moving[~still]
            rounds -= 1
        return price

    def _of_cases(self, cases: Ints) -> "_Choice":
        purse = Purse(self.purse.monthly_discount[cases], self.purse.unit_cost[cases], self.purse.floor[cases])
        return replace(self, purse=purse, value=self.value[cases])

    def _balancing_price(self, share: Array | None) -> Array:
        shape, highest = self.value.shape[:2], 1.0 / self.provider.income_share
        low, high = np.full(shape, -_DEEPEST), np.zeros(shape)
        root = falling_root(lambda y: self._overspend(self.plan(highest * np.exp(y)), share), low, high)
        return highest * np.exp(root)

    def _overspend(self, plan: Plan, share: Array | None) -> Array:
        """Cost of support beyond its share of income, £ a person; axes: case, group."""
        cost = self.provider.unit_cost * plan.support_by_stratum(self.setting.steps).mean(-1)
        excess = cost - self.provider.income_share * self.income(plan, share)
        if self.provider.budget_scope is BudgetScope.CONTRACT:
            pooled = excess @ self.setting.referrals
            return np.broadcast_to(pooled[:, None], excess.shape).copy()
        return excess

    def unspent(self, plan: Plan) -> Ints:
        """Count the groups that are not given their share of income; axis: case."""
        if self.provider.spending_rule is SpendingRule.MARGINAL:
            return np.zeros(len(self.value), dtype=np.int64)
        owed = 1e-6 * (1.0 + self.income(plan).max(-1, keepdims=True))
        return (self._overspend(plan, None) < -owed).sum(-1)

    def income(self, plan: Plan, share: Array | None = None) -> Array:
        """Undiscounted payments expected a person, £, at the given or the expected paid share; axes: case, group."""
        return (plan.reach.mean(-1) * self.setting.prices * self._factor(plan, share)[:, None, :]).sum(-1)

    def _factor(self, plan: Plan, share: Array | None = None) -> Array:
        """Share of each step's price that is expected to be paid; axes: case, step."""
        paid = self.paid_share(plan) if share is None else share
        return 1.0 + self.setting.targeted * (paid[:, None] - 1.0)

    def paid_share(self, plan: Plan) -> Array:
        """Estimate the paid share of the target's outcomes; axis: case."""
        return expected_share(self.setting, self.provider, plan.reach)

    def utility(self, plan: Plan) -> tuple[Array, Array]:
        """Value a month's referrals, £, and estimate the paid share; axis: case."""
        return self.true_worth(plan).mean(-1) @ self.setting.referrals, self.paid_share(plan)

    def true_worth(self, plan: Plan) -> Array:
        """Worth of a person at the prices that will really be paid, £; axes: case, group, stratum."""
        steps, monthly = self.setting.steps, self.purse.monthly_discount[0]
        lag = monthly**self.setting.programme.tariff.payment_lag_months * (1.0 - self.provider.risk_discount)
        value = lag * self.setting.prices * self._factor(plan)[:, None, :] + self.own_value
        before = monthly ** (steps.months - steps.delay)
        gains = plan.reach * (value * monthly**steps.months)[..., None]
        costs = plan.standing(steps) * plan.support * (self.provider.unit_cost * before)[:, None]
        return (gains - costs).sum(-2)


def expected_share(setting: Setting, provider: Provider, reach: Array) -> Array:
    """Share of target outcomes that a provider may expect to be paid; axis: case.

    The window's rate is Normal: binomial luck of its referrals and the external shock, all groups pooled.

    Parameters
    ----------
    reach : axes case, group, step, stratum.
    """
    target = setting.programme.tariff.target
    if target.rule is TargetRule.NONE:
        return np.ones(len(reach))
    first = int(np.argmax(setting.targeted))
    rates = reach[:, :, first].mean(-1)
    weight = setting.referrals / max(setting.referrals.sum(), 1e-300)
    mean = np.clip(rates @ weight, 0.0, 1.0)
    people = max(setting.referrals.sum() * provider.share * target.window_months, 1e-9)
    slope = (rates * (1.0 - rates)) @ weight
    deviation = np.sqrt(mean * (1.0 - mean) / people + (slope * shock_deviation(setting, target)) ** 2)
    return expected_paid_share(target, mean, deviation)


def shock_deviation(setting: Setting, target: Target) -> LogOdds:
    """Give the standard deviation of a window's external shock: the draw's own and the mean of its monthly part."""
    uncertainty, months = setting.programme.uncertainty, np.arange(target.window_months)
    carried = PARAMETERS.month_to_month ** np.abs(months[:, None] - months).astype(float)
    return float(np.hypot(uncertainty.outcome_shock, uncertainty.outcome_shock_monthly * np.sqrt(carried.mean())))
