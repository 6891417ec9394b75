"""What a repair changes in a tariff, and the programme with that change made."""

from dataclasses import dataclass, replace

from commissioning.core.pathways import Milestone
from commissioning.core.units import Pounds
from tariffs.core.programmes import PriceLine, Programme, Target


@dataclass(frozen=True, slots=True)
class NewPrice:
    """A price to set, £ in whole pence; a line that there was not is paid for every repeat of its milestone."""

    price_band: str
    milestone: str
    price: Pounds


@dataclass(frozen=True, slots=True)
class NewBand:
    """A group that is to have another price band, with a copy of the prices that it had."""

    group: str
    price_band: str


@dataclass(frozen=True, slots=True)
class Change:
    """All that one repair changes; bands first, then prices."""

    bands: tuple[NewBand, ...] = ()
    prices: tuple[NewPrice, ...] = ()
    upfront_payment: Pounds | None = None
    target: Target | None = None

    def __bool__(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.bands or self.prices or self.upfront_payment is not None or self.target)


def final_of(programme: Programme) -> Milestone:
    """Give the final outcome."""
    return next(milestone for milestone in programme.milestones if milestone.final)


def line_of(programme: Programme, band: str, milestone: Milestone) -> PriceLine:
    """Give a band's price line for a milestone; where there is none, one that pays nothing for every repeat."""
    lines = programme.tariff.prices
    found = (line for line in lines if (line.price_band, line.milestone) == (band, milestone.id))
    return next(found, PriceLine(band, milestone.id, 0.0, milestone.repeats))


def applied(programme: Programme, change: Change) -> Programme:
    """Make the change; what it does not name stays as it is, and nothing is changed in place."""
    programme = _with_bands(programme, change.bands)
    by_id = {milestone.id: milestone for milestone in programme.milestones}
    lines = {(line.price_band, line.milestone): line for line in programme.tariff.prices}
    for new in change.prices:
        line = line_of(programme, new.price_band, by_id[new.milestone])
        lines[(new.price_band, new.milestone)] = replace(line, price=new.price)
    tariff = replace(programme.tariff, prices=tuple(lines.values()))
    if change.upfront_payment is not None:
        tariff = replace(tariff, upfront_payment=change.upfront_payment)
    if change.target is not None:
        tariff = replace(tariff, target=change.target)
    return replace(programme, tariff=tariff)


def _with_bands(programme: Programme, bands: tuple[NewBand, ...]) -> Programme:
    """Move groups into new bands, each with a copy of the lines of the band that its group had."""
    moved = {new.group: new.price_band for new in bands}
    if not moved:
        return programme
    sources = {moved[group.id]: group.price_band for group in programme.groups if group.id in moved}
    copies = [
        replace(line, price_band=band)
        for band, source in sources.items()
        for line in programme.tariff.prices
        if line.price_band == source
    ]
    groups = tuple(replace(group, price_band=moved.get(group.id, group.price_band)) for group in programme.groups)
    return replace(
        programme, groups=groups, tariff=replace(programme.tariff, prices=(*programme.tariff.prices, *copies))
    )
