"""Who could carry a contract: cases that can be counted by hand, and figures that must add up in any market."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from markets.core import capacity
from markets.core.capacity import Capacity
from markets.core.concentration import concentration
from markets.core.diversity import Simulation
from markets.core.made_up_registers import made_up
from markets.core.markets import Entry, Market, SocialFinance
from markets.core.registers import LegalForm, Register
from tests.factories.markets import facts, lot, market, provider

#: One that fails at each test in turn, and one that is able. A lot asks £50,000 of capital, and £200,000 of income.
ONE_EACH = (
    provider("groups", groups=("b",)),
    provider("area", areas=("Y",)),
    provider("years", year_registered=2019),
    provider("turnover", income=150_000.0, expenditure=150_000.0),
    provider("capital", free_reserves=199_999.0),
    provider("able", free_reserves=200_000.0),
)


def told(*providers: Any, draws: int = 3, of: Market | None = None, **given: Any) -> dict[str, Any]:
    asked = of or market(selection=market().selection.__class__(min_years=3, turnover_multiple=2.0))
    looked = Capacity(asked, facts(), Register.of(providers, 1))
    blocks = [looked.block(draws, 1, index) for index in range(-(-draws // capacity.BLOCK_DRAWS))]
    usual: dict[str, Any] = {"government": {}, "held": []}
    return looked.document(capacity.joined(blocks), **{**usual, **given})


def test_each_provider_falls_at_the_first_test_that_it_fails() -> None:
    said = told(*ONE_EACH)

    fallen = {step["reason"]: (step["fallen"]["p50"], step["left"]["p50"]) for step in said["funnel"]}
    assert fallen == {
        "groups": (1, 5),
        "area": (1, 4),
        "years": (1, 3),
        "turnover": (1, 2),
        "capital": (1, 1),
        "loss": (0, 1),
        "unwilling": (0, 1),
    }
    medium = next(row for row in said["by_size"] if row["band"] == "medium")
    assert (medium["providers"], medium["able"]["p50"], medium["reasons"]["turnover"]) == (1, 0, 1.0)


def test_what_a_lot_asks_and_who_can_carry_it() -> None:
    [row] = told(*ONE_EACH)["lots"]

    assert (row["turnover"], row["capital"]["charity"]) == (200_000, 50_000)
    # A charity puts a quarter of its free reserves at risk: five of the six have £200,000 at least.
    assert row["carry"]["large"] == pytest.approx(4 / 5)
    assert row["carry"]["medium"] == 1.0
    assert row["carry"]["micro"] is None


def test_reserves_are_told_in_months_and_unknown_ones_are_counted() -> None:
    rows = [provider(f"p{number}", free_reserves=float(number) * 1e6 / 12) for number in range(1, 11)]

    said = told(*rows, provider("unknown", free_reserves=None), provider("idle", free_reserves=0.0))

    large = next(row for row in said["by_size"] if row["band"] == "large")
    assert large["reserves"] == {"known": 11, "unknown": 1, "p10": 1.0, "p50": 5.0, "p90": 9.0}


def test_government_income_is_told_of_those_of_whom_it_is_known() -> None:
    rows = [provider(name) for name in "abcd"]

    said = told(*rows, government={"a": 0.2, "b": 0.6, "c": 0.9})

    large = next(row for row in said["by_size"] if row["band"] == "large")
    assert large["government"] == {"known": 3, "p50": 0.6, "over_half": pytest.approx(2 / 3)}


def test_variety_is_the_effective_number_of_kinds_before_and_after_the_terms() -> None:
    rows = [provider(f"c{number}", legal_form=LegalForm.CIC) for number in range(3)]
    rows += [provider("small", income=50_000.0), provider("a"), provider("b")]

    variety = told(*rows)["variety"]

    before, after = concentration([3, 1, 2]), concentration([3, 2])
    assert before and after
    assert (variety["before"], variety["after"]) == (pytest.approx(before.order_1), pytest.approx(after.order_1))


def test_incomes_are_those_of_the_able_by_legal_form() -> None:
    rows = [provider(name, income=income) for name, income in (("a", 4e5), ("b", 6e5), ("c", 9e5), ("d", 1e4))]

    said = told(*rows, provider("e", legal_form=LegalForm.CIC, income=1e4), of=market(lot(count=3)))

    assert said["contracts"] == 3
    assert said["able_income"]["charity"] == 6e5
    assert said["able_income"]["cic"] is None


def test_nobody_is_no_variety() -> None:
    assert told(provider("far", areas=("Y",)))["variety"] == {"before": 0.0, "after": 0.0}


def test_concentration_is_that_of_the_published_contracts() -> None:
    said = told(provider("a"), held=[50.0, 30.0, 20.0, 0.0])["concentration"]

    assert said["hhi"] == pytest.approx(3800)
    assert (said["order_0"], said["order_2"], said["reading"]) == (3, pytest.approx(1 / 0.38), "highly concentrated")
    assert told(provider("a"), held=[])["concentration"] is None


@pytest.mark.parametrize(
    ("values", "reading"),
    [([1.0] * 11, "not concentrated"), ([1.0] * 9, "concentrated"), ([1.0] * 4, "highly concentrated")],
)
def test_hhi_is_read_as_the_competition_authority_reads_it(values: list[float], reading: str) -> None:
    found = concentration(values)

    assert found is not None
    assert found.reading == reading
    assert found.hhi == pytest.approx(10_000 / len(values))
    assert found.order_1 == pytest.approx(len(values)) == pytest.approx(found.order_2)


@given(st.lists(st.floats(0.01, 1e9), min_size=1, max_size=30))
def test_hill_numbers_never_rise_with_their_order(values: list[float]) -> None:
    found = concentration(values)

    assert found is not None
    assert found.order_0 + 1e-9 >= found.order_1 >= found.order_2 - 1e-9
    assert found.order_2 >= 1 - 1e-9


def test_the_funnel_is_that_of_the_first_round_of_the_diversity_simulation() -> None:
    register = Register.of(made_up(("a", "b"), ("X", "Y"), 2020, np.random.default_rng(1)), 1)
    asked = market(lot(), lot(id="s", groups=("b",), areas=("Y",), annual_value=4e5), entry=Entry(3.0), rounds=2)

    looked = Capacity(asked, facts(), register)
    ours = looked.block(64, 5, 0)
    theirs = Simulation(asked, facts(), register, block_draws=64).block(64, 5, 0)

    np.testing.assert_array_equal(ours["furthest"][-1].sum(0), theirs["able"][0])
    for stage, reason in enumerate(("groups", "area", "years", "turnover", "capital", "loss")):
        np.testing.assert_array_equal(ours["furthest"][stage].sum(0), theirs[f"excluded.{reason}"][0])
    np.testing.assert_array_equal(ours["bidding"].sum(0), theirs["bidding"][0])


def test_blocks_travel_as_bytes_and_add_up_whatever_their_number() -> None:
    register = Register.of(made_up(("a",), ("X",), 2020, np.random.default_rng(1))[:50], 1)
    looked = Capacity(market(), facts(), register)

    blocks = [capacity.unpack(capacity.pack(looked.block(100, 1, index))) for index in (0, 1)]
    whole = capacity.joined(blocks)

    assert whole["bidding"].shape == (6, 100)
    assert (whole["furthest"].sum((0, 1)) == 50).all()
    assert (whole["kinds"][1] <= whole["kinds"][0]).all()


def test_terms_beyond_everybody_are_null_and_a_market_without_lots_is_refused() -> None:
    beyond = Capacity(market(), facts(capital=np.inf), Register.of([provider()], 1))

    said = beyond.document(beyond.block(1, 1, 0), {}, [])

    assert said["lots"][0]["capital"]["charity"] is None
    with pytest.raises(ValueError, match="without lots"):
        Capacity(Market(()), facts(), Register.of([provider()], 1))


def test_who_can_borrow_passes_the_test_of_capital() -> None:
    lent = market(social_finance=SocialFinance(gap_share=1.0, weeks_to_bid=30.0, weeks_needed=26.0))

    said = told(provider(free_reserves=0.0), of=lent)

    fallen = {step["reason"]: step["fallen"]["p50"] for step in said["funnel"]}
    assert fallen["capital"] == 0
