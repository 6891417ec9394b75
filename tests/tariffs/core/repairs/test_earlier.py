"""Moving price to earlier payments: at the same income, as little as reserves allow."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commissioning.core.pathways import Evidence, Milestone
from tariffs.core.incentives import Simulation, joined
from tariffs.core.programmes import PriceLine, Programme, SpendingRule
from tariffs.core.repairs.bands import incomes, planned_people
from tariffs.core.repairs.changes import Change, applied
from tariffs.core.repairs.earlier import Purse, balanced, earlier_than_final, moved, moved_until_carried
from tests.factories.parked import two_groups, with_start

pytestmark = pytest.mark.slow

DRAWS = 256


def slow(**provider: Any) -> Programme:
    """Start, course, job a year later: what is spent at first comes back late."""
    milestones = (
        Milestone("start", "Start"),
        Milestone("course", "Course", after="start", delay_months=2),
        Milestone("job", "Job", after="course", delay_months=10, final=True),
    )
    base = two_groups(**provider)
    courses = (Evidence("easy", "course", 0.7, responsiveness=0.2), Evidence("hard", "course", 0.5, responsiveness=0.2))
    return replace(base, milestones=milestones, evidence=(*base.evidence, *courses))


def purse(programme: Programme, reserves: float) -> Purse:
    changed = replace(programme, providers=(replace(programme.providers[0], reserves=reserves),))
    return Purse(changed, 0, DRAWS, 1)


def prices(change: Change) -> dict[tuple[str, str], float]:
    return {(new.price_band, new.milestone): new.price for new in change.prices}


def test_the_way_back_from_the_final_outcome() -> None:
    assert [milestone.id for milestone in earlier_than_final(slow())] == ["course", "start"]
    assert earlier_than_final(two_groups()) == ()


def test_by_hand_where_nobody_can_be_helped() -> None:
    # 40 and 10 in 100 reach the job without help; half of £2,000 moved to a start that all make is £400 and £100.
    base = with_start(two_groups())
    idle = replace(base, evidence=(Evidence("easy", "job", 0.4), Evidence("hard", "job", 0.1)))

    change = moved(idle, idle.providers[0], idle.milestones[0], 0.5)

    assert prices(change) == {
        ("easy", "job"): 1000.0,
        ("hard", "job"): 1000.0,
        ("easy", "start"): 400.0,
        ("hard", "start"): 100.0,
    }


@pytest.mark.parametrize("rule", [SpendingRule.INCOME_SHARE, SpendingRule.MARGINAL])
@pytest.mark.parametrize("place", [0, 1], ids=["start", "course"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_the_income_expected_stays_within_a_penny(rule: SpendingRule, place: int, share: float) -> None:
    programme = slow(spending_rule=rule)
    provider = programme.providers[0]

    change = moved(programme, provider, programme.milestones[place], share)

    assert incomes(applied(programme, change), provider) == pytest.approx(incomes(programme, provider), abs=0.01)


def test_groups_that_share_a_band_keep_its_income_on_average() -> None:
    programme = with_start(two_groups(shared=True))
    provider = programme.providers[0]

    change = moved(programme, provider, programme.milestones[0], 0.5)

    before, after = incomes(programme, provider), incomes(applied(programme, change), provider)
    assert after @ [30.0, 10.0] / 40 == pytest.approx(before @ [30.0, 10.0] / 40, abs=0.01)
    assert after[1] > before[1]


def test_what_a_milestone_is_paid_already_stays_on_top() -> None:
    base = slow()
    paid = replace(base, tariff=replace(base.tariff, prices=(*base.tariff.prices, PriceLine("easy", "course", 300.0))))

    change = moved(paid, paid.providers[0], paid.milestones[1], 0.2)

    assert prices(change)[("easy", "course")] > 300.0
    assert ("hard", "course") in prices(change)


def test_without_an_earlier_milestone_the_same_money_is_paid_upfront() -> None:
    programme = two_groups()
    provider = programme.providers[0]

    change = moved(programme, provider, None, 0.3)

    lowered = Change(prices=change.prices)
    lost = (incomes(programme, provider) - incomes(applied(programme, lowered), provider)) @ planned_people(programme)
    assert prices(change) == {("easy", "job"): 1400.0, ("hard", "job"): 1400.0}
    assert change.upfront_payment == pytest.approx(lost, abs=0.01)


def test_a_band_without_a_final_price_has_nothing_to_move() -> None:
    programme = with_start(two_groups())
    bare = replace(programme, tariff=replace(programme.tariff, prices=programme.tariff.prices[:1]))

    change = moved(bare, bare.providers[0], bare.milestones[0], 0.5)

    assert {band for band, _ in prices(change)} == {"easy"}


def test_reserves_that_carry_the_contract_move_nothing() -> None:
    found = moved_until_carried(purse(slow(), 1e7))

    assert found.fits
    assert (found.share, found.change, found.milestone) == (0.0, Change(), None)
    assert found.trough == found.trough_now


def test_the_least_share_is_moved_that_reserves_can_carry() -> None:
    given_ = slow()
    now = purse(given_, 0.0).trough(Change())
    asked = purse(given_, round(0.8 * now))

    found = moved_until_carried(asked)

    assert found.fits
    assert 0 < found.share <= 0.9
    assert found.milestone in ("course", "start")
    assert asked.trough(found.change) == found.trough <= asked.provider.reserves
    milestone = next(each for each in given_.milestones if each.id == found.milestone)
    a_hundredth_less = moved(asked.programme, asked.provider, milestone, found.share - 0.01)
    assert asked.trough(a_hundredth_less) > asked.provider.reserves


def test_reserves_that_no_share_can_carry_say_how_far_it_gets() -> None:
    given_ = slow()

    found = moved_until_carried(purse(given_, 0.0))

    assert not found.fits
    assert found.share == 0.9
    assert 0 < found.trough < found.trough_now


def test_the_trough_is_that_of_the_whole_simulation() -> None:
    one = slow().providers[0]
    programme = replace(slow(), providers=(replace(one, id="a", share=0.5), replace(one, id="b", share=0.5)))
    simulation = Simulation(programme)
    blocks = [simulation.block(DRAWS, 3, index) for index in range(simulation.block_count(DRAWS))]

    whole = [float(np.quantile(each.trough, 0.95, method="inverted_cdf")) for each in joined(blocks)]

    assert [Purse(programme, number, DRAWS, 3).trough(Change()) for number in (0, 1)] == whole
    assert whole[0] != whole[1]


def test_a_gap_that_nothing_closes_is_left() -> None:
    assert balanced(lambda at: at * 0 + 5.0, np.array([7.0]), np.array([0.0])).tolist() == [7.0]
    assert len(balanced(lambda at: at * 0 - 5.0, np.array([7.0]), np.array([1.0]))) == 1


@settings(max_examples=50, deadline=None)
@given(slope=st.floats(0.05, 3.0), bend=st.floats(0.0, 0.001), wanted=st.floats(1.0, 5000.0))
def test_a_rising_gap_is_closed(slope: float, bend: float, wanted: float) -> None:
    def gap(at: Any) -> Any:
        return slope * at + bend * at**2 - wanted

    found = balanced(gap, np.array([0.0]), np.array([slope]))

    assert abs(float(gap(found)[0])) < 1e-3
