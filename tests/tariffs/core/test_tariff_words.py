"""A tariff in one line."""

import pytest

from tariffs.core.programmes import PriceLine, Target, TargetRule, Tariff
from tariffs.core.tariff_words import in_one_line, month

ONE, TWO = PriceLine("A", "job", 100.0), PriceLine("B", "job", 250.5)


@pytest.mark.parametrize(
    ("tariff", "line"),
    [
        (Tariff(), "No prices; no service fee; paid at once; no target."),
        (Tariff(prices=(ONE,)), "One price of £100 in one price band; no service fee; paid at once; no target."),
        (
            Tariff(prices=(ONE, PriceLine("B", "job", 100.0))),
            "2 prices of £100 in 2 price bands; no service fee; paid at once; no target.",
        ),
        (
            Tariff(prices=(ONE, TWO), payment_lag_months=1, upfront_payment=5000, service_fee_monthly=10),
            "2 prices from £100 to £250.50 in 2 price bands; £5,000 upfront and service fee of £10 a month; "
            "paid after 1 month; no target.",
        ),
        (
            Tariff(prices=(ONE,), payment_cap=9e6, person_cap=1200, payment_lag_months=3),
            "One price of £100 in one price band; no service fee; paid after 3 months; at most £9,000,000 in all, "
            "at most £1,200 a person; no target.",
        ),
    ],
)
def test_prices_fees_lag_and_caps_are_said(tariff: Tariff, line: str) -> None:
    assert in_one_line(tariff) == line


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (TargetRule.BINARY, "all or nothing at a rate of 30%."),
        (TargetRule.EXCESS, "paid only above a rate of 30%."),
        (TargetRule.SLIDING, "paid in full from a rate of 30%."),
    ],
)
def test_the_target_is_said(rule: TargetRule, words: str) -> None:
    tariff = Tariff(target=Target("job", rule, rate=0.3, rate_from=0.1))

    assert in_one_line(tariff).endswith(words)


@pytest.mark.parametrize(("text", "words"), [("2014-04", "April 2014"), ("0001-12", "December 0001"), ("", "not set")])
def test_a_month_is_written_as_people_say_it(text: str, words: str) -> None:
    assert month(text) == words
