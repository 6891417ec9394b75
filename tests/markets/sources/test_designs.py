"""Designs of a programme file: each a whole programme, each changed term returned by itself."""

import json
from typing import Any

import pytest

from markets.sources.designs import designs_of
from tariffs.core.programmes import Programme
from tariffs.sources import programme_files
from tests.factories.markets import market_document
from tests.factories.tariffs import small_document


def programme(**market: Any) -> Programme:
    return programme_files.loads(json.dumps(market_document(**market)))


def with_changes(changes: dict[str, Any], reference: dict[str, Any] | None = None) -> Programme:
    return programme(designs=[{"id": "first", "changes": reference or {}}, {"id": "second", "changes": changes}])


def test_a_design_is_the_programme_with_its_changes() -> None:
    first, second = designs_of(with_changes({"tariff.upfront_payment": 5000, "market.lots.1.annual_value": 7}))

    assert first.programme.tariff.upfront_payment == 0
    assert second.programme.tariff.upfront_payment == 5000
    assert second.programme.market["lots"][1]["annual_value"] == 7
    assert (first.title, second.title) == ("first", "second")


def test_each_changed_term_is_returned_by_itself() -> None:
    changes = {"tariff.upfront_payment": 5000, "market.supply_chain.share": 0.3, "market.selection.min_years": 3}

    _, second = designs_of(with_changes(changes, {"market.selection.min_years": 3, "budget": 10}))

    assert [(one.term, one.value, one.reference) for one in second.returned] == [
        ("tariff.upfront_payment", 5000, 0),
        ("market.supply_chain.share", 0.3, None),
        ("budget", 0, 10),
    ]
    back = second.returned[0].programme
    assert back.tariff.upfront_payment == 0
    assert back.market["supply_chain"] == {"share": 0.3}
    assert second.returned[2].programme.budget == 10


def test_a_term_of_a_text_leads_nowhere_further() -> None:
    _, second = designs_of(with_changes({"market.lots.0.groups": ["b"]}, {"market.lots.0.groups.0": "b"}))

    assert second.returned == ()


def test_a_term_that_cannot_change_by_itself_is_left_out() -> None:
    target = {"tariff.target.milestone": "job", "tariff.target.rule": "binary", "tariff.target.rate": 0.3}

    _, second = designs_of(with_changes(target))

    assert "tariff.target.rule" in [one.term for one in second.returned]
    assert "tariff.target.rate" not in [one.term for one in second.returned]


def test_lots_that_cannot_be_taken_away_alone_are_left_out() -> None:
    lots = [{"id": "n", "annual_value": 5}]
    bare = market_document(lots=[], designs=[{"id": "a", "changes": {"market.lots": lots}}, {"id": "b"}])
    bare["market"]["designs"][1] = {"id": "b", "changes": {"market.lots": [{"id": "m", "annual_value": 9}]}}

    first, second = designs_of(programme_files.loads(json.dumps(bare)))

    assert first.returned == ()
    assert [one.programme.market["lots"] for one in second.returned] == [lots]


def test_a_programme_that_names_no_design_is_its_own() -> None:
    (only,) = designs_of(programme(designs=[]))

    assert (only.id, only.title, only.changes, only.returned) == ("as-drafted", "As drafted", {}, ())


def test_without_a_market_or_lots_there_is_nothing_to_compare() -> None:
    with pytest.raises(programme_files.ProgrammeFileError, match="/market: Found nothing"):
        designs_of(programme_files.loads(json.dumps(small_document())))
    with pytest.raises(programme_files.ProgrammeFileError, match="no lot in design drafted"):
        designs_of(programme(lots=[], designs=[{"id": "drafted"}]))
