"""Rules on what an outcome is worth and costs, by hand: £200 of support lift one in five to one in three."""

from dataclasses import replace

import pytest

from commissioning.core.pathways import Evidence
from tariffs.core.programmes import Programme, Target, TargetRule
from tests.factories.feasibility import doubling, finding, severity, two_groups, with_evidence, with_group
from tests.factories.small_programmes import with_provider, with_tariff


def worth(value: float, **given: float) -> Programme:
    return with_group(doubling(**given), social_value=value)


@pytest.mark.parametrize(("value", "weight"), [(2501.0, "pass"), (2499.0, "block")])
def test_p1_sets_what_is_paid_against_the_value_of_what_is_added(value: float, weight: str) -> None:
    # £1,000 x 1/3 against value x (1/3 - 1/5): even at £2,500.
    found = finding("P1", worth(value))

    assert found.severity == weight
    assert found.figures["ratio"]["g"] == pytest.approx((1000 / 3) / (value * (1 / 3 - 1 / 5)))


def test_p1_discounts_payments_that_come_later_and_takes_optimism_off() -> None:
    later, hopeful = worth(2500.0, payment_lag_months=12), worth(2500.0)

    assert finding("P1", later).figures["ratio"]["g"] == pytest.approx(1 / 1.035)
    assert finding("P1", hopeful, thresholds={"P1_optimism": 0.2}).figures["ratio"]["g"] == pytest.approx(1.25)


def test_p1_leaves_fees_out() -> None:
    assert severity("P1", worth(2501.0, service_fee_monthly=1e6)) == "pass"


def test_p1_cannot_tell_where_a_group_has_no_value_unless_another_is_too_dear() -> None:
    two = two_groups()
    first = replace(two, groups=(replace(two.groups[0], social_value=5000.0), two.groups[1]))
    dear = replace(two, groups=(replace(two.groups[0], social_value=10.0), two.groups[1]))

    assert finding("P1", first).figures["missing"] == ["social-value"]
    assert "Near" in finding("P1", first).found
    assert severity("P1", dear) == "block"
    assert severity("P1", with_group(doubling(), social_value=0.0)) == "unknown"


@pytest.mark.parametrize(("price", "weight"), [(601.0, "pass"), (599.0, "block")])
def test_p2_asks_that_income_covers_cost(price: float, weight: str) -> None:
    found = finding("P2", doubling(price))

    assert found.severity == weight
    assert found.figures["income_over_cost"]["p"] == pytest.approx(price / 3 / 200)


def test_p2_counts_fees_and_overheads_a_person() -> None:
    # 120 people over six months; 12 months of fee and of overhead.
    given = with_provider(doubling(service_fee_monthly=100.0, upfront_payment=600.0), overhead_monthly=1000.0)

    assert finding("P2", given).figures["income_over_cost"]["p"] == pytest.approx((1000 / 3 + 15) / (200 + 100))


def test_p2_charges_cost_of_capital_until_the_money_comes() -> None:
    given = with_provider(doubling(payment_lag_months=9), cost_of_capital=0.1)

    assert finding("P2", given).figures["income_over_cost"]["p"] == pytest.approx(1000 / 3 / 1.1 / 200)


def test_p2_asks_for_the_support_that_is_intended() -> None:
    # £600 quadruple the odds: one half; the provider itself would spend £200.
    found = finding("P2", with_group(doubling(1199.0), intended_support=600.0))

    assert found.severity == "block"
    assert found.figures["income_over_cost"]["p"] == pytest.approx(1199 / 2 / 600)


def test_p2_warns_where_only_some_groups_fall_short() -> None:
    found = finding("P2", two_groups(prices=(1000.0, 500.0)))

    assert (found.severity, found.figures["short"]) == ("warn", ["far"])
    assert found.found.endswith("Income falls short of cost for: Far.")


def test_p2_has_no_cost_to_cover_where_nothing_is_spent() -> None:
    found = finding("P2", doubling(price=10.0, minimum_service=0.0))

    assert (found.severity, found.found) == ("pass", "No support is asked for or planned.")


@pytest.mark.parametrize(("value", "weight"), [(1501.0, "pass"), (1499.0, "block")])
def test_p3_looks_for_a_price_that_suits_both_sides(value: float, weight: str) -> None:
    # At least 200 / (1/3) = £600, at most value x (1 - 3/5).
    found = finding("P3", worth(value))

    assert found.severity == weight
    assert found.figures["g"] == pytest.approx({"floor": 600.0, "ceiling": value * 0.4})


def test_p3_lets_fees_lower_the_floor_to_nothing_but_not_below() -> None:
    found = finding("P3", worth(1501.0, upfront_payment=1e6))

    assert found.figures["g"]["floor"] == 0


def test_p3_finds_no_price_where_nobody_gets_there() -> None:
    never = replace(worth(5000.0), evidence=(Evidence("g", "job", 0.0),))
    given = with_group(never, intended_support=100.0)

    found = finding("P3", given)

    assert (found.severity, found.figures["g"]["floor"]) == ("block", None)
    assert "at least more than any price" in found.found


def test_p3_cannot_tell_without_the_value_of_an_outcome() -> None:
    assert finding("P3", with_group(doubling(), social_value=0.0)).figures["missing"] == ["social-value"]


@pytest.mark.parametrize(("price", "weight"), [(751.0, "pass"), (749.0, "warn"), (601.0, "warn"), (599.0, "block")])
def test_p4_measures_the_room_before_a_loss(price: float, weight: str) -> None:
    found = finding("P4", doubling(price))

    assert found.severity == weight
    assert found.figures["headroom"]["p"] == pytest.approx(1 - 600 / price)


def test_p4_says_by_how_much_results_would_have_to_be_better() -> None:
    assert finding("P4", doubling(400.0)).found == (
        "Results would have to be 50% better than expected for the contract to cover its cost."
    )


def test_p4_cannot_tell_where_nothing_is_paid_for_results() -> None:
    assert severity("P4", doubling(0.0)) == "unknown"


@pytest.mark.parametrize(("support", "weight"), [(334.0, "pass"), (333.0, "warn")])
def test_p5_warns_where_more_than_half_would_happen_anyway(support: float, weight: str) -> None:
    # Odds of 1/4 rise to 2/3, a chance of 2/5, at £333.33.
    found = finding("P5", doubling(minimum_service=support))

    assert found.severity == weight
    assert found.figures["share"] == pytest.approx(0.5, abs=0.001)
    assert found.figures["spend"] == pytest.approx(0.2 * 1000 * 120)


def test_p5_blocks_where_nothing_extra_is_bought() -> None:
    assert severity("P5", with_evidence(doubling(), responsiveness=0.0)) == "block"


def test_p5_leaves_out_payments_for_being_taken_on() -> None:
    assert severity("P5", replace(doubling(), evidence=())) == "unknown"


def test_p5_names_the_group_where_most_would_happen_anyway() -> None:
    found = finding("P5", two_groups(baselines=(0.5, 0.2)))

    assert found.figures["by_group"] == pytest.approx({"near": 0.75, "far": 0.6})
    assert "most for Near, 75%" in found.found


def test_p2_and_p4_count_what_a_target_is_expected_to_pay() -> None:
    given = with_tariff(doubling(), target=Target("job", TargetRule.EXCESS, 0.2, None, 6))

    # The rate of 120 people is a third; above a fifth a little more than 2/15 is expected to be paid.
    assert finding("P2", given).figures["income_over_cost"]["p"] == pytest.approx(1000 * 2 / 15 / 200, rel=0.01)
