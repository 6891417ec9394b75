"""Subcontracts: what they are worth, what depends on results, and that luck counts for more among fewer people."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commissioning.core.figures import Simulated
from commissioning.core.pathways import Evidence, Group, Milestone
from tariffs.core.price_totals import totals
from tariffs.core.programmes import PriceLine, Programme, Provider, Target, TargetRule, Tariff
from tariffs.core.supply_chains import (
    Passing,
    chance,
    in_words,
    odds,
    outlook,
    own_contract,
    prime_of,
    results_shares,
    sized,
    smallest_of,
    subcontract,
)

PRIME = Provider("prime", "Prime", share=1.0, reserves=1e6, overdraft=1e6)
CHARITY = Provider("charity", "Charity", reserves=5_000.0)


def programme(**terms: object) -> Programme:
    """A hundred people a month for two years, one in five of whom have a job at once, help or no help."""
    return Programme(
        name="Chain",
        referral_months=24,
        contract_months=24,
        groups=(Group("all", "all", "A", 100.0, 0.0),),
        milestones=(Milestone("attach", "attach"), Milestone("job", "job", after="attach", final=True)),
        evidence=(Evidence("all", "job", 0.2),),
        tariff=replace(Tariff(prices=(PriceLine("A", "job", 1000.0),), minimum_service=0.0), **terms),
        providers=(PRIME, CHARITY),
        budget=1e6,
    )


def test_the_terms_are_those_of_the_market_section_with_its_defaults():
    assert Passing.of(None) == Passing.of({}) == Passing(0.0, 0.1, 1.0, 0.0)
    assert Passing.of({"supply_chain": {"grant_share": 0.3}, "lots": []}) == Passing(grant_share=0.3)
    assert Passing(0.4, 0.1, 0.5, 0.2).as_section() == {
        "share": 0.4,
        "parcel_share": 0.1,
        "risk_pass_through": 0.5,
        "grant_share": 0.2,
    }


@pytest.mark.parametrize(
    ("share", "parcel", "count"), [(0.3, 0.1, 3), (0.25, 0.1, 2), (0.0, 0.1, 0), (1.0, 0.001, 1000)]
)
def test_the_share_passed_on_is_cut_into_parcels(share: float, parcel: float, count: int):
    assert Passing(share, parcel).subcontracts == count


def test_the_prime_is_who_has_most_and_the_subcontractor_who_has_least():
    assert prime_of(programme()) == PRIME
    assert smallest_of(programme()) == CHARITY
    unset = replace(programme(), providers=(CHARITY, replace(PRIME, share=0.0)))
    assert prime_of(unset) == replace(CHARITY, share=1.0)


def test_a_parcel_is_worth_its_share_and_pays_as_its_terms_say():
    passed = subcontract(programme(service_fee_monthly=2000.0), Passing(0.5, 0.1, 0.6, 0.25), CHARITY)

    worth = 24 * 100 * 0.2 * 1000 + 24 * 2000
    found = totals(passed)
    assert found.total == pytest.approx(0.1 * worth)
    assert passed.tariff.upfront_payment == pytest.approx(0.25 * 0.1 * worth)
    assert found.by_price == pytest.approx(0.75 * 0.6 * 0.1 * worth)
    assert passed.tariff.service_fee_monthly * 24 == pytest.approx(0.75 * 0.4 * 0.1 * worth)
    assert passed.groups[0].referrals_per_month == 10
    assert passed.providers == (replace(CHARITY, share=1.0),)
    assert (passed.budget, passed.market) == (0.0, None)


@given(risk=st.floats(0, 1), grant=st.floats(0, 1), parcel=st.floats(0.001, 1))
@settings(max_examples=50, deadline=None)
def test_whatever_the_terms_a_parcel_is_worth_its_share(risk: float, grant: float, parcel: float):
    passed = subcontract(programme(service_fee_monthly=500.0), Passing(1.0, parcel, risk, grant), CHARITY)

    assert totals(passed).total == pytest.approx(
        parcel * totals(own_contract(programme(service_fee_monthly=500.0))).total
    )


def test_caps_follow_the_parcel_and_its_prices():
    passed = subcontract(programme(payment_cap=240_000.0, person_cap=800.0), Passing(0.5, 0.1, 0.5), CHARITY)

    assert passed.tariff.payment_cap == pytest.approx(24_000)
    assert 0 < passed.tariff.person_cap < 800
    assert totals(passed).total <= 24_000 + 1e-6


def test_what_cannot_be_paid_by_results_for_want_of_prices_is_a_fee():
    fees_only = programme(prices=(), service_fee_monthly=1000.0)

    passed = subcontract(fees_only, Passing(0.5, 0.5, 1.0), CHARITY)

    assert passed.tariff.service_fee_monthly == pytest.approx(500)


def test_a_target_has_to_be_met_among_the_subcontractors_own_people():
    target = Target("job", TargetRule.BINARY, rate=0.15)

    assert subcontract(programme(target=target), Passing(), CHARITY).tariff.target == target


def test_a_programme_without_groups_has_no_contract_to_pass_on():
    with pytest.raises(ValueError, match="no contract to pass on"):
        subcontract(replace(programme(), groups=()), Passing(), CHARITY)


def test_a_subcontractor_like_the_prime_has_overhead_and_means_of_the_parcels_size():
    half = replace(PRIME, share=0.5, overhead_monthly=900.0)
    given = replace(programme(), providers=(half,))

    alike = sized(given, Passing(parcel_share=0.1), half)

    assert (alike.overhead_monthly, alike.reserves, alike.overdraft) == pytest.approx((180, 2e5, 2e5))
    assert sized(programme(), Passing(parcel_share=0.1), CHARITY) == CHARITY


def test_what_depends_on_results_is_told_for_both():
    fee = programme(service_fee_monthly=20_000.0)  # as much in fees as in results

    assert results_shares(fee, Passing()) == pytest.approx((0.5, 1.0))
    assert results_shares(fee, Passing(risk_pass_through=0.5)) == pytest.approx((0.5, 0.5))
    assert results_shares(fee, Passing(risk_pass_through=1.0, grant_share=0.75)) == pytest.approx((0.5, 0.25))


def test_where_nothing_is_paid_nothing_depends_on_results():
    assert results_shares(programme(prices=()), Passing()) == (0.0, 0.0)
    assert results_shares(replace(programme(), groups=()), Passing()) == (0.0, 0.0)


@pytest.mark.slow
@given(people=st.floats(200, 400), price=st.floats(900, 1100))
@settings(max_examples=8, deadline=None)
def test_the_same_share_of_risk_at_a_smaller_scale_is_a_higher_chance_of_a_loss(people: float, price: float):
    cost = 0.2 * people * price * 0.9  # nine tenths of what is expected comes in goes out whatever comes in
    given = replace(
        programme(prices=(PriceLine("A", "job", price),)),
        groups=(Group("all", "all", "A", people, 0.0),),
        providers=(replace(PRIME, overhead_monthly=cost),),
    )

    losses = [
        outlook(subcontract(given, Passing(1.0, parcel), given.providers[0])).loss.mean for parcel in (1.0, 0.1, 0.01)
    ]

    assert losses[0] < losses[1] < losses[2]


def test_the_prime_drawn_alone_is_who_it_is_in_the_programme():
    found = outlook(own_contract(programme()))

    assert (found.name, found.people_a_year, found.reserves, found.draws) == ("Prime", 1200, 1e6, 1024)
    assert found.trough_months is None  # nobody can be helped, so nothing is spent
    assert found.reserve_months is None
    assert found.income == pytest.approx(24 * 20_000, rel=0.02)


def test_costs_are_told_in_months():
    costly = replace(programme(), providers=(replace(PRIME, overhead_monthly=10_000.0),))

    found = outlook(own_contract(costly))

    assert found.reserve_months == pytest.approx(100)
    assert found.trough_months.low <= found.trough_months.mean <= found.trough_months.high


def test_a_very_large_programme_is_drawn_less_often():
    groups = tuple(Group(f"g{number}", "", "A", 1.0, 0.0) for number in range(40))
    large = replace(programme(), groups=groups, evidence=(), contract_months=600)
    large = replace(large, milestones=(Milestone("job", "job", final=True, repeats=30),), providers=(PRIME,))

    assert outlook(large).draws == 64


def test_a_chance_has_a_range_even_where_the_thing_never_happened():
    never, half = chance(np.zeros(1024, dtype=bool)), chance(np.arange(100) % 2 == 0)

    assert (never.mean, never.low) == (0.0, 0.0)
    assert 0.001 < never.high < 0.01
    assert half.low == pytest.approx(0.419, abs=0.002)
    assert half.high == pytest.approx(0.581, abs=0.002)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "a less than 1 in 100 chance"),
        (1 / 3, "a 1 in 3 chance"),
        (0.05, "a 1 in 20 chance"),
        (0.6, "a 6 in 10 chance"),
        (0.99, "a more than 95 in 100 chance"),
    ],
)
def test_a_chance_is_said_as_people_say_it(share: float, said: str):
    assert odds(share) == said


@pytest.mark.parametrize(("people", "who"), [(40.2, "40 people"), (1.2, "1 person"), (0.4, "less than one person")])
def test_the_sentence_sets_the_two_side_by_side(people: float, who: str):
    prime = outlook(own_contract(programme()))
    small = replace(prime, people_a_year=people, loss=Simulated(1 / 3, 0.3, 0.36))

    said = in_words(replace(prime, loss=Simulated(0.05, 0.04, 0.06)), small)

    assert said == f"A subcontractor with {who} a year faces a 1 in 3 chance of a loss; the prime a 1 in 20 chance."


def test_where_people_would_be_helped_less_the_sentence_says_so():
    prime = replace(outlook(own_contract(programme())), support=980.0)

    assert "But it would spend less on helping one person: £660, where the prime would spend £980." in in_words(
        prime, replace(prime, support=660.0)
    )
    assert "less on helping" not in in_words(prime, replace(prime, support=960.0))
