"""What pictures of groups say, also where there is nothing to say: each case is one that a tariff can lead to."""

from typing import Any

import pytest

from tariffs import charts
from tariffs.charts import Chart

NAMES = {"near": "Near", "far": "Far"}


def row(group: str, **given: Any) -> dict[str, Any]:
    """Write a plan in which everybody is helped alike, but for what is given."""
    plan = {
        "provider": "p",
        "group": group,
        "support": 100.0,
        "support_by_stratum": [100.0] * 20,
        "efficient_support": 400.0,
        "intended_support": None,
        "income": 200.0,
        "baseline_final": 0.2,
        "final": 0.3,
        "additional": 0.1,
        "deadweight_share": 0.5,
        "parked_share": 0.0,
        "near_share": 0.5,
        "parity": 1.0,
    }
    return {**plan, **given}


def drawn(near: dict[str, Any], far: dict[str, Any]) -> dict[str, Chart]:
    pictures = charts.of_groups([row("near", **near), row("far", **far)], NAMES)
    return {picture.key: picture for picture in pictures}


def test_the_group_with_most_parking_is_named() -> None:
    far = {"parked_share": 0.55, "support_by_stratum": [0.0] * 11 + [200.0] * 9}

    found = drawn({}, far)

    assert found["support"].title == "Most parking is in Far: about 11 in 20 people"
    assert found["parked"].title == "1 of 2 groups would have people parked"
    assert found["parked"].table.rows == (("Near", 0.0, 100.0), ("Far", 0.55, 100.0))


def test_where_nobody_is_parked_it_says_so() -> None:
    found = drawn({}, {})

    assert found["support"].title == "Nobody would be parked"
    assert found["parked"].title == "No group is parked"
    assert all(not one["x"] for one in found["support"].figure["data"] if one["type"] == "scatter")


def test_where_nobody_is_supported_pictures_stay_whole_and_claim_nothing() -> None:
    nothing = {"support": 0.0, "support_by_stratum": [0.0] * 20, "final": 0.2, "additional": 0.0}

    found = drawn(nothing, nothing)

    assert found["near"].title == "No group is creamed"
    assert found["rates"].title == "The service adds nothing for any group"
    assert found["rates"].sentence == "As many people reach the final outcome as would without it."
    assert found["support"].figure["data"][0]["y"] == [0.0] * 20


def test_creaming_is_named_with_its_share() -> None:
    found = drawn({"near_share": 0.7}, {"near_share": 0.9})

    assert found["near"].title == "Creaming is strongest in Far"
    assert "the half nearest to the outcome gets 90% of the support" in found["near"].sentence


@pytest.mark.parametrize(("additional", "words"), [(0.087, "There 87 more"), (0.0004, "There fewer than 1 more")])
def test_what_the_service_adds_is_counted_in_people(additional: float, words: str) -> None:
    found = drawn({"additional": additional}, {"additional": 0.0})

    assert found["rates"].title == "The service adds most for Near"
    assert found["rates"].sentence.startswith(words)
    assert found["rates"].table.rows[0][3] == pytest.approx(1000 * additional)


def test_payment_for_nothing_is_told_from_payment_for_what_is_added() -> None:
    found = drawn({"deadweight_share": 0.78}, {"deadweight_share": 0.0})

    assert found["deadweight"].title == "Deadweight is highest in Near: 78% of payments"
    assert found["deadweight"].table.rows == (
        ("Near", 200.0, pytest.approx(156.0), 0.78),
        ("Far", 200.0, 0.0, 0.0),
    )


def test_without_any_payment_there_is_no_deadweight() -> None:
    nothing = {"income": 0.0, "deadweight_share": 0.0}

    assert drawn(nothing, nothing)["deadweight"].title == "No payment is deadweight"


def test_the_worst_paid_group_is_named() -> None:
    found = drawn({}, {"parity": 0.09, "intended_support": 1360.0})

    assert found["parity"].title == "Far is the worst paid for what it needs"
    assert found["parity"].table.rows == (
        ("Near", 200.0, 400.0, "worth its cost to society", 1.0),
        ("Far", 200.0, 1360.0, "intended", 0.09),
    )


def test_groups_paid_alike_are_not_called_worst_paid() -> None:
    assert drawn({}, {})["parity"].title == "No group is worse paid than another for what it needs"


def test_a_group_whose_parity_is_unknown_has_no_bar_and_stays_in_the_table() -> None:
    found = drawn({}, {"parity": None})

    assert found["parity"].figure["data"][0]["y"] == ["Near"]
    assert found["parity"].table.rows[1][-1] is None


def test_where_no_parity_is_known_it_says_so() -> None:
    assert drawn({"parity": None}, {"parity": None})["parity"].title == "No group's need is known"
