"""The engine against its slow twin: plans to six figures, luck in distribution."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from commissioning.core.pathways import Evidence
from tariffs.core.incentives import Simulation
from tariffs.core.incentives import decisions as engine_decisions
from tariffs.core.programmes import PriceLine, Programme, SpendingRule, Target, TargetRule, Uncertainty
from tariffs.sources.examples import work_programme
from tests.factories.small_programmes import with_provider, with_tariff
from tests.strategies.programmes import programmes
from tests.twins import person_by_person
from tests.twins.cases import CASES, DIFFERING, SHOCKED, VARIED, alike, shocked, tight, varied
from tests.twins.chance_programmes import programme_by_chance
from tests.twins.comparison import LIMIT, differences, of_engine, of_twin
from tests.twins.reports import decisions as twin_decisions

ENGINE_DRAWS, TWIN_DRAWS = 20_000, 1_000
POUNDS = ("support", "support_by_stratum", "efficient_support", "income", "head_value")
LABELS = {"id", "name", "version", "legal_form", "provenance", "sample_size", "intended_support", "interval"}


def _unlike(programme: Programme) -> list[tuple[str, str, str, Any, Any]]:
    """Figures of the exact report in which engine and twin differ by more than a millionth."""
    found = []
    for twin, engine in zip(twin_decisions(programme), engine_decisions(Simulation(programme)), strict=True):
        for name, value in twin.items():
            if name in ("provider", "group"):
                assert value == engine[name]
            elif not _meaningless(name, twin) and engine[name] != pytest.approx(value, rel=1e-6, abs=_slack(name)):
                found.append((twin["provider"], twin["group"], name, value, engine[name]))
    return found


def _slack(name: str) -> float:
    return 1e-6 if name in POUNDS else 1e-9


def _meaningless(name: str, row: dict[str, Any]) -> bool:
    """Nothing is a share of no income or of no support, and any price of money balances no spending."""
    of_income, of_support = ("deadweight_share", "money_price"), ("near_share",)
    no_income, no_support = row["income"] < 1e-6, row["support"] < 1e-6
    return row[name] is None or (name in of_income and no_income) or (name in of_support and no_support)


def _values(thing: Any) -> Iterator[tuple[str, Any]]:
    if is_dataclass(thing):
        for each in fields(thing):
            value = getattr(thing, each.name)
            yield f"{type(thing).__name__}.{each.name}", value
            yield from _values(value)
    elif isinstance(thing, tuple):
        for value in thing:
            yield from _values(value)


@pytest.mark.slow
def test_the_engine_plans_the_worked_example_as_its_twin_does() -> None:
    assert _unlike(work_programme()) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_the_engine_plans_as_its_twin_does(name: str) -> None:
    assert _unlike(CASES[name]) == []


def test_the_hand_made_programmes_use_every_field() -> None:
    used: dict[str, set[str]] = {}
    for case in CASES.values():
        for name, value in _values(case):
            used.setdefault(name, set()).add(repr(value))

    about_people = {name for name in used if name.split(".")[0] not in ("Programme", "Provenance", "Observed")}
    assert {name for name in about_people if len(used[name]) < 2 and name.split(".")[1] not in LABELS} == set()


def _plans_alike(programme: Programme) -> None:
    assume(any(group.referrals_per_month > 1e-6 for group in programme.groups))
    assert _unlike(programme) == []


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(programmes(most_groups=2, most_milestones=3, with_target=False, with_market=False))
def test_the_engine_plans_any_programme_as_its_twin_does(programme: Programme) -> None:
    _plans_alike(programme)


@pytest.mark.long
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(programmes(with_target=False, with_market=False))
def test_the_engine_plans_a_thousand_programmes_as_its_twin_does(programme: Programme) -> None:
    _plans_alike(programme)


@pytest.mark.long
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(programmes(most_groups=2, most_milestones=2, with_market=False))
def test_the_engine_plans_any_profit_seekers_bet_on_a_target_as_its_twin_does(programme: Programme) -> None:
    seeking = tuple(replace(each, spending_rule=SpendingRule.MARGINAL) for each in programme.providers)
    _plans_alike(replace(programme, providers=seeking))


def _compared(
    programme: Programme,
    other: Programme | None = None,
    averages: bool = False,
    seed: int = 10,
    draws: int = TWIN_DRAWS,
) -> list[tuple[float, str]]:
    """Differences in distribution, the largest first; `other` is what the twin is given instead."""
    twin = person_by_person.simulate(other or programme, draws, seed=2 * seed, charge_averages=averages)
    return differences(of_engine(programme, ENGINE_DRAWS, seed=seed), of_twin(twin))


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_the_engine_draws_what_single_people_would(name: str) -> None:
    worst, figure = _compared(CASES[name], averages=name in DIFFERING)[0]

    assert worst < LIMIT, figure


@pytest.mark.long
@pytest.mark.parametrize("number", range(100))
def test_the_engine_draws_what_single_people_would_in_programmes_put_together_by_chance(number: int) -> None:
    programme = programme_by_chance(Random(number))

    worst, figure = _compared(programme)[0]
    if worst >= LIMIT:  # with so many figures compared one may be far off by luck, but hardly twice
        again = dict((name, far) for far, name in _compared(programme, seed=number + 100, draws=5 * TWIN_DRAWS))
        worst = again[figure]

    assert worst < LIMIT, figure


@pytest.mark.slow
@pytest.mark.parametrize(
    ("engine", "twin"),
    [
        pytest.param(tight, with_tariff(tight, payment_lag_months=1), id="payments a month later"),
        pytest.param(
            alike,
            replace(alike, evidence=(replace(alike.evidence[0], baseline=0.21),)),
            id="chances a twentieth higher",
        ),
        pytest.param(with_tariff(alike, minimum_service=900.0), alike, id="the minimum service forgotten"),
        pytest.param(shocked, replace(shocked, uncertainty=replace(SHOCKED, volume_spread=0.2)), id="steadier volumes"),
        pytest.param(
            CASES["failure, and people left"],
            replace(CASES["failure, and people left"], uncertainty=replace(SHOCKED, replacement_months=1)),
            id="a quicker replacement",
        ),
        pytest.param(
            CASES["support cut for want of cash"],
            with_provider(CASES["support cut for want of cash"], reserve_floor_months=0.0),
            id="support never cut",
        ),
        pytest.param(
            CASES["a ladder of payments"], CASES["a cap on what a person earns"], id="a cap on a person forgotten"
        ),
    ],
)
def test_the_comparison_tells_a_wrong_engine_from_a_right_one(engine: Programme, twin: Programme) -> None:
    worst, _ = _compared(engine, twin)[0]

    assert worst > LIMIT


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "shares"),
    [("a ladder where people differ", (0.03, 0.08)), ("one step, people differ", (0.03, 0.12))],
)
def test_what_the_engine_knows_of_a_cohort_only_on_average_moves_little(name: str, shares: tuple[float, float]) -> None:
    """Who stands before a later step is taken as planned, and support is booked at its average: both are small."""
    differing = replace(CASES[name], uncertainty=SHOCKED)
    cut = with_provider(differing, reserves=9000.0, overhead_monthly=1500.0, overdraft=1e6, reserve_floor_months=3.0)

    for case in (differing, cut):
        engine = of_engine(case, 60_000, seed=10)[0]
        people = of_twin(person_by_person.simulate(case, 8_000, seed=20))[0]
        for figure, little in (("final 0", 0.0), ("payments", 0.0), ("trough", 0.002 * people["payments"].mean())):
            assert engine[figure].mean() == pytest.approx(people[figure].mean(), rel=shares[0])
            assert engine[figure].std() == pytest.approx(people[figure].std(), rel=shares[1], abs=little)


def test_a_provider_that_runs_dry_in_its_last_month_has_failed() -> None:
    dry = with_provider(with_tariff(alike, prices=()), overhead_monthly=100.0, reserves=1150.0)

    assert set(Simulation(dry).block(16, 1, 0)[0].failed_month) == {11.0}


def test_a_target_that_is_sure_to_be_met_changes_no_plan() -> None:
    charity = with_provider(varied, spending_rule=SpendingRule.INCOME_SHARE)
    sure = with_tariff(charity, target=Target("job", TargetRule.BINARY, rate=0.01))

    plans = [engine_decisions(Simulation(case))[0]["support"] for case in (charity, sure)]

    assert plans[0] == pytest.approx(plans[1])


def test_under_a_target_too_support_costs_the_chosen_share_of_each_groups_income() -> None:
    groups = (replace(VARIED, referrals_per_month=40.0), replace(VARIED, id="h", referrals_per_month=30.0))
    evidence = (Evidence("g", "job", 0.1, responsiveness=0.4), Evidence("h", "job", 0.6, responsiveness=0.4))
    case = with_tariff(
        replace(varied, groups=groups, evidence=evidence, uncertainty=Uncertainty(outcome_shock=0.1)),
        prices=(PriceLine("band", "job", 2000.0),),
        target=Target("job", TargetRule.BINARY, rate=0.35),
    )
    rows = engine_decisions(Simulation(with_provider(case, spending_rule=SpendingRule.INCOME_SHARE, income_share=0.8)))

    assert [row["support"] for row in rows] == pytest.approx([0.8 * row["income"] for row in rows])
