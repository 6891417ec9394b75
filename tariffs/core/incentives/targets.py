"""Targets: what a rate over a window's referrals pays, and what a provider may expect of it."""

import math

import numpy as np

from commissioning.core.units import Array
from tariffs.core.programmes import Target, TargetRule

_error_function = np.vectorize(math.erf, otypes=[float])


def paid_share(target: Target, rate: Array) -> Array:
    """Share of a window's outcomes that is paid when `rate` of its referrals reached the milestone; any shape."""
    aim = target.rate or 0.0
    if target.rule is TargetRule.BINARY:
        return np.where(rate >= aim, 1.0, 0.0)
    if target.rule is TargetRule.EXCESS:
        return np.maximum(0.0, 1.0 - aim / np.maximum(rate, 1e-300))
    if target.rule is TargetRule.SLIDING:
        start = target.rate_from or 0.0
        return np.clip((rate - start) / (aim - start), 0.0, 1.0)
    return np.ones_like(rate)


def expected_paid_share(target: Target, mean: Array, deviation: Array) -> Array:
    """Share of outcomes that a provider may expect to be paid, the rate being Normal(mean, deviation).

    That is the expectation of paid share times rate, over the expectation of the rate. Any one shape; all three
    rules are sums of partial moments of the Normal distribution.
    """
    if target.rule is TargetRule.NONE:
        return np.ones_like(mean)
    aim, start = target.rate or 0.0, target.rate_from or 0.0
    none_, one, two = _moments_above(aim, mean, deviation)
    if target.rule is TargetRule.BINARY:
        paid = one
    elif target.rule is TargetRule.EXCESS:
        paid = one - aim * none_
    else:
        _, one_from, two_from = _moments_above(start, mean, deviation)
        paid = (two_from - two - start * (one_from - one)) / (aim - start) + one
    return np.clip(paid / np.maximum(mean, 1e-300), 0.0, 1.0)


def _moments_above(limit: float, mean: Array, deviation: Array) -> tuple[Array, Array, Array]:
    """Take the expectation of 1, R and R squared where R, Normal(mean, deviation), is at least `limit`."""
    spread = np.maximum(deviation, 1e-12)
    distance = np.clip((mean - limit) / spread, -38.0, 38.0)
    density = np.exp(-0.5 * distance**2) / math.sqrt(2 * math.pi)
    above = 0.5 * (1.0 + _error_function(distance / math.sqrt(2.0)))
    first = mean * above + spread * density
    second = (mean**2 + spread**2) * above + spread * (mean + limit) * density
    return above, first, second
