"""The lowest price of the final outcome at which a provider parks few enough of a group."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import numpy as np

from commissioning.core.pathways import Group
from commissioning.core.units import Array, Pounds, Share
from tariffs.core.incentives import Setting, decide, report
from tariffs.core.incentives.decisions import Decision
from tariffs.core.incentives.pathways import prices_of
from tariffs.core.parameters import PARAMETERS
from tariffs.core.programmes import BudgetScope, PriceLine, Programme, Provider, SpendingRule, TargetRule

from .changes import Change, NewBand, NewPrice, applied, final_of, line_of

#: Prices tried side by side where a group can be looked at alone, and where everything must be worked out anew.
_ABREAST, _ONE = 16, 1
#: Groups times steps under a target, and groups with one purse, up to which prices are looked for: some seconds' work.
_MOST_UNDER_TARGET, _MOST_IN_ONE_PURSE = 8, 8
#: A share at the limit but for rounding is within it.
_ROUNDING = 1e-9


class Obstacle(StrEnum):
    """Why no price cures parking."""

    UNRESPONSIVE = "unresponsive"  # by the evidence support does nothing for the group
    PERSON_CAP = "person_cap"  # the cap on what one person earns stands in the way
    ENTANGLED = "entangled"  # not looked for: each price moves what all groups are given, and there are too many
    HARDEST = "hardest"  # those hardest to help stay far below the contract's average whatever is paid


@dataclass(frozen=True, slots=True)
class LowestPrice:
    """What it takes to end the parking of one group by one kind of provider; prices in £ for each payment.

    `price` is None where no price up to `ceiling` is enough, and `obstacle` then says why; `parked` is the share of
    the group parked at the price, or at the ceiling. `worth` is the social value of what each payment is for.
    """

    group: str
    name: str
    price_band: str
    price_now: Pounds
    parked_now: Share
    price: Pounds | None
    parked: Share
    ceiling: Pounds
    obstacle: Obstacle | None
    worth: Pounds

    @property
    def is_needed(self) -> bool:
        """Tell whether today's price is too low, or nobody knows."""
        return self.price is None or self.price > self.price_now

    @property
    def exceeds_worth(self) -> bool:
        """Tell whether society would pay more for an outcome than it is worth: the moment not to pay by results."""
        return self.price is not None and self.worth > 0 and self.price > self.worth


@dataclass(frozen=True)
class Parking:
    """How one provider's parking of a programme's groups follows from prices; remembers the plan as it is."""

    programme: Programme
    provider: Provider
    limit: Share

    @cached_property
    def setting(self) -> Setting:
        """Compile the programme."""
        return Setting.of(self.programme)

    @cached_property
    def plan(self) -> Decision:
        """Plan the provider's support at today's prices."""
        return decide(self.setting, self.provider)

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """Share of each group parked at today's prices."""
        return tuple(row.parked_share for row in report(self.setting, self.plan))

    @property
    def is_alone(self) -> bool:
        """Tell whether what one group is given does not hang on the others' prices."""
        own_purse = self.provider.budget_scope is BudgetScope.GROUP
        own_purse |= self.provider.spending_rule is SpendingRule.MARGINAL
        return own_purse and self.programme.tariff.target.rule is TargetRule.NONE

    @property
    def is_entangled(self) -> bool:
        """Tell whether every price moves too many groups for each to be tried in the time that there is."""
        groups = len(self.programme.groups)
        if self.is_alone or self.provider.spending_rule is SpendingRule.MARGINAL or groups == 1:
            return False
        if self.programme.tariff.target.rule is TargetRule.NONE:
            return groups > _MOST_IN_ONE_PURSE
        return groups * len(self.setting.steps) > _MOST_UNDER_TARGET

    def over(self, place: int) -> bool:
        """Tell whether more of a group are parked than the limit allows."""
        return self.shares[place] > self.limit + _ROUNDING


def lowest_price(parking: Parking, place: int, step: int = 1) -> LowestPrice:
    """Find the lowest price of the final outcome at which few enough of one group are parked, all others as today.

    Parameters
    ----------
    place : which group, in file order.
    step : how many pence the price goes up by.

    Notes
    -----
    The price is looked for in whole pence, from today's upwards where that parks too many, and downwards where it does
    not: prices spread over the whole range first, then between one that is enough and the one before it, as far as
    one penny. A penny less is therefore too little, unless the price is 0. Raising one group's price raises the
    contract's average support too, against which parking is measured.

    Where groups have purses of their own and there is no target, the other groups' support does not depend on this
    one's price, and the group is planned alone at many prices side by side. A target pools the outcomes of all groups,
    and one purse their money: then every provider's plan is made anew for each price, with the share that the target
    is then expected to pay. Disinvestment and luck play no part: parking is of the plan.
    """
    group, programme = parking.programme.groups[place], parking.programme
    line = line_of(programme, group.price_band, final_of(programme))
    worth = group.social_value / final_of(programme).repeats
    ceiling = _pence(PARAMETERS.repair_ceiling * max(line.price, worth, 1.0))
    shares_at, abreast = _shares_at(parking, place)
    shares = _Known(shares_at, {line.price: parking.shares[place]})
    price, found = None, _pence(line.price)
    if parking.is_entangled:
        price = None if parking.over(place) else found
    else:
        now = found // step
        steps = lowest(lambda count: shares(count * step / 100.0), now, ceiling // step, parking.limit, abreast)
        price = None if steps is None else steps * step
        found = ceiling if price is None else price
    return LowestPrice(
        group=group.id,
        name=group.name or group.id,
        price_band=group.price_band,
        price_now=line.price,
        parked_now=parking.shares[place],
        price=None if price is None else price / 100.0,
        parked=float(shares(np.array([found / 100.0]))[0]),
        ceiling=ceiling / 100.0,
        obstacle=_obstacle(parking, place) if price is None else None,
        worth=worth,
    )


def _pence(price: Pounds) -> int:
    return round(price * 100)


def lowest(shares: Callable[[Array], Array], now: int, ceiling: int, limit: Share, abreast: int) -> int | None:
    """Find the whole number at which a share comes to be at most the limit; None where none up to the ceiling does.

    Parameters
    ----------
    shares : gives the share at each of several numbers.
    now : where too large a share is to be cured from here upwards; else how far down it stays small enough.
    abreast : how many numbers to try side by side.

    Notes
    -----
    Bisection, with more than one cut at a time where that costs no more, of the first stretch in which the share comes
    down to the limit; stretches lengthen fourfold. The share need not fall throughout: where nothing is paid nobody
    gets more than anybody else, so that nobody counts as parked, and that is no cure.
    """
    is_over = float(shares(np.array([float(now)]))[0]) > limit + _ROUNDING
    room = ceiling - now if is_over else now
    offsets = np.array([0.0, *(offset for power in range(64) if (offset := 4.0**power) < room), float(room)])
    points = now + offsets if is_over else (now - offsets)[::-1]
    within = shares(points) <= limit + _ROUNDING
    if within.all():
        return int(points[0])
    if not within.any():
        return None
    place = int(np.argmax(within)) if is_over else len(within) - int(np.argmin(within[::-1]))
    low, high = points[place - 1], points[place]
    while high - low > 1.0:
        cuts = np.unique(np.floor(np.linspace(low, high, min(abreast, int(high - low) - 1) + 2)[1:-1]))
        enough = shares(cuts) <= limit + _ROUNDING
        count = int(np.argmax(enough)) if enough.any() else len(cuts)
        low, high = (cuts[count - 1] if count else low), (cuts[count] if count < len(cuts) else high)
    return int(high)


def _shares_at(parking: Parking, place: int) -> tuple[Callable[[Array], Array], int]:
    """Give a function from prices to shares parked, and how many prices it takes side by side at little cost."""
    if parking.is_alone:
        return _Alone(parking, place), _ABREAST
    return lambda prices: np.array([_together(parking, place, price) for price in prices]), _ONE


class _Known:
    """Shares parked at prices, each worked out once."""

    def __init__(self, shares: Callable[[Array], Array], known: dict[float, Share]) -> None:
        self.shares, self.known = shares, known

    def __call__(self, prices: Array) -> Array:
        """Share parked at each price."""
        asked = [float(price) for price in prices]
        if unknown := [price for price in asked if price not in self.known]:
            self.known |= zip(unknown, self.shares(np.array(unknown)).tolist(), strict=True)
        return np.array([self.known[price] for price in asked])


def _together(parking: Parking, place: int, price: Pounds) -> Share:
    """Share of a group parked where it alone is paid this price; everybody's plan is made anew."""
    changed = applied(parking.programme, alone_at(parking.programme, place, price))
    return replace(parking, programme=changed).shares[place]


def alone_at(programme: Programme, place: int, price: Pounds) -> Change:
    """Give one group a band of its own with this price for the final outcome."""
    group = programme.groups[place]
    band = f"{group.price_band} {group.id}"
    return Change((NewBand(group.id, band),), (NewPrice(band, final_of(programme).id, price),))


class _Alone:
    """One group at many prices side by side, as if each price had a group of its own."""

    def __init__(self, parking: Parking, place: int) -> None:
        self.parking, self.group = parking, parking.programme.groups[place]
        final = final_of(parking.programme)
        self.line = line_of(parking.programme, self.group.price_band, final)
        setting, plan = parking.setting, parking.plan
        weights = setting.referrals / max(setting.referrals.sum(), 1e-300)
        self.weight = weights[place]
        support = plan.support_by_stratum.mean(-1)
        self.others = float(support @ weights - support[place] * weights[place])
        unhelped = np.einsum("gsj,s->gj", setting.without_help(), setting.steps.final_share)
        self.poorer = unhelped[place] < float(unhelped.mean(-1) @ weights)

    def __call__(self, prices: Array) -> Array:
        """Share parked at each price."""
        support = decide(self._setting(prices), self.parking.provider).support_by_stratum
        average = self.others + self.weight * support.mean(-1)
        little = support < PARAMETERS.parked_below * average[:, None]
        shares: Array = (little & self.poorer).mean(-1)
        return shares

    def _setting(self, prices: Array) -> Setting:
        programme, group = self.parking.programme, self.group
        others = [line for line in programme.tariff.prices if line.price_band == group.price_band]
        others = [line for line in others if line.milestone != self.line.milestone]
        groups, lines = [], list[PriceLine]()
        for price in prices:
            name = f"{price:.2f}"
            groups.append(replace(group, id=name, price_band=name))
            lines += [replace(line, price_band=name) for line in (*others, replace(self.line, price=float(price)))]
        alone = replace(
            programme, groups=tuple(groups), evidence=(), tariff=replace(programme.tariff, prices=tuple(lines))
        )
        own = self.parking.setting
        place = own.programme.groups.index(group)
        rows = np.full(len(prices), place)
        chances = replace(
            own.chances,
            log_odds=own.chances.log_odds[rows],
            responsiveness=own.chances.responsiveness[rows],
            scale=own.chances.scale[rows],
            automatic=own.chances.automatic[rows],
        )
        return Setting(alone, own.steps, chances, prices_of(alone, own.steps), np.ones(len(prices)))


def _obstacle(parking: Parking, place: int) -> Obstacle:
    """Say why no price is enough."""
    if parking.is_entangled:
        return Obstacle.ENTANGLED
    if not (parking.setting.chances.responsiveness[place] > 0).any():
        return Obstacle.UNRESPONSIVE
    cap = parking.programme.tariff.person_cap
    if cap is not None:
        uncapped = replace(parking.programme, tariff=replace(parking.programme.tariff, person_cap=None))
        if lowest_price(replace(parking, programme=uncapped), place).price is not None:
            return Obstacle.PERSON_CAP
    return Obstacle.HARDEST


def groups_of(programme: Programme, band: str) -> list[tuple[int, Group]]:
    """Give the groups of a price band with their places."""
    return [(place, group) for place, group in enumerate(programme.groups) if group.price_band == band]
