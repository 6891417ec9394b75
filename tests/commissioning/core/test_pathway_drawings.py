"""The drawing of a pathway: everything has its place, and nothing stands on anything else."""

import pytest
from hypothesis import given

from commissioning.core.pathway_drawings import LINE_LENGTH, MOST_ROWS, draw, in_order, months, percent, wrapped
from commissioning.core.pathways import Evidence, Group, Milestone, Provenance, Quality
from tests.strategies.programmes import groups, pathways

LINE = (Milestone("a", "Start"), Milestone("b", "Job", after="a", delay_months=6, final=True, repeats=3))


def test_a_line_of_milestones_is_drawn_from_left_to_right() -> None:
    drawing = draw(LINE, [], [])

    assert [box.lines for box in drawing.boxes] == [("Referral",), ("Start",), ("Job",)]
    assert [box.note for box in drawing.boxes] == ["", "", "Final outcome, up to 3 times"]
    assert [box.x for box in drawing.boxes] == sorted(box.x for box in drawing.boxes)
    assert [arrow.label for arrow in drawing.arrows] == ["at once", "6 months"]


def test_each_group_has_a_mark_under_each_milestone_with_evidence() -> None:
    groups = [Group("x", "Near", "A", 1.0), Group("y", "", "A", 1.0)]
    evidence = [Evidence("x", "b", 0.25, provenance=Provenance(quality=Quality.WEAK)), Evidence("y", "b", 0.042)]

    drawing = draw(LINE, groups, evidence)

    assert [row.name for row in drawing.rows] == ["Near", "y"]
    assert [(mark.text, mark.quality) for row in drawing.rows for mark in row.marks] == [
        ("25%", "weak"),
        ("4.2%", "unknown"),
    ]
    assert {mark.x for row in drawing.rows for mark in row.marks} == {drawing.boxes[2].centre}


def test_a_milestone_that_does_not_stand_beside_what_it_follows_gets_an_arrow_round_the_others() -> None:
    branches = (*LINE, Milestone("c", "Training", after=None))

    drawing = draw(branches, [], [])

    assert [arrow.path.count("C") for arrow in drawing.arrows] == [0, 0, 1]
    assert drawing.boxes[0].y > draw(LINE, [], []).boxes[0].y


def test_many_groups_are_left_to_the_list() -> None:
    many = [Group(f"g{number}", "", "A", 1.0) for number in range(40)]

    assert len(draw(LINE, many, []).rows) == MOST_ROWS


@given(pathways(most_milestones=8), groups())
def test_any_pathway_fits_its_drawing(milestones: tuple[Milestone, ...], people: tuple[Group, ...]) -> None:
    drawing = draw(milestones, people, [])

    assert len({box.x for box in drawing.boxes}) == len(milestones) + 1
    assert all(box.x >= 0 and box.x + box.width <= drawing.width for box in drawing.boxes)
    assert all(box.y + box.height <= drawing.height for box in drawing.boxes)
    assert all(row.y <= drawing.height for row in drawing.rows)


@given(pathways(most_milestones=8))
def test_in_order_every_milestone_stands_once_and_after_what_it_follows(milestones: tuple[Milestone, ...]) -> None:
    ordered = [milestone.id for milestone in in_order(milestones)]

    assert sorted(ordered) == sorted(milestone.id for milestone in milestones)
    assert all(ordered.index(item.after) < ordered.index(item.id) for item in milestones if item.after is not None)


def test_room_for_names_is_kept_only_where_there_are_groups() -> None:
    alone, beside = draw(LINE, [], []), draw(LINE, [Group("a", "Near", "A", 1.0)], [])

    assert alone.boxes[0].x < 10 < beside.boxes[0].x
    assert beside.width - alone.width == beside.boxes[0].x - alone.boxes[0].x


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Job", ("Job",)),
        ("Sustainment, every four weeks", ("Sustainment,", "every four weeks")),
        ("x" * 40, ("x" * (LINE_LENGTH - 1) + "…",)),
        ("", ("",)),
    ],
)
def test_names_are_broken_into_two_lines_and_cut(text: str, lines: tuple[str, ...]) -> None:
    assert wrapped(text) == lines
    assert all(len(line) <= LINE_LENGTH for line in wrapped(text))


@pytest.mark.parametrize(("share", "text"), [(0, "0%"), (1, "100%"), (0.04, "4%"), (0.042, "4.2%"), (0.256, "26%")])
def test_chances_are_written_short(share: float, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(("number", "text"), [(0, "at once"), (1, "1 month"), (9, "9 months")])
def test_months_are_said(number: int, text: str) -> None:
    assert months(number) == text
