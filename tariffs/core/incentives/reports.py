"""What a plan means for a group: who is supported, who is parked, what is paid for nothing."""

from dataclasses import dataclass

import numpy as np

from commissioning.core.units import Array, Pounds, Share
from tariffs.core.parameters import PARAMETERS
from tariffs.core.programmes import Target, TargetRule

from .decisions import Decision, Setting, efficient_plan, expected_share
from .targets import paid_share


@dataclass(frozen=True, slots=True)
class GroupReport:
    """One provider's plan for one group, in the words of the specification; money in £ a person."""

    provider: str
    group: str
    money_price: float
    support: Pounds
    support_by_stratum: tuple[Pounds, ...]
    efficient_support: Pounds
    intended_support: Pounds | None
    income: Pounds
    reach: dict[str, Share]
    reach_without_help: dict[str, Share]
    baseline_final: Share
    final: Share
    additional: Share
    deadweight_share: Share
    parked_share: Share
    near_share: Share
    head_value: Pounds
    parity: float | None
    paid_share: Share
    social_value_added: Pounds


@dataclass(frozen=True, slots=True)
class _Means:
    """Averages over the strata that a report compares; axis group, and stratum where named."""

    support: Array
    without_final: Array
    parked: Array
    income: Array
    income_without: Array
    efficient: Array


def report(setting: Setting, decision: Decision) -> tuple[GroupReport, ...]:
    """Report one provider's plan for every group, in file order."""
    means = _means(setting, decision)
    parity = _parity(setting, means)
    reach, without = decision.reach.mean(-1), setting.without_help().mean(-1)
    rows = []
    for g, group in enumerate(setting.programme.groups):
        support, final = decision.support_by_stratum[g], float(reach[g] @ setting.steps.final_share)
        baseline = float(without[g] @ setting.steps.final_share)
        rows.append(
            GroupReport(
                provider=decision.provider.id,
                group=group.id,
                money_price=float(decision.money_price[g]),
                support=float(means.support[g]),
                support_by_stratum=tuple(map(float, support)),
                efficient_support=float(means.efficient[g]),
                intended_support=group.intended_support,
                income=float(means.income[g]),
                reach=_reached(setting, reach[g]),
                reach_without_help=_reached(setting, without[g]),
                baseline_final=baseline,
                final=final,
                additional=final - baseline,
                deadweight_share=_ratio(means.income_without[g], means.income[g]),
                parked_share=float(means.parked[g].mean()),
                near_share=_near_share(support),
                head_value=float(decision.head_value[g]),
                parity=parity[g],
                paid_share=decision.paid_share,
                social_value_added=(final - baseline) * group.social_value,
            )
        )
    return tuple(rows)


def _means(setting: Setting, decision: Decision) -> _Means:
    support = decision.support_by_stratum.mean(-1)
    without = setting.without_help()
    without_final = np.einsum("gsj,s->gj", without, setting.steps.final_share)
    weights = setting.referrals / max(setting.referrals.sum(), 1e-300)
    little = decision.support_by_stratum < PARAMETERS.parked_below * float(support @ weights)
    poorer = without_final < float(without_final.mean(-1) @ weights)
    unhelped_share = float(expected_share(setting, decision.provider, without[None])[0])
    factor = 1.0 + setting.targeted * (unhelped_share - 1.0)
    return _Means(
        support=support,
        without_final=without_final,
        parked=little & poorer,
        income=decision.income,
        income_without=(without.mean(-1) * setting.prices * factor).sum(-1),
        efficient=efficient_plan(setting).support_by_stratum(setting.steps)[0].mean(-1),
    )


def _reached(setting: Setting, reach: Array) -> dict[str, Share]:
    steps = setting.steps
    return {item.id: float(reach[steps.first_of(index)]) for index, item in enumerate(setting.programme.milestones)}


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else 0.0


def _near_share(support: Array) -> Share:
    """Share of support on the half of the people nearest to the outcome; 0.5 where nobody gets any."""
    total = support.sum()
    return float(support[len(support) // 2 :].sum() / total) if total > 0 else 0.5


def _parity(setting: Setting, means: _Means) -> list[float | None]:
    """Income per pound of support, each group against the best-paid group.

    Support is what the commissioner intends for the group where that is known, and efficient support otherwise.
    """
    intended = [group.intended_support for group in setting.programme.groups]
    needed = [own if own is not None else float(means.efficient[g]) for g, own in enumerate(intended)]
    worth = [float(means.income[g]) / need if need > 0 else None for g, need in enumerate(needed)]
    best = max((value for value in worth if value is not None), default=0.0)
    return [value / best if value is not None and best > 0 else None for value in worth]


def cliff(setting: Setting, decision: Decision) -> Pounds:
    """Value what one outcome more pays a provider at the target: the step from one below it, £ for one window."""
    target = setting.programme.tariff.target
    if target.rule is TargetRule.NONE:
        return 0.0
    people = setting.referrals.sum() * decision.provider.share * target.window_months
    rate, price = target.rate or 0.0, _price_of_outcome(setting, decision)
    reached = np.ceil(rate * people - 1e-9)
    return float(
        price * (reached * _paid(target, reached, people) - (reached - 1) * _paid(target, reached - 1, people))
    )


def _paid(target: Target, outcomes: float, people: float) -> Share:
    return float(paid_share(target, np.array(max(outcomes, 0.0) / max(people, 1e-300))))


def _price_of_outcome(setting: Setting, decision: Decision) -> Pounds:
    """Average price of a targeted outcome over those expected, £."""
    first = int(np.argmax(setting.targeted))
    outcomes = decision.reach[:, first].mean(-1) @ setting.referrals
    value = (decision.reach.mean(-1) * setting.prices * setting.targeted).sum(-1) @ setting.referrals
    return _ratio(float(value), float(outcomes))
