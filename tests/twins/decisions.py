"""A provider's plan by plain bisection: sections 2 and 4 of the model's specification, written a second time."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tariffs.core.programmes import BudgetScope, Programme, Provider, SpendingRule

from .pathways import STRATA, Step, steps_of, without_prices

EFFICIENT = Provider("efficient", mission_weight=1.0, unit_cost=1.0, cost_of_capital=0.035, risk_discount=0.0)
PARKED_BELOW = 0.25


@dataclass
class GroupPlan:
    """What one provider spends on one group, step by step and stratum by stratum, and what follows from it."""

    steps: list[Step]
    spent: list[list[float]]  # by stratum, then step
    worth: float  # step worth before referral, averaged over strata
    support_by_stratum: list[float]
    income: float
    reach: dict[str, float]
    final_by_stratum: list[float]

    @property
    def support(self) -> float:
        return sum(self.support_by_stratum) / 20

    @property
    def final(self) -> float:
        return sum(self.final_by_stratum) / 20


def discount(provider: Provider, months: float) -> float:
    return (1 + provider.cost_of_capital) ** (-months / 12)


def plan_group(
    steps: list[Step], provider: Provider, social_value: float, payment_lag: int, money_price: float
) -> GroupPlan:
    plans = [plan_stratum(steps, provider, social_value, payment_lag, money_price, at) for at in range(20)]
    return follow(steps, [spent for spent, _ in plans], sum(worth for _, worth in plans) / 20)


def plan_stratum(
    steps: list[Step], provider: Provider, social_value: float, payment_lag: int, money_price: float, stratum: int
) -> tuple[list[float], float]:
    """Backward induction, leaves first: what to spend on each step, and what a referral is worth."""
    spent, step_worth = [0.0] * len(steps), [0.0] * len(steps)
    cost = money_price * provider.unit_cost
    for at in reversed(range(len(steps))):
        step = steps[at]
        value = discount(provider, payment_lag) * (1 - provider.risk_discount) * step.price
        value += provider.mission_weight * social_value * step.final_share
        value += sum(step_worth[child] for child in step.children)
        value *= discount(provider, step.delay)
        spent[at] = best_support(step, stratum, value, cost)
        step_worth[at] = step.chance(stratum, spent[at]) * value - cost * spent[at]
    return spent, sum(step_worth[at] for at, step in enumerate(steps) if step.parent is None)


def best_support(step: Step, stratum: int, value: float, cost: float) -> float:
    """Spend while a pound brings back more than it costs: the root of a falling derivative."""
    if step.automatic or step.responsiveness == 0 or value <= 0:
        return step.floor

    def gains(support: float) -> bool:
        chance = step.chance(stratum, support)
        return chance * (1 - chance) * step.responsiveness * value > cost * (step.scale + support)

    if not gains(step.floor):
        return step.floor
    low, high = step.floor, step.floor + value / cost  # more than all it could bring back
    for _ in range(52):
        middle = (low + high) / 2
        low, high = (middle, high) if gains(middle) else (low, middle)
    return (low + high) / 2


def follow(steps: list[Step], spent: list[list[float]], worth: float) -> GroupPlan:
    """Walk everyone down the tree in expectation."""
    support, final = [0.0] * 20, [0.0] * 20
    income, reach = 0.0, {}
    for stratum in range(20):
        reached: list[float] = []
        for at, step in enumerate(steps):
            standing = 1.0 if step.parent is None else reached[step.parent]
            reached.append(standing * step.chance(stratum, spent[stratum][at]))
            support[stratum] += standing * spent[stratum][at]
            income += reached[at] * step.price / 20
            final[stratum] += reached[at] * step.final_share
            if step.count == 1:
                reach[step.milestone] = reach.get(step.milestone, 0.0) + reached[at] / 20
    return GroupPlan(steps, spent, worth, support, income, reach, final)


def root_of_money_price(shortfall: Callable[[float], float], highest: float) -> float:
    """The price of money at which support costs its share of income; the highest where there is none."""
    if shortfall(highest) >= 0:
        return highest
    low = highest
    while shortfall(low) < 0:
        low /= 2
        if low < 1e-12:
            return highest
    high = min(highest, low * 2)
    for _ in range(48):
        middle = (low + high) / 2
        low, high = (middle, high) if shortfall(middle) > 0 else (low, middle)
    return (low + high) / 2


def plan_provider(
    programme: Programme, provider: Provider, scaled: Callable[[Step], Step] = lambda step: step
) -> list[tuple[float, GroupPlan]]:
    """Money price and plan of every group; `scaled` is how a bet on a target bends the prices."""
    lag = programme.tariff.payment_lag_months
    everyone = [[scaled(step) for step in steps_of(programme, group)] for group in programme.groups]

    def plan(place: int, money_price: float) -> GroupPlan:
        return plan_group(everyone[place], provider, programme.groups[place].social_value, lag, money_price)

    places = range(len(programme.groups))
    if provider.spending_rule is SpendingRule.MARGINAL:
        return [(1.0, plan(place, 1.0)) for place in places]
    weights = [group.referrals_per_month for group in programme.groups]

    def overspent(purse: list[int], money_price: float) -> float:
        plans = [(weights[at] if len(purse) > 1 else 1.0, plan(at, money_price)) for at in purse]
        return sum(
            weight * (provider.unit_cost * made.support - provider.income_share * made.income) for weight, made in plans
        )

    purses = [list(places)] if provider.budget_scope is BudgetScope.CONTRACT else [[place] for place in places]
    prices = {}
    for purse in purses:
        found = root_of_money_price(lambda price, purse=purse: overspent(purse, price), 1 / provider.income_share)
        prices |= dict.fromkeys(purse, found)
    return [(prices[place], plan(place, prices[place])) for place in places]


def decisions(programme: Programme) -> list[dict[str, object]]:
    """The exact part of the report, one row for every provider and group."""
    return [row for provider in programme.providers for row in rows_of(programme, provider)]


def rows_of(programme: Programme, provider: Provider) -> list[dict[str, object]]:
    lag = programme.tariff.payment_lag_months
    planned = plan_provider(programme, provider)
    unhelped = [follow(made.steps, [[0.0] * len(made.steps)] * 20, 0.0) for _, made in planned]
    total = sum(group.referrals_per_month for group in programme.groups)
    weights = [group.referrals_per_month / total if total else 1 / len(planned) for group in programme.groups]
    average_support = sum(weight * made.support for weight, (_, made) in zip(weights, planned, strict=True))
    average_chance = sum(weight * made.final for weight, made in zip(weights, unhelped, strict=True))
    rows: list[dict[str, object]] = []
    for group, (money_price, made), alone in zip(programme.groups, planned, unhelped, strict=True):
        parked = [
            support < PARKED_BELOW * average_support and chance < average_chance
            for support, chance in zip(made.support_by_stratum, alone.final_by_stratum, strict=True)
        ]
        efficient = plan_group(without_prices(made.steps), EFFICIENT, group.social_value, 0, 1.0)
        rows.append(
            {
                "provider": provider.id,
                "group": group.id,
                "money_price": money_price,
                "support": made.support,
                "support_by_stratum": made.support_by_stratum,
                "efficient_support": efficient.support,
                "income": made.income,
                "reach": made.reach,
                "baseline_final": alone.final,
                "final": made.final,
                "deadweight_share": alone.income / made.income if made.income else 0.0,
                "parked_share": sum(parked) / 20,
                "near_share": sum(made.support_by_stratum[10:]) / sum(made.support_by_stratum) if made.support else 0.5,
                "head_value": plan_group(made.steps, provider, group.social_value, lag, 1.0).worth,
            }
        )
    return rows


__all__ = ["STRATA", "decisions", "plan_provider", "replace", "rows_of"]
