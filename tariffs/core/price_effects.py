"""What a price grid means for each group, worked out exactly: nothing is drawn by chance."""

from dataclasses import dataclass, replace
from functools import lru_cache

from commissioning.core.figures import about, percent
from commissioning.core.units import Pounds, Share

from .incentives import GroupReport, report
from .price_plans import is_whole, plans
from .programmes import Programme

#: Parity at and above which groups are said to be paid about the same.
EVEN_FROM = 0.9


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """What one group's people are worth to the providers, and what they get, a head; averaged over providers by share.

    `parity` is income for the support needed against the best-paid group, nothing where there is none to compare;
    `declined` says that a provider that may turn these people away earns more if it does.
    """

    group: str
    name: str
    income: Pounds
    support: Pounds
    head_value: Pounds
    parked_share: Share
    parity: Share | None
    declined: bool

    @property
    def parked_words(self) -> str:
        """Say how many of the group would be parked, nothing where nobody would be."""
        return f"{about(self.parked_share)} would get next to nothing" if self.parked_share else ""

    @property
    def parity_width(self) -> str:
        """Give the length of the parity bar, of 100."""
        return f"{100 * (self.parity or 0.0):.1f}"


def effects(programme: Programme) -> tuple[GroupEffect, ...]:
    """Work out what each group's people earn and get under the programme's tariff; nothing while parts are missing."""
    return _effects(replace(programme, market=None)) if is_whole(programme) else ()


@lru_cache(maxsize=256)
def _effects(programme: Programme) -> tuple[GroupEffect, ...]:
    found = plans(programme)
    reports = [report(found.setting, decision) for decision in found.decisions]
    return tuple(
        _effect(group.name or group.id, [rows[place] for rows in reports], found.weights)
        for place, group in enumerate(programme.groups)
    )


def _effect(name: str, rows: list[GroupReport], weights: tuple[Share, ...]) -> GroupEffect:
    def mean(values: list[float]) -> float:
        return sum(weight * value for weight, value in zip(weights, values, strict=True))

    known = [row.parity for row in rows if row.parity is not None]
    head_value = mean([row.head_value for row in rows])
    return GroupEffect(
        group=rows[0].group,
        name=name,
        income=mean([row.income for row in rows]),
        support=mean([row.support for row in rows]),
        head_value=head_value,
        parked_share=mean([row.parked_share for row in rows]),
        parity=mean(known) if len(known) == len(rows) else None,
        declined=head_value < 0,
    )


def in_words(rows: tuple[GroupEffect, ...]) -> str:
    """Say in a sentence or two which group the money leads away from, and what that does to its people."""
    if not rows:
        return "Add groups, a pathway with its final outcome, and a kind of provider to see what these prices would do."
    declined = [row.name for row in rows if row.declined]
    if declined:
        return f"A provider earns more by turning people away from: {', '.join(declined)}."
    compared = [row for row in rows if row.parity is not None]
    least = min(compared, key=lambda row: row.parity or 0.0, default=None)
    if least is None or (least.parity or 0.0) >= EVEN_FROM:
        return _parked(rows) or "For the support they need, every group earns its providers about the same."
    best = max(compared, key=lambda row: row.parity or 0.0)
    money = f"For each pound of support needed, {least.name} earns {percent(least.parity)} of what {best.name} earns."
    return f"{money} {_parked(rows)}".strip()


def _parked(rows: tuple[GroupEffect, ...]) -> str:
    most = max(rows, key=lambda row: row.parked_share)
    if most.parked_share == 0:
        return ""
    return f"Most parked: {most.name}, where {about(most.parked_share)} would get next to nothing."
