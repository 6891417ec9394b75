"""Every term of a tariff is said in words, used or not."""

from dataclasses import replace
from uuid import UUID, uuid5

import pytest

from tariffs.core.programmes import Target, TargetRule, Tariff
from tariffs.core.tariff_terms import terms

NAMES = {"job": "Job outcome"}


def said(**given: object) -> dict[str, str]:
    return {term.name: term.value for term in terms(replace(Tariff(), **given), NAMES)}


def test_a_tariff_without_terms_says_so_of_each():
    assert said() == {
        "Payments arrive": "at once",
        "Service fee": "none",
        "Upfront payment": "none",
        "Minimum service": "none",
        "Most the contract pays": "no limit",
        "Most one person earns": "no limit",
        "Prices change a year": "not at all",
        "Volume guaranteed": "none",
        "Target": "none",
    }


@pytest.mark.parametrize(
    ("given", "name", "value"),
    [
        ({"payment_lag_months": 1}, "Payments arrive", "1 month later"),
        ({"payment_lag_months": 3}, "Payments arrive", "3 months later"),
        ({"service_fee_monthly": 1200.5}, "Service fee", "£1,200.50 a month"),
        ({"upfront_payment": 5e4}, "Upfront payment", "£50,000"),
        ({"minimum_service": 90.0}, "Minimum service", "£90 a person"),
        ({"payment_cap": 0.0}, "Most the contract pays", "£0"),
        ({"person_cap": 4000.0}, "Most one person earns", "£4,000"),
        ({"annual_price_change": -0.05}, "Prices change a year", "down by 5%"),
        ({"annual_price_change": 0.02}, "Prices change a year", "up by 2%"),
        ({"volume_guarantee": 0.8}, "Volume guaranteed", "80% of the planned referrals"),
    ],
)
def test_a_term_in_use_says_how_it_stands(given: dict[str, object], name: str, value: str):
    assert said(**given)[name] == value


@pytest.mark.parametrize(
    ("rule", "meaning"),
    [
        (TargetRule.BINARY, "All or nothing: below the target nothing is paid for this milestone."),
        (TargetRule.EXCESS, "Only outcomes above the target are paid."),
        (TargetRule.SLIDING, "A rising share is paid from 5%, all of it from the target on."),
    ],
)
def test_a_target_says_its_aim_and_what_its_rule_means(rule: TargetRule, meaning: str):
    target = Target("job", rule, rate=0.1, rate_from=0.05, window_months=6)

    last = terms(replace(Tariff(), target=target), NAMES)[-1]

    assert last.value == "10% of those referred reach Job outcome, counted over 6 months of referrals"
    assert last.meaning == meaning


def test_every_term_says_whether_it_is_used():
    nothing, full = Tariff(), Tariff(service_fee_monthly=1.0, person_cap=0.0, annual_price_change=-0.1)

    assert [term.kind for term in terms(nothing, NAMES) if term.is_set] == []
    assert [term.kind for term in terms(full, NAMES) if term.is_set] == [
        "service_fee_monthly",
        "person_cap",
        "annual_price_change",
    ]


def test_a_term_has_an_id_of_its_own_that_hangs_on_its_tariff_and_kind_alone():
    first, second = UUID(int=1), UUID(int=2)
    before, after = terms(Tariff(), NAMES), terms(Tariff(upfront_payment=5.0, version="Renamed"), {})

    assert [term.id_in(first) for term in before] == [term.id_in(first) for term in after]
    assert len({term.id_in(tariff) for term in before for tariff in (first, second)}) == 2 * len(before)


def test_the_ids_of_terms_are_the_same_for_ever():
    assert str(terms(Tariff(), NAMES)[0].id_in(UUID(int=1))) == str(uuid5(UUID(int=1), "payment_lag_months"))
    assert [term.kind for term in terms(Tariff(), NAMES)] == [
        "payment_lag_months",
        "service_fee_monthly",
        "upfront_payment",
        "minimum_service",
        "payment_cap",
        "person_cap",
        "annual_price_change",
        "volume_guarantee",
        "target",
    ]
