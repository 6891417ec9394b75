"""What a tariff costs over the whole contract if things go as planned, worked out exactly: luck is left out."""

from dataclasses import dataclass

import numpy as np

from commissioning.core.figures import percent, pounds, short_pounds
from commissioning.core.units import Array, Pounds, Share

from .incentives import Setting
from .incentives.decisions import Decision
from .incentives.pathways import REFERRAL, Bools, Ints, prices_of, steps_of
from .price_plans import is_whole, plans
from .programmes import Programme

#: What a payment is for; the rows of every array of payments.
FIXED, ATTACHMENT, ON_THE_WAY, FINAL = range(4)


@dataclass(frozen=True, slots=True)
class Totals:
    """What is expected to be paid over the contract, £, by what it is paid for; a cap is taken off already.

    `fixed` is fees and the upfront payment, `attachment` what everyone referred earns, `on_the_way` steps before the
    final outcome, `final` the final outcome and what follows it; `uncapped` what all would be without a cap.
    """

    fixed: Pounds
    attachment: Pounds
    on_the_way: Pounds
    final: Pounds
    uncapped: Pounds
    budget: Pounds

    @property
    def total(self) -> Pounds:
        """Give all that is expected to be paid."""
        return self.fixed + self.attachment + self.on_the_way + self.final

    @property
    def by_price(self) -> Pounds:
        """Give what is paid at the prices of the grid."""
        return self.attachment + self.on_the_way + self.final

    @property
    def results_share(self) -> Share:
        """Give the share that is paid only where a result is reached."""
        return (self.on_the_way + self.final) / self.total if self.total else 0.0

    @property
    def early_share(self) -> Share:
        """Give the share that is paid for what comes before the final outcome."""
        return (self.total - self.final) / self.total if self.total else 0.0

    @property
    def budget_share(self) -> Share | None:
        """Give the total as a share of the budget, nothing where none is set."""
        return self.total / self.budget if self.budget else None

    @property
    def is_capped(self) -> bool:
        """Tell whether the cap takes something off."""
        return self.uncapped - self.total > 1e-6 * max(1.0, self.total)


def totals(programme: Programme) -> Totals | None:
    """Add up what is expected to be paid if all planned referrals come and are taken; nothing while parts are missing.

    Notes
    -----
    As in the simulation, what is reached after the contract's end is not paid, prices change each year, a target pays
    the share of its outcomes that the provider expects when its window settles, and a cap ends payments in the order
    in which they arrive. The guarantee pays nothing, for all planned referrals come. Luck is left out: with a cap or
    a target the mean over draws may differ.
    """
    return _totals(programme) if is_whole(programme) else None


def _totals(programme: Programme) -> Totals:
    found = plans(programme)
    paid, due = np.zeros(4), 0.0
    for decision, weight in zip(found.decisions, found.weights, strict=True):
        path = payment_path(found.setting, decision)
        due += weight * float(path.sum())
        paid += weight * capped(path, programme.tariff.payment_cap).sum(-1)
    fixed, attachment, on_the_way, final = map(float, paid)
    return Totals(fixed, attachment, on_the_way, final, due, programme.budget)


def payment_path(setting: Setting, decision: Decision) -> Array:
    """Payments by what they are for and the month of arrival, were the whole contract one provider's, £."""
    programme, tariff = setting.programme, setting.programme.tariff
    months, lag = programme.contract_months, tariff.payment_lag_months
    path = np.zeros((4, months + lag))
    path[FIXED, :months] = tariff.service_fee_monthly
    path[FIXED, 0] += tariff.upfront_payment
    kinds = _kinds(setting)
    income = setting.referrals @ (decision.reach.mean(-1) * setting.prices)
    income = income * (1.0 + setting.targeted * (decision.paid_share - 1.0))
    index = (1.0 + tariff.annual_price_change) ** (np.arange(months) // 12)
    for step in np.flatnonzero(income):
        first = int(setting.steps.months[step])
        cohorts = np.arange(max(0, min(programme.referral_months, months - first)))
        people = (1.0 + programme.uncertainty.volume_trend) ** (cohorts / 12.0)
        arrival = (_settled(setting, cohorts) if setting.targeted[step] else cohorts + first) + lag
        np.add.at(path[kinds[step]], arrival, income[step] * people * index[cohorts + first])
    return path


def _kinds(setting: Setting) -> Ints:
    """Tell what each step is paid for; a step that everyone takes right after referral is attachment."""
    steps, milestones = setting.steps, setting.programme.milestones
    last = np.zeros(len(steps), dtype=bool)
    for step, parent in enumerate(steps.parent):
        last[step] = milestones[steps.milestone[step]].final or (parent != REFERRAL and last[parent])
    attachment: Bools = setting.chances.automatic.all(0) & (steps.parent == REFERRAL)
    return np.where(last, FINAL, np.where(attachment, ATTACHMENT, ON_THE_WAY))


def _settled(setting: Setting, cohorts: Ints) -> Ints:
    """Month in which the target window of each cohort settles, as in the simulation."""
    programme, window = setting.programme, setting.programme.tariff.target.window_months
    ends = np.minimum((cohorts // window + 1) * window, programme.referral_months)
    latest = int(setting.steps.months[setting.targeted > 0].max())
    return np.minimum(ends - 1 + latest, programme.contract_months - 1)


def capped(path: Array, cap: Pounds | None) -> Array:
    """Take off what arrives after the cap is reached, from whatever arrives in that month alike."""
    if cap is None:
        return path
    due = path.sum(0)
    kept = np.diff(np.minimum(np.cumsum(due), cap), prepend=0.0)
    return path * np.divide(kept, due, out=np.zeros_like(due), where=due > 0)


@dataclass(frozen=True, slots=True)
class Most:
    """The most that one person of a price band can earn, £ at the contract's start: by milestone, and in all."""

    price_band: str
    by_milestone: dict[str, Pounds]
    total: Pounds


def most_by_band(programme: Programme) -> tuple[Most, ...]:
    """Add up every paid repeat of every milestone, a cap on one person taken off; bands in the groups' order."""
    if not programme.milestones:
        return ()
    steps = steps_of(programme.milestones)
    prices = prices_of(programme, steps)
    found: dict[str, Most] = {}
    for group, earned in zip(programme.groups, prices, strict=True):
        if group.price_band not in found:
            amounts = {
                milestone.id: float(earned[steps.milestone == place].sum())
                for place, milestone in enumerate(programme.milestones)
            }
            found[group.price_band] = Most(group.price_band, amounts, sum(amounts.values()))
    return tuple(found.values())


def in_words(found: Totals | None) -> str:
    """Say what the tariff costs as planned, against the budget, and what of it depends on results."""
    if found is None:
        return ""
    if not found.total:
        return "Nothing would be paid over the contract."
    cost = f"If things go as planned, {short_pounds(found.total)} is paid over the contract"
    if found.budget:
        cost += f", {percent(found.budget_share)} of the budget of {pounds(found.budget)}"
    split = f"{percent(found.results_share)} of it only where results are reached"
    early = f"{percent(found.early_share)} before the final outcome"
    capped = " The most that the contract pays is reached: results beyond it earn nothing." if found.is_capped else ""
    return f"{cost}: {split}, {early}.{capped}"
