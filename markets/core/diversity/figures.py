"""What is reported of a round: the funnel, concentration, who holds the value, who can still serve whom."""

from collections.abc import Sequence

import numpy as np

from commissioning.core.units import Array
from markets.core.markets import Market
from markets.core.registers import BANDS, FORMS, MISSION, Bools, Ints, Register, SizeBand, band_of

from .abilities import ABLE, GONE, REASONS, served
from .deliveries import Ending
from .lettings import NOBODY, Letting
from .states import State

#: Bands below an income of £1 million: small providers, as people say it.
SMALL = (SizeBand.MICRO, SizeBand.SMALL, SizeBand.MEDIUM)
#: Bands whose share of the value is reported.
SMALL_AND_MEDIUM = (SizeBand.SMALL, SizeBand.MEDIUM)
#: Products of a matrix, and of one row, that OpenBLAS still works out without threads.
_UNTHREADED, _UNTHREADED_VECTOR = 200_000, 9_000
#: HHI is told on a scale to 10,000.
_HHI_SCALE = 10_000.0
#: Figures in which the drivers of a difference are told.
HEADLINES = (
    "small_providers_left",
    "providers_left",
    "able",
    "bidding",
    "bidders_per_lot",
    "unlet_lots",
    "hhi",
    "effective_providers.order_1",
    "voluntary_sector_share",
    "small_and_medium_share",
    "new_entrant_share",
    "groups_covered",
    "areas_covered",
    "closures_to_date",
    "exits_to_date",
    "people_whose_provider_closed_to_date",
)
Figures = dict[str, Array]


def concentration(value: Array) -> Figures:
    """Measure how concentrated holdings are; axes holder, draw in, draw out.

    Returns
    -------
    HHI from 0 to 10,000, and Hill numbers of order 0 (the count), 1 (exp of Shannon's entropy) and 2 (1/HHI), all not
    a number where nothing is held.

    Notes
    -----
    Source: Hill (1973), Diversity and evenness: a unifying notation and its consequences, Ecology 54(2).
    """
    who, where = np.nonzero(value > 0)
    return _concentration(value[who, where], where, value.shape[1])


def _concentration(held: Array, where: Ints, draws: int) -> Figures:
    """Measure the same from what is held alone, and the draw in which it is held; axis holding in, draw out."""
    total = np.bincount(where, held, draws)
    share = held / total[where]
    squares = np.bincount(where, share**2, draws)
    entropy = np.bincount(where, -share * np.log(share), draws)
    known = total > 0
    ratio = np.divide(1.0, squares, out=np.full(draws, np.nan), where=known)
    return {
        "hhi": np.where(known, _HHI_SCALE * squares, np.nan),
        "effective_providers.order_0": np.where(known, np.bincount(where, minlength=draws), np.nan),
        "effective_providers.order_1": np.where(known, np.exp(entropy), np.nan),
        "effective_providers.order_2": ratio,
    }


class Tally:
    """Counts providers by size band, legal form, group and area; made once for a block."""

    def __init__(self, market: Market, register: Register, state: State) -> None:
        self.market, self.state = market, state
        self.band = band_of(register.income)
        self.bands = _one_hot(self.band, len(BANDS))
        self.forms = _one_hot(state.form, len(FORMS))
        self.groups = served(market.groups, [row.groups for row in register.providers]).astype(np.float32)
        self.areas = served(market.areas, [row.areas for row in register.providers]).astype(np.float32)

    def by_band(self, chosen: Array | Bools) -> Array:
        """Sum by size band; axes provider, draw in, band, draw out."""
        registered = self.state.registered
        counts = _counted(self.bands, chosen[:registered])
        return counts + _tallied(self.state.entrants.band, chosen[registered:], len(BANDS))

    def count(self, chosen: Bools) -> Array:
        """Count what is chosen; axes provider, draw in, draw out."""
        return self.by_form(chosen).sum(0)

    def by_form(self, chosen: Bools) -> Array:
        """Count by legal form; axes provider, draw in, form, draw out."""
        return _counted(self.forms, chosen)

    def bands_of(self, who: Ints, draws: Ints) -> Ints:
        """Give the size band of each provider in a draw; axis pair."""
        bands = self.band[np.minimum(who, len(self.band) - 1)]
        new = who >= len(self.band)
        bands[new] = self.state.entrants.band[who[new] - len(self.band), draws[new]]
        return bands

    def funnel(self, name: str, chosen: Bools) -> Figures:
        """Count by size band, by legal form, and all."""
        bands, forms = self.by_band(chosen), self.by_form(chosen)
        return {
            name: bands.sum(0),
            **_named(f"{name}_by_size_band", BANDS, bands),
            **_named(f"{name}_by_legal_form", FORMS, forms),
        }

    def serving(self, chosen: Bools) -> Figures:
        """Count who is left to serve each group and each area, and the groups and areas with anybody."""
        entrants, registered = self.state.entrants, self.state.registered
        groups = _counted(self.groups, chosen[:registered])
        areas = _counted(self.areas, chosen[:registered])
        groups += _tallied(entrants.group, chosen[registered:], len(groups))
        areas += _tallied(entrants.area, chosen[registered:], len(areas))
        return {
            "groups_covered": (groups > 0).sum(0),
            "areas_covered": (areas > 0).sum(0),
            **_named("providers_left_by_group", self.market.groups, groups),
            **_named("providers_left_by_area", self.market.areas, areas),
        }


def _one_hot(places: Ints, count: int) -> Array:
    return (np.arange(count)[:, None] == places).astype(np.float32)


def _counted(kinds: Array, chosen: Array | Bools) -> Array:
    """Count what is chosen of each kind; axes kind, provider and provider, draw in, kind, draw out.

    Notes
    -----
    In pieces too small for the linear algebra library to start threads: on a busy machine these wait for one another
    ten times longer than the sums take. Counts are whole numbers, so that no order of adding changes them.
    """
    most, draws = _UNTHREADED_VECTOR if len(kinds) == 1 else _UNTHREADED, chosen.shape[1]
    step, counts = max(1, most // max(1, len(kinds) * draws)), np.zeros((len(kinds), draws))
    for first in range(0, len(chosen), step):
        piece = slice(first, first + step)
        counts += kinds[:, piece] @ chosen[piece].astype(np.float32)
    return counts


def _tallied(kind: Ints, chosen: Array | Bools, count: int) -> Array:
    """Sum what is chosen of each kind, draw by draw; axes place, draw in, kind, draw out."""
    sums = np.zeros((count, chosen.shape[1]))
    for number in range(count):
        sums[number] = np.where(kind == number, chosen, 0).sum(0)
    return sums


def _named(name: str, kinds: Sequence[str], rows: Array) -> Figures:
    return {f"{name}.{kind}": row for kind, row in zip(kinds, rows, strict=True)}


def funnel(tally: Tally, letting: Letting) -> Figures:
    """Count the providers in the market, those excluded by reason, those able, those bidding, and bidders a lot."""
    codes = letting.furthest
    reasons = np.array([tally.count(codes == number) for number in range(len(REASONS))])
    return {
        "providers": tally.count(codes != GONE),
        **_named("excluded", REASONS, reasons),
        **tally.funnel("able", codes == ABLE),
        **tally.funnel("bidding", letting.bid),
        "bidders_per_lot": letting.bidders.mean(0),
        "unlet_lots": (letting.winners == NOBODY).sum(0),
        **_by_lot(tally.market, letting),
    }


def _by_lot(market: Market, letting: Letting) -> Figures:
    """Tell of each lot how many are able and bid, on average over its contracts, and how many of these are unlet."""
    names = [lot.id for lot in market.lots]
    starts = np.searchsorted(market.contracts, np.arange(len(names)))
    counts = np.array([lot.count for lot in market.lots])[:, None]
    unlet = np.add.reduceat(letting.winners == NOBODY, starts, dtype=float)
    return {
        **_named("able_by_lot", names, np.add.reduceat(letting.able, starts) / counts),
        **_named("bidders_by_lot", names, np.add.reduceat(letting.bidders, starts) / counts),
        **_named("unlet_by_lot", names, unlet),
    }


def holdings(tally: Tally, letting: Letting) -> Figures:
    """Tell how concentrated the value of contracts is, and what share of it whom it went to."""
    (who, draws), state = letting.holders, tally.state
    value, count = letting.value[who, draws], len(letting.draw)
    total = _summed(draws, value, count)
    mission = np.isin(state.form, [FORMS.index(form) for form in MISSION])[who]
    bands = np.isin(tally.bands_of(who, draws), [BANDS.index(band) for band in SMALL_AND_MEDIUM])
    new = who >= state.registered
    return {
        **_concentration(value, draws, count),
        "voluntary_sector_share": _share(_summed(draws, value * mission, count), total),
        "small_and_medium_share": _share(_summed(draws, value * bands, count), total),
        "new_entrant_share": _share(_summed(draws, value * new, count), total),
    }


def _summed(draws: Ints, values: Array, count: int) -> Array:
    """Sum values that belong to draws; axis pair in, draw out."""
    return np.bincount(draws, values, count).astype(float)


def _share(part: Array, whole: Array) -> Array:
    return np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0)


def remaining(tally: Tally, ending: Ending, here: Bools) -> Figures:
    """Count who is left at the end of a round, before anybody arrives, and who is not."""
    counted = tally.funnel("providers_left", here)
    small = np.sum([counted[f"providers_left_by_size_band.{band}"] for band in SMALL], axis=0)
    return {
        **counted,
        "small_providers_left": small,
        "reserves_left": np.where(here, tally.state.reserves, 0.0).sum(0),
        **tally.serving(here),
        "closures": ending.closed,
        "exits": ending.left,
        "people_whose_provider_closed": ending.people,
    }
