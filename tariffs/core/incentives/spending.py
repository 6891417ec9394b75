"""What a provider spends on whom: backward induction over the pathway, and the price of its money."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from commissioning.core.units import Array

from .pathways import REFERRAL, Chances, Steps, sigmoid


@dataclass(frozen=True, slots=True)
class Purse:
    """How one provider weighs money; axis of every array: case (a provider, or a provider at one shadow price).

    `monthly_discount` is what a pound a month later is worth now; `floor` has axes group, step.
    """

    monthly_discount: Array
    unit_cost: Array
    floor: Array


@dataclass(frozen=True, slots=True)
class Plan:
    """Planned support and what follows from it; axes: case, group, step, stratum.

    `support` is £ of support spent on a person standing before the step, `chance` the chance of then taking it,
    `reach` the chance of reaching it from referral; `worth` is the value of standing before the first steps, £
    (axes: case, group, stratum).
    """

    support: Array
    chance: Array
    reach: Array
    worth: Array

    def standing(self, steps: Steps) -> Array:
        """Chance of standing before each step: of having reached its parent."""
        return reach_before(self.reach, steps)

    def support_by_stratum(self, steps: Steps) -> Array:
        """Support expected over the whole pathway, £ a person; axes: case, group, stratum."""
        return (self.standing(steps) * self.support).sum(-2)


def reach_before(reach: Array, steps: Steps) -> Array:
    """Chance of having reached each step's parent, 1 where that is referral; step is the last axis but one."""
    return np.where(steps.parent[:, None] == REFERRAL, 1.0, reach[..., steps.parent, :])


def reach_along(chance: Array, steps: Steps) -> Array:
    """Chance of reaching each step from referral, given the chance of taking each; step is the last axis but one."""
    reach = np.empty_like(chance)
    for s, parent in enumerate(steps.parent):
        reach[..., s, :] = chance[..., s, :] * (1.0 if parent == REFERRAL else reach[..., parent, :])
    return reach


def best_support(log_odds: Array, responsiveness: Array, scale: Array, worth_per_cost: Array, floor: Array) -> Array:
    """Support that brings most back for one step, £; all arguments of like shape.

    The gain chance * W - c * e is concave because responsiveness is at most 1. Its derivative vanishes where
    ln K + ln(p (1 - p)) = x with x = ln(1 + e / scale), K = responsiveness * W / (c * scale): the left side less the
    right is concave and falls, so that Newton's steps from the right of the root never pass it.

    Parameters
    ----------
    worth_per_cost : W / c, what taking the step is worth against the cost of a pound of support.
    floor : least support, £.
    """
    log_k = np.log(np.maximum(responsiveness * worth_per_cost / scale, 1e-300))
    least = np.log1p(floor / scale)
    x = np.maximum(least, log_k - np.log(4.0))
    moved, rounds = np.inf, 100
    while moved >= 1e-13 and rounds:
        y = log_odds + responsiveness * x
        log_spread = -np.abs(y) - 2.0 * np.log1p(np.exp(-np.abs(y)))
        slope = responsiveness * (1.0 - 2.0 * sigmoid(y)) - 1.0
        following = np.maximum(least, x - (log_k + log_spread - x) / np.minimum(slope, -1e-12))
        moved = np.abs(following - x).max(initial=0.0)
        x = np.minimum(x, following)
        rounds -= 1
    return np.where(x > least, scale * np.expm1(x), floor)


def plan_support(steps: Steps, chances: Chances, purse: Purse, value: Array, money_price: Array) -> Plan:
    """Choose support by backward induction, leaves first, for every stratum at once.

    Parameters
    ----------
    value : axes case, group, step. What reaching the step itself earns or is worth, £, discounted to that moment.
    money_price : axes case, group. What a pound must bring back.
    """
    shape = (*value.shape, chances.log_odds.shape[-1])
    support, chance = np.zeros(shape), np.empty(shape)
    ahead = np.zeros((*value.shape[:2], len(steps) + 1, shape[-1]))  # the last place stands for referral
    cost = (money_price * purse.unit_cost[:, None])[..., None]
    chance[:] = np.where(chances.automatic[..., None], 1.0, sigmoid(chances.log_odds))
    spends = np.any(chances.responsiveness > 0, axis=0) | np.any(purse.floor > 0, axis=(0, 1))
    for s in reversed(range(len(steps))):
        discount = purse.monthly_discount ** steps.delay[s]
        worth = discount[:, None, None] * (value[:, :, s, None] + ahead[:, :, s])
        floor = purse.floor[:, :, s, None]
        if spends[s]:
            support[:, :, s] = _support_on(chances, s, worth / cost, floor)
            response = np.log1p(support[:, :, s] / chances.scale[:, s, None]) * chances.responsiveness[:, s, None]
            taken = sigmoid(chances.log_odds[:, s] + response)
            chance[:, :, s] = np.where(chances.automatic[:, s, None], 1.0, taken)
            ahead[:, :, steps.parent[s]] -= cost * support[:, :, s]
        ahead[:, :, steps.parent[s]] += chance[:, :, s] * worth
    return Plan(support, chance, reach_along(chance, steps), ahead[:, :, REFERRAL])


def _support_on(chances: Chances, step: int, worth_per_cost: Array, floor: Array) -> Array:
    log_odds, responsiveness, scale, least = np.broadcast_arrays(
        chances.log_odds[:, step],
        chances.responsiveness[:, step, None],
        chances.scale[:, step, None],
        np.broadcast_to(floor, worth_per_cost.shape),
    )
    return best_support(log_odds, responsiveness, scale, worth_per_cost, least)


def falling_root(function: Callable[[Array], Array], low: Array, high: Array, tolerance: float = 1e-13) -> Array:
    """Root of a falling function of each element between `low` and `high`; `high` where there is none.

    Chandrupatla's method (1997, Advances in Engineering Software 28(3)): inverse quadratic steps where they are
    safe, halving elsewhere, every element at once.
    """
    a, b = high.copy(), low.copy()
    fa, fb = function(a), function(b)
    rootless = (fa >= 0) | (fb < 0)  # nothing to weigh, as with no referrals or no income, is no root below either
    c, fc = a, fa
    share = np.full(a.shape, 0.5)
    for _ in range(120):
        point = a + share * (b - a)
        value = function(point)
        same = np.sign(value) == np.sign(fa)
        c, fc = np.where(same, a, b), np.where(same, fa, fb)
        b, fb = np.where(same, b, a), np.where(same, fb, fa)
        a, fa = point, value
        best = np.where(np.abs(fa) < np.abs(fb), a, b)
        width = np.abs(b - a)
        if np.all(rootless | (fa == 0) | (width < tolerance * (1.0 + np.abs(best)))):
            break
        share = _next_share(a, b, c, fa, fb, fc)
    return np.where(rootless, high, np.where(fa == 0, a, best))


def _next_share(a: Array, b: Array, c: Array, fa: Array, fb: Array, fc: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        xi, phi = (a - b) / (c - b), (fa - fb) / (fc - fb)
        safe = (phi**2 < xi) & ((1 - phi) ** 2 < 1 - xi)
        step = fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
    edge = 1e-9
    return np.where(safe & np.isfinite(step), np.clip(step, edge, 1 - edge), 0.5)
