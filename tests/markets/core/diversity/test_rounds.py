"""One round of two providers and one lot, every figure of it known beforehand."""

from typing import Any

import numpy as np
import pytest

from markets.core.diversity.abilities import REASONS
from markets.core.markets import Entry, Response, Selection, SocialFinance, SupplyChain
from markets.core.registers import LegalForm, Provider
from tests.factories.markets import drawn, facts, lot, market, provider


def reasons(figures: dict[str, Any]) -> dict[str, float]:
    counted = {reason.value: float(figures[f"excluded.{reason}"][0, 0]) for reason in REASONS}
    return {reason: count for reason, count in counted.items() if count}


@pytest.mark.parametrize(
    ("excluded", "reason"),
    [
        (provider("two", groups=("b",)), "groups"),
        (provider("two", groups=()), "groups"),
        (provider("two", areas=("Y",)), "area"),
        (provider("two", year_registered=2019), "years"),
        (provider("two", income=199_999), "turnover"),
        (provider("two", free_reserves=199_999), "capital"),
        (provider("two", groups=("b",), areas=("Y",), income=1), "groups"),
        (provider("two", year_registered=2019, income=1, free_reserves=0), "years"),
        (provider("two", income=1, free_reserves=0), "turnover"),
    ],
)
def test_the_first_test_that_is_failed_is_the_reason(excluded: Provider, reason: str) -> None:
    rules = market(selection=Selection(2.0, 2.0, 1.0, 0.0, 0.0))

    figures = drawn(rules, provider(), excluded)

    assert reasons(figures) == {reason: 1}
    assert figures["able"][0, 0] == figures["bidding"][0, 0] == figures["bidders_per_lot"][0, 0] == 1


def test_a_loss_beyond_what_is_put_at_risk_excludes() -> None:
    poor = provider("two", free_reserves=160_000)

    figures = drawn(market(), provider(), poor, facts=facts(capital=0.4, loss=0.41))

    assert reasons(figures) == {"loss": 1}


@pytest.mark.parametrize(
    "just_able",
    [
        provider(income=200_000),
        provider(free_reserves=200_000),
        provider(year_registered=2018),
        provider(year_registered=None),
        provider(free_reserves=50_000, appetite=1.0),
        provider(free_reserves=66_667, legal_form=LegalForm.COMPANY),
        provider(groups=("b", "a")),
    ],
)
def test_a_provider_that_just_meets_a_test_passes_it(just_able: Provider) -> None:
    rules = market(selection=Selection(2.0, 2.0, 1.0, 0.0, 0.0))

    assert drawn(rules, just_able)["able"][0, 0] == 1


def test_without_a_start_years_count_from_the_youngest_registration() -> None:
    rules = market(selection=Selection(2.0, 5.0, 1.0, 0.0, 0.0), first_year=None)

    figures = drawn(rules, provider(year_registered=2010), provider("two", year_registered=2006))

    assert reasons(figures) == {"years": 2}
    assert drawn(rules, provider(year_registered=2015), provider("two"))["able"][0, 0] == 1


def test_no_years_asked_is_no_test_even_of_the_youngest() -> None:
    assert drawn(market(first_year=1950.0), provider())["able"][0, 0] == 1


def test_the_better_provider_wins() -> None:
    figures = drawn(market(), provider("good", quality=0.7, legal_form=LegalForm.COMPANY), provider("fair"))

    assert figures["bidding"][0, 0] == 2
    assert figures["hhi"][0, 0] == pytest.approx(10_000)
    assert figures["voluntary_sector_share"][0, 0] == 0


def test_what_is_committed_counts_against_the_next_lot() -> None:
    able_once = provider(free_reserves=399_999)
    able_twice = provider(free_reserves=400_000)

    assert drawn(market(lot(count=2)), able_once)["unlet_lots"][0, 0] == 1
    assert drawn(market(lot(count=2)), able_twice)["unlet_lots"][0, 0] == 0
    assert drawn(market(lot(count=2)), provider(income=399_999))["unlet_lots"][0, 0] == 1


def test_a_lot_that_nobody_bids_for_is_unlet_and_concentrates_nothing() -> None:
    figures = drawn(market(), provider(groups=()))

    assert figures["unlet_lots"][0, 0] == 1
    assert np.isnan(figures["hhi"][0, 0])
    assert np.isnan(figures["voluntary_sector_share"][0, 0])


def test_an_able_provider_may_not_be_willing_unless_it_is_resigned_to_it() -> None:
    unwilling = market(response=Response(base=-100.0, resignation=1.0))

    assert drawn(unwilling, provider(market_income_share=0.5))["bidding"][0, 0] == 0
    assert drawn(unwilling, provider(market_income_share=0.51))["bidding"][0, 0] == 1


def test_only_providers_with_a_mission_mind_parked_people() -> None:
    minded = market(response=Response(base=50.0, parked=100.0))
    providers = [provider(form.value, legal_form=form) for form in LegalForm]

    figures = drawn(minded, *providers, facts=facts(parked_share=1.0))

    who = {form.value: figures[f"bidding_by_legal_form.{form}"][0, 0] for form in LegalForm}
    assert who == {"charity": 0, "cic": 0, "mutual": 0, "company": 1, "public_body": 1}


@pytest.mark.parametrize(
    ("finance", "able"),
    [
        (SocialFinance(1.0, 26.0, 26.0), 1),
        (SocialFinance(1.0, 25.0, 26.0), 0),
        (SocialFinance(0.9, 26.0, 26.0), 0),
        (SocialFinance(0.0, 26.0, 26.0), 0),
    ],
)
def test_a_capital_gap_must_be_closed_whole_and_in_time(finance: SocialFinance, able: int) -> None:
    figures = drawn(market(social_finance=finance), provider(free_reserves=100_000))

    assert figures["able"][0, 0] == able


def test_a_ratio_beyond_everybody_excludes_all_but_where_there_is_no_value() -> None:
    beyond = facts(capital=np.inf, loss=np.inf)

    assert reasons(drawn(market(), provider(), facts=beyond)) == {"capital": 1}
    assert drawn(market(lot(annual_value=0.0)), provider(), facts=beyond)["able"][0, 0] == 1


def test_reserves_below_nothing_close_a_provider_and_count_the_people_on_its_books() -> None:
    # Two years of £100,000 lose more than it has; a thousandth of a person for each pound.
    figures = drawn(market(), provider(), facts=facts(margin_mean=-2.51))

    assert figures["closures"][0, 0] == 1
    assert figures["people_whose_provider_closed"][0, 0] == pytest.approx(200)
    assert figures["providers_left"][0, 0] == 0
    assert figures["groups_covered"][0, 0] == figures["areas_covered"][0, 0] == 0


def test_reserves_that_just_last_do_not() -> None:
    figures = drawn(market(), provider(), facts=facts(margin_mean=-2.49))

    assert figures["closures"][0, 0] == 0
    assert figures["providers_left_by_group.a"][0, 0] == 1


def test_better_quality_earns_more() -> None:
    at_the_edge = facts(margin_mean=-2.52)

    assert drawn(market(), provider(quality=0.7), facts=at_the_edge)["closures"][0, 0] == 0
    assert drawn(market(), provider(quality=0.5), facts=at_the_edge)["closures"][0, 0] == 1


def test_delivery_lasts_the_round_and_at_most_the_contract() -> None:
    short = drawn(market(lot(months=12)), provider(), facts=facts(margin_mean=-4.9))

    assert short["closures"][0, 0] == 0


def test_idle_providers_leave_after_two_rounds_the_reliant_sooner() -> None:
    rules = market(rounds=2)
    idle = [provider(f"idle-{number}", groups=("b",), market_income_share=1.0) for number in range(200)]
    settled = [provider(f"settled-{number}", groups=("b",)) for number in range(200)]

    reliant = drawn(rules, provider(), *idle)["exits"][:, 0]
    independent = drawn(rules, provider(), *settled)["exits"][:, 0]

    assert reliant[0] == independent[0] == 0
    assert 90 < reliant[1] < 150
    assert 5 < independent[1] < 40


def test_parcels_go_to_able_subcontractors_and_not_to_the_prime() -> None:
    chain = SupplyChain(share=0.4, parcel_share=0.2, risk_pass_through=0.5, grant_share=0.5)
    prime = provider("prime", quality=0.9)
    small = [provider(f"small-{number}", income=40_000, free_reserves=10_000) for number in (1, 2)]

    figures = drawn(market(supply_chain=chain), prime, *small)

    assert figures["able"][0, 0] == 1
    assert figures["effective_providers.order_0"][0, 0] == 3
    assert figures["hhi"][0, 0] == pytest.approx(6000**2 / 1e4 + 2 * 2000**2 / 1e4)


@pytest.mark.parametrize("unfit", [{"income": 39_999}, {"free_reserves": 9_999}, {"quality": 0.0}, {"groups": ()}])
def test_a_parcel_without_an_able_subcontractor_stays_with_the_prime(unfit: dict[str, Any]) -> None:
    chain = SupplyChain(share=0.2, parcel_share=0.2, risk_pass_through=0.5, grant_share=0.5)
    small = provider("small", **{"income": 40_000, "free_reserves": 10_000, "quality": 0.1, **unfit})

    figures = drawn(market(supply_chain=chain), provider("prime", quality=0.9), small)

    assert figures["effective_providers.order_0"][0, 0] == 1


def test_parcels_are_drawn_in_proportion_to_quality() -> None:
    chain = SupplyChain(share=0.2, parcel_share=0.2)
    small = {"income": 40_000, "free_reserves": 1e5}
    subcontractors = [
        provider("mission", quality=0.2, **small),
        provider("firm", quality=0.6, legal_form=LegalForm.COMPANY, **small),
    ]

    figures = drawn(
        market(supply_chain=chain), provider("prime", legal_form=LegalForm.COMPANY), *subcontractors, draws=4000
    )

    assert (figures["voluntary_sector_share"] > 0).mean() == pytest.approx(0.25, abs=0.03)


def test_with_a_supply_chain_one_of_the_groups_and_areas_is_enough() -> None:
    wide = lot(groups=("a", "b"), areas=("X", "Y"))

    assert drawn(market(wide), provider())["able"][0, 0] == 0
    assert drawn(market(wide, supply_chain=SupplyChain(share=0.1)), provider())["able"][0, 0] == 1


def test_parcels_are_the_nearest_whole_number_and_never_more_than_the_lot() -> None:
    assert [SupplyChain(share, parcel).parcels for share, parcel in ((0.3, 0.1), (0.26, 0.1), (0.0, 0.1))] == [3, 3, 0]
    assert SupplyChain(0.9, 0.6).parcels == 1


def test_a_chain_whose_share_makes_no_parcel_hands_none_over() -> None:
    figures = drawn(market(supply_chain=SupplyChain(share=0.04)), provider("one", quality=0.9), provider("two"))

    assert figures["effective_providers.order_0"][0, 0] == 1


@pytest.mark.parametrize(("grant", "stay"), [(True, 1.0), (False, 0.0)])
def test_an_entrant_that_wins_nothing_leaves_after_two_rounds_and_a_poor_one_without_grant_after_one(
    grant: bool, stay: float
) -> None:
    closed = lot(annual_value=1e9)
    rules = market(closed, rounds=3, entry=Entry(50.0, grant))

    figures = drawn(rules, provider(), draws=8)

    arrived, in_the_market = figures["arrivals"], figures["providers"] - 1
    assert (in_the_market[1] == arrived[0]).all()
    assert (figures["exits"][1] == 0).all() == bool(stay)
    # Those of the first round are gone at the end of the third, for nobody waits longer than two.
    assert (figures["providers_left"][2] <= 1 + arrived[1]).all()


def test_an_entrant_that_wins_stays_and_counts_as_new() -> None:
    easy = market(lot(annual_value=1.0, count=40, groups=(), areas=()), rounds=4, entry=Entry(2.0, True))

    figures = drawn(easy, provider(quality=0.0), draws=16)

    assert (figures["new_entrant_share"][0] == 0).all()
    assert figures["new_entrant_share"][3].mean() > 0.5
    assert figures["small_and_medium_share"][3].mean() > 0.5


def test_young_entrants_fail_a_test_of_years() -> None:
    easy = lot(annual_value=1.0, groups=(), areas=())
    rules = market(easy, selection=Selection(2.0, 2.0, 1.0, 0.0, 0.0), rounds=2, entry=Entry(5.0))

    figures = drawn(rules, provider(), draws=8)

    assert (figures["excluded.years"][1] == figures["arrivals"][0]).all()
