"""The inputs that may be wrong: each with its likely figure, the range it may have, and how good its source is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from math import exp
from typing import Any

from commissioning.core.pathways import Evidence, Provenance, Quality
from commissioning.core.units import Share
from tariffs.core.incentive_evidence import implied_responsiveness
from tariffs.core.incentives.pathways import responsiveness_of
from tariffs.core.parameters import PARAMETERS
from tariffs.core.programmes import Programme

from .figures import Case

#: Standard deviations around the middle that hold a Normal nine times in ten.
NINE_IN_TEN = 1.645
#: How near to nothing or to all a chance is moved at most.
EDGE = 1e-4


class Kind(StrEnum):
    """What an input is."""

    BASELINE = "baseline"  # chance without help
    RATE = "rate"  # chance that was observed with a known spending
    RESPONSIVENESS = "responsiveness"
    NEED_SPREAD = "need_spread"
    REFERRALS = "referrals"
    SOCIAL_VALUE = "social_value"
    UNIT_COST = "unit_cost"
    OVERHEAD = "overhead"
    VOLUME = "volume"  # referrals of everyone, as luck has it
    OUTCOMES = "outcomes"  # chances of everyone, as luck has it


CHANCES = (Kind.BASELINE, Kind.RATE)
#: What no evidence could settle beforehand.
LUCK = (Kind.VOLUME, Kind.OUTCOMES)


@dataclass(frozen=True, slots=True)
class Swing:
    """One input with the two ends at which it is tried.

    `has_range` says that the ends are the programme's own; otherwise they are a trial, PARAMETERS.trial_swing away
    either way. Of group, milestone and provider those are named that the input belongs to.
    """

    kind: Kind
    likely: float
    low: float
    high: float
    group: str = ""
    milestone: str = ""
    provider: str = ""
    quality: Quality | None = None
    has_range: bool = False

    @property
    def key(self) -> str:
        """Name the input within its programme."""
        return ".".join((self.kind.value, self.group, self.milestone, self.provider))

    @property
    def is_luck(self) -> bool:
        """Tell whether the input is luck, which no evidence settles."""
        return self.kind in LUCK


def swings(programme: Programme) -> tuple[Swing, ...]:
    """List the inputs of a programme that may be wrong, in its own order, luck last."""
    return (*_of_evidence(programme), *_of_groups(programme), *_of_providers(programme), *_of_luck(programme))


def _of_evidence(programme: Programme) -> Iterator[Swing]:
    for row in programme.evidence:
        if 0.0 < row.baseline < 1.0:
            swing = partial(Swing, group=row.group, milestone=row.milestone, quality=row.provenance.quality)
            yield _tried(swing, Kind.BASELINE, row.baseline, row.provenance)
            if row.observed is not None:
                yield _tried(swing, Kind.RATE, row.observed.rate)
            elif row.responsiveness > 0:
                found = _tried(swing, Kind.RESPONSIVENESS, row.responsiveness)
                yield replace(found, high=min(1.0, found.high))


def _of_groups(programme: Programme) -> Iterator[Swing]:
    missions = any(provider.mission_weight > 0 for provider in programme.providers)
    for group in programme.groups:
        swing = partial(Swing, group=group.id, quality=group.provenance.quality)
        found = [_tried(swing, Kind.REFERRALS, group.referrals_per_month, group.provenance)]
        found.append(_tried(swing, Kind.NEED_SPREAD, group.need_spread))
        if missions:
            found.append(_tried(swing, Kind.SOCIAL_VALUE, group.social_value))
        yield from (each for each in found if each.likely > 0)


def _of_providers(programme: Programme) -> Iterator[Swing]:
    for provider in programme.providers:
        swing = partial(Swing, provider=provider.id, quality=provider.provenance.quality)
        yield _tried(swing, Kind.UNIT_COST, provider.unit_cost)
        if provider.overhead_monthly > 0:
            yield _tried(swing, Kind.OVERHEAD, provider.overhead_monthly)


def _of_luck(programme: Programme) -> Iterator[Swing]:
    """Give the range that holds luck nine times in ten, as the programme's own spread has it."""
    unsure = programme.uncertainty
    swing = partial(Swing, quality=unsure.provenance.quality, has_range=True)
    if (spread := unsure.volume_spread) > 0:
        low, high = (exp(way * NINE_IN_TEN * spread - spread**2 / 2) for way in (-1, 1))
        yield swing(Kind.VOLUME, 1.0, low, high)
    if (reach := NINE_IN_TEN * unsure.outcome_shock) > 0:
        yield swing(Kind.OUTCOMES, 0.0, -reach, reach)


def _tried(swing: Callable[..., Swing], kind: Kind, likely: float, source: Provenance | None = None) -> Swing:
    """Give an input the range of its source where that holds the figure, and a trial otherwise."""
    if source and source.interval and source.interval[0] <= likely <= source.interval[1]:
        low, high = source.interval
        most = 1.0 - EDGE if kind in CHANCES else high
        return swing(kind, likely, max(EDGE if kind in CHANCES else 0.0, low), min(most, high), has_range=True)
    factor = 1.0 + PARAMETERS.trial_swing
    if kind in CHANCES:
        return swing(kind, likely, _at_odds(likely, 1.0 / factor), _at_odds(likely, factor))
    return swing(kind, likely, likely / factor, likely * factor)


def _at_odds(chance: Share, factor: float) -> Share:
    odds = factor * chance / (1.0 - chance)
    return odds / (1.0 + odds)


def swung(programme: Programme, swing: Swing, value: float) -> Case:
    """Give the programme as it would be if the input were this."""
    if swing.kind is Kind.VOLUME:
        return Case(replace(programme, uncertainty=replace(programme.uncertainty, volume_spread=0.0)), volume=value)
    if swing.kind is Kind.OUTCOMES:
        return Case(replace(programme, uncertainty=replace(programme.uncertainty, outcome_shock=0.0)), shift=value)
    if swing.milestone:
        rows = tuple(
            _EVIDENCE[swing.kind](row, value) if (row.group, row.milestone) == (swing.group, swing.milestone) else row
            for row in programme.evidence
        )
        return Case(replace(programme, evidence=rows))
    change: dict[str, Any] = {_FIELDS[swing.kind]: value}
    providers = tuple(replace(each, **change) if each.id == swing.provider else each for each in programme.providers)
    groups = tuple(replace(each, **change) if each.id == swing.group else each for each in programme.groups)
    return Case(replace(programme, providers=providers, groups=groups))


def with_baseline(row: Evidence, baseline: Share) -> Evidence:
    """Change a chance without help.

    Where responsiveness comes from an observed point, the point stays, and what it says of the responsiveness
    changes; support neither harms (0) nor brings more than the model allows (1).
    """
    return _pinned(replace(row, baseline=baseline))


def with_rate(row: Evidence, rate: Share) -> Evidence:
    """Change the observed rate."""
    assert row.observed is not None
    return _pinned(replace(row, observed=replace(row.observed, rate=rate)))


def with_responsiveness(row: Evidence, responsiveness: Share) -> Evidence:
    """Change how far support moves the chance, whatever was observed."""
    return replace(row, observed=None, responsiveness=responsiveness)


def _pinned(row: Evidence) -> Evidence:
    if row.observed is None:
        return row
    implied = implied_responsiveness(row.baseline, row.observed.rate, row.observed.spending, row.response_scale)
    return with_responsiveness(row, min(1.0, max(0.0, implied)))


def responsiveness_now(row: Evidence) -> Share:
    """Give how far support moves the chance as the evidence stands, 0 where a chance is settled."""
    return responsiveness_of(row) if 0.0 < row.baseline < 1.0 else 0.0


_EVIDENCE: dict[Kind, Callable[[Evidence, float], Evidence]] = {
    Kind.BASELINE: with_baseline,
    Kind.RATE: with_rate,
    Kind.RESPONSIVENESS: with_responsiveness,
}
_FIELDS = {
    Kind.NEED_SPREAD: "need_spread",
    Kind.REFERRALS: "referrals_per_month",
    Kind.SOCIAL_VALUE: "social_value",
    Kind.UNIT_COST: "unit_cost",
    Kind.OVERHEAD: "overhead_monthly",
}
