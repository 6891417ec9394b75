"""What a price band needs so that few enough of all its groups are parked, and what sharing it costs."""

from dataclasses import dataclass, replace

import numpy as np

from commissioning.core.units import Array, People, Pounds
from tariffs.core.incentives import Setting, decide
from tariffs.core.programmes import Programme, Provider

from .changes import Change, NewBand, NewPrice, applied, final_of
from .prices import LowestPrice, Parking, groups_of, lowest_price

#: Most rounds in which prices that push one another up are brought to rest.
_ROUNDS = 20
#: Pence of the steps in which they rise.
_POUND = 100
#: Price bands have names of at most so many characters.
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class BandPrice:
    """The price of the final outcome that a band needs: the largest of its groups', where any can be cured."""

    price_band: str
    price_now: Pounds
    groups: tuple[LowestPrice, ...]

    @property
    def price(self) -> Pounds:
        """Give the price needed, never less than today's: £ for each payment."""
        return max([self.price_now, *(each.price for each in self.groups if each.price is not None)])

    @property
    def is_needed(self) -> bool:
        """Tell whether the band's price has to rise."""
        return self.price > self.price_now

    def own_price(self, group: LowestPrice) -> Pounds:
        """Give what a group would be paid in a band of its own: what it needs, never less than today."""
        return max(self.price_now, group.price if group.price is not None else self.price_now)


@dataclass(frozen=True, slots=True)
class Overpaid:
    """What a shared band pays for its easier groups beyond what they need: £ over the contract, for so many people."""

    pounds: Pounds
    people: People

    @property
    def a_head(self) -> Pounds:
        """Give the same for each person of the easier groups."""
        return self.pounds / self.people if self.people else 0.0


def band_price(parking: Parking, band: str, step: int = 1) -> BandPrice:
    """Find the price that a band needs, going up by so many pence."""
    rows = tuple(lowest_price(parking, place, step) for place, _ in groups_of(parking.programme, band))
    return BandPrice(band, rows[0].price_now, rows)


def raised(programme: Programme, needed: BandPrice) -> Change:
    """Give a band the price that it needs."""
    if not needed.is_needed:
        return Change()
    return Change(prices=(NewPrice(needed.price_band, final_of(programme).id, needed.price),))


def split(programme: Programme, needed: BandPrice) -> Change:
    """Give groups of a shared band that need more than its easiest ones bands of their own; the rest keep the band.

    Nothing changes where all groups need the same.
    """
    own = {row.group: needed.own_price(row) for row in needed.groups}
    lowest = min(own.values())
    taken = {group.price_band for group in programme.groups}
    bands, prices = [], []
    if lowest > needed.price_now:
        prices.append(NewPrice(needed.price_band, final_of(programme).id, lowest))
    for row in needed.groups:
        if own[row.group] > lowest:
            name = _free(f"{needed.price_band}: {row.name}", taken)
            taken.add(name)
            bands.append(NewBand(row.group, name))
            prices.append(NewPrice(name, final_of(programme).id, own[row.group]))
    return Change(tuple(bands), tuple(prices)) if bands else Change()


def _free(name: str, taken: set[str]) -> str:
    """Shorten a name to what a band may be called, with a number where it is taken."""
    stem = name[:_LONGEST_NAME]
    numbered = (f"{stem[: _LONGEST_NAME - 4]} {number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(each for each in numbered if each not in taken)


def overpaid(programme: Programme, provider: Provider, needed: BandPrice) -> Overpaid:
    """Work out the cost of not splitting a band.

    Notes
    -----
    Income expected of each easier group with the band's price, less that with the band split, for all people planned
    to be referred in the contract, as if this kind of provider took all of them. Income is what the plan expects of a
    person whenever it comes; what is reached after the contract's end, price changes and caps on the contract are
    left out.
    """
    apart = split(programme, needed)
    if not apart:
        return Overpaid(0.0, 0.0)
    together = incomes(applied(programme, raised(programme, needed)), provider)
    alone = incomes(applied(programme, apart), provider)
    people = planned_people(programme)
    own = {row.group: needed.own_price(row) for row in needed.groups}
    easier = [place for place, group in groups_of(programme, needed.price_band) if own[group.id] < needed.price]
    return Overpaid(float(((together - alone) * people)[easier].sum()), float(people[easier].sum()))


def incomes(programme: Programme, provider: Provider) -> Array:
    """Income that a provider expects of a person, £; axis: group."""
    return decide(Setting.of(programme), provider).income


def planned_people(programme: Programme) -> Array:
    """People planned to be referred over the whole contract; axis: group."""
    months = np.arange(programme.referral_months)
    growth = float(((1.0 + programme.uncertainty.volume_trend) ** (months / 12.0)).sum())
    return np.array([group.referrals_per_month * growth for group in programme.groups])


@dataclass(frozen=True, slots=True)
class Settled:
    """All bands' prices together: the change, how often they pushed one another up, and whether that came to rest."""

    change: Change
    rounds: int
    is_settled: bool


def all_raised(parking: Parking) -> Settled:
    """Raise every band's price until few enough of all curable groups are parked at once.

    Notes
    -----
    Each price raises the contract's average support, against which the parking of all groups is measured, so that
    prices found one by one may fall short together. Bands are raised round by round, each to what it needs beside
    the others, until none needs more: in whole pounds, for each penny of one would move all others by less.
    """
    found: dict[str, NewPrice] = {}
    for number in range(_ROUNDS):
        now = replace(parking, programme=applied(parking.programme, Change(prices=tuple(found.values()))))
        news = [new for band in _bands_over(now) for new in raised(now.programme, band_price(now, band, _POUND)).prices]
        if not news:
            return Settled(Change(prices=tuple(found.values())), number, True)
        found |= {new.price_band: new for new in news}
    return Settled(Change(prices=tuple(found.values())), _ROUNDS, False)


def _bands_over(parking: Parking) -> list[str]:
    """List the bands with a group of which too many are parked, each once."""
    groups = enumerate(parking.programme.groups)
    return list(dict.fromkeys(group.price_band for place, group in groups if parking.over(place)))
