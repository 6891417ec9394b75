"""The incentive map: for each group and each price, whether money says go on, stop or avoid. All exact."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import numpy as np

from commissioning.core.units import Array, Pounds, Share

from .incentives import Setting, decide
from .incentives.decisions import Decision
from .incentives.pathways import Ints
from .incentives.spending import reach_before
from .parameters import PARAMETERS
from .programmes import Programme, Provider
from .repairs import Parking

#: A share or a sum that is nothing but rounding.
_NOTHING = 1e-9


class Sign(StrEnum):
    """What money says of one group on the way to one price."""

    AVOID = "avoid"  # what is still to come costs more than it earns
    STOP = "stop"  # too many of those who come this far are parked
    DOUBT = "doubt"  # some are parked, or a somewhat lower price would be too low
    GO = "go"  # it pays to go on
    NO_PRICE = "no-price"  # the group's band has no price here
    NOBODY = "nobody"  # nobody of the group comes this far


BAD = (Sign.AVOID, Sign.STOP)


@dataclass(frozen=True, slots=True)
class Cell:
    """One group on the way to one price; money in £ for each person who sets out on that way.

    `price` is what each payment brings, of which there are at most `payments`; `income` is what is expected to be paid
    from here to the end, `cost` what all planned support from here to the end costs the provider, `support` what is
    spent on the way to this price alone; `parked` is the share of those who set out that is parked on it; `coming` the
    share of all referred that sets out.
    """

    group: str
    milestone: str
    sign: Sign
    price: Pounds
    payments: int
    income: Pounds
    cost: Pounds
    support: Pounds
    parked: Share
    coming: Share


@dataclass(frozen=True, slots=True)
class Row:
    """One price line: a milestone, and what money says of each group on the way to it."""

    milestone: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class IncentiveMap:
    """Groups across, in file order; price lines down, in the pathway's order."""

    groups: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Give all cells, row by row."""
        return tuple(cell for row in self.rows for cell in row.cells)

    def count(self, *signs: Sign) -> int:
        """Count the cells with these signs."""
        return sum(cell.sign in signs for cell in self.cells)


def incentive_map(programme: Programme, number: int) -> IncentiveMap:
    """Draw the map of a whole programme for one kind of provider.

    Parameters
    ----------
    number : place of the provider in the file, from 0.

    Notes
    -----
    The way to a price starts at the milestone before it that is paid for in the same band, or at referral, and takes
    in every step between. Whoever sets out on it is parked where the support planned on the way is below
    `parked_below` (a quarter) of the contract's average on the way to the same milestone, and their chance of the final
    outcome without help is below the contract's average: the model's own rule of parking, step by step.

    A cell says avoid where the payments expected from there to the end are below the cost of the support planned from
    there to the end; stop where more than `parked_limit` are parked; doubt where anybody is parked, or where the cell
    would say avoid or stop with this row's prices `map_margin` lower and all plans made anew (left out where a target
    or one purse ties too many groups together for that to be quick); and go on otherwise.
    """
    return _map(replace(programme, market=None), number)


@lru_cache(maxsize=128)
def _map(programme: Programme, number: int) -> IncentiveMap:
    provider = programme.providers[number]
    ways = _Ways(programme, provider)
    is_slow = Parking(programme, provider, PARAMETERS.parked_limit).is_entangled
    rows = []
    for milestone in (programme.milestones[place] for place in ways.order()):
        if any(line.milestone == milestone.id and line.price > 0 for line in programme.tariff.prices):
            lower = None if is_slow else _Ways(_with_lower(programme, milestone.id), provider)
            cells = (_cell(ways, lower, group, milestone.id) for group in range(len(programme.groups)))
            rows.append(Row(milestone.id, milestone.name or milestone.id, tuple(cells)))
    return IncentiveMap(tuple((group.id, group.name or group.id) for group in programme.groups), tuple(rows))


def _with_lower(programme: Programme, milestone: str) -> Programme:
    """Lower one milestone's prices by the margin."""
    kept = 1.0 - PARAMETERS.map_margin
    lines = (
        replace(line, price=line.price * kept) if line.milestone == milestone else line
        for line in programme.tariff.prices
    )
    return replace(programme, tariff=replace(programme.tariff, prices=tuple(lines)))


def _cell(ways: "_Ways", lower: "_Ways | None", group: int, milestone: str) -> Cell:
    way = ways.way(group, milestone)
    sign = ways.sign(way)
    is_near = lower is not None and lower.sign(lower.way(group, milestone)) in BAD
    if sign is Sign.GO and (way.parked > _NOTHING or is_near):
        sign = Sign.DOUBT
    programme = ways.programme
    line = ways.lines.get((programme.groups[group].price_band, milestone))
    return Cell(
        group=programme.groups[group].id,
        milestone=milestone,
        sign=sign,
        price=way.price,
        payments=line.payments if line else 0,
        income=way.income,
        cost=way.cost,
        support=way.support,
        parked=way.parked,
        coming=way.coming,
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """The way of one group to one price; as the fields of Cell say."""

    price: Pounds
    income: Pounds
    cost: Pounds
    support: Pounds
    parked: Share
    coming: Share


class _Ways:
    """One provider's plan, cut at the milestones that are paid for."""

    def __init__(self, programme: Programme, provider: Provider) -> None:
        self.programme, self.provider = programme, provider
        self.setting = Setting.of(programme)
        self.plan: Decision = decide(self.setting, provider)
        self.lines = {(line.price_band, line.milestone): line for line in programme.tariff.prices}
        steps = self.setting.steps
        self.before = reach_before(self.plan.reach, steps)
        paid = self.setting.prices * (1.0 + self.setting.targeted * (self.plan.paid_share - 1.0))
        self.income = self.plan.reach.mean(-1) * paid
        self.spent = self.before * self.plan.support_at
        unhelped = np.einsum("gsj,s->gj", self.setting.without_help(), steps.final_share)
        weights = self.setting.referrals / max(self.setting.referrals.sum(), 1e-300)
        self.poorer = unhelped < float(unhelped.mean(-1) @ weights)
        self.averages: dict[int, Pounds] = {}

    def order(self) -> list[int]:
        """Give the places of the milestones in the pathway's order."""
        return list(dict.fromkeys(int(place) for place in self.setting.steps.milestone))

    def sign(self, way: _Way) -> Sign:
        """Say what money says, doubt left out."""
        if way.price <= 0:
            return Sign.NO_PRICE
        if way.coming <= _NOTHING:
            return Sign.NOBODY
        if way.income < way.cost - _NOTHING:
            return Sign.AVOID
        return Sign.STOP if way.parked > PARAMETERS.parked_limit + _NOTHING else Sign.GO

    def way(self, group: int, milestone: str) -> _Way:
        """Work out one group's way to one milestone."""
        place = [each.id for each in self.programme.milestones].index(milestone)
        steps = self._steps_to(group, place)
        first, ahead = int(steps[0]), self._from(int(steps[0]))
        setting_out = self.before[group, first]
        total = float(setting_out.mean()) * float(self.setting.referrals[group] > 0)
        each = max(total, 1e-300)
        return _Way(
            price=float(self.setting.prices[group, self.setting.steps.first_of(place)]),
            income=float(self.income[group, ahead].sum()) / each if total else 0.0,
            cost=float(self.spent[group, ahead].mean(-1).sum()) * self.provider.unit_cost / each if total else 0.0,
            support=float(self.spent[group, steps].mean(-1).sum()) / each if total else 0.0,
            parked=self._parked(group, place),
            coming=total,
        )

    def _steps_to(self, group: int, place: int) -> Ints:
        """List the steps of the way: the milestone's own, and those before it back to the last that is paid for."""
        steps = self.setting.steps
        found = [int(step) for step in np.flatnonzero(steps.milestone == place)]
        parent = int(steps.parent[found[0]])
        while parent >= 0 and self.setting.prices[group, steps.first_of(int(steps.milestone[parent]))] <= 0:
            found.insert(0, parent)
            parent = int(steps.parent[parent])
        return np.array(found)

    def _from(self, first: int) -> Ints:
        """List a step and all that follow it."""
        found = [first]
        for step, parent in enumerate(self.setting.steps.parent):
            if int(parent) in found:
                found.append(step)
        return np.array(found)

    def _parked(self, group: int, place: int) -> Share:
        """Share of those of a group who set out that is parked on the way."""
        support, standing = self._on_the_way(group, place)
        if place not in self.averages:
            self.averages[place] = self._average(place)
        average = self.averages[place]
        if standing.sum() <= _NOTHING:
            return 0.0
        little = support < PARAMETERS.parked_below * average * standing
        return float((standing * (little & self.poorer[group])).sum() / standing.sum())

    def _average(self, place: int) -> Pounds:
        """Average support on the way to a milestone of all who set out on it, £ a person."""
        spent = people = 0.0
        for group, referrals in enumerate(self.setting.referrals):
            support, standing = self._on_the_way(group, place)
            spent += float(referrals * support.mean())
            people += float(referrals * standing.mean())
        return spent / people if people > 0 else 0.0

    def _on_the_way(self, group: int, place: int) -> tuple[Array, Array]:
        """Support on the way and the chance of setting out on it, of a person at referral; axis: stratum."""
        steps = self._steps_to(group, place)
        return self.spent[group, steps].sum(0), self.before[group, int(steps[0])]
