"""Who is helped and along which way: groups, milestones, and the evidence for each step."""

from dataclasses import dataclass, field
from enum import StrEnum

from .units import LogOdds, Months, People, Pounds, Share


class Quality(StrEnum):
    """How much a figure's source can be relied on."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"
    ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a figure comes from, and how far it may be wrong."""

    source: str = ""
    url: str = ""
    date: str = ""
    quality: Quality | None = None
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Service users of like need.

    `need_spread` is the standard deviation of need within the group, on log-odds; `social_value` is what one
    final outcome is worth to society; `intended_support` is what the commissioner plans to be spent a person.
    """

    id: str
    name: str
    price_band: str
    referrals_per_month: People
    need_spread: LogOdds = 1.0
    social_value: Pounds = 0.0
    intended_support: Pounds | None = None
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Milestone:
    """A point on the pathway; `after` is its parent, or None where it follows referral."""

    id: str
    name: str
    after: str | None = None
    delay_months: Months = 0
    final: bool = False
    repeats: int = 1
    repeat_every_months: Months = 1
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Observed:
    """One observed point: spending so much a person reached this rate."""

    spending: Pounds
    rate: Share


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one group's chance to reach one milestone, without and with support.

    Exactly one of `responsiveness` and `observed` speaks: `observed` where it is given.
    """

    group: str
    milestone: str
    baseline: Share
    responsiveness: Share = 0.0
    observed: Observed | None = None
    response_scale: Pounds = 200.0
    sample_size: People | None = None
    provenance: Provenance = field(default_factory=Provenance)
