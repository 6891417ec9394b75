"""Money by month: what a contract earns and costs, when it arrives, and what a cap leaves of it."""

from dataclasses import dataclass

import numpy as np

from commissioning.core.units import Array

from .contracts import Contract, settlement_months
from .counts import Counts
from .quantiles import Floats
from .targets import paid_share


@dataclass(frozen=True, slots=True)
class Ledger:
    """One provider's money in a block, £; axes month, draw.

    `earned` is what the month's outcomes (and settled targets and guarantees) are worth, paid after the lag;
    `spent` is support, at its cost, without overhead.
    """

    earned: Floats
    spent: Floats


def ledger_of(contract: Contract, groups: list[Counts]) -> Ledger:
    """Money that follows from counts with support as planned."""
    draws = groups[0].referred.shape[1]
    earned = np.zeros((contract.contract_months, draws), dtype=np.float32)
    spent = np.zeros_like(earned)
    for group, counts in enumerate(groups):
        _add_outcomes(contract, group, counts, earned)
        _add_support(contract, group, counts, spent)
        _add_guarantee(contract, group, counts, earned)
    _add_settlements(contract, groups, earned)
    return Ledger(earned, spent)


def _add_outcomes(contract: Contract, group: int, counts: Counts, earned: Floats) -> None:
    for step, months in enumerate(contract.steps.months):
        price = contract.price[group, step]
        if price and not contract.targeted[step]:
            people = counts.reached[step]
            due = slice(int(months), int(months) + len(people))
            earned[due] += people * (price * contract.price_index[due]).astype(np.float32)[:, None]


def _add_support(contract: Contract, group: int, counts: Counts, spent: Floats) -> None:
    steps = contract.steps
    for step in np.flatnonzero(contract.spend[group]):
        people = counts.standing(steps, int(step))
        before = int(steps.months[step] - steps.delay[step])
        cost = np.float32(contract.provider.unit_cost * contract.spend[group, step])
        spent[before : before + len(people)] += people * cost


def _add_guarantee(contract: Contract, group: int, counts: Counts, earned: Floats) -> None:
    """Pay the first automatic payments of referrals that fell short of the guaranteed volume."""
    if contract.guarantee_level == 0:
        return
    short = np.maximum(0.0, contract.guarantee_level * contract.planned[group][:, None] - counts.referred)
    for step in np.flatnonzero(contract.guarantee[group]):
        months = int(contract.steps.months[step])
        cohorts = contract.cohorts(months)
        price = contract.guarantee[group, step] * contract.price_index[months : months + cohorts]
        earned[months : months + cohorts] += short[:cohorts] * price[:, None]


def _add_settlements(contract: Contract, groups: list[Counts], earned: Floats) -> None:
    """Pay each window of the target, when it closes, for the share of its outcomes that its rate earns."""
    for window, month in enumerate(settlement_months(contract)):
        first = window * contract.target.window_months
        cohorts = slice(first, first + contract.target.window_months)
        earned[month] += settlement(contract, groups, cohorts)


def settlement(contract: Contract, groups: list[Counts], cohorts: slice) -> Array:
    """Value what the target pays for a window of cohorts, £ at its milestone's prices; axis draw."""
    referred = np.sum([counts.referred[cohorts].sum(0, dtype=float) for counts in groups], axis=0)
    targeted = np.flatnonzero(contract.targeted)
    outcomes = np.sum([counts.reached[targeted[0]][cohorts].sum(0, dtype=float) for counts in groups], axis=0)
    value: Array = np.zeros_like(referred)
    for group, counts in enumerate(groups):
        for step in targeted:
            people = counts.reached[step][cohorts]
            start = int(contract.steps.months[step]) + cohorts.start
            price = contract.price[group, step] * contract.price_index[start : start + len(people)]
            value += price @ people
    share: Array = value * paid_share(contract.target, outcomes / np.maximum(referred, 1.0))
    return share


def receipts_of(contract: Contract, earned: Floats) -> Array:
    """Money in by month of arrival, £: fees and earnings after the lag, until the cap; axes month, draw."""
    income = np.zeros((contract.months, earned.shape[1]))
    income[contract.lag :] = earned
    income[: contract.contract_months] += contract.fee
    income[0] += contract.upfront
    if np.isfinite(contract.cap):
        income = np.diff(np.minimum(np.cumsum(income, axis=0), contract.cap), axis=0, prepend=0.0)
    return income


def outgoings_of(contract: Contract, spent: Floats) -> Array:
    """Money out by month, £: overhead and support; axes month, draw."""
    out = np.zeros((contract.months, spent.shape[1]))
    out[: contract.contract_months] = spent + contract.provider.overhead_monthly
    return out
