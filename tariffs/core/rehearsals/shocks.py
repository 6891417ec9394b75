"""Shocks: what befalls a contract after everybody has made their plans: who comes, and what they reach."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from commissioning.core.units import Array, LogOdds, Months, Share
from tariffs.core.incentives import Setting
from tariffs.core.price_plans import plans
from tariffs.core.programmes import Programme
from tariffs.core.sensitivity.figures import lived, people_reaching

#: The year in which a contract gets going, months.
FIRST_YEAR = 12
#: Log-odds beyond which a shift is not looked for, and halvings that find it.
_FARTHEST, _HALVINGS = 12.0, 60
#: Chances so near each other are alike, and the tilt of a mix beyond which only the hardest group is left.
_ALIKE, _STEEPEST = 1e-9, 200.0


class ShockKind(StrEnum):
    """What goes wrong."""

    REFERRALS = "referrals"  # fewer people are referred, throughout
    LABOUR_MARKET = "labour-market"  # outcomes are rarer for everyone, throughout
    POOR_REFERRALS = "poor-referrals"  # people farther from the outcome come instead of people near to it
    NO_PLACES = "no-places"  # a milestone takes longer, because places on are lacking
    LATE_REFERRALS = "late-referrals"  # part of the first year's referrals comes a year later
    LATE_RESULTS = "late-results"  # outcomes are rarer in the first year


#: How large each shock is unless somebody says otherwise: a share, or months for NO_PLACES.
DEFAULTS = {
    ShockKind.REFERRALS: 1 / 3,
    ShockKind.LABOUR_MARKET: 0.3,
    ShockKind.POOR_REFERRALS: 0.2,
    ShockKind.NO_PLACES: 6.0,
    ShockKind.LATE_REFERRALS: 0.5,
    ShockKind.LATE_RESULTS: 0.5,
}


@dataclass(frozen=True, slots=True)
class Shock:
    """One shock and its size: a share from 0 to 1, or whole months for NO_PLACES, whose `milestone` is named."""

    kind: ShockKind
    size: float
    milestone: str = ""


@dataclass(frozen=True, slots=True)
class Struck:
    """What a shock does to a programme.

    `coming` multiplies planned referrals (axes group, month of referral), `shift` moves everyone's chances (log-odds,
    axis month of the contract), and `setting` has the pathway's delays as they have become.
    """

    setting: Setting
    coming: Array
    shift: Array


def strike(programme: Programme, shock: Shock) -> Struck:
    """Work out what a shock does.

    Notes
    -----
    A labour market is poor by the log-odds at which, at planned support and without other luck, the final outcomes of
    the contract fall by the shock's size; late results are as much rarer, but only among what is decided in the first
    year. Poor referrals are as many people, whose chance without help is lower by the shock's size on average, because
    more come from groups that are farther off. Late referrals come twelve months after they were planned, where people
    are still referred then, and otherwise not at all.
    """
    setting = Setting.of(programme)
    coming = np.ones((len(programme.groups), programme.referral_months))
    shift = np.zeros(programme.contract_months)
    match shock.kind:
        case ShockKind.REFERRALS:
            coming *= 1.0 - shock.size
        case ShockKind.LABOUR_MARKET:
            shift[:] = shift_for(programme, shock.size)
        case ShockKind.POOR_REFERRALS:
            coming *= _mix(setting, shock.size)[:, None]
        case ShockKind.NO_PLACES:
            setting = Setting.of(delayed(programme, shock.milestone, round(shock.size)))
        case ShockKind.LATE_REFERRALS:
            coming *= _late(programme, shock.size)
        case _:  # late results
            shift[:FIRST_YEAR] = shift_for(programme, shock.size)
    return Struck(setting, coming, shift)


def fits(programme: Programme, kind: ShockKind) -> bool:
    """Tell whether a shock means anything to a programme: poor referrals need groups farther off than others."""
    return kind is not ShockKind.POOR_REFERRALS or bool((_mix(Setting.of(programme), 0.5) != 1.0).any())


def delayed(programme: Programme, milestone: str, months: Months) -> Programme:
    """Let a milestone take so many months longer."""
    late = tuple(
        replace(each, delay_months=each.delay_months + months) if each.id == milestone else each
        for each in programme.milestones
    )
    return replace(programme, milestones=late)


def shift_for(programme: Programme, fall: Share) -> LogOdds:
    """Find the log-odds by which all chances fall where the contract's final outcomes fall by a share.

    Where they cannot fall so far, because everyone takes some steps, they fall as far as they can.
    """
    found = plans(programme)
    setting = found.setting
    weight = setting.steps.final_share * people_reaching(setting)

    def outcomes(shift: LogOdds) -> float:
        each = [setting.referrals @ (lived(setting, plan, shift).reach.mean(-1) @ weight) for plan in found.decisions]
        return float(np.dot(found.weights, each))

    aim = (1.0 - fall) * outcomes(0.0)
    low, high = -_FARTHEST, 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if outcomes(middle) < aim else (low, middle)
    return high if fall > 0 else 0.0


def _mix(setting: Setting, size: Share) -> Array:
    """Give the factor on each group's referrals when harder people come instead of easier ones; axis group.

    Of all mixes of as many people whose average chance is so much lower, the one nearest to the plan: each group's
    numbers go with exp(-tilt * chance). Where no mix is as hard as that, all come from the hardest group.
    """
    chance = (setting.without_help().mean(-1) * setting.steps.final_share).sum(-1)
    total = max(float(setting.referrals.sum()), 1e-300)
    aim = (1.0 - size) * float(setting.referrals @ chance) / total
    spread = float(np.ptp(chance))
    if spread < _ALIKE or size == 0:
        return np.ones(len(chance))

    def factor(tilt: float) -> Array:
        weight = np.exp(-tilt * (chance - chance.min()) / spread)
        return weight * total / float(setting.referrals @ weight)

    low, high = 0.0, _STEEPEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        harder = float((setting.referrals * factor(middle)) @ chance) / total < aim
        low, high = (low, middle) if harder else (middle, high)
    return factor(high)


def _late(programme: Programme, size: Share) -> Array:
    """Give the factor on each month's referrals; axis month of referral."""
    growth = (1.0 + programme.uncertainty.volume_trend) ** (np.arange(programme.referral_months) / 12.0)
    came = growth.copy()
    late = size * growth[:FIRST_YEAR]
    came[:FIRST_YEAR] -= late
    later = came[FIRST_YEAR : 2 * FIRST_YEAR]
    later += late[: len(later)]
    return came / growth
