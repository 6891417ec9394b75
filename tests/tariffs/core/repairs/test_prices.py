"""The lowest price that ends parking: by hand, against trying every price, and what holds of any programme."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from commissioning.core.pathways import Evidence
from tariffs.core.incentives import Setting, decide, report
from tariffs.core.programmes import BudgetScope, Programme, SpendingRule, Target, TargetRule
from tariffs.core.repairs.changes import applied
from tariffs.core.repairs.prices import LowestPrice, Obstacle, Parking, alone_at, groups_of, lowest, lowest_price
from tariffs.sources.examples import work_programme
from tests.factories.parked import two_groups
from tests.strategies.programmes import programmes
from tests.twins import repairs as twin

EASY, HARD = 0, 1
BINARY = {"target": Target("job", TargetRule.BINARY, 0.3)}


def found(programme: Programme, place: int = HARD, limit: float = 0.1) -> LowestPrice:
    return lowest_price(Parking(programme, programme.providers[0], limit), place)


def parked_at(programme: Programme, place: int, price: float) -> float:
    """Work out the share parked with everybody's plan made anew."""
    changed = applied(programme, alone_at(programme, place, price))
    setting = Setting.of(changed)
    return report(setting, decide(setting, changed.providers[0]))[place].parked_share


@pytest.mark.parametrize("abreast", [1, 3, 16])
@pytest.mark.parametrize("enough", [1, 2, 5, 16, 17, 250, 999, 1000])
def test_the_first_number_that_is_enough_is_found(enough: int, abreast: int) -> None:
    assert lowest(lambda at: np.where(at >= enough, 0.1, 0.9), 0, 1000, 0.1, abreast) == enough


@pytest.mark.parametrize("enough", [0, 1, 7, 300, 500])
def test_where_today_is_enough_it_says_how_far_down_that_stays_so(enough: int) -> None:
    assert lowest(lambda at: np.where(at >= enough, 0.0, 1.0), 500, 1000, 0.1, 4) == enough


def test_nothing_is_found_where_no_number_is_enough() -> None:
    assert lowest(lambda at: np.full(at.shape, 0.5), 10, 1000, 0.1, 4) is None


def test_a_price_of_nothing_at_which_nobody_gets_anything_is_no_cure() -> None:
    # Within the limit at 0, over it from 1 to 599, within it from 600 on: today's 300 needs 600, not 0.
    assert lowest(lambda at: np.where((at > 0) & (at < 600), 0.5, 0.0), 300, 1000, 0.1, 4) == 600


@pytest.mark.slow
@pytest.mark.parametrize(
    "programme",
    [
        two_groups(),
        two_groups(spending_rule=SpendingRule.MARGINAL),
        two_groups(budget_scope=BudgetScope.CONTRACT),
        two_groups(terms=BINARY),
        two_groups(shared=True),
    ],
    ids=["own purses", "profit", "one purse", "target", "shared band"],
)
def test_a_penny_less_parks_too_many(programme: Programme) -> None:
    price = found(programme).price

    assert price is not None and price > 2000
    assert parked_at(programme, HARD, price) <= 0.1
    assert parked_at(programme, HARD, price - 0.01) > 0.1


@pytest.mark.slow
@pytest.mark.parametrize("provider", [{}, {"spending_rule": SpendingRule.MARGINAL}], ids=["own purses", "profit"])
def test_it_is_the_price_that_trying_one_after_the_other_finds(provider: dict[str, object]) -> None:
    programme = two_groups(**provider)
    price = found(programme).price
    assert price is not None
    grid = [price + 25.0 * step + 0.005 for step in range(-4, 3)]

    tried = twin.lowest_on_grid(programme, programme.providers[0], "hard", 0.1, grid)

    assert tried is not None
    assert tried - 25.0 < price <= tried


@pytest.mark.slow
def test_the_worked_example_needs_more_than_an_outcome_is_worth_for_its_hardest_group() -> None:
    programme = work_programme()
    rows = [found(programme, place) for place in range(4)]

    assert [row.is_needed for row in rows] == [False, True, True, True]
    assert [row.exceeds_worth for row in rows] == [False, False, False, True]
    assert [row.name for row in rows][3] == "ESA, formerly on incapacity benefit"


def test_where_support_does_nothing_no_price_cures() -> None:
    programme = two_groups()
    idle = replace(programme, evidence=(programme.evidence[0], Evidence("hard", "job", 0.1)))

    row = found(idle)

    assert (row.price, row.obstacle, row.parked) == (None, Obstacle.UNRESPONSIVE, 0.95)  # one is no poorer than most
    assert row.is_needed
    assert not row.exceeds_worth


@pytest.mark.slow
def test_a_cap_on_one_person_stands_in_the_way() -> None:
    assert found(two_groups(terms={"person_cap": 2500.0})).obstacle is Obstacle.PERSON_CAP


@pytest.mark.slow
def test_those_hardest_to_help_may_stay_behind_whatever_is_paid() -> None:
    programme = two_groups(terms={"person_cap": 1e9})
    wide = tuple(replace(group, need_spread=9.0) for group in programme.groups)

    row = found(replace(programme, groups=wide), limit=0.0)

    assert row.obstacle is Obstacle.HARDEST
    assert row.ceiling == 10 * 9000.0


def crowded(groups: int, **given_: Any) -> Programme:
    """Many groups, the last of them harder to help than all others."""
    two = two_groups(**given_)
    people = (*(replace(two.groups[EASY], id=f"easy{place}") for place in range(groups - 1)), two.groups[HARD])
    evidence = (*(replace(two.evidence[EASY], group=group.id) for group in people[:-1]), two.evidence[HARD])
    return replace(two, groups=people, evidence=evidence)


@pytest.mark.slow
@pytest.mark.parametrize(
    "programme",
    [crowded(9, terms=BINARY), crowded(9, budget_scope=BudgetScope.CONTRACT)],
    ids=["target", "one purse"],
)
def test_where_every_price_moves_too_many_groups_nothing_is_looked_for(programme: Programme) -> None:
    hardest, easy = found(programme, 8), found(programme, 0)

    assert (hardest.price, hardest.obstacle) == (None, Obstacle.ENTANGLED)
    assert hardest.parked == hardest.parked_now > 0.1
    assert (easy.price, easy.is_needed) == (2000.0, False)


def test_a_profit_seekers_prices_are_looked_for_with_any_number_of_groups() -> None:
    many = crowded(9, terms=BINARY, spending_rule=SpendingRule.MARGINAL)

    assert not Parking(many, many.providers[0], 0.1).is_entangled


@pytest.mark.slow
def test_an_easier_limit_never_takes_a_higher_price() -> None:
    needed = [found(two_groups(), limit=limit).price or 0.0 for limit in (0.05, 0.1, 0.2, 0.4)]

    assert needed == sorted(needed, reverse=True)


def test_an_unpriced_group_is_priced_from_nothing() -> None:
    programme = two_groups()
    bare = replace(programme, tariff=replace(programme.tariff, prices=programme.tariff.prices[:1]))

    row = found(bare)

    assert row.price_now == 0.0
    assert row.price is not None and row.price > 0


def test_the_groups_of_a_band_are_those_in_it() -> None:
    assert [place for place, _ in groups_of(two_groups(shared=True), "one")] == [0, 1]
    assert [group.id for _, group in groups_of(two_groups(), "hard")] == ["hard"]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(programme=programmes(with_target=False, with_market=False), limit=st.sampled_from([0.0, 0.1, 0.3]))
def test_at_the_price_found_few_enough_are_parked_in_any_programme(programme: Programme, limit: float) -> None:
    provider = programme.providers[0]
    alone = provider.budget_scope is BudgetScope.GROUP or provider.spending_rule is SpendingRule.MARGINAL
    assume(alone and any(milestone.final for milestone in programme.milestones))
    for place in range(len(programme.groups)):
        row = found(programme, place, limit)

        if row.price is None:
            assert row.obstacle is not None
            assert row.parked > limit
        else:
            assert parked_at(programme, place, row.price) == pytest.approx(row.parked)
            assert row.parked <= limit + 1e-9
            assert row.price == 0 or row.price >= row.price_now or row.parked_now <= limit + 1e-9
