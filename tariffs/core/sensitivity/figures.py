"""The figures that matter for a tariff, expected exactly: people parked, margin, spend, additional outcomes."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from commissioning.core.units import Array, LogOdds, People, Pounds, Share
from tariffs.core import quick_draws
from tariffs.core.incentives import Setting, Simulation, report
from tariffs.core.incentives.decisions import Decision, expected_share
from tariffs.core.incentives.pathways import REFERRAL, sigmoid
from tariffs.core.incentives.spending import reach_along, reach_before
from tariffs.core.price_plans import plans
from tariffs.core.price_totals import capped, payment_path
from tariffs.core.programmes import Programme, Provider
from tariffs.core.supply_chains import prime_of


class Figure(StrEnum):
    """A figure that a wrong input moves."""

    PARKED = "parked"  # share of the people referred who are parked
    MARGIN = "margin"  # pounds that the providers keep, over the contract
    SPEND = "spend"  # pounds that the commissioner pays, over the contract
    ADDITIONAL = "additional"  # final outcomes that would not have happened anyway
    LOSS = "loss"  # chance that the largest provider loses money


#: In the order in which they are told.
FIGURES = tuple(Figure)


@dataclass(frozen=True, slots=True)
class Case:
    """A programme as it would be with one input changed.

    `shift` moves the chances of everyone, log-odds, and `volume` multiplies the referrals that come, after providers
    have made their plans: luck that they cannot know. All other changes are in the programme, and are planned with.
    """

    programme: Programme
    shift: LogOdds = 0.0
    volume: float = 1.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What a case comes to; `loss` is simulated, all else exact."""

    parked: Share
    margin: Pounds
    spend: Pounds
    additional: People
    loss: Share

    def of(self, figure: Figure) -> float:
        """Give one figure by its name."""
        return float(getattr(self, figure.value))


def exact(case: Case) -> Figures:
    """Work a case out.

    Notes
    -----
    Expected values leave luck out, as the totals of the price grid do: no external shock but the case's own, nobody
    short of cash, all planned referrals. The chance of a loss comes from the small run with the same luck for every
    case, for the provider with the largest share.
    """
    found = plans(case.programme)
    setting, programme = found.setting, case.programme
    parked = spend = margin = additional = 0.0
    for planned, weight in zip(found.decisions, found.weights, strict=True):
        rows = report(setting, planned)
        people = setting.referrals / max(setting.referrals.sum(), 1e-300)
        parked += weight * float(people @ np.array([row.parked_share for row in rows]))
        life = lived(setting, planned, case.shift)
        path = payment_path(setting, life) * np.where(np.arange(4) > 0, case.volume, 1.0)[:, None]
        path[1] += _guaranteed(setting, case.volume)
        paid = weight * float(capped(path, programme.tariff.payment_cap).sum())
        spend += paid
        cost = weight * case.volume * support_cost(setting, life)
        margin += paid - cost - planned.provider.overhead_monthly * programme.contract_months
        additional += weight * case.volume * _additional(setting, life, case.shift)
    return Figures(parked, margin, spend, additional, _loss(case))


def lived(setting: Setting, planned: Decision, shift: LogOdds) -> Decision:
    """Give what a plan brings where everyone's chances are other than planned."""
    if shift == 0.0:
        return planned
    response = setting.chances.responsiveness[..., None] * np.log1p(
        planned.support_at / setting.chances.scale[..., None]
    )
    reach = reach_with(setting, response + shift)
    share = float(expected_share(setting, planned.provider, reach[None])[0])
    return replace(planned, reach=reach, paid_share=share)


def reach_with(setting: Setting, change: Array) -> Array:
    """Chance of reaching each step where the log-odds of taking each change so much; axes group, step, stratum."""
    taken = sigmoid(setting.chances.log_odds + change)
    return reach_along(np.where(setting.chances.automatic[..., None], 1.0, taken), setting.steps)


def people_standing(setting: Setting) -> Array:
    """Count a month's planned referrals that come to stand before each step within the contract, in months of them.

    Returns
    -------
    axis step: the sum over cohorts of the growth of referrals, so that 12 is a year's referrals without a trend.
    """
    programme = setting.programme
    growth = (1.0 + programme.uncertainty.volume_trend) ** (np.arange(programme.referral_months) / 12.0)
    before = setting.steps.months - setting.steps.delay
    return np.array([_summed(growth, programme.contract_months - int(month)) for month in before])


def people_reaching(setting: Setting) -> Array:
    """Count, likewise, the months of referrals that can reach each step within the contract; axis step."""
    programme = setting.programme
    growth = (1.0 + programme.uncertainty.volume_trend) ** (np.arange(programme.referral_months) / 12.0)
    return np.array([_summed(growth, programme.contract_months - int(month)) for month in setting.steps.months])


def _summed(growth: Array, cohorts: int) -> float:
    return float(growth[: max(0, cohorts)].sum())


def support_cost(setting: Setting, decision: Decision) -> Pounds:
    """Add up what support costs over the contract, were it all this provider's, £."""
    standing = reach_before(decision.reach, setting.steps)
    each = (standing * decision.support_at).mean(-1)
    return decision.provider.unit_cost * float((setting.referrals @ each) @ people_standing(setting))


def _additional(setting: Setting, decision: Decision, shift: LogOdds) -> People:
    """Count final outcomes beyond what the same people would have reached without help."""
    nothing = np.zeros_like(decision.support_at)
    without = reach_with(setting, nothing + shift)
    gained = (decision.reach - without).mean(-1) * setting.steps.final_share
    return float((setting.referrals @ gained) @ people_reaching(setting))


def _guaranteed(setting: Setting, volume: float) -> Array:
    """Give what a volume guarantee pays where fewer referrals come, £ by month of arrival."""
    programme, tariff, steps = setting.programme, setting.programme.tariff, setting.steps
    path = np.zeros(programme.contract_months + tariff.payment_lag_months)
    short = max(0.0, tariff.volume_guarantee - volume)
    direct = setting.chances.automatic & (steps.parent == REFERRAL)
    due = setting.referrals @ np.where(direct, setting.prices, 0.0)
    index = (1.0 + tariff.annual_price_change) ** (np.arange(programme.contract_months) // 12)
    for step in np.flatnonzero(due * short):
        first = int(steps.months[step])
        cohorts = np.arange(max(0, min(programme.referral_months, programme.contract_months - first)))
        growth = (1.0 + programme.uncertainty.volume_trend) ** (cohorts / 12.0)
        path[cohorts + first + tariff.payment_lag_months] += short * due[step] * growth * index[cohorts + first]
    return path


def _loss(case: Case) -> Share:
    """Draw the chance that the largest provider loses money."""
    unsure = case.programme.uncertainty
    season = tuple(value + case.shift for value in unsure.season)
    provider: Provider = prime_of(case.programme)
    drawn = replace(
        case.programme, providers=(provider,), uncertainty=replace(unsure, season=season), budget=0.0, market=None
    )
    (outcome,) = quick_draws.outcome(Simulation(drawn), case.volume)
    return float((outcome.margin < 0).mean())
