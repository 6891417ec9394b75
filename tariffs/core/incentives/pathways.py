"""The pathway as arrays: a step for every repeat of every milestone, parents before children."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from commissioning.core.pathways import Evidence, Milestone
from commissioning.core.units import Array
from tariffs.core.parameters import PARAMETERS
from tariffs.core.programmes import Programme

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

REFERRAL = -1
#: Log-odds of a chance of nothing: small enough to vanish, large enough not to underflow.
NEVER = -300.0


@dataclass(frozen=True, slots=True)
class Steps:
    """The pathway's tree; axis: step, breadth first and in file order, so a parent stands before its children.

    `parent` is REFERRAL where a step follows referral; `delay` is the months from standing before the step to
    reaching it, `months` the same from referral; `repeat` counts from 1; `final_share` is what reaching the step
    adds to the count of final outcomes.
    """

    milestone: Ints
    repeat: Ints
    parent: Ints
    delay: Ints
    months: Ints
    final_share: Array

    def __len__(self) -> int:
        """Count the steps."""
        return len(self.parent)

    def children(self, step: int) -> Ints:
        """List the steps that a person stands before after reaching `step` (or REFERRAL)."""
        return np.flatnonzero(self.parent == step)

    def first_of(self, milestone: int) -> int:
        """Step at which a milestone is reached the first time."""
        return int(np.flatnonzero((self.milestone == milestone) & (self.repeat == 1))[0])


@dataclass(frozen=True, slots=True)
class Chances:
    """What support does to the chance of each step; axes: group, step (and stratum last).

    A person's log-odds of taking a step are `log_odds` plus `responsiveness` times ln(1 + support / `scale`).
    Where `automatic`, everyone takes it.
    """

    log_odds: Array
    responsiveness: Array
    scale: Array
    automatic: Bools


def breadth_first(milestones: tuple[Milestone, ...]) -> list[Milestone]:
    """Milestones with parents before children, each generation in file order."""
    ordered: list[Milestone] = []
    generation = [m for m in milestones if m.after is None]
    while generation:
        ordered += generation
        parents = {m.id for m in generation}
        generation = [m for m in milestones if m.after in parents]
    return ordered


def steps_of(milestones: tuple[Milestone, ...]) -> Steps:
    """Unfold repeats: each is a step of its own, and children follow the last one."""
    position = {m.id: index for index, m in enumerate(milestones)}
    last_step: dict[str | None, int] = {None: REFERRAL}
    rows: list[tuple[int, int, int, int, int, float]] = []
    for item in breadth_first(milestones):
        parent = last_step[item.after]
        for repeat in range(1, item.repeats + 1):
            delay = item.delay_months if repeat == 1 else item.repeat_every_months
            months = delay + (rows[parent][4] if parent != REFERRAL else 0)
            rows.append((position[item.id], repeat, parent, delay, months, item.final / item.repeats))
            parent = len(rows) - 1
        last_step[item.id] = parent
    milestone, step_repeat, parents, delays, from_referral, final = zip(*rows, strict=True)
    return Steps(
        milestone=np.array(milestone),
        repeat=np.array(step_repeat),
        parent=np.array(parents),
        delay=np.array(delays),
        months=np.array(from_referral),
        final_share=np.array(final, dtype=float),
    )


def need_offsets(strata: int = PARAMETERS.strata) -> Array:
    """Need of each stratum in standard deviations: normal quantile midpoints, hardest to help first."""
    return np.array([NormalDist().inv_cdf((j + 0.5) / strata) for j in range(strata)])


def sigmoid(log_odds: Array) -> Array:
    """Chance with these log-odds."""
    return 1.0 / (1.0 + np.exp(-log_odds))


def centre_of(baseline: Array, spread: Array) -> Array:
    """Log-odds whose average chance over the strata is `baseline`, by bisection.

    Parameters
    ----------
    baseline, spread : same shape. Chances strictly between 0 and 1; standard deviations of need, log-odds.

    Returns
    -------
    same shape, log-odds, exact to the last few digits.
    """
    offsets = need_offsets()
    middle = np.log(baseline) - np.log1p(-baseline)
    reach = np.abs(spread) * offsets[-1] + 1e-9
    low, high = middle - reach, middle + reach
    for _ in range(64):
        middle = 0.5 * (low + high)
        below = sigmoid(middle[..., None] + spread[..., None] * offsets).mean(-1) < baseline
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return 0.5 * (low + high)


def responsiveness_of(row: Evidence) -> float:
    """Given responsiveness, or that which the observed point implies."""
    if row.observed is None:
        return row.responsiveness
    observed, baseline = row.observed.rate, row.baseline
    gain = np.log(observed / (1 - observed)) - np.log(baseline / (1 - baseline))
    return float(gain / np.log1p(row.observed.spending / row.response_scale))


def chances_of(programme: Programme, steps: Steps) -> Chances:
    """Evidence as arrays. A step without evidence for a group, or with baseline 1, is automatic."""
    milestone_ids = [m.id for m in programme.milestones]
    known = {(row.group, row.milestone): row for row in programme.evidence}
    shape = (len(programme.groups), len(steps))
    baseline, responsiveness, scale = np.ones(shape), np.zeros(shape), np.ones(shape)
    for g, group in enumerate(programme.groups):
        for s, milestone in enumerate(steps.milestone):
            row = known.get((group.id, milestone_ids[milestone]))
            if row is not None and row.baseline < 1:
                baseline[g, s] = row.baseline
                responsiveness[g, s] = responsiveness_of(row) if row.baseline > 0 else 0.0
                scale[g, s] = row.response_scale
    spread = np.array([group.need_spread for group in programme.groups])[:, None]
    automatic, never = baseline == 1, baseline == 0
    inner = np.where(automatic | never, 0.5, baseline)
    centre = np.where(never, NEVER, centre_of(inner, np.broadcast_to(spread, shape)))
    log_odds = centre[..., None] + np.where(never, 0.0, spread)[..., None] * need_offsets()
    return Chances(log_odds, responsiveness, scale, automatic)


def prices_of(programme: Programme, steps: Steps) -> Array:
    """Price of reaching each step at the start of the contract, £; axes: group, step.

    A repeat beyond the price line's payments earns nothing; the person cap ends what one path can earn,
    counted from referral on.
    """
    lines = {(line.price_band, line.milestone): line for line in programme.tariff.prices}
    cap = np.inf if programme.tariff.person_cap is None else programme.tariff.person_cap
    prices = np.zeros((len(programme.groups), len(steps)))
    for g, group in enumerate(programme.groups):
        earned = np.zeros(len(steps) + 1)
        for s, (milestone, repeat, parent) in enumerate(zip(steps.milestone, steps.repeat, steps.parent, strict=True)):
            line = lines.get((group.price_band, programme.milestones[milestone].id))
            due = line.price if line and repeat <= line.payments else 0.0
            prices[g, s] = min(due, cap - earned[parent])
            earned[s] = earned[parent] + prices[g, s]
    return prices
