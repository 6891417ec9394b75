"""The exact part of the report, figure by figure: section 4 of the model's specification, written a second time."""

from typing import Any

from tariffs.core.programmes import Programme, Provider

from .decisions import PARKED_BELOW, GroupPlan, efficient_support, follow, head_value, paid_share_of, plan_provider


def decisions(programme: Programme) -> list[dict[str, Any]]:
    """One row for every provider and group."""
    return [row for provider in programme.providers for row in rows_of(programme, provider)]


def rows_of(programme: Programme, provider: Provider) -> list[dict[str, Any]]:
    plan = plan_provider(programme, provider)
    unhelped = [follow(made.group, made.steps, [[0.0] * len(made.steps)] * 20) for made in plan.groups]
    paid_alone = paid_share_of(programme, provider, unhelped)
    average_support = average([(made.group.referrals_per_month, made.support) for made in plan.groups])
    average_chance = average([(made.group.referrals_per_month, made.final) for made in unhelped])
    rows = []
    for money_price, made, alone in zip(plan.money_prices, plan.groups, unhelped, strict=True):
        income = made.income(plan.paid_share)
        rows.append(
            {
                "provider": provider.id,
                "group": made.group.id,
                "money_price": money_price,
                "paid_share": plan.paid_share,
                "support": made.support,
                "support_by_stratum": made.support_by_stratum,
                "efficient_support": efficient_support(made),
                "income": income,
                "reach": made.reach,
                "reach_without_help": alone.reach,
                "baseline_final": alone.final,
                "final": made.final,
                "additional": made.final - alone.final,
                "deadweight_share": alone.income(paid_alone) / income if income > 1e-9 else 0.0,
                "parked_share": parked_share(made, alone, average_support, average_chance),
                "near_share": near_share(made),
                "head_value": head_value(programme, provider, made, plan.paid_share),
            }
        )
    return rows


def average(weighted: list[tuple[float, float]]) -> float:
    total = sum(weight for weight, _ in weighted)
    return sum(weight * value for weight, value in weighted) / total if total else 0.0


def parked_share(made: GroupPlan, alone: GroupPlan, average_support: float, average_chance: float) -> float | None:
    """Share of people parked; None where somebody is exactly average, so that rounding alone would decide."""
    limits = [(made.support_by_stratum, PARKED_BELOW * average_support), (alone.final_by_stratum, average_chance)]
    if any(abs(value - limit) <= 1e-9 * limit for values, limit in limits for value in values):
        return None
    parked = [
        support < PARKED_BELOW * average_support and chance < average_chance
        for support, chance in zip(made.support_by_stratum, alone.final_by_stratum, strict=True)
    ]
    return sum(parked) / 20


def near_share(made: GroupPlan) -> float:
    """Share of support that goes to the half of the people nearest to the outcome; the last strata need least."""
    total = sum(made.support_by_stratum)
    return sum(made.support_by_stratum[10:]) / total if total else 0.5
