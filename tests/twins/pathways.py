"""The twin's own reading of a programme: each group's steps, prices and chances, one number at a time."""

import math
from dataclasses import dataclass, replace
from statistics import NormalDist

from commissioning.core.pathways import Evidence, Group, Milestone
from tariffs.core.programmes import Programme, TargetRule

STRATA = [NormalDist().inv_cdf((place + 0.5) / 20) for place in range(20)]


@dataclass
class Step:
    """One chance to move on: a milestone, or one of its repeats."""

    milestone: str
    count: int  # 1 for the first time it is reached
    delay: int
    parent: int | None  # place of the step before it, None after referral
    children: list[int]
    price: float
    final_share: float  # what reaching it counts as a final outcome
    automatic: bool
    centre: float  # log-odds without support, of a person of average need
    responsiveness: float
    scale: float
    spread: float
    floor: float = 0.0
    targeted: bool = False
    shadow: float = 1.0  # what the provider takes a pound of this step's price to be worth at the margin

    def chance(self, stratum: int, support: float) -> float:
        if self.automatic:
            return 1.0
        return logistic(self.log_odds(stratum, support))

    def log_odds(self, stratum: int, support: float) -> float:
        return self.centre + self.spread * STRATA[stratum] + self.responsiveness * math.log(1 + support / self.scale)


def logistic(log_odds: float) -> float:
    if log_odds >= 0:
        return 1 / (1 + math.exp(-log_odds))
    return math.exp(log_odds) / (1 + math.exp(log_odds)) if log_odds > -700 else 0.0


def logit(chance: float) -> float:
    return math.log(chance / (1 - chance))


def steps_of(programme: Programme, group: Group) -> list[Step]:
    """All steps of one group, breadth first in file order, each after its parent."""
    steps: list[Step] = []
    last_step_of: dict[str, int] = {}
    for milestone in breadth_first(programme):
        parent = last_step_of[milestone.after] if milestone.after is not None else None
        for count in range(1, milestone.repeats + 1):
            step = make_step(programme, group, milestone, count)
            step.parent = parent
            if parent is not None:
                steps[parent].children.append(len(steps))
            parent = len(steps)
            steps.append(step)
        last_step_of[milestone.id] = len(steps) - 1
    set_floor(programme, steps)
    hold_person_cap(programme, steps)
    return steps


def breadth_first(programme: Programme) -> list[Milestone]:
    order: list[Milestone] = []
    level: list[str | None] = [None]
    while level:
        here = [milestone for milestone in programme.milestones if milestone.after in level]
        order += here
        level = [milestone.id for milestone in here]
    return order


def make_step(programme: Programme, group: Group, milestone: Milestone, count: int) -> Step:
    known = [row for row in programme.evidence if row.group == group.id and row.milestone == milestone.id]
    automatic = not known or known[0].baseline == 1
    target = programme.tariff.target
    return Step(
        milestone=milestone.id,
        count=count,
        delay=milestone.delay_months if count == 1 else milestone.repeat_every_months,
        parent=None,
        children=[],
        price=price_of(programme, group, milestone, count),
        final_share=1 / milestone.repeats if milestone.final else 0.0,
        automatic=automatic,
        centre=0.0 if automatic else centre_of(known[0].baseline, group.need_spread),
        responsiveness=0.0 if automatic else responsiveness_of(known[0]),
        scale=known[0].response_scale if known else 1.0,
        spread=group.need_spread,
        targeted=target.rule is not TargetRule.NONE and target.milestone == milestone.id,
    )


def price_of(programme: Programme, group: Group, milestone: Milestone, count: int) -> float:
    for line in programme.tariff.prices:
        if line.price_band == group.price_band and line.milestone == milestone.id and count <= line.payments:
            return line.price
    return 0.0


def centre_of(baseline: float, spread: float) -> float:
    """The centre at which the strata's chances without support average to the baseline, by bisection."""
    if baseline == 0:
        return -math.inf
    low, high = -100.0, 100.0
    for _ in range(100):
        middle = (low + high) / 2
        if sum(logistic(middle + spread * z) for z in STRATA) / 20 < baseline:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def responsiveness_of(evidence: Evidence) -> float:
    if evidence.baseline == 0:  # nobody gets there, helped or not
        return 0.0
    if evidence.observed is None:
        return evidence.responsiveness
    gain = logit(evidence.observed.rate) - logit(evidence.baseline)
    return gain / math.log(1 + evidence.observed.spending / evidence.response_scale)


def set_floor(programme: Programme, steps: list[Step]) -> None:
    """The minimum service holds on the first step whose chance support can move."""
    for step in steps:
        if not step.automatic and step.responsiveness > 0:
            step.floor = programme.tariff.minimum_service
            return


def hold_person_cap(programme: Programme, steps: list[Step]) -> None:
    """A person earns no more than the cap along a path: what is left of it limits each next price."""
    if programme.tariff.person_cap is None:
        return
    earned: list[float] = []
    for step in steps:
        before = earned[step.parent] if step.parent is not None else 0.0
        step.price = min(step.price, max(0.0, programme.tariff.person_cap - before))
        earned.append(before + step.price)


def without_prices(steps: list[Step]) -> list[Step]:
    return [replace(step, price=0.0, floor=0.0, shadow=1.0) for step in steps]
