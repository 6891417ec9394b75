"""Small programmes that park people: an easier and a harder group, in bands of their own or in one."""

from dataclasses import replace
from typing import Any

from commissioning.core.pathways import Evidence, Group, Milestone
from tariffs.core.programmes import PriceLine, Programme, Provider, SpendingRule, Tariff
from tests.factories.small_programmes import programme

SPENDING = {
    "spending_rule": SpendingRule.INCOME_SHARE,
    "income_share": 0.9,
    "cost_of_capital": 0.0,
    "reserves": 1e6,
}


def two_groups(*, shared: bool = False, terms: dict[str, Any] | None = None, **provider: Any) -> Programme:
    """Easier and harder people, the harder of which are parked at £2,000; 30 and 10 referrals a month for a year."""
    bands = ("one", "one") if shared else ("easy", "hard")
    groups = (
        Group("easy", "Easier", bands[0], 30.0, social_value=9000.0),
        Group("hard", "Harder", bands[1], 10.0, social_value=9000.0),
    )
    evidence = (Evidence("easy", "job", 0.4, responsiveness=0.5), Evidence("hard", "job", 0.1, responsiveness=0.4))
    prices = tuple(PriceLine(band, "job", 2000.0) for band in dict.fromkeys(bands))
    return programme(
        groups=groups,
        evidence=evidence,
        referral_months=12,
        contract_months=24,
        tariff=Tariff(prices=prices, **(terms or {})),
        providers=(Provider("p", share=1.0, **{**SPENDING, **provider}),),
    )


def with_start(base: Programme) -> Programme:
    """Put a start that everybody makes before the job."""
    milestones = (Milestone("start", "Start"), Milestone("job", "Job", after="start", delay_months=3, final=True))
    return replace(base, milestones=milestones)
