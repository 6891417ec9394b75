"""Differences of the market section, which is known by its keys alone."""

from dataclasses import replace
from typing import Any

import pytest

from tests.factories.differences import BASE, sentences

LOTS = [{"id": "north", "annual_value": 600000, "groups": ["a"]}, {"id": "south", "annual_value": 1, "groups": []}]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (None, {"rounds": 6}, "Market was added: rounds: 6."),
        ({}, None, "Market was removed: empty."),
        ({"rounds": 6}, {"rounds": 7}, "Market, rounds is now 7 instead of 6."),
        (
            {"entry": {"innovation_grant": True}},
            {"entry": {"innovation_grant": False}},
            "Market, entry, innovation grant is now no instead of yes.",
        ),
        (
            {"lots": LOTS},
            {"lots": LOTS[:1]},
            "Market, lots, south was removed: id: “south”; annual value: 1; groups: empty.",
        ),
        (
            {"lots": LOTS},
            {"lots": [{**LOTS[0], "groups": ["a", "b"]}, LOTS[1]]},
            "Market, lots, north, groups is now “a”, “b” instead of “a”.",
        ),
        ({"lots": LOTS}, {"lots": LOTS[::-1]}, "Order of market, lots: “south”, “north” instead of “north”, “south”."),
        (
            {"lots": [{"id": "a", "name": None}]},
            {"lots": [{"id": "a", "name": ""}]},
            "Market, lots, a, name is now '' instead of None.",
        ),
    ],
)  # fmt: skip
def test_market_settings_are_told_by_the_way_to_them(old: Any, new: Any, told: str) -> None:
    assert sentences(replace(BASE, market=new), replace(BASE, market=old)) == (told,)
