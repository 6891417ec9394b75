"""The pathway as arrays: steps, centres of chance, prices."""

import math

import numpy as np
import pytest

from commissioning.core.pathways import Evidence, Milestone, Observed
from tariffs.core.incentives import pathways
from tariffs.core.programmes import PriceLine
from tests.factories.small_programmes import programme, with_tariff

TREE = (
    Milestone("later", "Later", after="job", delay_months=1, repeats=3, repeat_every_months=2),
    Milestone("start", "Start"),
    Milestone("job", "Job", after="start", delay_months=4, final=True, repeats=2),
    Milestone("course", "Course", after="start", delay_months=1),
)


def test_steps_unfold_repeats_and_put_parents_before_children() -> None:
    steps = pathways.steps_of(TREE)

    named = [(TREE[m].id, int(repeat)) for m, repeat in zip(steps.milestone, steps.repeat, strict=True)]
    assert named == [("start", 1), ("job", 1), ("job", 2), ("course", 1), ("later", 1), ("later", 2), ("later", 3)]
    assert steps.parent.tolist() == [-1, 0, 1, 0, 2, 4, 5]
    assert steps.delay.tolist() == [0, 4, 1, 1, 1, 2, 2]
    assert steps.months.tolist() == [0, 4, 5, 1, 6, 8, 10]


def test_each_repeat_of_the_final_outcome_counts_its_share() -> None:
    steps = pathways.steps_of(TREE)

    assert steps.final_share.tolist() == [0, 0.5, 0.5, 0, 0, 0, 0]


def test_children_and_first_steps_are_found() -> None:
    steps = pathways.steps_of(TREE)

    assert steps.children(0).tolist() == [1, 3]
    assert steps.first_of(0) == 4
    assert len(steps) == 7


def test_need_offsets_are_normal_quantile_midpoints() -> None:
    offsets = pathways.need_offsets(20)

    assert offsets[0] == pytest.approx(-1.959963984540054)
    assert offsets[10] == pytest.approx(0.06270677794321385)
    assert offsets == pytest.approx(-offsets[::-1])


@pytest.mark.parametrize("baseline", [1e-6, 0.04, 0.5, 0.93, 1 - 1e-9])
@pytest.mark.parametrize("spread", [0.0, 1.0, 5.0])
def test_the_average_over_strata_is_the_baseline(baseline: float, spread: float) -> None:
    centre = pathways.centre_of(np.array([baseline]), np.array([spread]))

    chances = [1 / (1 + math.exp(-(centre[0] + spread * z))) for z in pathways.need_offsets()]
    assert sum(chances) / 20 == pytest.approx(baseline, rel=1e-9)


def test_an_observed_point_gives_the_responsiveness_that_explains_it() -> None:
    row = Evidence("g", "job", 0.04, observed=Observed(1000, 0.06), response_scale=200)

    found = pathways.responsiveness_of(row)

    log_odds = math.log(0.04 / 0.96) + found * math.log(1 + 1000 / 200)
    assert 1 / (1 + math.exp(-log_odds)) == pytest.approx(0.06)


def test_a_step_without_evidence_or_with_baseline_1_is_automatic_and_one_with_baseline_0_never_happens() -> None:
    known = (Evidence("g", "course", 1.0), Evidence("g", "job", 0.0, responsiveness=0.3))
    given = programme(milestones=TREE, evidence=known, tariff=programme().tariff)

    chances = pathways.chances_of(given, pathways.steps_of(TREE))

    assert chances.automatic[0].tolist() == [True, False, False, True, True, True, True]
    assert pathways.sigmoid(chances.log_odds[0, 1]).max() < 1e-100
    assert chances.responsiveness[0, 1] == 0


def test_only_the_paid_repeats_earn_and_the_person_cap_ends_a_path() -> None:
    lines = (PriceLine("band", "job", 300.0, 2), PriceLine("band", "later", 100.0, 2), PriceLine("other", "job", 9.0))
    given = with_tariff(programme(milestones=TREE, evidence=()), prices=lines, person_cap=650.0)

    prices = pathways.prices_of(given, pathways.steps_of(TREE))

    assert prices[0].tolist() == [0, 300, 300, 0, 50, 0, 0]
