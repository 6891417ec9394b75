"""What one provider's contract is expected to earn and to cost, month by month, where nothing is left to luck."""

from dataclasses import dataclass

import numpy as np

from commissioning.core.units import Array, Pounds, Share
from tariffs.core.incentives import Setting
from tariffs.core.incentives.pathways import REFERRAL, Ints, sigmoid
from tariffs.core.incentives.spending import reach_before
from tariffs.core.programmes import Provider

#: Halvings in which the support at each step is found that costs the amount intended.
_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Service:
    """What is done for the people of each group, and how far they come; axes group, step.

    `reach` is the chance of reaching each step from referral, `spend` the support expected on it a person, £.
    """

    reach: Array
    spend: Array

    @property
    def support(self) -> Array:
        """Give the support expected over the whole pathway, £ a person; axis group."""
        return self.spend.sum(-1)


@dataclass(frozen=True, slots=True)
class Flows:
    """Expected money by month, £: for results, for fees (with the guarantee), and costs. A cap is taken off."""

    results: Array
    fees: Array
    costs: Array
    uncapped: Array

    @property
    def income(self) -> Pounds:
        """Add up what is paid."""
        return float(self.results.sum() + self.fees.sum())

    @property
    def margin(self) -> Pounds:
        """Give what is left in the end."""
        return self.income - float(self.costs.sum())

    @property
    def balance(self) -> Array:
        """Give what the contract has brought by the end of each month; below nothing is lent by the provider."""
        return np.cumsum(self.results + self.fees - self.costs)

    @property
    def trough(self) -> Pounds:
        """Give the most that the contract ties up."""
        return float(max(0.0, -self.balance.min()))


def present_value(flow: Array, yearly: Share) -> Pounds:
    """Give what a flow by month is worth at its start."""
    return float(flow @ (1.0 + yearly) ** (-np.arange(len(flow)) / 12.0))


def even_handed(setting: Setting, group: int, amount: Pounds) -> tuple[Array, Array]:
    """Spend an amount on everyone of a group alike: reach and spend by step.

    Notes
    -----
    At each step that support can move, the same is spent on everybody who stands before it, such that it comes to the
    amount over the whole pathway. Where support moves nothing, all is spent at the first step.
    """
    steps, chances = setting.steps, setting.chances
    moved = chances.responsiveness[group] > 0
    moved = moved if moved.any() else np.arange(len(steps)) == 0

    def at(support: Pounds) -> tuple[Array, Array]:
        response = chances.responsiveness[group] * np.log1p(support / chances.scale[group])
        chance = sigmoid(chances.log_odds[group] + response[:, None])
        chance = np.where(chances.automatic[group][:, None], 1.0, chance)
        reach = np.empty_like(chance)
        for s, parent in enumerate(steps.parent):
            reach[s] = chance[s] * (1.0 if parent == REFERRAL else reach[parent])
        return reach.mean(-1), np.where(moved, support * reach_before(reach, steps).mean(-1), 0.0)

    low, high = 0.0, amount
    while at(high)[1].sum() < amount and high < 1e12:
        high *= 2.0
    for _ in range(_ROUNDS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if at(middle)[1].sum() < amount else (low, middle)
    return at(high)


def _index(setting: Setting) -> Array:
    """Give the level of prices by month of reaching."""
    years = np.arange(setting.programme.contract_months) // 12
    return (1.0 + setting.programme.tariff.annual_price_change) ** years


def _arrivals(setting: Setting, step: int, cohorts: int) -> Ints:
    """Give the month in which the payments for each cohort's outcomes at a step arrive."""
    programme, months = setting.programme, setting.steps.months
    cohort = np.arange(cohorts)
    due = cohort + months[step]
    if setting.targeted[step]:
        window = programme.tariff.target.window_months
        ends = np.minimum((cohort // window + 1) * window, programme.referral_months)
        due = np.minimum(ends - 1 + months[setting.targeted > 0].max(), programme.contract_months - 1)
    return due + programme.tariff.payment_lag_months


def flows(setting: Setting, provider: Provider, service: Service, paid: Share = 1.0, volume: float = 1.0) -> Flows:
    """Work out what a contract is expected to bring and to cost.

    Parameters
    ----------
    paid : share of a target's outcomes that is expected to be paid.
    volume : referrals, against those planned.

    Notes
    -----
    Expectations are exact but for the caps: what is expected under a cap is at most the expectation, capped.
    """
    programme, tariff, steps = setting.programme, setting.programme.tariff, setting.steps
    length = programme.contract_months + tariff.payment_lag_months
    growth = (1.0 + programme.uncertainty.volume_trend) ** (np.arange(programme.referral_months) / 12.0)
    planned = setting.referrals[:, None] * provider.share * growth
    people, index = planned * volume, _index(setting)
    results, fees, costs = np.zeros(length), np.zeros(length), np.zeros(length)
    short = np.maximum(0.0, tariff.volume_guarantee * planned - people)
    direct = setting.chances.automatic & (steps.parent == REFERRAL)
    prices = setting.prices * (1.0 + setting.targeted * (paid - 1.0))
    for s, month in enumerate(steps.months):
        before = int(month - steps.delay[s])
        standing = max(0, min(programme.referral_months, programme.contract_months - before))
        costs[before : before + standing] += provider.unit_cost * (service.spend[:, s] @ people[:, :standing])
        cohorts = max(0, min(programme.referral_months, programme.contract_months - int(month)))
        level, arrive = index[month : month + cohorts], _arrivals(setting, s, cohorts)
        np.add.at(results, arrive, (service.reach[:, s] * prices[:, s]) @ people[:, :cohorts] * level)
        np.add.at(fees, arrive, (direct[:, s] * setting.prices[:, s]) @ short[:, :cohorts] * level)
    fees[0] += tariff.upfront_payment * provider.share
    fees[: programme.contract_months] += tariff.service_fee_monthly * provider.share
    costs[: programme.contract_months] += provider.overhead_monthly
    return _capped(results, fees, costs, np.inf if tariff.payment_cap is None else tariff.payment_cap * provider.share)


def _capped(results: Array, fees: Array, costs: Array, cap: Pounds) -> Flows:
    """Stop paying where the cap is reached; a month's fees and results lose alike."""
    whole = results + fees
    left = np.diff(np.minimum(np.cumsum(whole), cap), prepend=0.0)
    share = np.divide(left, whole, out=np.ones_like(whole), where=whole > 0)
    return Flows(results * share, fees * share, costs, whole)


def arrivals_of_cohorts(setting: Setting, income: Array) -> Array:
    """Give what a person referred in each year of the contract is expected to earn, £; axis year of referral.

    Parameters
    ----------
    income : payments expected a person at the prices of the start, axis step.
    """
    programme, index = setting.programme, _index(setting)
    earned = np.zeros(programme.referral_months)
    for s, month in enumerate(setting.steps.months):
        cohorts = max(0, min(programme.referral_months, programme.contract_months - int(month)))
        earned[:cohorts] += income[s] * index[month : month + cohorts]
    years = np.arange(programme.referral_months) // 12
    return np.array([earned[years == year].mean() for year in range(int(years[-1]) + 1)])
