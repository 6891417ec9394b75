"""Reads a programme's groups and pathway as a page shows them."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from commissioning.core import evidence_quality, pathway_drawings
from commissioning.core.pathway_drawings import Drawing
from commissioning.models import Evidence, Group, Milestone, Programme

GROUPS_ON_A_PAGE = 12


@dataclass(frozen=True)
class Step:
    """One milestone for one group, and what is known of it; without evidence it happens by itself."""

    milestone: Milestone
    evidence: Evidence | None
    is_weakest: bool


@dataclass(frozen=True)
class GroupSteps:
    """One group and its steps, in the order of the pathway."""

    group: Group
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Pathway:
    """Everything that the page of groups and pathway shows."""

    milestones: tuple[Milestone, ...]
    page: "Page[Any]"
    groups: tuple[GroupSteps, ...]
    drawing: Drawing
    founded: str
    weakest: tuple[Evidence, ...]


def pathway(programme: Programme, number: str = "1") -> Pathway:
    """Read one page of groups with their evidence, and the whole pathway, in five queries."""
    page = Paginator(programme.groups.order_by("place"), GROUPS_ON_A_PAGE).get_page(number)
    groups = list(page.object_list)
    milestones = _in_order(list(programme.milestones.select_related("after")))
    rows = list(Evidence.objects.filter(group__programme=programme).select_related("group", "milestone"))
    pairs = {row.to_core(): row for row in rows}
    weakest = tuple(pairs[row] for row in evidence_quality.weakest(list(pairs)))
    shown = {group.pk for group in groups}
    return Pathway(
        milestones=milestones,
        page=page,
        groups=tuple(_steps(group, milestones, rows, set(weakest)) for group in groups),
        drawing=pathway_drawings.draw(
            [milestone.to_core() for milestone in milestones],
            [group.to_core() for group in groups],
            [core for core, row in pairs.items() if row.group_id in shown],
        ),
        founded=evidence_quality.in_words(list(pairs)),
        weakest=weakest,
    )


def _in_order(milestones: list[Milestone]) -> tuple[Milestone, ...]:
    by_key = {milestone.key: milestone for milestone in milestones}
    ordered = pathway_drawings.in_order([milestone.to_core() for milestone in milestones])
    return tuple(by_key[milestone.id] for milestone in ordered)


def _steps(group: Group, milestones: tuple[Milestone, ...], rows: list[Evidence], weakest: set[Evidence]) -> GroupSteps:
    known = {row.milestone_id: row for row in rows if row.group_id == group.pk}
    steps = (Step(milestone, row := known.get(milestone.pk), row in weakest) for milestone in milestones)
    return GroupSteps(group, tuple(steps))
