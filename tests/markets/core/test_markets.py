"""A market section as plain dataclasses, with the defaults of the format."""

from markets.core.markets import Entry, Lot, Market, Response, Selection, SocialFinance, SupplyChain


def test_what_a_section_leaves_out_has_the_formats_defaults() -> None:
    read = Market.of({"lots": [{"id": "n", "annual_value": 5}]}, 24)

    assert read == Market((Lot("n", 5.0, 24),))
    assert read.selection == Selection(2.0, 0.0, 0.6, 0.4, 0.15)
    assert read.supply_chain == SupplyChain(0.0, 0.1, 1.0, 0.0)
    assert read.social_finance == SocialFinance(0.0, 12.0, 26.0)
    assert read.entry == Entry(5.0, False)
    assert read.response == Response(1.0, 0.7, 4.0, 2.0, 0.5)
    assert (read.rounds, read.years_per_round, read.first_year) == (6, 1.67, None)


def test_what_a_section_says_is_read() -> None:
    section = {
        "lots": [{"id": "n", "name": "North", "annual_value": 5, "months": 6, "groups": ["b", "a", "b"], "count": 2}],
        "selection": {"min_years": 3},
        "supply_chain": {"share": 0.3},
        "rounds": 2,
        "years_per_round": 1,
    }

    read = Market.of(section, 24, "2021-06")

    assert read.lots == (Lot("n", 5.0, 6, ("b", "a"), (), 2, "North"),)
    assert (read.groups, read.areas, read.contracts) == (("b", "a"), (), (0, 0))
    assert (read.selection.min_years, read.supply_chain.parcels, read.rounds, read.first_year) == (3, 3, 2, 2021.0)
    assert read.years(read.lots[0]) == 0.5


def test_money_is_borrowed_only_where_there_is_time() -> None:
    assert SocialFinance(0.4, 25, 26).borrowed_share == 0
    assert SocialFinance(0.4, 26, 26).borrowed_share == 0.4
