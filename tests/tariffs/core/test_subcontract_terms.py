"""What a prime would have to keep or grant: by hand, against every share tried in turn, and what it costs the prime."""

from dataclasses import replace

import numpy as np
import pytest

from commissioning.core.pathways import Evidence, Group, Milestone
from tariffs.core.programmes import PriceLine, Programme, Provider, Tariff, Uncertainty
from tariffs.core.subcontract_terms import (
    GRANTS,
    Lever,
    cost_of,
    judge,
    merge,
    parcel_of,
    pieces,
    read,
    terms_of,
    work,
)
from tariffs.core.supply_chains import Passing

PRIME = Provider("prime", "Prime", share=1.0, reserves=1e6, overdraft=1e6)
CHARITY = Provider("charity", "Charity", reserves=12_000.0, overhead_monthly=1_500.0)


def programme(**supply_chain: float) -> Programme:
    """A hundred people a month for two years, one in five of whom have a job three months on, help or no help."""
    return Programme(
        name="Chain",
        referral_months=24,
        contract_months=30,
        groups=(Group("all", "all", "A", 100.0, 0.0),),
        milestones=(Milestone("attach", "attach"), Milestone("job", "job", after="attach", delay_months=3, final=True)),
        evidence=(Evidence("all", "job", 0.2),),
        tariff=Tariff(prices=(PriceLine("A", "job", 1000.0),)),
        providers=(PRIME, CHARITY),
        uncertainty=Uncertainty(outcome_shock=0.1),
        market={"supply_chain": {"share": 0.5, "parcel_share": 0.1, **supply_chain}},
    )


def passes(of: Programme, share: float, field: str, provider: Provider = CHARITY) -> bool:
    return judge(of, replace(Passing.of(of.market), **{field: share}), provider)[0].passed


def test_the_most_risk_that_can_be_passed_on_is_what_trying_every_share_finds():
    given = programme(grant_share=0.1)
    tried = [share / 100 for share in range(100, -1, -1)]

    found = terms_of(given, CHARITY, Lever.KEEP)

    assert found.share == next(share for share in tried if passes(given, share, "risk_pass_through"))
    assert 0.0 < found.share < 1.0
    assert not found.is_enough
    assert found.passing == replace(Passing.of(given.market), risk_pass_through=found.share)


def test_the_least_grant_is_what_trying_every_share_finds():
    given = programme()

    found = terms_of(given, CHARITY, Lever.GRANT)

    assert found.share == next(share / 100 for share in range(101) if passes(given, share / 100, "grant_share"))
    assert 0.0 < found.share < 1.0


def test_what_is_enough_as_it_stands_says_so():
    rich = replace(CHARITY, reserves=1e6)

    found = [terms_of(programme(), rich, lever) for lever in (Lever.KEEP, Lever.GRANT)]

    assert [(each.share, each.is_enough) for each in found] == [(1.0, True), (0.0, True)]


def test_a_charity_without_reserves_is_out_of_reach_of_a_fee_paid_late():
    poor = replace(CHARITY, reserves=0.0, overhead_monthly=6_000.0)

    found = terms_of(programme(), poor, Lever.KEEP)

    assert (found.share, found.cost, found.loss) == (None, None, None)
    assert not found.is_enough


def test_with_more_of_a_grant_more_risk_can_be_passed_on():
    shares = [terms_of(programme(), CHARITY, Lever.FRONTIER, grant).share or 0.0 for grant in (0.0, 0.2, 0.4)]

    assert shares == sorted(shares)
    assert shares[0] < shares[-1]


def test_the_tests_are_those_of_the_rules():
    fixed = Passing(0.5, 0.1, 0.0, 0.0)
    tests, _ = judge(programme(), fixed, CHARITY)
    assert (tests.no_riskier, tests.lasts, tests.carries) == (True, True, True)

    with_fee = programme()
    with_fee = replace(with_fee, tariff=replace(with_fee.tariff, service_fee_monthly=20_000.0))
    assert not judge(with_fee, Passing(0.5, 0.1, 1.0, 0.0), CHARITY)[0].no_riskier
    thin = replace(CHARITY, reserves=100.0, overdraft=1e6)
    tests, _ = judge(programme(), Passing(0.5, 0.1, 1.0, 0.0), thin)
    assert (tests.lasts, tests.carries) == (True, False)
    assert not judge(programme(), Passing(0.5, 0.1, 1.0, 0.0), replace(thin, overdraft=0.0))[0].lasts


def test_passing_everything_on_costs_the_prime_nothing_in_any_draw():
    found = cost_of(programme(), Passing(0.5, 0.1, 1.0, 0.0), CHARITY)

    assert found.expected == pytest.approx(0.0, abs=0.5)
    assert found.trough.high == pytest.approx(0.0, abs=1.0)


def test_a_grant_is_lent_by_the_prime_and_comes_back_on_average():
    # The parcel is worth 0.1 x 24 x 100 x 0.2 x £1,000 = £48,000, all of it paid at once and earned back by results.
    calm = replace(programme(), uncertainty=Uncertainty())

    found = cost_of(calm, Passing(0.5, 0.1, 1.0, 1.0), CHARITY)

    assert found.expected == pytest.approx(0.0, abs=4 * 1000 * np.sqrt(48) / 32)
    assert found.trough.low == found.trough.high == pytest.approx(48_000.0)
    # What is earned back is a Poisson number of £1,000 each.
    assert found.spread.high - found.spread.low == pytest.approx(2 * 1.645 * 1000 * np.sqrt(48), rel=0.15)


def test_a_parcel_keeps_the_primes_prices_and_its_part_of_all_else():
    full = replace(
        programme(), tariff=Tariff(prices=programme().tariff.prices, service_fee_monthly=1000.0, upfront_payment=500.0)
    )
    capped = replace(full, tariff=replace(full.tariff, payment_cap=9_000.0))

    parcel = parcel_of(capped, Passing(0.5, 0.1), CHARITY)

    assert parcel.tariff.prices == full.tariff.prices
    assert (parcel.tariff.service_fee_monthly, parcel.tariff.upfront_payment) == (100.0, 50.0)
    assert parcel.tariff.payment_cap == 900.0
    assert parcel.groups[0].referrals_per_month == 10.0
    assert parcel_of(full, Passing(0.5, 0.1), CHARITY).tariff.payment_cap is None


def test_all_pieces_are_put_together_and_read_back():
    given, count = programme(), len(pieces())
    payloads = [work(given, CHARITY, index) for index in range(count)]

    found = read(merge(payloads))

    assert [each.lever for each in found] == [Lever.KEEP, Lever.GRANT, *[Lever.FRONTIER] * len(GRANTS)]
    assert found[0] == terms_of(given, CHARITY, Lever.KEEP)
    poor = replace(CHARITY, reserves=0.0, overhead_monthly=6_000.0)
    assert read(merge([work(given, poor, 0)]))[0].cost is None
    assert payloads == [work(given, CHARITY, index) for index in range(count)]
