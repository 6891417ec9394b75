"""Hand-made programmes that together use every field of the format; few people, so that a draw is cheap."""

from dataclasses import replace

from commissioning.core.pathways import Evidence, Group, Milestone, Observed
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
from tests.factories.small_programmes import programme, with_provider, with_tariff

ALIKE = Group("g", "Group", "band", 8.0, need_spread=0.0, social_value=5000.0)
VARIED = replace(ALIKE, need_spread=1.0)
OTHERS = Group("h", "Others", "second band", 5.0, need_spread=0.0, social_value=2000.0)
SEASON = (0.3, 0.2, 0.1, 0.0, 0.0, 0.0, -0.3, -0.2, -0.1, 0.0, 0.0, 0.1)
SHOCKED = Uncertainty(
    outcome_shock=0.3,
    outcome_shock_monthly=0.2,
    season=SEASON,
    volume_spread=0.3,
    volume_trend=0.2,
    replacement_months=2,
)
ONE_PRICE = Tariff(prices=(PriceLine("band", "job", 5000.0),))

#: One uncertain step, everyone alike.
alike = programme(groups=(ALIKE,), tariff=ONE_PRICE)
varied = programme(groups=(VARIED,), tariff=ONE_PRICE)
shocked = replace(alike, uncertainty=SHOCKED)

#: An automatic start, a job, and staying in it three times of which two are paid; two groups in two bands.
ladder = programme(
    groups=(ALIKE, OTHERS),
    milestones=(
        Milestone("start", "Start"),
        Milestone("job", "Job", after="start", delay_months=2),
        Milestone("stay", "Stay", after="job", delay_months=1, final=True, repeats=3, repeat_every_months=2),
    ),
    evidence=(
        Evidence("g", "start", 1.0),
        Evidence("g", "job", 0.3, responsiveness=0.4),
        Evidence("h", "job", 0.5, observed=Observed(500.0, 0.6)),
        Evidence("g", "stay", 0.7, responsiveness=0.2, response_scale=100.0),
        Evidence("h", "stay", 0.8),
    ),
    tariff=Tariff(
        prices=(
            PriceLine("band", "start", 100.0),
            PriceLine("band", "job", 1500.0),
            PriceLine("band", "stay", 600.0, 2),
            PriceLine("second band", "start", 50.0),
            PriceLine("second band", "stay", 800.0, 3),
        ),
        payment_lag_months=1,
    ),
)

#: After the first milestone the pathway forks; another branch needs nothing and follows referral.
fork = programme(
    groups=(ALIKE,),
    milestones=(
        Milestone("plan", "Plan", delay_months=1),
        Milestone("home", "Home", after="plan", delay_months=1, repeats=2),
        Milestone("job", "Job", after="plan", delay_months=2, final=True),
        Milestone("welcome", "Welcome"),
    ),
    evidence=(
        Evidence("g", "plan", 0.5, responsiveness=0.3),
        Evidence("g", "home", 0.6, responsiveness=0.3),
        Evidence("g", "job", 0.4, responsiveness=0.5),
    ),
    tariff=Tariff(
        prices=(
            PriceLine("band", "plan", 300.0),
            PriceLine("band", "home", 500.0, 1),
            PriceLine("band", "job", 2500.0),
            PriceLine("band", "welcome", 40.0),
        )
    ),
)
calm = replace(SHOCKED, outcome_shock=0.0, outcome_shock_monthly=0.0, season=(0.0,) * 12)
tight = with_provider(shocked, reserves=10_000.0, overhead_monthly=500.0, overdraft=500.0)
late = {"window_months": 4, "milestone": "job"}


def _two_providers() -> Programme:
    profit = replace(shocked.providers[0], share=0.6, mission_weight=0.2, risk_discount=0.1)
    charity = Provider(
        "charity",
        share=0.4,
        spending_rule=SpendingRule.INCOME_SHARE,
        income_share=0.7,
        reserves=1e5,
        unit_cost=1.3,
        cost_of_capital=0.08,
    )
    return replace(shocked, providers=(profit, charity))


CASES: dict[str, Programme] = {
    "one step": alike,
    "one step, people differ": varied,
    "shocks, season and volumes": shocked,
    "a season that starts in April": replace(shocked, start="2014-04"),
    "outcomes past the end of the contract": replace(varied, contract_months=7),
    "fees and a late payment": with_tariff(
        alike, service_fee_monthly=300.0, upfront_payment=2000.0, payment_lag_months=2
    ),
    "prices that rise each year": with_tariff(
        replace(alike, contract_months=30, referral_months=20), annual_price_change=0.2, payment_lag_months=2
    ),
    "a cap on the contract": with_provider(
        with_tariff(alike, payment_cap=100_000.0, service_fee_monthly=500.0, upfront_payment=3000.0), share=0.6
    ),
    "a ladder of payments": ladder,
    "a cap on what a person earns": with_tariff(ladder, person_cap=2000.0),
    "a ladder under shocks": replace(ladder, uncertainty=SHOCKED),
    "guaranteed volumes": with_tariff(replace(ladder, uncertainty=calm), volume_guarantee=0.95),
    "a ladder where people differ": replace(ladder, groups=(VARIED, replace(OTHERS, need_spread=0.5))),
    "a ladder paid from one purse": with_provider(
        ladder, spending_rule=SpendingRule.INCOME_SHARE, income_share=0.8, budget_scope=BudgetScope.CONTRACT
    ),
    "a fork": fork,
    "a fork, failing": with_provider(fork, reserves=5000.0, overhead_monthly=2600.0),
    "support cut for want of cash": with_provider(
        shocked, reserves=10_000.0, reserve_floor_months=3.0, overhead_monthly=1300.0
    ),
    "support cut down to the minimum service": with_tariff(
        with_provider(alike, reserves=10_000.0, reserve_floor_months=3.0, overhead_monthly=1300.0, overdraft=4500.0),
        minimum_service=300.0,
        payment_lag_months=1,
    ),
    "failure, and people left": with_tariff(tight, payment_lag_months=1),
    "failure on a ladder with a guarantee": with_tariff(
        with_provider(
            replace(ladder, uncertainty=Uncertainty(replacement_months=2)),
            reserves=2500.0,
            overhead_monthly=2500.0,
            overdraft=2500.0,
        ),
        volume_guarantee=0.9,
        service_fee_monthly=100.0,
    ),
    "all or nothing": with_tariff(shocked, target=Target(rule=TargetRule.BINARY, rate=0.4, **late)),
    "only the excess": with_tariff(shocked, target=Target(rule=TargetRule.EXCESS, rate=0.15, **late)),
    "a sliding share": with_tariff(
        shocked, target=Target(rule=TargetRule.SLIDING, rate=0.6, rate_from=0.1, **late), payment_lag_months=1
    ),
    "a target halfway": with_tariff(
        replace(ladder, groups=(ALIKE, replace(OTHERS, price_band="band"))),
        target=Target("job", TargetRule.SLIDING, rate=0.8, rate_from=0.1, window_months=4),
    ),
    "a target that closes past the end": with_tariff(
        replace(alike, contract_months=7),
        target=Target("job", TargetRule.SLIDING, rate=0.6, rate_from=0.1, window_months=4),
        payment_lag_months=1,
    ),
    "failure before the target is met": with_tariff(
        with_provider(alike, reserves=20_000.0, overhead_monthly=1500.0, overdraft=6000.0),
        target=Target("job", TargetRule.BINARY, rate=0.35, window_months=2),
        payment_lag_months=1,
    ),
    "two providers": _two_providers(),
}

#: Where people differ, each is charged the average of their step: the engine keeps no list of people.
DIFFERING = [name for name, case in CASES.items() if any(group.need_spread for group in case.groups)]
