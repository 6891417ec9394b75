"""What a target pays, and what a provider may expect of it, by adding up many thin slices."""

import math
from collections.abc import Callable
from itertools import pairwise

from tariffs.core.programmes import Programme, Provider, Target, TargetRule

PERSISTENCE = 0.9
REACH = 9.0  # standard deviations
SLICES = 400


def paid_share(target: Target, rate: float) -> float:
    """How much of what a window's outcomes earned is paid when `rate` of its referrals reached the milestone."""
    aim, start = target.rate or 0.0, target.rate_from or 0.0
    if target.rule is TargetRule.NONE:
        return 1.0
    if rate <= 0:
        return 0.0
    if target.rule is TargetRule.BINARY:
        return 1.0 if rate >= aim else 0.0
    if target.rule is TargetRule.EXCESS:
        return max(0.0, 1 - aim / rate)
    return min(1.0, max(0.0, (rate - start) / (aim - start)))


def expected_paid_share(target: Target, mean: float, deviation: float) -> float:
    """Outcomes that are paid over outcomes, both in expectation, the rate being Normal."""
    if mean <= 0:
        return 0.0
    if deviation <= 1e-9:
        return paid_share(target, mean)

    def density(rate: float) -> float:
        return math.exp(-(((rate - mean) / deviation) ** 2) / 2) / (deviation * math.sqrt(2 * math.pi))

    low, high = mean - REACH * deviation, mean + REACH * deviation
    kinks = [mark for mark in (0.0, target.rate_from or 0.0, target.rate or 0.0) if low < mark < high]
    marks = [low, *sorted(set(kinks)), high]
    paid = 0.0
    for left, right in pairwise(marks):
        # What is paid between two kinks is smooth; at the kink itself the value from inside counts.
        inside = (right - left) * 1e-9
        paid += simpson(lambda rate: rate * paid_share(target, rate) * density(rate), left + inside, right - inside)
    return min(1.0, max(0.0, paid / mean))


def simpson(function: Callable[[float], float], left: float, right: float) -> float:
    width = (right - left) / SLICES
    total = function(left) + function(right)
    total += sum((4 if place % 2 else 2) * function(left + place * width) for place in range(1, SLICES))
    return total * width / 3


def rate_deviation(programme: Programme, provider: Provider, rates: list[float]) -> tuple[float, float]:
    """Mean and standard deviation of a window's rate: the luck of its people, and the external shock."""
    weights = [group.referrals_per_month for group in programme.groups]
    mean = sum(weight * rate for weight, rate in zip(weights, rates, strict=True)) / sum(weights)
    people = sum(weights) * provider.share * programme.tariff.target.window_months
    slope = sum(weight * rate * (1 - rate) for weight, rate in zip(weights, rates, strict=True)) / sum(weights)
    shock = slope * shock_deviation(programme)
    return mean, math.sqrt(max(0.0, mean * (1 - mean)) / people + shock**2)


def shock_deviation(programme: Programme) -> float:
    """The draw's own shock, and the average of a window's monthly shocks."""
    months = programme.tariff.target.window_months
    alike = sum(PERSISTENCE ** abs(one - other) for one in range(months) for other in range(months)) / months**2
    given = programme.uncertainty
    return math.sqrt(given.outcome_shock**2 + given.outcome_shock_monthly**2 * alike)
