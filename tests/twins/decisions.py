"""A provider's plan by plain bisection: sections 2 and 4 of the model's specification, written a second time."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tariffs.core.programmes import BudgetScope, Group, Programme, Provider, SpendingRule, TargetRule

from .pathways import Step, steps_of, without_prices
from .targets import expected_paid_share, rate_deviation

EFFICIENT = Provider("efficient", mission_weight=1.0, unit_cost=1.0, cost_of_capital=0.035)
PARKED_BELOW = 0.25
SHADOWS = [place / 8 for place in range(65)]

Choose = Callable[[Step, int, int, float], float]  # step, its place, stratum, its value: support


@dataclass
class GroupPlan:
    """What one provider spends on one group, by stratum and step, and what follows from it."""

    group: Group
    steps: list[Step]
    spent: list[list[float]]
    support_by_stratum: list[float]
    certain_income: float  # what does not hang on a target
    targeted_income: float
    reach: dict[str, float]
    final_by_stratum: list[float]

    @property
    def support(self) -> float:
        return sum(self.support_by_stratum) / 20

    @property
    def final(self) -> float:
        return sum(self.final_by_stratum) / 20

    def income(self, paid_share: float) -> float:
        return self.certain_income + paid_share * self.targeted_income


@dataclass
class Plan:
    """What one provider has decided for all groups."""

    groups: list[GroupPlan]
    money_prices: list[float]
    paid_share: float


@dataclass
class Mind:
    """How one provider weighs what a step brings."""

    provider: Provider
    lag: int
    money_price: float = 1.0

    def discount(self, months: float) -> float:
        return (1 + self.provider.cost_of_capital) ** (-months / 12)

    @property
    def cost(self) -> float:
        return self.money_price * self.provider.unit_cost

    def walk_back(self, group: Group, steps: list[Step], stratum: int, choose: Choose) -> tuple[list[float], float]:
        """Backward induction, leaves first: what is spent on each step, and what a referral is worth."""
        spent, step_worth = [0.0] * len(steps), [0.0] * len(steps)
        for at in reversed(range(len(steps))):
            step = steps[at]
            value = self.discount(self.lag) * (1 - self.provider.risk_discount) * step.price * step.shadow
            value += self.provider.mission_weight * group.social_value * step.final_share
            value += sum(step_worth[child] for child in step.children)
            value *= self.discount(step.delay)
            spent[at] = choose(step, at, stratum, value)
            step_worth[at] = step.chance(stratum, spent[at]) * value - self.cost * spent[at]
        return spent, sum(step_worth[at] for at, step in enumerate(steps) if step.parent is None)

    def best_support(self, step: Step, at: int, stratum: int, value: float) -> float:
        """Spend while a pound brings back more than it costs: the root of a falling derivative."""
        if step.automatic or step.responsiveness == 0 or value <= 0:
            return step.floor

        def gains(support: float) -> bool:
            chance = step.chance(stratum, support)
            return chance * (1 - chance) * step.responsiveness * value > self.cost * (step.scale + support)

        if not gains(step.floor):
            return step.floor
        low, high = step.floor, step.floor + value / self.cost  # more than all it could bring back
        for _ in range(52):
            middle = (low + high) / 2
            low, high = (middle, high) if gains(middle) else (low, middle)
        return (low + high) / 2

    def plan(self, group: Group, steps: list[Step]) -> GroupPlan:
        if group.need_spread == 0:  # everyone is alike
            return follow(group, steps, [self.walk_back(group, steps, 0, self.best_support)[0]] * 20)
        return follow(group, steps, [self.walk_back(group, steps, at, self.best_support)[0] for at in range(20)])

    def worth(self, plan: GroupPlan, shadow: float) -> float:
        """What a referral is worth when that is spent which the plan says, and targeted prices count for so much."""
        steps = [replace(step, shadow=shadow if step.targeted else 1.0) for step in plan.steps]

        def as_planned(step: Step, at: int, stratum: int, value: float) -> float:
            return plan.spent[stratum][at]

        return sum(self.walk_back(plan.group, steps, stratum, as_planned)[1] for stratum in range(20)) / 20


def follow(group: Group, steps: list[Step], spent: list[list[float]]) -> GroupPlan:
    """Walk everyone down the tree in expectation."""
    plan = GroupPlan(group, steps, spent, [0.0] * 20, 0.0, 0.0, {}, [0.0] * 20)
    for stratum in range(20):
        reached: list[float] = []
        for at, step in enumerate(steps):
            standing = 1.0 if step.parent is None else reached[step.parent]
            reached.append(standing * step.chance(stratum, spent[stratum][at]))
            plan.support_by_stratum[stratum] += standing * spent[stratum][at]
            plan.final_by_stratum[stratum] += reached[at] * step.final_share
            if step.targeted:
                plan.targeted_income += reached[at] * step.price / 20
            else:
                plan.certain_income += reached[at] * step.price / 20
            if step.count == 1:
                plan.reach[step.milestone] = plan.reach.get(step.milestone, 0.0) + reached[at] / 20
    return plan


def paid_share_of(programme: Programme, provider: Provider, plans: list[GroupPlan]) -> float:
    """Share of the target's payments that a provider with these plans may expect."""
    target = programme.tariff.target
    if target.rule is TargetRule.NONE:
        return 1.0
    rates = [plan.reach[target.milestone] for plan in plans]
    return expected_paid_share(target, *rate_deviation(programme, provider, rates))


def root_of_money_price(overspent: Callable[[float], float], highest: float) -> float:
    """The price of money at which support costs its share of income; the highest where there is none."""
    if overspent(highest) >= 0:
        return highest
    low = highest
    while overspent(low) < 0:
        low /= 2
        if low < 1e-13:
            return highest
    high = min(highest, low * 2)
    for _ in range(46):
        middle = (low + high) / 2
        low, high = (middle, high) if overspent(middle) > 0 else (low, middle)
    return (low + high) / 2


def plan_provider(programme: Programme, provider: Provider) -> Plan:
    """The plan a provider follows; under a target the best of those that different shadow prices lead to."""
    if programme.tariff.target.rule is TargetRule.NONE:
        return plan_at(programme, provider, 1.0)
    plans = [plan_at(programme, provider, shadow) for shadow in SHADOWS]
    fewest = min(unspent(provider, plan) for plan in plans)
    return max(
        (plan for plan in plans if unspent(provider, plan) == fewest),
        key=lambda plan: utility(programme, provider, plan),
    )


def unspent(provider: Provider, plan: Plan) -> int:
    """How many purses keep back some of the share of income that is to be spent."""
    if provider.spending_rule is SpendingRule.MARGINAL:
        return 0
    incomes = [made.income(plan.paid_share) for made in plan.groups]
    kept = 0
    for purse in purses(provider, len(plan.groups)):
        left = sum(
            (plan.groups[at].group.referrals_per_month if len(purse) > 1 else 1.0)
            * (provider.income_share * incomes[at] - provider.unit_cost * plan.groups[at].support)
            for at in purse
        )
        kept += left > 1e-6 * (1 + max(incomes))
    return kept


def utility(programme: Programme, provider: Provider, plan: Plan) -> float:
    mind = Mind(provider, programme.tariff.payment_lag_months)
    return sum(made.group.referrals_per_month * mind.worth(made, plan.paid_share) for made in plan.groups)


def plan_at(programme: Programme, provider: Provider, shadow: float) -> Plan:
    lag = programme.tariff.payment_lag_months
    everyone = [
        (group, [replace(step, shadow=shadow if step.targeted else 1.0) for step in steps_of(programme, group)])
        for group in programme.groups
    ]

    def plans(purse: list[int], money_price: float) -> list[GroupPlan]:
        return [Mind(provider, lag, money_price).plan(*everyone[at]) for at in purse]

    def overspent(purse: list[int], money_price: float, share: float) -> float:
        made = plans(purse, money_price)
        paid = paid_share_of(programme, provider, made) if len(made) == len(everyone) else share
        return sum(
            (plan.group.referrals_per_month if len(purse) > 1 else 1.0)
            * (provider.unit_cost * plan.support - provider.income_share * plan.income(paid))
            for plan in made
        )

    prices, share = [1.0] * len(everyone), 1.0
    while True:
        if provider.spending_rule is SpendingRule.INCOME_SHARE:
            for purse in purses(provider, len(everyone)):
                found = root_of_money_price(
                    lambda price, purse=purse, share=share: overspent(purse, price, share), 1 / provider.income_share
                )
                for at in purse:
                    prices[at] = found
        made = [plans([at], price)[0] for at, price in enumerate(prices)]
        following = paid_share_of(programme, provider, made)
        # Purses of several groups hang on a share that all of them decide: from all paid down to what stands still.
        if abs(following - share) < 1e-9 or len(purses(provider, len(everyone))) == 1:
            return Plan(made, prices, following)
        share = following


def purses(provider: Provider, groups: int) -> list[list[int]]:
    if provider.budget_scope is BudgetScope.CONTRACT:
        return [list(range(groups))]
    return [[at] for at in range(groups)]


def efficient_support(plan: GroupPlan) -> float:
    return Mind(EFFICIENT, 0).plan(plan.group, without_prices(plan.steps)).support


def head_value(programme: Programme, provider: Provider, plan: GroupPlan, paid_share: float) -> float:
    """What a referral is worth to a provider that may decline it: money counts as money."""
    mind = Mind(provider, programme.tariff.payment_lag_months)
    if programme.tariff.target.rule is not TargetRule.NONE:
        return mind.worth(plan, paid_share)
    return mind.worth(mind.plan(plan.group, plan.steps), 1.0)
