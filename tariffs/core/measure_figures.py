"""What is expected to be claimed and paid for each milestone, and what checking it costs of that."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from commissioning.core.units import People, Pounds, Share

from .incentives import Setting
from .incentives.decisions import Decision
from .price_plans import is_whole, plans
from .programmes import Programme


@dataclass(frozen=True, slots=True)
class Expected:
    """Over the whole contract: how often an outcome is claimed, repeats included, and what is paid for it, £."""

    claims: People = 0.0
    paid: Pounds = 0.0


def expected_by_milestone(programme: Programme) -> dict[str, Expected] | None:
    """Add up claims and payments of every milestone that has a price, by its id; nothing while parts are missing.

    Notes
    -----
    As planned: all referrals come, luck and caps are left out, what is reached after the contract's end is not claimed.
    A target pays the share of its outcomes that the provider expects; every one of them is claimed.
    """
    if not is_whole(programme):
        return None
    found = plans(programme)
    sums = np.zeros((2, len(programme.milestones)))
    for decision, weight in zip(found.decisions, found.weights, strict=True):
        sums += weight * _sums(found.setting, decision)
    priced = priced_milestones(programme)
    names = (milestone.id for milestone in programme.milestones)
    return {name: Expected(*map(float, both)) for name, both in zip(names, sums.T, strict=True) if name in priced}


def priced_milestones(programme: Programme) -> dict[str, Pounds]:
    """Give the lowest price of each milestone that has one, in any band, by its id."""
    found: dict[str, Pounds] = {}
    for line in programme.tariff.prices:
        if line.price > 0:
            found[line.milestone] = min(line.price, found.get(line.milestone, line.price))
    return found


def _sums(setting: Setting, decision: Decision) -> np.ndarray:
    """Claims and payments by milestone, were the whole contract one provider's; axes claims or payments, milestone."""
    programme, reach = setting.programme, decision.reach.mean(-1)
    sums = np.zeros((2, len(programme.milestones)))
    claimed = setting.referrals @ (reach * (setting.prices > 0))
    paid = setting.referrals @ (reach * setting.prices) * (1.0 + setting.targeted * (decision.paid_share - 1.0))
    index = (1.0 + programme.tariff.annual_price_change) ** (np.arange(programme.contract_months) // 12)
    for step in np.flatnonzero(claimed):
        month = int(setting.steps.months[step])
        cohorts = np.arange(max(0, min(programme.referral_months, programme.contract_months - month)))
        people = (1.0 + programme.uncertainty.volume_trend) ** (cohorts / 12.0)
        milestone = setting.steps.milestone[step]
        sums[0, milestone] += claimed[step] * people.sum()
        sums[1, milestone] += paid[step] * (people * index[cohorts + month]).sum()
    return sums


def verification_share(expected: Mapping[str, Expected], cost_of_claim: Mapping[str, Pounds]) -> Share | None:
    """Give what all claims cost to check, of what is paid for them; nothing where nothing is paid.

    Parameters
    ----------
    cost_of_claim : what one claim costs, £, by milestone; every milestone of `expected` is there.
    """
    paid = sum(each.paid for each in expected.values())
    if not paid:
        return None
    return sum(each.claims * cost_of_claim[name] for name, each in expected.items()) / paid


def self_declared_share(expected: Mapping[str, Expected], declared: Collection[str]) -> Share | None:
    """Give the part of the payments that only the provider's word stands for; nothing where nothing is paid."""
    paid = sum(each.paid for each in expected.values())
    return sum(each.paid for name, each in expected.items() if name in declared) / paid if paid else None
