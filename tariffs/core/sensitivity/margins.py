"""The margin of safety: how far what is known of a step may be wrong before a group is parked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from commissioning.core.pathways import Evidence
from commissioning.core.units import Share
from tariffs.core.feasibility import thresholds
from tariffs.core.incentives import Setting, decide, report
from tariffs.core.programmes import Programme, Provider

from .swings import EDGE, Kind, responsiveness_now, with_baseline, with_responsiveness

#: Share of a group that may be parked.
LIMIT = thresholds()["I2_warn"].value
#: Points at which each way is looked along, and halvings that then bring the place nearer.
LOOKS, HALVINGS = 12, 14
#: Shares so near to the limit are at it.
_SAME = 1e-9
_CHANGE: dict[Kind, Callable[[Evidence, float], Evidence]] = {
    Kind.BASELINE: with_baseline,
    Kind.RESPONSIVENESS: with_responsiveness,
}


class Verdict(StrEnum):
    """What can be said of how far an input may be wrong."""

    ALREADY = "already"  # the group is parked as the evidence stands
    NEVER = "never"  # wherever the input lies, the group is not parked
    WITHIN = "within"  # parked from somewhere on


@dataclass(frozen=True, slots=True)
class Margin:
    """How far one input of one step may be wrong before one kind of provider parks the group.

    `falls_to` and `rises_to` are where more than the limit of the group is first parked on the way down and up,
    nothing where that does not happen on that side; `parked` is the share parked as the evidence stands. Where the
    group is parked already, they are where it ends.
    """

    provider: str
    group: str
    milestone: str
    kind: Kind
    now: float
    parked: Share
    verdict: Verdict
    falls_to: float | None = None
    rises_to: float | None = None

    @property
    def nearest(self) -> float | None:
        """Give the nearer of the two places."""
        ends = [end for end in (self.falls_to, self.rises_to) if end is not None]
        return min(ends, key=lambda end: abs(end - self.now), default=None)


def responding(programme: Programme) -> tuple[Evidence, ...]:
    """List the evidence for steps on which support does something: there a group can be parked."""
    return tuple(row for row in programme.evidence if responsiveness_now(row) > 0)


def margin_of(programme: Programme, provider: Provider, row: Evidence, kind: Kind, limit: Share = LIMIT) -> Margin:
    """Find how far a baseline or a responsiveness may be wrong.

    Notes
    -----
    Each way is looked along at evenly spaced points up to the end of 0 to 1; between the last point that is as now and
    the first that is not, the place is found by halving. A group that is parked and no longer parked again between two
    neighbouring points is not seen. The share parked goes in steps of one stratum, and so has no finer place.
    """

    def parked(value: float) -> Share:
        changed = _CHANGE[kind](row, value)
        return _parked(programme, provider, row, changed)

    now = row.baseline if kind is Kind.BASELINE else responsiveness_now(row)
    share = _parked(programme, provider, row, row)
    found = Margin(provider.id, row.group, row.milestone, kind, now, share, Verdict.WITHIN)
    lowest, highest = (EDGE, 1.0 - EDGE) if kind is Kind.BASELINE else (0.0, 1.0)
    is_parked = share > limit + _SAME
    falls, rises = (
        _first(lambda value: (parked(value) > limit + _SAME) != is_parked, now, end) for end in (lowest, highest)
    )
    if is_parked:
        return replace(found, verdict=Verdict.ALREADY, falls_to=falls, rises_to=rises)
    if falls is None and rises is None:
        return replace(found, verdict=Verdict.NEVER)
    return replace(found, falls_to=falls, rises_to=rises)


def _parked(programme: Programme, provider: Provider, row: Evidence, changed: Evidence) -> Share:
    evidence = tuple(changed if each is row else each for each in programme.evidence)
    setting = Setting.of(replace(programme, evidence=evidence))
    rows = report(setting, decide(setting, provider))
    return next(found.parked_share for found in rows if found.group == row.group)


def _first(differs: Callable[[float], bool], start: float, end: float) -> float | None:
    """Find the first place from start towards end at which something differs; nothing where it does not."""
    near = start
    for look in range(1, LOOKS + 1):
        far = start + (end - start) * look / LOOKS
        if far != near and differs(far):
            return _halved(differs, near, far)
        near = far
    return None


def _halved(differs: Callable[[float], bool], same: float, other: float) -> float:
    for _ in range(HALVINGS):
        middle = (same + other) / 2
        same, other = (same, middle) if differs(middle) else (middle, other)
    return other
