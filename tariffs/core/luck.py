"""The luck test of a target, exact: what is paid for nothing, what is not paid although it was reached, the cliff."""

import math
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from commissioning.core.units import Array, LogOdds, People, Pounds, Share

from .incentives.targets import paid_share
from .programmes import Target, TargetRule

#: Up to so many people every outcome is counted out; beyond, the Normal distribution takes over.
COUNTED = 100_000
#: Points of the Normal distribution, and how many standard deviations they cover.
_POINTS, _REACH = 4001, 9.0
#: A rate nearer to nothing or to all than this leaves nothing to luck.
_SURE = 1e-12
#: Halvings in which the sliding scale is found.
_ROUNDS = 60
_STANDARD = NormalDist()


@dataclass(frozen=True, slots=True)
class Bet:
    """What one window of a target is about.

    `people` are those referred in the window, `baseline` the rate that they would reach without any help, `price` what
    one outcome pays, `shock` the standard deviation of what nobody controls, on log-odds.
    """

    target: Target
    people: int
    baseline: Share
    price: Pounds
    shock: LogOdds = 0.0

    @property
    def aim(self) -> Share:
        """Give the rate that the target asks for."""
        return self.target.rate or 0.0

    @property
    def needed(self) -> int:
        """Count the outcomes at which the target is reached."""
        return math.ceil(self.aim * self.people - 1e-9)


@dataclass(frozen=True, slots=True)
class LuckTest:
    """What luck alone does to the payment of one window.

    `paid_without_effect` is the chance of any payment although nobody was helped, `unpaid_at_target` that of none
    although the true rate is the target; `below` and `at` are the payments one outcome below the target and at it;
    `moved` is the share of the payment that lies between one standard error below the target and one above.
    """

    paid_without_effect: Share
    unpaid_at_target: Share
    below: Pounds
    at: Pounds
    expected_at_target: Pounds
    standard_error: Share
    moved: Share

    @property
    def cliff(self) -> Pounds:
        """Give what the outcome that reaches the target is worth."""
        return self.at - self.below


def chances(people: int, rate: Share, shock: LogOdds = 0.0) -> tuple[Array, Array]:
    """Give every number of outcomes that so many people may have, with its chance.

    Parameters
    ----------
    rate : the true rate.
    shock : standard deviation of the external shock on log-odds. Where there is one, the counts are beta-binomial: the
        rate varies from window to window with the standard deviation rate x (1 - rate) x shock.

    Notes
    -----
    Up to COUNTED people the binomial and the beta-binomial are counted out by the ratio of each chance to the next.
    Beyond, the counts are Normal with the same mean and variance, at _POINTS points.
    """
    spread = min(rate * (1.0 - rate) * shock**2, 0.999)
    if rate < _SURE or rate > 1.0 - _SURE:
        return np.array([people * float(rate > 0.5)]), np.ones(1)
    if people > COUNTED:
        deviation = people * _deviation(people, rate, spread)
        points = np.linspace(-_REACH, _REACH, _POINTS)
        weights = np.exp(-0.5 * points**2)
        return np.clip(people * rate + deviation * points, 0.0, people), weights / weights.sum()
    before = np.arange(people, dtype=float)
    if spread < 1e-12:
        odds = np.full(people, math.log(rate) - math.log1p(-rate))
    else:
        size = (1.0 - spread) / spread
        odds = np.log(before + rate * size) - np.log(people - before - 1.0 + (1.0 - rate) * size)
    logs = np.concatenate([[0.0], np.cumsum(np.log(people - before) - np.log(before + 1.0) + odds)])
    weights = np.exp(np.maximum(logs - logs.max(), -700.0))
    return np.arange(people + 1, dtype=float), weights / weights.sum()


def _deviation(people: People, rate: Share, spread: Share) -> Share:
    """Give the standard deviation of the rate; `spread` is the correlation between people that the shock makes."""
    return math.sqrt(rate * (1.0 - rate) * (1.0 + (people - 1.0) * spread) / people)


def payment(bet: Bet, outcomes: Array) -> Pounds | Array:
    """Pay for so many outcomes of the window; any shape."""
    share = paid_share(bet.target, np.maximum(outcomes, 0.0) / bet.people)
    return bet.price * np.maximum(outcomes, 0.0) * share


def expected_payment(bet: Bet, rate: Share) -> Pounds:
    """Give the payment expected where this is the true rate."""
    outcomes, weights = chances(bet.people, rate, bet.shock)
    return float(payment(bet, outcomes) @ weights)


def _chance(bet: Bet, rate: Share, *, paid: bool) -> Share:
    outcomes, weights = chances(bet.people, rate, bet.shock)
    return float(weights[(payment(bet, outcomes) > 0) == paid].sum())


def luck_test(bet: Bet) -> LuckTest:
    """Test one window of a target; `moved` is 0 where nothing is paid above the target either."""
    error = _deviation(bet.people, bet.aim, min(bet.aim * (1.0 - bet.aim) * bet.shock**2, 0.999))
    marks = np.array([bet.needed - 1.0, bet.needed, (bet.aim - error) * bet.people, (bet.aim + error) * bet.people])
    below, at, low, high = (float(value) for value in np.asarray(payment(bet, marks)))
    return LuckTest(
        paid_without_effect=_chance(bet, bet.baseline, paid=True),
        unpaid_at_target=_chance(bet, bet.aim, paid=False),
        below=below,
        at=at,
        expected_at_target=expected_payment(bet, bet.aim),
        standard_error=error,
        moved=1.0 - low / high if high > 0 else 0.0,
    )


def curve(bet: Bet, rates: Array) -> Array:
    """Give the payment expected at each of these true rates, £."""
    return np.array([expected_payment(bet, float(rate)) for rate in rates])


def sliding_scale(bet: Bet) -> Target | None:
    """Replace the target by a sliding scale without a cliff that is expected to pay the same where it is just met.

    Returns
    -------
    A scale that starts at the baseline and pays all at the rate found; nothing where the target does not lie
    above the baseline, or no such scale exists.

    Notes
    -----
    A scale that paid all from the target on would always be expected to pay more at the target than all or nothing
    does, because half of the luck lies below it and would be paid in part. So the rate at which all is paid moves.
    """
    if bet.aim <= bet.baseline:
        return None

    def scale(full: Share) -> Bet:
        return replace(bet, target=replace(bet.target, rule=TargetRule.SLIDING, rate=full, rate_from=bet.baseline))

    wanted, low, high = expected_payment(bet, bet.aim), bet.baseline + 1e-9, 1.0
    if not expected_payment(scale(high), bet.aim) <= wanted <= expected_payment(scale(low), bet.aim):
        return None
    for _ in range(_ROUNDS):
        middle = 0.5 * (low + high)
        more = expected_payment(scale(middle), bet.aim) > wanted
        low, high = (middle, high) if more else (low, middle)
    return scale(high).target


def people_needed(baseline: Share, rate: Share, alpha: Share = 0.05, beta: Share = 0.2) -> float:
    """Give the people in each of two arms with whom a true rate can be told from the baseline.

    Parameters
    ----------
    alpha : chance of seeing a difference, up or down, where there is none.
    beta : chance of missing the difference that is there.

    Notes
    -----
    n = [z(1 - alpha/2) sqrt(2 p q) + z(1 - beta) sqrt(p1 q1 + p0 q0)]^2 / (p1 - p0)^2, p the mean of both rates.
    Source: Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions (3rd edition, 2003), chapter 4,
    without the correction for continuity.
    """
    middle = 0.5 * (baseline + rate)
    none_ = _STANDARD.inv_cdf(1.0 - alpha / 2) * math.sqrt(2 * middle * (1.0 - middle))
    some = _STANDARD.inv_cdf(1.0 - beta) * math.sqrt(baseline * (1.0 - baseline) + rate * (1.0 - rate))
    return ((none_ + some) / (rate - baseline)) ** 2 if rate != baseline else math.inf


def chance_against_sample(true: Share, baseline: Share, gap: Share, people: tuple[People, People]) -> Share:
    """Give the chance that a cohort beats a measured baseline by the gap.

    Parameters
    ----------
    true, baseline : true rates of the cohort and of those it is compared with.
    gap : by how much the measured rates must differ.
    people : how many are in the cohort, and in the baseline's sample.

    Notes
    -----
    1 - Normal((gap - difference) / s), s^2 = p1 q1 / n1 + p0 q0 / n0: both rates are measured, so both err.
    """
    error = math.sqrt(true * (1.0 - true) / people[0] + baseline * (1.0 - baseline) / people[1])
    return 1.0 - _STANDARD.cdf((gap - (true - baseline)) / error)
