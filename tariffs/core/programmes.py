"""A whole programme in plain Python: what the programme file says, with its defaults filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from commissioning.core.pathways import Evidence, Group, Milestone, Provenance
from commissioning.core.units import LogOdds, Months, Pounds, Share


class TargetRule(StrEnum):
    """How a target turns a window's outcomes into money."""

    NONE = "none"
    BINARY = "binary"
    EXCESS = "excess"
    SLIDING = "sliding"


class SpendingRule(StrEnum):
    """What makes a provider stop spending."""

    MARGINAL = "marginal"
    INCOME_SHARE = "income_share"


class BudgetScope(StrEnum):
    """Whether each group's income is spent on it, or all income is one purse."""

    GROUP = "group"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class PriceLine:
    """What one person of a price band who reaches a milestone earns; paid for the first `payments` repeats."""

    price_band: str
    milestone: str
    price: Pounds
    payments: int = 1
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Target:
    """A bet on the rate at which a window's referrals reach a milestone."""

    milestone: str = ""
    rule: TargetRule = TargetRule.NONE
    rate: Share | None = None
    rate_from: Share | None = None
    window_months: Months = 12


@dataclass(frozen=True, slots=True)
class Tariff:
    """Prices and terms."""

    version: str = ""
    prices: tuple[PriceLine, ...] = ()
    service_fee_monthly: Pounds = 0.0
    upfront_payment: Pounds = 0.0
    payment_lag_months: Months = 0
    minimum_service: Pounds = 0.0
    payment_cap: Pounds | None = None
    person_cap: Pounds | None = None
    annual_price_change: Share = 0.0
    volume_guarantee: Share = 0.0
    target: Target = field(default_factory=Target)


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider archetype that holds a contract of its own with `share` of the referrals."""

    id: str
    name: str = ""
    legal_form: str = ""
    share: Share = 0.0
    spending_rule: SpendingRule = SpendingRule.MARGINAL
    income_share: Share = 0.9
    budget_scope: BudgetScope = BudgetScope.GROUP
    mission_weight: Share = 0.0
    unit_cost: float = 1.0
    risk_discount: Share = 0.0
    cost_of_capital: Share = 0.035
    overhead_monthly: Pounds = 0.0
    reserves: Pounds = 0.0
    reserve_floor_months: float = 0.0
    overdraft: Pounds = 0.0
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """What no provider controls."""

    outcome_shock: LogOdds = 0.0
    outcome_shock_monthly: LogOdds = 0.0
    season: tuple[LogOdds, ...] = (0.0,) * 12
    volume_spread: float = 0.0
    volume_trend: Share = 0.0
    replacement_months: Months = 0
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Programme:
    """A whole design, checked: ids are unique, references exist, the pathway is a tree with one final outcome."""

    name: str
    referral_months: Months
    contract_months: Months
    groups: tuple[Group, ...]
    milestones: tuple[Milestone, ...]
    evidence: tuple[Evidence, ...]
    tariff: Tariff
    providers: tuple[Provider, ...]
    uncertainty: Uncertainty = field(default_factory=Uncertainty)
    commissioner: str = ""
    summary: str = ""
    start: str = ""
    budget: Pounds = 0.0
    market: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        """Keep the market section, which other models read, from being changed behind a run's back."""
        if self.market is not None:
            object.__setattr__(self, "market", MappingProxyType(dict(self.market)))
