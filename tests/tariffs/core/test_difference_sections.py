"""Differences summed up in one sentence."""

from dataclasses import replace

from commissioning.core.pathways import Group
from tariffs.core.differences import compare, in_short
from tests.factories.differences import BASE, with_price, with_tariff


def test_all_differences_come_to_one_sentence() -> None:
    new = replace(
        with_tariff(prices=(replace(BASE.tariff.prices[0], price=1.0, payments=0),), payment_lag_months=4),
        groups=(*BASE.groups, Group("new", "New", "A", 1.0)),
        milestones=BASE.milestones[:2],
    )

    assert in_short(compare(BASE, new)) == "1 price and 1 term differ; 1 group was added; 1 milestone was removed."


def test_many_differences_are_counted_by_kind() -> None:
    new = replace(with_tariff(payment_lag_months=4, payment_cap=None), name="Other", evidence=(), providers=())
    new = replace(new, groups=tuple(replace(group, social_value=5.0) for group in BASE.groups))

    assert in_short(compare(BASE, new)) == (
        "1 fact about the programme, 2 groups and 2 terms differ; 1 piece of evidence and 1 provider were removed."
    )


def test_one_difference_is_told_in_the_singular() -> None:
    assert in_short(compare(BASE, with_price(price=1.0))) == "1 price differs."


def test_no_difference_is_told_as_such() -> None:
    assert in_short(compare(BASE, BASE)) == "Nothing differs."
