"""One provider's contract as the simulation needs it: rates, chances tabulated over shocks, prices and costs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commissioning.core.units import Array, Months, Pounds
from tariffs.core.parameters import PARAMETERS
from tariffs.core.programmes import Provider, Target, TargetRule

from .decisions import Decision, Setting, floor_of
from .pathways import REFERRAL, Bools, Ints, Steps, sigmoid
from .quantiles import Floats
from .shocks import season_by_month
from .spending import reach_before

#: Nodes of the tables: over the outcome shock, and over the support scale from its least to 1.
SHOCK_NODES, SCALE_NODES = 257, 64
#: Parts of the way from one shock node to the next at which interpolated values are kept ready.
PARTS = 16
#: Shocks wider than this many standard deviations do not occur in any run.
_WIDEST = 6.5


@dataclass(frozen=True, slots=True)
class ShockGrid:
    """Evenly spaced nodes of the outcome shock."""

    lowest: float
    step: float

    @classmethod
    def of(cls, setting: Setting) -> "ShockGrid":
        """Cover every shock that the programme's uncertainty can bring."""
        unsure, programme = setting.programme.uncertainty, setting.programme
        season = season_by_month(unsure, programme.start, programme.contract_months)
        reach = _WIDEST * (unsure.outcome_shock + unsure.outcome_shock_monthly) + 1e-3
        low, high = season.min() - reach, season.max() + reach
        return cls(float(low), float(high - low) / (SHOCK_NODES - 1))

    @property
    def nodes(self) -> Array:
        """Shocks at the nodes, log-odds."""
        return self.lowest + self.step * np.arange(SHOCK_NODES)

    def place(self, shock: Floats) -> tuple[NDArray[np.intp], Floats]:
        """Node below each shock, and how far it stands towards the next, 0 to 1; same shape."""
        where = (shock - np.float32(self.lowest)) * np.float32(1.0 / self.step)
        node = np.clip(where.astype(np.intp), 0, SHOCK_NODES - 2)
        return node, (where - node).astype(np.float32)

    def place_finely(self, shock: Floats) -> NDArray[np.intp]:
        """Nearest of the finer places, PARTS to a node, for each shock; same shape."""
        where = (shock - np.float32(self.lowest)) * np.float32(PARTS / self.step) + np.float32(0.5)
        return np.clip(where.astype(np.intp), 0, (SHOCK_NODES - 1) * PARTS)


@dataclass(frozen=True, slots=True)
class Contract:
    """Everything about one provider's contract that does not depend on luck.

    Axes are group, step unless said otherwise. `chance` and `spend` are averaged over the strata still standing
    before the step, at planned support and no shock: `chance` has axes group, step, (value and
    rise to the next), shock node, `fine_chance` and `unhelped` one value at each finer place; `scaled_chance`
    and `scaled_spend` belong to `scaled_rows`, the (group, step) pairs with support, and have axes row, scale node
    (, shock node). `planned` is referrals by group and month, and `coming` those that luck is drawn around: the same,
    unless something befalls the contract that nobody planned for; `price` is £ by group, step at the start, and
    `price_index` by month of reaching. `income_share_of_cap` and the fees are already the provider's share.
    """

    provider: Provider
    steps: Steps
    referral_months: Months
    contract_months: Months
    lag: Months
    planned: Array
    coming: Array
    automatic: Bools
    grid: ShockGrid
    chance: Floats
    fine_chance: Floats
    spend: Array
    scaled_rows: Ints
    scaled_chance: Floats
    scaled_spend: Floats
    unhelped: Floats
    price: Array
    price_index: Array
    guarantee: Array
    guarantee_level: float
    fee: Pounds
    upfront: Pounds
    cap: Pounds
    planned_monthly_cost: Pounds
    replacement_months: Months
    target: Target
    targeted: Array
    evidence_ahead: Bools

    @property
    def months(self) -> Months:
        """Length of the cash path."""
        return self.contract_months + self.lag

    def cohorts(self, months_from_referral: int) -> int:
        """Cohorts (months of referral) that come this far before the contract ends."""
        return max(0, min(self.referral_months, self.contract_months - int(months_from_referral)))


def contract_of(setting: Setting, decision: Decision) -> Contract:
    """Compile one provider's contract from its plan."""
    programme, tariff, provider = setting.programme, setting.programme.tariff, decision.provider
    months = np.arange(programme.contract_months)
    growth = (1.0 + programme.uncertainty.volume_trend) ** (months[: programme.referral_months] / 12.0)
    tables = _Tables(setting, decision)
    planned = tables.chance_at(1.0)
    share = provider.share
    referrals = setting.referrals[:, None] * share * growth
    helped_cost = provider.unit_cost * float(decision.support_by_stratum.mean(-1) @ setting.referrals) * share
    direct = setting.chances.automatic & (setting.steps.parent == REFERRAL)
    return Contract(
        provider=provider,
        steps=setting.steps,
        referral_months=programme.referral_months,
        contract_months=programme.contract_months,
        lag=tariff.payment_lag_months,
        planned=referrals,
        coming=referrals,
        automatic=setting.chances.automatic,
        grid=tables.grid,
        chance=_with_rise(planned),
        fine_chance=_finely(planned),
        spend=tables.spend_at(1.0),
        scaled_rows=tables.rows,
        scaled_chance=tables.scaled_chance(),
        scaled_spend=tables.scaled_spend(),
        unhelped=_finely(tables.unhelped()),
        price=setting.prices,
        price_index=(1.0 + tariff.annual_price_change) ** (months // 12),
        guarantee=np.where(direct, setting.prices, 0.0),
        guarantee_level=tariff.volume_guarantee,
        fee=tariff.service_fee_monthly * share,
        upfront=tariff.upfront_payment * share,
        cap=np.inf if tariff.payment_cap is None else tariff.payment_cap * share,
        planned_monthly_cost=provider.overhead_monthly + helped_cost,
        replacement_months=programme.uncertainty.replacement_months,
        target=tariff.target,
        targeted=setting.targeted,
        evidence_ahead=_evidence_ahead(setting),
    )


def _evidence_ahead(setting: Setting) -> Bools:
    """Whether a step with evidence follows each step; axes group, step, and one place more for referral."""
    ahead = np.zeros((len(setting.referrals), len(setting.steps) + 1), dtype=bool)
    for s in reversed(range(len(setting.steps))):
        ahead[:, setting.steps.parent[s]] |= ahead[:, s] | ~setting.chances.automatic[:, s]
    return ahead


class _Tables:
    """Chances and spending averaged over those still standing, at the nodes of shock and support scale."""

    def __init__(self, setting: Setting, decision: Decision) -> None:
        self.setting, self.decision, self.grid = setting, decision, ShockGrid.of(setting)
        self.standing = _shares(reach_before(decision.reach, setting.steps))
        self.floor = floor_of(setting)
        supported = (decision.support_at > 0).any(-1) & (decision.provider.reserve_floor_months > 0)
        self.rows = np.flatnonzero(supported.ravel())
        self.scales = np.linspace(PARAMETERS.least_support_scale, 1.0, SCALE_NODES)

    def chance_at(self, scale: float) -> Floats:
        """Average the chances at one support scale; axes group, step, shock node."""
        return self._averaged(self._support(scale), self.standing, slice(None))

    def spend_at(self, scale: float) -> Array:
        """Average the support spent at one support scale, £; axes group, step."""
        return (self.standing * self._support(scale)).sum(-1)

    def unhelped(self) -> Floats:
        """Average the chances without support; axes group, step, shock node."""
        without = _shares(reach_before(self.setting.without_help(), self.setting.steps))
        return self._averaged(np.zeros_like(self.decision.support_at), without, slice(None))

    def scaled_chance(self) -> Floats:
        """Average the chances of the scaled rows; axes row, scale node, shock node."""
        tables = [self._averaged(self._support(scale), self.standing, self.rows) for scale in self.scales]
        return np.stack(tables, axis=1)

    def scaled_spend(self) -> Floats:
        """Average the support spent on the scaled rows, £; axes row, scale node."""
        rows = [self.spend_at(scale).ravel()[self.rows] for scale in self.scales]
        return np.stack(rows, axis=1).astype(np.float32)

    def _support(self, scale: float) -> Array:
        return np.maximum(self.floor[..., None], scale * self.decision.support_at)

    def _averaged(self, support: Array, standing: Array, rows: slice | Ints) -> Floats:
        """Average chance over the strata at every shock node; with `rows`, only these (group, step) pairs."""
        chances, strata = self.setting.chances, support.shape[-1]
        response = chances.responsiveness[..., None] * np.log1p(support / chances.scale[..., None])
        log_odds = (chances.log_odds + response).reshape(-1, strata)[rows]
        weights, automatic = standing.reshape(-1, strata)[rows], chances.automatic.ravel()[rows]
        out = np.empty((len(log_odds), SHOCK_NODES), dtype=np.float32)
        for row, (odds, weight) in enumerate(zip(log_odds, weights, strict=True)):
            out[row] = 1.0 if automatic[row] else weight @ sigmoid(odds[:, None] + self.grid.nodes)
        return out.reshape(*support.shape[:2], SHOCK_NODES) if isinstance(rows, slice) else out


def _with_rise(table: Floats) -> Floats:
    """Put beside every value its rise to the next node, for interpolation."""
    return np.stack([table, np.diff(table, append=table[..., -1:])], axis=-2)


def _finely(table: Floats) -> Floats:
    """Interpolate a table to the finer places."""
    value, rise = table[..., :-1, None], np.diff(table)[..., None]
    inner = value + rise * (np.arange(PARTS, dtype=np.float32) / np.float32(PARTS))
    return np.concatenate([inner.reshape(*table.shape[:-1], -1), table[..., -1:]], axis=-1)


def _shares(reach: Array) -> Array:
    """Each stratum's share of those who stand before a step; even where nobody does."""
    total = reach.sum(-1, keepdims=True)
    return np.where(total > 0, reach / np.maximum(total, 1e-300), 1.0 / reach.shape[-1])


def settlement_months(contract: Contract) -> Ints:
    """Month in which each window of the target settles; axis: window."""
    if contract.target.rule is TargetRule.NONE:
        return np.zeros(0, dtype=np.int64)
    window = contract.target.window_months
    ends = np.minimum(np.arange(window, contract.referral_months + window, window), contract.referral_months)
    latest = int(contract.steps.months[contract.targeted > 0].max())
    return np.minimum(ends - 1 + latest, contract.contract_months - 1)
