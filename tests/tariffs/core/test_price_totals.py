"""What a tariff costs over the contract as planned: small cases by hand, and the simulation's own mean."""

from dataclasses import replace

import pytest

from commissioning.core.pathways import Evidence, Group, Milestone
from tariffs.core.incentives import run
from tariffs.core.price_totals import Totals, in_words, most_by_band, totals
from tariffs.core.programmes import PriceLine, Programme, Provider, Target, TargetRule, Tariff, Uncertainty
from tariffs.sources import programme_files
from tests.factories.tariffs import EXAMPLE

EVIDENCE = (Evidence("all", "start", 0.5), Evidence("all", "job", 0.4))


def programme(**terms: object) -> Programme:
    """Ten people a month for a year: all attach, half start at once, 4 in 10 of those have a job 3 months later."""
    prices = (PriceLine("A", "attach", 10.0), PriceLine("A", "start", 100.0), PriceLine("A", "job", 1000.0))
    return Programme(
        name="By hand",
        referral_months=12,
        contract_months=24,
        groups=(Group("all", "all", "A", 10.0, 0.0),),
        milestones=(
            Milestone("attach", "attach"),
            Milestone("start", "start", after="attach"),
            Milestone("job", "job", after="start", delay_months=3, final=True),
        ),
        evidence=EVIDENCE,
        tariff=replace(Tariff(prices=prices), **terms),
        providers=(Provider("one", share=1.0),),
        budget=100_000.0,
    )


def paid(**terms: object) -> tuple[float, ...]:
    found = totals(programme(**terms))
    return tuple(round(part, 6) for part in (found.fixed, found.attachment, found.on_the_way, found.final))


def test_what_is_paid_is_people_times_chance_times_price():
    assert paid() == (0, 120 * 10, 120 * 0.5 * 100, 120 * 0.2 * 1000)


def test_fees_run_through_the_contract_and_the_upfront_payment_comes_once():
    assert paid(service_fee_monthly=50.0, upfront_payment=400.0)[0] == 24 * 50 + 400


def test_what_is_reached_after_the_end_of_the_contract_is_not_paid():
    short = replace(programme(), contract_months=12)

    assert totals(short).final == pytest.approx(9 * 10 * 0.2 * 1000)


def test_prices_change_from_the_second_year_of_the_contract():
    assert paid(annual_price_change=-0.5)[3] == 2000 * 9 + 1000 * 3


def test_referrals_grow_with_their_trend():
    growing = replace(programme(), uncertainty=Uncertainty(volume_trend=0.1))

    expected = sum(10 * 1.1 ** (month / 12) * 10 for month in range(12))
    assert totals(growing).attachment == pytest.approx(expected)


def test_a_cap_ends_payments_where_it_is_reached():
    found = totals(programme(payment_cap=5000.0))

    assert found.total == pytest.approx(5000)
    assert found.uncapped == pytest.approx(31_200)
    assert found.is_capped
    # The first months bring 600 of attachment and starts each, later ones 2,000 for jobs more.
    assert found.final < 24_000 * 5000 / 31_200


def test_a_cap_that_is_never_reached_takes_nothing_off():
    found = totals(programme(payment_cap=31_200.0))

    assert not found.is_capped
    assert found.total == pytest.approx(31_200)


def test_a_target_pays_the_share_of_its_outcomes_that_is_expected_when_its_window_settles():
    never = Target("job", TargetRule.BINARY, rate=0.99, window_months=6)
    always = Target("job", TargetRule.BINARY, rate=0.0, window_months=6)

    assert paid(target=never)[3] == pytest.approx(0, abs=1e-3)
    assert paid(target=always)[3] == pytest.approx(24_000)
    capped = totals(programme(target=always, payment_cap=8_000.0))
    assert 0 < capped.final < 8_000


def test_the_shares_say_what_depends_on_results_and_what_comes_early():
    found = totals(programme(service_fee_monthly=50.0, upfront_payment=400.0))

    assert found.total == pytest.approx(32_800)
    assert found.by_price == pytest.approx(31_200)
    assert found.results_share == pytest.approx(30_000 / 32_800)
    assert found.early_share == pytest.approx(8_800 / 32_800)
    assert found.budget_share == pytest.approx(0.328)


def test_several_providers_count_by_their_share_as_if_all_referrals_were_taken():
    two = replace(programme(), providers=(Provider("one", share=0.2), Provider("two", share=0.2)))

    assert totals(two).total == pytest.approx(31_200)


def test_what_comes_after_the_final_outcome_counts_with_it():
    stay = Milestone("stay", "stay", after="job", delay_months=1, repeats=2)
    longer = programme(prices=(PriceLine("A", "stay", 50.0, payments=2),))
    longer = replace(longer, milestones=(*longer.milestones, stay))

    assert totals(longer).final == pytest.approx(24 * 2 * 50)


@pytest.mark.slow
@pytest.mark.parametrize(
    "terms", [{}, {"payment_lag_months": 3, "service_fee_monthly": 9e4, "annual_price_change": -0.1}]
)
def test_without_luck_the_simulation_spends_the_same(terms: dict[str, object]):
    example = programme_files.loads(EXAMPLE)
    example = replace(example, uncertainty=Uncertainty(), tariff=replace(example.tariff, **terms))
    safe = tuple(replace(provider, reserves=1e9, reserve_floor_months=0) for provider in example.providers)
    example = replace(example, providers=safe)

    drawn = run(example, 256, 1)["commissioner"]["spend"]

    error = max(drawn["standard_error"]["mean"], 1.0)
    assert totals(example).total == pytest.approx(drawn["mean"], abs=4 * error)


@pytest.mark.parametrize("missing", ["groups", "milestones", "providers"])
def test_a_draft_that_lacks_a_part_has_no_totals_yet(missing: str):
    draft = replace(programme(), **{missing: ()})

    assert totals(draft) is None
    assert in_words(None) == ""


def test_the_most_one_person_could_earn_is_every_paid_repeat_up_to_the_cap_on_a_person():
    lines = (PriceLine("A", "attach", 10.0), PriceLine("A", "job", 100.0, payments=2))
    milestones = (Milestone("attach", "attach"), Milestone("job", "job", after="attach", repeats=3, final=True))
    given = replace(programme(prices=lines), milestones=milestones, evidence=())

    (most,) = most_by_band(given)
    (capped,) = most_by_band(replace(given, tariff=replace(given.tariff, person_cap=150.0)))

    assert (most.price_band, most.by_milestone, most.total) == ("A", {"attach": 10.0, "job": 200.0}, 210.0)
    assert capped.total == 150.0


def test_bands_without_milestones_earn_nothing_yet_and_a_band_of_two_groups_is_told_once():
    twice = replace(programme(), groups=(*programme().groups, Group("more", "more", "A", 1.0, 0.0)))

    assert most_by_band(replace(programme(), milestones=())) == ()
    assert len(most_by_band(twice)) == 1


def words(**given: float) -> str:
    parts = {"fixed": 0.0, "attachment": 0.0, "on_the_way": 0.0, "final": 0.0, "uncapped": 0.0, "budget": 0.0}
    return in_words(Totals(**(parts | given)))


def test_the_cost_is_said_in_words():
    assert words() == "Nothing would be paid over the contract."
    assert words(final=750.0, fixed=250.0, uncapped=1000.0) == (
        "If things go as planned, £1,000 is paid over the contract: 75% of it only where results are reached, "
        "25% before the final outcome."
    )
    assert "80% of the budget of £1,250" in words(final=1000.0, uncapped=1000.0, budget=1250.0)
    assert words(final=1000.0, uncapped=1200.0).endswith("results beyond it earn nothing.")


def test_without_a_budget_nothing_is_compared_with_it():
    assert totals(replace(programme(), budget=0.0)).budget_share is None
    nothing = Totals(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    assert (nothing.results_share, nothing.early_share) == (0.0, 0.0)
