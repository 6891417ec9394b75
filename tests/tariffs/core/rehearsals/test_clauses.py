"""Review clauses by hand, the report's third case among them, and against a plain month-by-month twin."""

import numpy as np
import pytest

from tariffs.core.incentives.disinvestment import NEVER_MONTH
from tariffs.core.rehearsals import Clause, Facts, Plan, Relief, Review, Trigger

MONTHS = 24
GOING = np.array([True])


def plan(income: float = 50_000.0) -> Plan:
    each = np.ones(MONTHS)
    return Plan(10 * each, 2 * each, income * each, monthly_cost=1000.0)


def facts(**given: float) -> Facts:
    """Every month alike, for one draw; what is not given goes to plan."""
    usual = {"referrals": 10.0, "outcomes": 2.0, "income": 50_000.0, "by_price": 40_000.0, "cash": 5_000.0}
    return Facts(**{name: np.full((MONTHS, 1), value) for name, value in (usual | given).items()})


def granted(clause: Clause, seen: Facts, lowered: float = 0.0, planned: Plan | None = None) -> tuple[list[float], int]:
    """Live through two years: relief by month, and when it began."""
    review, paid = Review(clause, planned or plan(), 1), []
    for month in range(MONTHS):
        review.look(month, seen, GOING)
        paid.append(float(review.grant(month, seen, np.array([lowered]), GOING)[0]))
    return paid, int(review.since[0])


def test_the_third_case_of_the_report_half_of_a_deficit_of_98_000_is_forgiven():
    # "the provider finished the first year of the contract with a £98,000 deficit"; "reducing the penalty by 50%".
    year = 600_000.0
    seen = facts(income=(year - 98_000.0) / 12)

    paid, since = granted(Clause(Trigger.INCOME, 0.99, 12, Relief.FORGIVE, 0.5), seen, planned=plan(year / 12))

    assert since == 12
    assert paid[12] == pytest.approx(49_000.0)
    assert sum(paid) == pytest.approx(49_000.0)


def test_without_a_shortfall_no_review_bites():
    for trigger in (Trigger.REFERRALS, Trigger.OUTCOMES, Trigger.INCOME):
        paid, since = granted(Clause(trigger, 1.0, 3, Relief.FORGIVE, 1.0), facts())
        assert (sum(paid), since) == (0.0, NEVER_MONTH)
    assert granted(Clause(Trigger.CASH, 5.0, 3, Relief.FORGIVE, 1.0), facts()) == ([0.0] * MONTHS, NEVER_MONTH)


@pytest.mark.parametrize(
    ("trigger", "given"),
    [
        (Trigger.REFERRALS, {"referrals": 7.0}),
        (Trigger.OUTCOMES, {"outcomes": 1.4}),
        (Trigger.INCOME, {"income": 3.5e4}),
    ],
)
def test_a_fall_below_the_level_bites_at_the_first_review_and_one_to_it_does_not(trigger: Trigger, given: dict):
    assert granted(Clause(trigger, 0.71, 6, Relief.MINIMUM, 0.0), facts(**given))[1] == 6
    assert granted(Clause(trigger, 0.7, 6, Relief.MINIMUM, 0.0), facts(**given))[1] == NEVER_MONTH


def test_cash_is_held_against_months_of_planned_cost():
    assert granted(Clause(Trigger.CASH, 2.0, 1, Relief.MINIMUM, 0.0), facts(cash=1999.0))[1] == 1
    assert granted(Clause(Trigger.CASH, 2.0, 1, Relief.MINIMUM, 0.0), facts(cash=2000.0))[1] == NEVER_MONTH


def test_reviews_end_when_referrals_do():
    seen = facts()
    seen.referrals[20:] = 0.0
    short = Plan(np.ones(12) * 10, np.ones(MONTHS), np.ones(MONTHS), 0.0)

    assert granted(Clause(Trigger.REFERRALS, 0.9, 12, Relief.MINIMUM, 0.0), seen, planned=short)[1] == NEVER_MONTH


def test_a_minimum_makes_income_up_each_month_from_the_review_on():
    paid, _ = granted(Clause(Trigger.INCOME, 0.9, 6, Relief.MINIMUM, 0.8), facts(income=30_000.0))

    assert paid == [0.0] * 6 + [pytest.approx(10_000.0)] * 18
    above, _ = granted(Clause(Trigger.INCOME, 0.9, 6, Relief.MINIMUM, 0.5), facts(income=30_000.0))
    assert sum(above) == 0.0


def test_an_uplift_pays_a_share_more_on_what_prices_earn():
    paid, _ = granted(Clause(Trigger.REFERRALS, 0.9, 6, Relief.UPLIFT, 0.1), facts(referrals=5.0, by_price=20_000.0))

    assert paid == [0.0] * 6 + [pytest.approx(2_000.0)] * 18


def test_an_eased_target_pays_what_it_would_have_brought_more():
    paid, _ = granted(Clause(Trigger.OUTCOMES, 0.9, 6, Relief.TARGET, 0.1), facts(outcomes=1.0), lowered=300.0)

    assert paid == [0.0] * 6 + [300.0] * 18


def test_who_has_failed_is_neither_reviewed_nor_relieved():
    review, seen = Review(Clause(Trigger.INCOME, 0.9, 6, Relief.MINIMUM, 0.9), plan(), 1), facts(income=0.0)

    review.look(6, seen, ~GOING)
    assert review.since[0] == NEVER_MONTH
    review.look(7, seen, GOING)
    assert review.grant(7, seen, np.zeros(1), ~GOING)[0] == 0.0
    assert review.grant(7, seen, np.zeros(1), GOING)[0] == pytest.approx(45_000.0)
    review.look(8, seen, GOING)
    assert review.since[0] == 7


def plainly(
    clause: Clause, planned: Plan, referrals: list[float], income: list[float], by_price: list[float]
) -> list[float]:
    """Go through one draw month by month, in sums that need no array."""
    since, paid = None, []
    for month in range(MONTHS):
        window = range(month - clause.months, month)
        if since is None and clause.months <= month <= len(planned.referrals):
            came = sum(referrals[each] for each in window)
            if came < clause.below * sum(planned.referrals[each] for each in window) - 1e-9:
                since = month
        if since is None or (clause.relief is Relief.FORGIVE and since != month):
            paid.append(0.0)
        elif clause.relief is Relief.FORGIVE:
            short = sum(planned.income[each] - income[each] for each in window)
            paid.append(clause.share * max(0.0, short))
        elif clause.relief is Relief.MINIMUM:
            paid.append(max(0.0, clause.share * planned.income[month] - income[month]))
        else:
            paid.append(clause.share * by_price[month])
    return paid


@pytest.mark.parametrize("relief", [Relief.FORGIVE, Relief.MINIMUM, Relief.UPLIFT])
def test_many_draws_at_once_are_each_as_the_plain_twin_has_them(relief: Relief):
    rng = np.random.default_rng(5)
    draws = 40
    seen = Facts(*(rng.gamma(4.0, scale / 4.0, (MONTHS, draws)) for scale in (10.0, 2.0, 5e4, 4e4, 5e3)))
    clause, planned = Clause(Trigger.REFERRALS, 0.85, 4, relief, 0.6), plan()
    review, going = Review(clause, planned, draws), np.ones(draws, dtype=bool)
    paid = []

    for month in range(MONTHS):
        review.look(month, seen, going)
        paid.append(review.grant(month, seen, np.zeros(draws), going))

    found = np.array(paid)
    for draw in range(draws):
        twin = plainly(clause, planned, *(list(part[:, draw]) for part in (seen.referrals, seen.income, seen.by_price)))
        assert found[:, draw] == pytest.approx(twin)
    assert 0 < (review.since < NEVER_MONTH).sum() < draws
