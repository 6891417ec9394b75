"""Prices that end parking by trying one after the other, and the incentive map cell by cell, written a second time."""

from dataclasses import replace

from tariffs.core.programmes import PriceLine, Programme, Provider

from .decisions import GroupPlan, plan_provider
from .reports import rows_of


def parked_at(programme: Programme, provider: Provider, group: str, price: float) -> float | None:
    """Share of a group parked where it alone is paid this price for the final outcome."""
    return next(
        row["parked_share"] for row in rows_of(paying(programme, group, price), provider) if row["group"] == group
    )


def paying(programme: Programme, group: str, price: float) -> Programme:
    """Give one group a band of its own, with all prices as they are but that of the final outcome."""
    final = next(milestone for milestone in programme.milestones if milestone.final)
    band = next(each.price_band for each in programme.groups if each.id == group)
    theirs = [line for line in programme.tariff.prices if line.price_band == band]
    payments = next((line.payments for line in theirs if line.milestone == final.id), final.repeats)
    own = [replace(line, price_band="own") for line in theirs if line.milestone != final.id]
    own.append(PriceLine("own", final.id, price, payments))
    groups = tuple(replace(each, price_band="own") if each.id == group else each for each in programme.groups)
    tariff = replace(programme.tariff, prices=(*programme.tariff.prices, *own))
    return replace(programme, groups=groups, tariff=tariff)


def lowest_on_grid(
    programme: Programme, provider: Provider, group: str, limit: float, grid: list[float]
) -> float | None:
    """Give the first price of a grid at which few enough are parked."""
    for price in grid:
        parked = parked_at(programme, provider, group, price)
        if parked is not None and parked <= limit:
            return price
    return None


def way_to(programme: Programme, provider: Provider, group: str, milestone: str) -> tuple[float, float, float]:
    """Income and cost from the way to a price on, and support on it, £ for each person who sets out; no target."""
    plan = plan_provider(programme, provider)
    made = next(each for each in plan.groups if each.group.id == group)
    way = [at for at, step in enumerate(made.steps) if step.milestone == milestone]
    parent = made.steps[way[0]].parent
    while parent is not None and not _pays(made, made.steps[parent].milestone):
        way.insert(0, parent)
        parent = made.steps[parent].parent
    ahead = [way[0]]
    for at, step in enumerate(made.steps):
        if step.parent in ahead:
            ahead.append(at)
    setting_out = income = cost = support = 0.0
    for stratum in range(20):
        standing, reached = _walk(made, stratum)
        setting_out += standing[way[0]]
        income += sum(reached[at] * made.steps[at].price for at in ahead)
        cost += sum(standing[at] * made.spent[stratum][at] for at in ahead) * provider.unit_cost
        support += sum(standing[at] * made.spent[stratum][at] for at in way)
    return income / setting_out, cost / setting_out, support / setting_out


def _pays(made: GroupPlan, milestone: str) -> bool:
    return next(step.price for step in made.steps if step.milestone == milestone) > 0


def _walk(made: GroupPlan, stratum: int) -> tuple[list[float], list[float]]:
    standing, reached = [], []
    for at, step in enumerate(made.steps):
        standing.append(1.0 if step.parent is None else reached[step.parent])
        reached.append(standing[at] * step.chance(stratum, made.spent[stratum][at]))
    return standing, reached
