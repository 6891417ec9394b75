"""What the page of groups and pathway reads."""

from typing import Any

import pytest

from commissioning.queries.pathways import GROUPS_ON_A_PAGE, pathway
from tests.factories.tariffs import imported, small_document

pytestmark = pytest.mark.django_db


def test_each_group_has_each_step_with_its_evidence_or_none() -> None:
    found = pathway(imported())

    assert [(str(step.milestone), step.evidence is not None) for step in found.groups[0].steps] == [
        ("Start", False),
        ("Job", True),
        ("Stay", False),
    ]


def test_the_weakest_evidence_is_marked() -> None:
    found = pathway(imported())

    marked = [str(row.group) for row in found.groups for step in row.steps if step.is_weakest]

    assert marked == ["Far"]
    assert [str(row.group) for row in found.weakest] == ["Far"]
    assert found.founded == "1 of 2 figures is assumed or of unknown quality and has yet to be found in a source."


def test_milestones_stand_after_what_they_follow_whatever_the_order_of_the_file() -> None:
    document = small_document()
    document["milestones"].reverse()

    found = pathway(imported(document))

    assert [milestone.key for milestone in found.milestones] == ["start", "job", "stay"]


def test_many_groups_come_in_pages_with_few_queries(django_assert_num_queries: Any) -> None:
    document = small_document()
    document["groups"] = [{"id": f"g{number}", "price_band": "AB"[number % 2]} for number in range(30)]
    document["evidence"] = [{"group": f"g{number}", "milestone": "job", "baseline": 0.1} for number in range(30)]
    programme = imported(document)

    with django_assert_num_queries(4):
        found = pathway(programme, "2")

    assert [row.group.key for row in found.groups] == [f"g{number}" for number in range(12, 24)]
    assert len(found.groups) == GROUPS_ON_A_PAGE
