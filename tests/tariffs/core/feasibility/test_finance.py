"""Rules on money for providers, by hand: £4,000 a month out for six months, £6,666.67 a month in from the fourth."""

from dataclasses import replace

import pytest

from tariffs.core.feasibility import Facts
from tariffs.core.programmes import Programme
from tests.factories.feasibility import doubling, finding, result, severity, with_group
from tests.factories.small_programmes import with_provider

#: Three months of support before the first payment.
TROUGH = 12_000.0


def holding(reserves: float, **given: float) -> Programme:
    return with_provider(doubling(**given), reserves=reserves)


@pytest.mark.parametrize(
    ("reserves", "weight", "excluded"),
    [(48_001.0, "pass", []), (47_999.0, "warn", []), (24_001.0, "warn", []), (23_999.0, "warn", ["p"])],
)
def test_f1_sets_what_is_tied_up_against_reserves(reserves: float, weight: str, excluded: list[str]) -> None:
    found = finding("F1", holding(reserves))

    assert (found.severity, found.figures["excluded"]) == (weight, excluded)
    assert found.figures["trough"]["p"] == pytest.approx(TROUGH)
    assert ("taken not to bid" in found.found) == bool(excluded)


def test_f1_warns_of_a_provider_without_reserves_unless_nothing_is_tied_up() -> None:
    assert finding("F1", holding(0.0)).figures["share"] == {"p": None}
    assert severity("F1", holding(0.0)) == "warn"
    assert severity("F1", holding(0.0, upfront_payment=20_000.0)) == "pass"


@pytest.mark.parametrize(("trough", "weight"), [(25_000.0, "pass"), (25_001.0, "warn")])
def test_f1_takes_the_bad_draws_of_a_run(trough: float, weight: str) -> None:
    found = finding("F1", holding(100_000.0), result=result(trough=trough))

    assert found.severity == weight
    assert "in 95 of 100 draws" in found.found


def test_a_run_that_does_not_know_a_provider_is_not_taken() -> None:
    renamed = with_provider(holding(48_001.0), id="q")

    assert finding("F1", renamed, result=result(trough=1e9)).figures["trough"]["q"] == pytest.approx(TROUGH)
    assert severity("F3", renamed, result=result()) == "unknown"


@pytest.mark.parametrize(("reserves", "weight"), [(24_001.0, "pass"), (23_999.0, "warn")])
def test_f2_asks_for_three_months_at_the_worst_point(reserves: float, weight: str) -> None:
    found = finding("F2", holding(reserves))

    assert found.severity == weight
    assert found.figures["months"]["p"] == pytest.approx((reserves - TROUGH) / 4000)


def test_f2_has_nothing_to_last_for_where_nothing_is_spent() -> None:
    assert (
        finding("F2", holding(0.0, minimum_service=0.0, price=1.0)).found
        == "No support is planned, so nothing is spent."
    )


@pytest.mark.parametrize(("failure", "weight"), [(0.05, "pass"), (0.051, "block")])
def test_f3_blocks_where_a_provider_fails_too_often(failure: float, weight: str) -> None:
    assert severity("F3", doubling(), result=result(failure=failure)) == weight


@pytest.mark.parametrize(
    ("income", "weight", "excluded"), [(160_001.0, "pass", False), (159_999.0, "warn", False), (79_999.0, "warn", True)]
)
def test_f4_sets_a_years_value_against_a_years_income(income: float, weight: str, excluded: bool) -> None:
    # £40,000 over a contract of one year.
    found = finding("F4", doubling(), facts=Facts(incomes={"p": income}))

    assert found.severity == weight
    assert found.figures["share"]["p"] == pytest.approx(40_000 / income)
    assert ("taken not to bid" in found.found) == excluded


def test_f4_passes_nobody_whose_income_is_not_known() -> None:
    both = doubling()
    both = replace(
        both, providers=(replace(both.providers[0], share=0.5), replace(both.providers[0], id="q", share=0.5))
    )

    assert finding("F4", both, facts=Facts(incomes={"another": 1e6})).severity == "unknown"
    assert finding("F4", both, facts=Facts(incomes={"p": 1e6})).severity == "unknown"
    assert finding("F4", both, facts=Facts(incomes={"p": 1e3})).severity == "warn"
    assert finding("F4", both, facts=Facts(incomes={"p": 1e6, "q": 1e6})).severity == "pass"


def test_f4_leaves_out_providers_without_a_contract() -> None:
    nobody = doubling()
    nobody = replace(nobody, providers=(replace(nobody.providers[0], share=0.0),))

    found = finding("F4", nobody, facts=Facts(incomes={"another": 1e6}))

    assert (found.severity, found.found) == ("pass", "No kind of provider holds a contract.")


@pytest.mark.parametrize(("people", "weight"), [(32.01, "pass"), (31.99, "warn")])
def test_f5_asks_how_far_luck_evens_out(people: float, weight: str) -> None:
    # sqrt((2/3) / (n/3)) is a quarter at 32 people.
    found = finding("F5", with_group(doubling(), referrals_per_month=people / 6))

    assert found.severity == weight
    assert found.figures["variation"]["p"] == pytest.approx((2 / people) ** 0.5)


def test_f5_gives_the_figures_of_the_catalogue() -> None:
    for people, published in ((30, 0.43), (10_000, 0.02)):
        given = with_group(doubling(minimum_service=0.0, price=1.0), referrals_per_month=people / 6)
        given = replace(given, evidence=(replace(given.evidence[0], baseline=0.15),))

        assert finding("F5", given).figures["variation"]["p"] == pytest.approx(published, abs=0.005)


def test_f5_cannot_tell_where_nobody_gets_there() -> None:
    given = replace(doubling(), evidence=(replace(doubling().evidence[0], baseline=0.0),))

    assert finding("F5", given).figures["missing"] == ["referrals"]


@pytest.mark.parametrize(("overhead", "weight"), [(999.0, "pass"), (1001.0, "warn")])
def test_f6_asks_what_is_left_with_a_quarter_fewer_people(overhead: float, weight: str) -> None:
    # £40,000 less £24,000 leave £16,000, three quarters of which are 12 months of £1,000.
    found = finding("F6", with_provider(doubling(), overhead_monthly=overhead))

    assert found.severity == weight
    assert found.figures["margin"]["p"] == pytest.approx([12_000 - 12 * overhead, 8_000 - 12 * overhead])
    assert found.figures["planned"]["p"] == pytest.approx(16_000 - 12 * overhead)


def test_f6_counts_the_guarantee_of_a_volume() -> None:
    base = with_provider(doubling(volume_guarantee=1.0), overhead_monthly=1001.0)
    automatic = replace(base, evidence=())

    # Everyone earns £1,000 at once; the guarantee makes up for whoever does not come.
    assert finding("F6", automatic).figures["margin"]["p"] == pytest.approx([120_000 - 12_012] * 2)


@pytest.mark.parametrize(("price", "weight"), [(638.5, "pass"), (638.0, "warn")])
def test_f7_asks_what_is_left_six_per_cent_lower(price: float, weight: str) -> None:
    # £600 cover the cost: £638.30 less 6%.
    found = finding("F7", doubling(price))

    assert found.severity == weight
    assert found.figures["margin"]["p"] == pytest.approx([price * 40 * cut - 24_000 for cut in (0.94, 0.9)])


@pytest.mark.parametrize(
    ("facts", "weight"),
    [
        (Facts(viable=(5.0, 4.0), bidders=3), "pass"),
        (Facts(viable=(5.0, 3.9)), "warn"),
        (Facts(bidders=2), "block"),
        (Facts(viable=(0.0, 0.0)), "pass"),
    ],
)
def test_f9_counts_who_can_bid(facts: Facts, weight: str) -> None:
    assert severity("F9", doubling(), facts=facts) == weight


@pytest.mark.parametrize(("number", "weight"), [(2, "pass"), (1, "warn")])
def test_f10_asks_for_two_who_could_step_in(number: int, weight: str) -> None:
    assert severity("F10", doubling(), facts=Facts(step_in=number)) == weight


@pytest.mark.parametrize(("rate", "weight"), [(0.7, "pass"), (1.0, "warn")])
def test_f11_adds_interest_up_month_by_month(rate: float, weight: str) -> None:
    given = with_provider(doubling(), cost_of_capital=rate)

    found = finding("F11", given)

    # Owed at the end of each month: 4, 8, 12, then 9.33, 6.67, 4 thousand, and nothing once the seventh payment is in.
    owed = 4000 + 8000 + 12_000 + 28_000 / 3 + 20_000 / 3 + 4000
    assert found.severity == weight
    assert found.figures["share"]["p"] == pytest.approx(owed * ((1 + rate) ** (1 / 12) - 1) / 40_000)


def test_f11_cannot_tell_where_nothing_is_paid() -> None:
    assert severity("F11", doubling(0.0)) == "unknown"
