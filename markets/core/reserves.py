"""Free reserves that nobody knows: drawn from providers of the same size, else from the published distribution."""

import numpy as np

from commissioning.core.units import Array

from .chances import Chance, uniform
from .parameters import PARAMETERS
from .registers import BANDS, Bools, Register, band_of

_MONTHS = 12


def published_months(uniforms: Array) -> Array:
    """Reserves in months of expenditure at given shares of the published distribution; same shape.

    Notes
    -----
    Between the published points by logarithms; below the first and above the last nothing is published and the
    point itself is taken.
    """
    return np.exp(np.interp(uniforms, PARAMETERS.reserves_shares, np.log(PARAMETERS.reserves_months)))


def opening_reserves(register: Register, chance: Chance) -> Array:
    """Free reserves of every provider in every draw, £; axes provider, draw.

    Notes
    -----
    What is not known is drawn anew in every draw, in months of expenditure, so that a provider is given the position
    of one like it and not its pounds. A known provider that spends nothing has no months and lends its position to
    nobody.
    """
    reserves = np.repeat(register.reserves[:, None], len(chance.draws), axis=1)
    unknown, band = np.isnan(register.reserves), band_of(register.income)
    words = chance.at("reserves")
    for number in range(len(BANDS)):
        rows = np.flatnonzero(unknown & (band == number))
        drawn = uniform(chance.every(words, register.keys[rows]))
        months = _months_like(_lenders(register, band == number), drawn)
        reserves[rows] = months * register.expenditure[rows, None] / _MONTHS
    return reserves


def _lenders(register: Register, alike: Bools) -> Array:
    """Give the months of those of a band whose reserves and expenditure are known, least first."""
    known = alike & ~np.isnan(register.reserves) & (register.expenditure > 0)
    return np.sort(register.reserves[known] / register.expenditure[known] * _MONTHS)


def _months_like(lenders: Array, drawn: Array) -> Array:
    if not len(lenders):
        return published_months(drawn)
    return lenders[(drawn * len(lenders)).astype(np.intp)]
