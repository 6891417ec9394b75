"""The incentive map: by hand, against a plain second writing, and what holds of any programme."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from commissioning.core.pathways import Evidence, Group, Milestone
from tariffs.core.incentive_maps import BAD, IncentiveMap, Sign, incentive_map
from tariffs.core.incentives import Setting, decide, report
from tariffs.core.parameters import PARAMETERS
from tariffs.core.programmes import BudgetScope, PriceLine, Programme, SpendingRule, Tariff
from tariffs.sources.examples import load, work_programme
from tests.factories.parked import two_groups
from tests.factories.small_programmes import programme, with_provider, with_tariff
from tests.strategies.programmes import programmes
from tests.twins import repairs as twin


def signs(found: IncentiveMap) -> list[list[Sign]]:
    return [[cell.sign for cell in row.cells] for row in found.rows]


def two_steps() -> Programme:
    """Start, course, job; only start and job are paid for."""
    milestones = (
        Milestone("start", "Start"),
        Milestone("course", "", after="start", delay_months=1),
        Milestone("job", "Job", after="course", delay_months=2, final=True, repeats=2),
    )
    base = two_groups(spending_rule=SpendingRule.MARGINAL, unit_cost=1.2)
    courses = (Evidence("easy", "course", 0.7, responsiveness=0.4), Evidence("hard", "course", 0.5, responsiveness=0.4))
    prices = tuple(
        PriceLine(band, milestone, price)
        for band in ("easy", "hard")
        for milestone, price in (("start", 50.0), ("job", 3000.0))
    )
    return replace(base, milestones=milestones, evidence=(*base.evidence, *courses), tariff=Tariff(prices=prices))


def test_one_step_by_hand() -> None:
    given_ = with_tariff(programme(), prices=(PriceLine("band", "job", 5000.0),))
    decision = decide(Setting.of(given_), given_.providers[0])

    (row,) = incentive_map(given_, 0).rows
    (cell,) = row.cells

    support, chance = float(decision.support_at[0, 0, 0]), float(decision.chance[0, 0, 0])
    assert (cell.price, cell.payments, cell.coming, cell.parked) == (5000.0, 1, 1.0, 0.0)
    assert cell.income == pytest.approx(5000.0 * chance)
    assert cell.cost == cell.support == pytest.approx(support)
    assert cell.sign is Sign.GO


def test_the_way_to_a_price_takes_in_the_steps_that_are_not_paid_for() -> None:
    given_ = two_steps()
    found = incentive_map(given_, 0)

    assert [row.milestone for row in found.rows] == ["start", "job"]
    for cell in found.cells:
        expected = twin.way_to(given_, given_.providers[0], cell.group, cell.milestone)
        assert (cell.income, cell.cost, cell.support) == pytest.approx(expected, rel=1e-6)


def test_the_first_way_of_all_is_the_plan_of_a_person() -> None:
    given_ = work_programme()
    setting = Setting.of(given_)
    rows = report(setting, decide(setting, given_.providers[0]))

    first = incentive_map(given_, 0).rows[0]

    assert [cell.income for cell in first.cells] == pytest.approx([row.income for row in rows])
    assert [cell.support for cell in first.cells] == pytest.approx([row.support for row in rows])
    assert [cell.parked for cell in first.cells] == pytest.approx([row.parked_share for row in rows])


def test_the_worked_example_says_stop_for_all_but_the_young() -> None:
    assert signs(incentive_map(work_programme(), 0)) == [[Sign.DOUBT, *[Sign.STOP] * 3], [Sign.GO] * 4]


def test_a_minimum_service_that_costs_more_than_it_earns_says_avoid() -> None:
    dear = with_tariff(programme(), minimum_service=900.0)

    assert signs(incentive_map(dear, 0)) == [[Sign.AVOID]]


def test_a_price_that_could_not_fall_by_the_margin_is_in_doubt() -> None:
    # A minimum service of £100 is all that is spent, and changes nothing: 0.2 x price pays for it from £500 on.
    fixed = replace(programme(), evidence=(Evidence("g", "job", 0.2, responsiveness=1e-6),))

    def sign(price: float) -> Sign:
        lines = (PriceLine("band", "job", price),)
        return signs(incentive_map(with_tariff(fixed, minimum_service=100.0, prices=lines), 0))[0][0]

    edge = 500.0 / (1 - PARAMETERS.map_margin)
    assert [sign(499.0), sign(501.0), sign(edge - 1), sign(edge + 1)] == [Sign.AVOID, Sign.DOUBT, Sign.DOUBT, Sign.GO]


def test_where_one_purse_ties_many_groups_together_no_lower_price_is_tried() -> None:
    # As above, with eight more groups and one purse: £501 pays for the minimum service, and nothing says how nearly.
    fixed = replace(
        programme(),
        groups=tuple(Group(f"g{place}", "", "band", 20.0, need_spread=0.0) for place in range(9)),
        evidence=tuple(Evidence(f"g{place}", "job", 0.2, responsiveness=1e-6) for place in range(9)),
    )
    lines = (PriceLine("band", "job", 501.0),)
    purse = {"spending_rule": SpendingRule.INCOME_SHARE, "income_share": 1.0, "budget_scope": BudgetScope.CONTRACT}
    given_ = with_provider(with_tariff(fixed, minimum_service=100.0, prices=lines), **purse)

    assert signs(incentive_map(given_, 0)) == [[Sign.GO] * 9]


def test_what_has_no_price_and_who_never_comes_are_left_grey() -> None:
    given_ = two_steps()
    prices = tuple(line for line in given_.tariff.prices if (line.price_band, line.milestone) != ("hard", "start"))
    nobody = tuple(
        replace(row, baseline=0.0, responsiveness=0.0) if row.milestone == "course" and row.group == "easy" else row
        for row in given_.evidence
    )
    changed = replace(given_, tariff=replace(given_.tariff, prices=prices), evidence=nobody)

    found = incentive_map(changed, 0)

    assert found.rows[0].cells[1].sign is Sign.NO_PRICE
    empty = replace(changed, groups=(replace(changed.groups[0], referrals_per_month=0.0), changed.groups[1]))
    assert [row.cells[0].sign for row in incentive_map(empty, 0).rows] == [Sign.NOBODY, Sign.NOBODY]


def test_after_a_step_that_nobody_takes_there_is_nobody() -> None:
    given_ = two_steps()
    blocked = tuple(replace(row, baseline=0.0) if row.milestone == "course" else row for row in given_.evidence)
    lines = (*given_.tariff.prices, *(PriceLine(band, "course", 10.0) for band in ("easy", "hard")))
    changed = replace(given_, evidence=blocked, tariff=replace(given_.tariff, prices=lines))

    last = incentive_map(changed, 0).rows[-1]

    assert {cell.sign for cell in last.cells} == {Sign.NOBODY}
    assert {cell.parked for cell in last.cells} == {0.0}


def test_a_tariff_without_prices_has_an_empty_map() -> None:
    found = incentive_map(with_tariff(programme(), prices=()), 0)

    assert found.rows == ()
    assert found.groups == (("g", "Group"),)


def test_every_kind_of_provider_has_a_map_of_its_own() -> None:
    both = replace(
        two_groups(), providers=(two_groups().providers[0], replace(two_groups().providers[0], id="q", unit_cost=5.0))
    )

    assert incentive_map(both, 0) != incentive_map(both, 1)


def test_signs_are_counted() -> None:
    found = incentive_map(work_programme(), 0)

    assert (found.count(*BAD), found.count(Sign.DOUBT), found.count(Sign.GO)) == (3, 1, 4)


def test_nameless_groups_and_milestones_are_called_by_their_ids() -> None:
    bare = with_provider(
        replace(
            programme(),
            groups=(Group("g", "", "band", 20.0),),
            milestones=(Milestone("job", "", delay_months=3, final=True),),
        )
    )

    found = incentive_map(bare, 0)

    assert (found.groups, found.rows[0].name) == ((("g", "g"),), "job")


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(given_=programmes(with_target=True))
def test_any_programme_has_a_map_whose_figures_hold_together(given_: Programme) -> None:
    found = incentive_map(given_, 0)

    for cell in found.cells:
        assert cell.income >= 0 and cell.cost >= 0 and 0 <= cell.parked <= 1 and 0 <= cell.coming <= 1
        assert (cell.sign is Sign.NO_PRICE) == (cell.price <= 0)
        if cell.sign is Sign.AVOID:
            assert cell.income < cell.cost
        if cell.sign in (Sign.DOUBT, Sign.GO):
            assert cell.income >= cell.cost - 1e-9
            assert cell.parked <= PARAMETERS.parked_limit + 1e-9
        if cell.sign is Sign.GO:
            assert cell.parked == 0


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(given_=programmes(most_groups=2, most_milestones=3, with_target=False, with_market=False))
def test_ways_are_those_of_the_plain_second_writing(given_: Programme) -> None:
    provider = given_.providers[0]
    assume(provider.spending_rule is SpendingRule.MARGINAL and provider.budget_scope is BudgetScope.GROUP)

    for cell in incentive_map(given_, 0).cells:
        if cell.sign not in (Sign.NO_PRICE, Sign.NOBODY) and cell.coming > 1e-6:
            expected = twin.way_to(given_, provider, cell.group, cell.milestone)
            assert (cell.income, cell.cost, cell.support) == pytest.approx(expected, rel=1e-5, abs=1e-5)


def test_examples_of_other_programmes_have_maps() -> None:
    assert Sign.AVOID in {cell.sign for cell in incentive_map(load("troubled-families"), 0).cells}
