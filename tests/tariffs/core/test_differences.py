"""What differs between two programmes: every field, each way round, quickly."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from commissioning.core.pathways import Evidence, Group, Milestone
from tariffs.core.differences import Change, Same, compare
from tariffs.core.programmes import Programme
from tests.factories.differences import BASE, renamed, rows
from tests.strategies.programmes import programmes

UNHURRIED = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
OTHERS = {"group": "old", "milestone": "start", "after": "stay", "start": "2015-01", "market": {"rounds": 6}}


def variants(thing: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Change each field of a thing, and of what it holds, in turn."""
    for field in fields(thing):
        value = getattr(thing, field.name)
        if is_dataclass(value):
            for path, other in variants(value):
                yield (field.name, *path), replace(thing, **{field.name: other})
        elif isinstance(value, tuple) and is_dataclass(value[0]):
            for path, other in variants(value[0]):
                yield (field.name, *path), replace(thing, **{field.name: (other, *value[1:])})
        else:
            yield (field.name,), replace(thing, **{field.name: changed(field.name, value)})


def changed(name: str, value: Any) -> Any:
    if name in OTHERS:
        return OTHERS[name]
    if isinstance(value, StrEnum):
        return next(other for other in type(value) if other is not value)
    if isinstance(value, tuple):
        return (value[0] - 0.05, *value[1:])
    if isinstance(value, bool):
        return not value
    return f"{value}x" if isinstance(value, str) else value + 1


def by_place(old: Programme, new: Programme) -> Same:
    """Say that things in the same place are the same."""
    return {"old": places(old), "new": places(new)}


def places(programme: Programme) -> dict[tuple[str, Any], Any]:
    named = {"group": programme.groups, "milestone": programme.milestones, "provider": programme.providers}
    ids: dict[tuple[str, Any], Any] = {
        (kind, row.id): f"{kind} {place}" for kind, things in named.items() for place, row in enumerate(things)
    }
    ids |= {("evidence", (row.group, row.milestone)): place for place, row in enumerate(programme.evidence)}
    return ids | {
        ("price", (line.price_band, line.milestone)): place for place, line in enumerate(programme.tariff.prices)
    }


VARIANTS = dict(variants(BASE))


@pytest.mark.parametrize("path", VARIANTS, ids=".".join)
def test_a_change_of_any_field_is_one_difference(path: tuple[str, ...]) -> None:
    new = VARIANTS[path]
    if path[-1] == "id":
        new = renamed(new, {"groups": "young", "milestones": "job", "providers": "prime"}[path[0]])

    found = rows(compare(BASE, new, by_place(BASE, new)))

    assert [row.change for row in found] == [Change.CHANGED]
    assert found[0].old != found[0].new


def test_no_two_fields_of_one_thing_go_by_the_same_words() -> None:
    called = {}
    for path, new in VARIANTS.items():
        if path[-1] != "id":
            [row] = rows(compare(BASE, new, by_place(BASE, new)))
            # Both values of an observed point are told together.
            called[path[:-1] if "observed" in path else path] = (path[:1], row.thing, row.field)

    assert len(set(called.values())) == len(called)


@pytest.mark.slow
@UNHURRIED
@given(programmes())
def test_a_programme_does_not_differ_from_itself(programme: Programme) -> None:
    assert not compare(programme, replace(programme))


@pytest.mark.slow
@UNHURRIED
@given(programmes(), programmes())
def test_two_programmes_differ_in_something_unless_they_are_equal(old: Programme, new: Programme) -> None:
    assert bool(compare(old, new)) == (old != new)


FLIPPED = {Change.ADDED: Change.REMOVED, Change.REMOVED: Change.ADDED, Change.CHANGED: Change.CHANGED}


@pytest.mark.slow
@UNHURRIED
@given(programmes(), programmes())
def test_the_other_way_round_everything_is_mirrored(old: Programme, new: Programme) -> None:
    there = {(row.change, row.thing, row.field, row.old, row.new) for row in rows(compare(old, new))}
    back = {(FLIPPED[row.change], row.thing, row.field, row.new, row.old) for row in rows(compare(new, old))}

    assert there == back


@pytest.mark.slow
@UNHURRIED
@given(programmes(), programmes())
def test_values_that_differ_never_read_the_same(old: Programme, new: Programme) -> None:
    assert all(row.old != row.new for row in rows(compare(old, new)))


def with_other_ids(programme: Programme) -> Programme:
    for part in ("groups", "milestones", "providers"):
        for place, row in enumerate(getattr(programme, part)):
            rows_now = list(getattr(programme, part))
            rows_now[place] = replace(rows_now[place], id=f"{row.id}x")
            programme = renamed(replace(programme, **{part: tuple(rows_now)}), row.id)
    return programme


@pytest.mark.slow
@UNHURRIED
@given(programmes())
def test_where_only_the_ids_are_others_only_the_ids_differ(old: Programme) -> None:
    new = with_other_ids(old)

    found = rows(compare(old, new, by_place(old, new)))

    assert {row.field for row in found} == {"short name"}
    assert len(found) == len(old.groups) + len(old.milestones) + len(old.providers)


def steps_of(work: Callable[[], object]) -> int:
    """Count the calls of functions that some work takes: its cost without a clock."""
    count = 0

    def step(*_event: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(step)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.slow
@pytest.mark.parametrize("with_ids", [False, True])
def test_twice_the_groups_take_about_twice_the_steps_to_compare(with_ids: bool) -> None:
    def steps(count: int) -> int:
        milestones = tuple(Milestone(f"m{place}", f"Step {place}") for place in range(100))
        groups = tuple(Group(f"g{place}", f"Group {place}", "A", 1.0) for place in range(count))
        evidence = tuple(Evidence(group.id, milestone.id, 0.1) for group in groups for milestone in milestones)
        old = replace(BASE, groups=groups, milestones=milestones, evidence=evidence)
        new = replace(old, evidence=tuple(replace(row, baseline=0.2) for row in evidence[:99]) + evidence[99:])
        same = by_place(old, new) if with_ids else None
        return steps_of(lambda: compare(old, new, same))

    assert steps(200) < 2.2 * steps(100)
