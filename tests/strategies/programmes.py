"""Whole valid programmes, small enough that an engine can run hundreds of them."""

from math import exp, log1p
from typing import Any

from hypothesis import strategies as st

from commissioning.core.pathways import Evidence, Group, Milestone, Observed, Provenance, Quality
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

Draw = Any

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=6)
pennies = st.integers(0, 500_000).map(lambda pence: pence / 100)
pounds = st.integers(0, 5_000_000).map(float)
shares = st.floats(0, 1, allow_subnormal=False)


def ids(prefix: str, least: int, most: int) -> st.SearchStrategy[list[str]]:
    """Distinct ids, sometimes with characters that only a careless reader trips over."""
    odd = st.sampled_from(["", " ", "/", "~1", "'", "é", '"'])
    return st.lists(odd, min_size=least, max_size=most).map(
        lambda tails: [f"{prefix}{place}{tail}" for place, tail in enumerate(tails)]
    )


@st.composite
def provenances(draw: Draw) -> Provenance:
    ends = sorted((draw(shares), draw(shares)))
    return draw(
        st.one_of(
            st.just(Provenance()),
            st.builds(
                Provenance,
                source=texts,
                url=st.sampled_from(["", "https://example.org/a"]),
                date=st.sampled_from(["", "2014-03"]),
                quality=st.none() | st.sampled_from(Quality),
                interval=st.sampled_from([None, (ends[0], ends[1])]),
            ),
        )
    )


@st.composite
def pathways(draw: Draw, most_milestones: int = 4) -> tuple[Milestone, ...]:
    """Draw a tree of milestones, each after referral or after an earlier one, one of them final."""
    names = draw(ids("m", 1, most_milestones))
    final = draw(st.sampled_from(names))
    return tuple(
        Milestone(
            id=name,
            name=draw(texts),
            after=draw(st.sampled_from([None, *names[:place]])),
            delay_months=draw(st.integers(0, 9)),
            final=name == final,
            repeats=draw(st.integers(1, 3)),
            repeat_every_months=draw(st.integers(1, 3)),
            provenance=draw(provenances()),
        )
        for place, name in enumerate(names)
    )


@st.composite
def groups(draw: Draw, most_groups: int = 3) -> tuple[Group, ...]:
    bands = draw(ids("b", 1, 2))
    return tuple(
        Group(
            id=name,
            name=draw(texts),
            price_band=draw(st.sampled_from(bands)),
            referrals_per_month=draw(st.floats(0, 400)),
            need_spread=draw(st.floats(0, 3)),
            social_value=draw(pennies),
            intended_support=draw(st.none() | pennies),
            provenance=draw(provenances()),
        )
        for name in draw(ids("g", 1, most_groups))
    )


@st.composite
def evidence_rows(draw: Draw, group: str, milestone: str) -> Evidence:
    """Draw evidence given either way; an observed point is drawn from a responsiveness, so that it is possible."""
    baseline, responsiveness = draw(st.floats(0.02, 0.9)), draw(st.floats(0.05, 0.95))
    scale, spending = draw(st.integers(5_000, 50_000)) / 100, draw(st.integers(10_000, 200_000)) / 100
    odds = baseline / (1 - baseline) * exp(responsiveness * log1p(spending / scale))
    observed = Observed(spending=spending, rate=odds / (1 + odds))
    common = {
        "group": group,
        "milestone": milestone,
        "response_scale": scale,
        "sample_size": draw(st.none() | st.integers(1, 5000).map(float)),
        "provenance": draw(provenances()),
    }
    if draw(st.booleans()):
        return Evidence(**common, baseline=baseline, observed=observed)
    baseline = draw(st.sampled_from([0.0, 1.0, baseline]))
    return Evidence(**common, baseline=baseline, responsiveness=draw(st.sampled_from([0.0, 1.0, responsiveness])))


@st.composite
def targets(draw: Draw, milestones: tuple[Milestone, ...]) -> Target:
    rule = draw(st.sampled_from(TargetRule))
    milestone = draw(st.sampled_from(milestones)).id
    window = draw(st.integers(1, 12))
    if rule is TargetRule.NONE:
        return draw(st.sampled_from([Target(), Target(milestone=milestone, window_months=window)]))
    rate = draw(st.floats(0.1, 0.9))
    rate_from = rate * draw(st.floats(0, 0.9)) if rule is TargetRule.SLIDING else None
    return Target(milestone=milestone, rule=rule, rate=rate, rate_from=rate_from, window_months=window)


@st.composite
def tariffs(
    draw: Draw, groups_of_people: tuple[Group, ...], milestones: tuple[Milestone, ...], with_target: bool = True
) -> Tariff:
    lines = []
    for band in dict.fromkeys(group.price_band for group in groups_of_people):
        paid = draw(st.lists(st.sampled_from(milestones), unique=True))
        lines += [
            PriceLine(
                price_band=band,
                milestone=milestone.id,
                price=draw(pennies),
                payments=draw(st.integers(1, milestone.repeats)),
                provenance=draw(provenances()),
            )
            for milestone in paid
        ]
    return Tariff(
        version=draw(texts),
        prices=tuple(lines),
        service_fee_monthly=draw(pennies),
        upfront_payment=draw(pennies),
        payment_lag_months=draw(st.integers(0, 3)),
        minimum_service=draw(pennies),
        payment_cap=draw(st.none() | pennies),
        person_cap=draw(st.none() | pennies),
        annual_price_change=draw(st.floats(-0.1, 0.1)),
        volume_guarantee=draw(shares),
        target=draw(targets(milestones)) if with_target else Target(),
    )


@st.composite
def providers(draw: Draw) -> tuple[Provider, ...]:
    names = draw(ids("p", 1, 2))
    share = draw(st.floats(0.1, 1.0)) / len(names)
    return tuple(
        Provider(
            id=name,
            name=draw(texts),
            legal_form=draw(st.sampled_from(["", "charity", "company", "cic"])),
            share=share,
            spending_rule=draw(st.sampled_from(SpendingRule)),
            income_share=draw(st.floats(0.1, 1)),
            budget_scope=draw(st.sampled_from(BudgetScope)),
            mission_weight=draw(shares),
            unit_cost=draw(st.floats(0.5, 2)),
            risk_discount=draw(shares),
            cost_of_capital=draw(st.floats(0, 0.2)),
            overhead_monthly=draw(pennies),
            reserves=draw(pounds),
            reserve_floor_months=draw(st.floats(0, 6)),
            overdraft=draw(pennies),
            provenance=draw(provenances()),
        )
        for name in names
    )


uncertainties = st.builds(
    Uncertainty,
    outcome_shock=st.floats(0, 1),
    outcome_shock_monthly=st.floats(0, 0.5),
    season=st.lists(st.floats(-0.5, 0.5), min_size=12, max_size=12).map(tuple),
    volume_spread=st.floats(0, 0.5),
    volume_trend=st.floats(-0.2, 0.2),
    replacement_months=st.integers(0, 6),
    provenance=provenances(),
)

markets = st.none() | st.fixed_dictionaries(
    {"rounds": st.integers(1, 6)},
    optional={
        "lots": st.just([{"id": "north", "annual_value": 600000, "months": 36}]),
        "designs": st.just([{"id": "half", "name": "Half", "changes": {"tariff.service_fee_monthly": 25000}}]),
    },
)


@st.composite
def programmes(
    draw: Draw, most_groups: int = 3, most_milestones: int = 4, with_target: bool = True, with_market: bool = True
) -> Programme:
    """Draw a whole programme that any reader of the format accepts; money in whole pennies."""
    people, milestones = draw(groups(most_groups)), draw(pathways(most_milestones))
    pairs = [(group.id, milestone.id) for group in people for milestone in milestones]
    known = draw(st.lists(st.sampled_from(pairs), unique=True))
    referral_months = draw(st.integers(1, 12))
    return Programme(
        name=draw(texts),
        commissioner=draw(texts),
        summary=draw(texts),
        start=draw(st.sampled_from(["", "2011-06"])),
        referral_months=referral_months,
        contract_months=referral_months + draw(st.integers(0, 12)),
        budget=draw(pounds),
        groups=people,
        milestones=milestones,
        evidence=tuple(draw(evidence_rows(*pair)) for pair in known),
        tariff=draw(tariffs(people, milestones, with_target)),
        providers=draw(providers()),
        uncertainty=draw(uncertainties),
        market=draw(markets) if with_market else None,
    )
