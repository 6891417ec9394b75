"""What a design's tariff means per pound of contract value, for providers of each legal form."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from commissioning.core.units import Array, Pounds, Share
from tariffs.core.incentives import Outcome, Simulation, decisions, joined
from tariffs.core.programmes import Programme, Provider

from .parameters import PARAMETERS
from .registers import FORMS

#: Seed of the incentive runs: the same luck for every design.
SEED = 1
_LOW, _MIDDLE, _HIGH = 0.05, 0.5, 0.95


@dataclass(frozen=True, slots=True)
class Facts:
    """What the incentive model gives for one archetype; ratios are to `annual_payments`, £.

    `people` is how many are referred a year for each pound of annual payments.
    """

    archetype: str
    annual_payments: Pounds
    capital: float
    loss: float
    margin_mean: float
    margin_deviation: float
    loss_probability: Share
    parked_share: Share
    people: float


def facts_of(programme: Programme) -> tuple[Facts, ...]:
    """Give the facts for each legal form: those of its archetype, else of the programme's first provider.

    Notes
    -----
    The incentive model is run with reserves so large that nobody cuts support. An archetype that takes no share of
    the referrals is run as if it took all. Where half of the futures bring no payment there is no contract value to
    relate to, and any need of capital is beyond everybody. Raises ValueError for a programme without providers.
    """
    if not programme.providers:
        raise ValueError("A programme without providers says nothing of what its tariff means for one")
    found = _by_archetype(replace(programme, market=None, providers=tuple(map(_ample, programme.providers))))
    forms = [provider.legal_form for provider in programme.providers]
    return tuple(found[forms.index(form.value) if form.value in forms else 0] for form in FORMS)


def _ample(provider: Provider) -> Provider:
    return replace(provider, reserves=PARAMETERS.ample_reserves, share=provider.share or 1.0)


@lru_cache(maxsize=32)
def _by_archetype(programme: Programme) -> tuple[Facts, ...]:
    simulation, draws = Simulation(programme), PARAMETERS.incentive_draws
    outcomes = joined([simulation.block(draws, SEED, index) for index in range(simulation.block_count(draws))])
    parked = {(row["provider"], row["group"]): row["parked_share"] for row in decisions(simulation)}
    rows = zip(programme.providers, outcomes, strict=True)
    return tuple(_facts(programme, provider, outcome, parked) for provider, outcome in rows)


def _facts(programme: Programme, provider: Provider, outcome: Outcome, parked: dict[tuple[str, str], Share]) -> Facts:
    years = programme.contract_months / 12
    annual = _quantile(outcome.payments, _MIDDLE) / years
    referrals = np.array([group.referrals_per_month for group in programme.groups])
    shares = np.array([parked[provider.id, group.id] for group in programme.groups])
    people = float(referrals.sum()) * provider.share * programme.referral_months / years
    return Facts(
        archetype=provider.id,
        annual_payments=annual,
        capital=_need(_quantile(outcome.trough, _HIGH), annual),
        loss=_need(max(0.0, -_quantile(outcome.margin, _LOW)), annual),
        margin_mean=float(outcome.margin.mean()) / years / annual if annual else 0.0,
        margin_deviation=float(outcome.margin.std()) / years / annual if annual else 0.0,
        loss_probability=float((outcome.margin < 0).mean()),
        parked_share=float(shares @ referrals / referrals.sum()) if referrals.sum() else 0.0,
        people=people / annual if annual else 0.0,
    )


def _need(pounds: Pounds, annual: Pounds) -> float:
    if annual:
        return pounds / annual
    return np.inf if pounds > 0 else 0.0


def _quantile(values: Array, level: float) -> float:
    return float(np.quantile(values, level, method="inverted_cdf"))
