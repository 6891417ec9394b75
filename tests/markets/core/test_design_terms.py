"""Terms of designs in words, and lots cut into pieces that are worth what they were."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.core import design_terms
from markets.core.design_terms import LOTS
from tariffs.sources.programme_schema import schema

LOT = {"id": "n", "annual_value": 60_000.0, "count": 2, "groups": ["a"]}


def test_every_term_stands_in_the_programme_file() -> None:
    for term in design_terms.TERMS:
        place: Any = schema()["$defs"][term.part]
        for step in term.key.split("."):
            place = place["properties"][step]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("market.selection.turnover_multiple", 1.5, "1.5 times the lot"),
        ("market.supply_chain.share", 0.4, "40%"),
        ("market.entry.innovation_grant", True, "yes"),
        ("market.entry.innovation_grant", False, "no"),
        ("market.entry.innovation_grant", None, "nothing"),
        ("tariff.service_fee_monthly", 25000, "£25,000 a month"),
        ("tariff.payment_lag_months", 6, "6 months later"),
        (LOTS, [LOT, {"id": "s", "annual_value": 1}], "3 contracts, £120,001 a year together"),
        ("tariff", {"version": "Cheaper"}, "Cheaper"),
        ("tariff", {}, "another"),
        ("groups.0.referrals_per_month", 12.5, "12.5"),
        ("start", "2027-04", "2027-04"),
    ],
)
def test_a_change_is_said_as_people_say_it(path: str, value: Any, said: str) -> None:
    assert design_terms.said(path, value) == said


def test_a_path_that_no_term_knows_names_itself() -> None:
    names = [design_terms.named(path) for path in ("start", LOTS, "tariff", "tariff.upfront_payment")]

    assert names == ["start", "Size of the lots", "The whole tariff", "Upfront payment"]


@given(st.integers(1, 1_000_000), st.integers(2, 1_000), st.integers(1, 9))
def test_pieces_are_worth_what_the_lot_is_worth_to_the_penny_each(value: int, into: int, count: int) -> None:
    [piece] = design_terms.split([{**LOT, "annual_value": float(value), "count": count}], into)

    assert piece["count"] == count * into
    assert 0 <= value - into * piece["annual_value"] < into * 0.01 + 1e-6


def test_a_cut_is_recognised_and_anything_else_is_not() -> None:
    lots = [LOT, {"id": "s", "annual_value": 10_000}]

    assert design_terms.split_of(lots, design_terms.split(lots, 4)) == 4
    for other in (None, "x", [], [LOT], lots, [{**LOT, "count": 8}, *design_terms.split(lots[1:], 4)]):
        assert design_terms.split_of(lots, other) is None
    assert design_terms.split_of([], []) is None
