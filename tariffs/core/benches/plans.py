"""A provider's own way of working as the incentive model's plan: what it spends on whom, and how well it does."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from commissioning.core.units import Array, LogOdds, Months, Pounds, Share
from tariffs.core.incentives import Setting, Simulation, decide
from tariffs.core.incentives.decisions import Decision, expected_share, floor_of
from tariffs.core.incentives.pathways import Chances, sigmoid
from tariffs.core.incentives.spending import reach_along, reach_before
from tariffs.core.programmes import Programme, Provider, SpendingRule

#: How far outcomes may be shifted either way, in log-odds: from next to none to next to all.
WIDEST: LogOdds = 12.0
#: Halvings of that range; what is left is finer than any figure on a page.
_HALVINGS = 40
_ENDLESS: Pounds = 1e15


@dataclass(frozen=True, slots=True)
class Bench:
    """What a provider brings of its own.

    `share` of the contract is its own. `caseload` gives people a month, and `spend` £ on each person who comes, by id
    of their group; a group without a caseload has its share of the draft's, and without `spend` every group gets what
    pays best. `success` is how its outcomes compare with those that the draft's evidence expects: 1 for the same.
    """

    share: Share = 1.0
    caseload: tuple[tuple[str, float], ...] = ()
    spend: tuple[tuple[str, Pounds], ...] | None = None
    success: float = 1.0
    overhead_monthly: Pounds = 0.0
    reserves: Pounds = 0.0
    reserve_floor_months: Months = 0
    overdraft: Pounds = 0.0
    cost_of_capital: Share = 0.035


def own_programme(programme: Programme, bench: Bench) -> Programme:
    """Give the draft with this provider alone in it, at its own caseload; fees and caps come by its share."""
    caseload = dict(bench.caseload)
    groups = tuple(
        replace(group, referrals_per_month=caseload[group.id] / bench.share) if group.id in caseload else group
        for group in programme.groups
    )
    provider = Provider(
        id="own",
        share=bench.share,
        spending_rule=SpendingRule.MARGINAL,
        cost_of_capital=bench.cost_of_capital,
        overhead_monthly=bench.overhead_monthly,
        reserves=bench.reserves,
        reserve_floor_months=float(bench.reserve_floor_months),
        overdraft=bench.overdraft,
    )
    return replace(programme, groups=groups, providers=(provider,), market=None)


@dataclass(frozen=True, slots=True)
class Practice:
    """A provider's practice under a draft: what it spends on each person before each step, whatever comes of it.

    `support` has axes group, step, stratum, £.
    """

    setting: Setting
    decision: Decision
    support: Array
    success: float

    @classmethod
    def of(cls, programme: Programme, bench: Bench) -> "Practice":
        """Work out what a provider spends: the sums that it names, or else those that pay best."""
        setting = Setting.of(own_programme(programme, bench))
        decision = decide(setting, setting.programme.providers[0])
        support = decision.support_at
        if bench.spend is not None:
            support = _spread(setting, dict(bench.spend), support.shape[-1])
        return cls(setting, decision, support, bench.success)

    def simulation(self, success: float = 1.0) -> Simulation:
        """Give its contract ready to be drawn, with `success` times the outcomes it expects for the same money."""
        return self._drawable(self._shift_for(self.success * success), self.decision)

    def untroubled(self, shift: LogOdds) -> Simulation:
        """Give its contract with all chances moved by so much, and no want of cash that could end it."""
        provider = replace(self.decision.provider, reserve_floor_months=0.0, overdraft=_ENDLESS)
        return self._drawable(shift, replace(self.decision, provider=provider))

    def _drawable(self, shift: LogOdds, planned: Decision) -> Simulation:
        made = Simulation(self.setting.programme)
        made.setting = _shifted(self.setting, shift)
        # The plan is the provider's own, and not the one that the model would choose.
        vars(made)["decisions"] = (_decision(made.setting, planned, self.support),)
        return made

    def rate(self, success: float = 1.0) -> Share:
        """Give the share of people referred who reach the final outcome as planned."""
        return self.rate_at(self._shift_for(self.success * success))

    def rate_at(self, shift: LogOdds) -> Share:
        """Give the same with all chances moved by so much."""
        setting = _shifted(self.setting, shift)
        final = (_reach(setting, self.support)[1] * setting.steps.final_share[:, None]).sum(1).mean(-1)
        people = setting.referrals
        return float(final @ people / people.sum()) if people.sum() > 0 else 0.0

    def _shift_for(self, success: float) -> LogOdds:
        """Find how far all chances move for so many times the outcomes; as far as they go where no shift is enough."""
        if success == 1.0:
            return 0.0
        wanted = success * self.rate_at(0.0)
        return _halved(lambda shift: self.rate_at(shift) - wanted)


def _halved(rising: Callable[[LogOdds], float]) -> LogOdds:
    """Find the shift at which a rising function passes nought; the end of the range where it does not."""
    low, high = -WIDEST, WIDEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2


def _spread(setting: Setting, spend: dict[str, Pounds], strata: int) -> Array:
    """Put what is spent on each person before the first step on which help tells; never less than the minimum."""
    support = np.zeros((*setting.chances.responsiveness.shape, strata))
    for g, group in enumerate(setting.programme.groups):
        tells = np.flatnonzero(setting.chances.responsiveness[g] > 0)
        support[g, int(tells[0]) if len(tells) else 0] = spend.get(group.id, 0.0)
    return np.maximum(support, floor_of(setting)[..., None])


def _shifted(setting: Setting, shift: LogOdds) -> Setting:
    if shift == 0.0:
        return setting
    chances: Chances = replace(setting.chances, log_odds=setting.chances.log_odds + shift)
    return replace(setting, chances=chances)


def _reach(setting: Setting, support: Array) -> tuple[Array, Array]:
    """Give the chance of each step and of reaching it from referral; axes group, step, stratum."""
    chances = setting.chances
    response = chances.responsiveness[..., None] * np.log1p(support / chances.scale[..., None])
    chance = np.where(chances.automatic[..., None], 1.0, sigmoid(chances.log_odds + response))
    return chance, reach_along(chance, setting.steps)


def _decision(setting: Setting, planned: Decision, support: Array) -> Decision:
    chance, reach = _reach(setting, support)
    paid = float(expected_share(setting, planned.provider, reach[None])[0])
    factor = 1.0 + setting.targeted * (paid - 1.0)
    return replace(
        planned,
        support_at=support,
        chance=chance,
        reach=reach,
        support_by_stratum=(reach_before(reach, setting.steps) * support).sum(-2),
        income=(reach.mean(-1) * setting.prices * factor).sum(-1),
        paid_share=paid,
    )
