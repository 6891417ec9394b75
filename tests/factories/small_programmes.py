"""Small programmes whose figures can be checked by hand."""

from dataclasses import replace
from typing import Any

from commissioning.core.pathways import Evidence, Group, Milestone
from tariffs.core.incentives import Outcome, Simulation, joined
from tariffs.core.programmes import PriceLine, Programme, Provider, Tariff, Uncertainty


def programme(**given: Any) -> Programme:
    """One group, one milestone three months after referral, one price, one provider that seeks profit."""
    least: dict[str, Any] = {
        "name": "Small",
        "referral_months": 6,
        "contract_months": 12,
        "groups": (Group("g", "Group", "band", 20.0, need_spread=0.0, social_value=5000.0),),
        "milestones": (Milestone("job", "Job", delay_months=3, final=True),),
        "evidence": (Evidence("g", "job", 0.2, responsiveness=0.5),),
        "tariff": Tariff(prices=(PriceLine("band", "job", 1000.0),)),
        "providers": (Provider("p", share=1.0, cost_of_capital=0.0, reserves=1e6),),
        "uncertainty": Uncertainty(),
    }
    return Programme(**{**least, **given})


def with_tariff(base: Programme, **terms: Any) -> Programme:
    return replace(base, tariff=replace(base.tariff, **terms))


def with_provider(base: Programme, **given: Any) -> Programme:
    return replace(base, providers=(replace(base.providers[0], **given),))


def drawn(given: Programme, draws: int = 2048, seed: int = 1) -> Outcome:
    """Draw a whole run of the first provider."""
    simulation = Simulation(given)
    return joined([simulation.block(draws, seed, index) for index in range(simulation.block_count(draws))])[0]
