"""Programmes put together by chance, small enough to walk person by person; everyone in a group is alike.

Where people are alike the engine's averages are exact, so that engine and twin must agree in distribution.
"""

from random import Random

from commissioning.core.pathways import Evidence, Group, Milestone
from tariffs.core.programmes import (
    BudgetScope,
    PriceLine,
    Programme,
    Provider,
    SpendingRule,
    Target,
    TargetRule,
    Tariff,
    Uncertainty,
)

BANDS = ("one", "two")


def programme_by_chance(random: Random) -> Programme:
    milestones, groups = _pathway(random), _groups(random)
    referral_months = random.randint(2, 14)
    tariff = _tariff(random, milestones)
    return Programme(
        name="By chance",
        start=random.choice(["", f"2014-{random.randint(1, 12):02}"]),
        referral_months=referral_months,
        contract_months=referral_months + random.randint(0, 8),
        groups=groups,
        milestones=milestones,
        evidence=_evidence(random, groups, milestones),
        tariff=tariff,
        providers=tuple(_provider(random, f"p{place}", tariff) for place in range(random.randint(1, 2))),
        uncertainty=_uncertainty(random),
    )


def _pathway(random: Random) -> tuple[Milestone, ...]:
    count = random.randint(1, 4)
    final, ids = random.randrange(count), [f"m{place}" for place in range(count)]
    return tuple(
        Milestone(
            id=name,
            name=name,
            after=random.choice([None, *ids[:place], *ids[:place]]),
            delay_months=random.randint(0, 3),
            final=place == final,
            repeats=random.choice([1, 1, 2, 3]),
            repeat_every_months=random.randint(1, 2),
        )
        for place, name in enumerate(ids)
    )


def _groups(random: Random) -> tuple[Group, ...]:
    return tuple(
        Group(
            f"g{place}",
            "",
            random.choice(BANDS),
            random.uniform(1, 6),
            need_spread=0.0,
            social_value=random.uniform(0, 3000),
        )
        for place in range(random.randint(1, 2))
    )


def _evidence(random: Random, groups: tuple[Group, ...], milestones: tuple[Milestone, ...]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            group.id,
            milestone.id,
            random.choice([random.uniform(0.1, 0.8)] * 8 + [0.0, 1.0]),
            responsiveness=random.choice([0.0, random.uniform(0.1, 0.9), 1.0]),
            response_scale=random.uniform(50, 400),
        )
        for group in groups
        for milestone in milestones
        if random.random() < 0.7
    )


def _tariff(random: Random, milestones: tuple[Milestone, ...]) -> Tariff:
    prices = tuple(
        PriceLine(band, milestone.id, random.uniform(100, 4000), random.randint(1, milestone.repeats))
        for band in BANDS
        for milestone in milestones
        if random.random() < 0.7
    )
    return Tariff(
        prices=prices,
        service_fee_monthly=_perhaps(random, 1000),
        upfront_payment=_perhaps(random, 5000),
        payment_lag_months=random.randint(0, 3),
        minimum_service=_perhaps(random, 500),
        payment_cap=random.choice([None, None, random.uniform(2000, 40000)]),
        person_cap=random.choice([None, None, random.uniform(500, 6000)]),
        annual_price_change=_perhaps(random, 0.2),
        volume_guarantee=_perhaps(random, 1.0),
        target=_target(random, milestones),
    )


def _target(random: Random, milestones: tuple[Milestone, ...]) -> Target:
    rule, rate = random.choice([TargetRule.NONE, *TargetRule]), random.uniform(0.2, 0.7)
    if rule is TargetRule.NONE:
        return Target()
    start = random.uniform(0, 0.8) * rate if rule is TargetRule.SLIDING else None
    return Target(random.choice(milestones).id, rule, rate, start, window_months=random.randint(1, 6))


def _provider(random: Random, name: str, tariff: Tariff) -> Provider:
    targeted = tariff.target.rule is not TargetRule.NONE
    return Provider(
        name,
        share=random.uniform(0.4, 0.5),
        spending_rule=SpendingRule.MARGINAL if targeted else random.choice(list(SpendingRule)),
        income_share=random.uniform(0.3, 0.95),
        budget_scope=random.choice(list(BudgetScope)),
        mission_weight=_perhaps(random, 1.0),
        unit_cost=random.uniform(0.6, 1.5),
        risk_discount=_perhaps(random, 0.5),
        cost_of_capital=random.uniform(0, 0.15),
        overhead_monthly=_perhaps(random, 1500),
        reserves=random.choice([1e6, random.uniform(0, 3000), random.uniform(0, 20000)]),
        reserve_floor_months=_perhaps(random, 4),
        overdraft=_perhaps(random, 5000),
    )


def _uncertainty(random: Random) -> Uncertainty:
    return Uncertainty(
        outcome_shock=_perhaps(random, 0.6),
        outcome_shock_monthly=_perhaps(random, 0.4),
        season=tuple(random.uniform(-0.5, 0.5) for _ in range(12)),
        volume_spread=_perhaps(random, 0.5),
        volume_trend=_perhaps(random, 0.3),
        replacement_months=random.randint(0, 5),
    )


def _perhaps(random: Random, most: float) -> float:
    return random.choice([0.0, random.uniform(0, most)])
