"""Counts by inverse transform: one uniform number gives one count, so that two tariffs meet the same luck.

Small rates are inverted exactly, by counting the distribution function's values that the uniform exceeds, for all
elements at once. Large ones take the Cornish-Fisher expansion of the quantile to the third order, with Sheppard's
corrections for a lattice; its distribution function is off by at most a few millionths there (tested).
Sources: Cornish and Fisher (1938), Revue de l'Institut International de Statistique 5(4); Giles (2016), Algorithm
955, ACM Transactions on Mathematical Software 42(1); normal quantile after Giles (2012), Approximating the erfinv
function, GPU Computing Gems.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

#: Single precision.
Floats: TypeAlias = NDArray[np.floating[Any]]

#: Expected counts from which on the expansion may be used, and from which on it must.
MIDDLE, LARGE = 4.0, 6.0
#: Variance of a binomial count from which on the expansion is used.
LARGE_BINOMIAL = 8.0
#: Fraction of the cells still counting at which they are gathered and the rest left alone.
_FEW = 0.25
#: Normal quantile over 2u - 1 as a polynomial in w = -ln(4u (1 - u)), centred: a fit good to 4e-5 where w < 5.
_CENTRE, _CENTRAL = 2.5, (2.65122272e-04, -1.79666590e-03, -5.80713568e-03, 3.48826642e-01, 2.12327886)
_TAIL = (
    -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773,
    -0.0076224613, 0.00943887047, 1.00167406, 2.83297682,
)  # fmt: skip


def uniforms(rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    """Uniform numbers strictly between 0 and 1, to 23 bits, two from each word of the stream."""
    size = int(np.prod(shape))
    words = rng.integers(0, 2**64, size=(size + 1) // 2, dtype=np.uint64).view(np.uint32)[:size]
    words >>= np.uint32(9)
    words |= np.uint32(0x3F800000)  # the exponent of numbers from 1 to 2
    out = words.view(np.float32)
    out -= np.float32(1.0 - 2.0**-24)
    return out.reshape(shape)


def normal_quantile(u: Floats) -> Floats:
    """Quantile of the standard Normal distribution, within 4e-5; any shape."""
    w = np.float32(1.0) - u
    w *= u
    w *= np.float32(4.0)
    np.log(w, out=w)
    np.negative(w, out=w)
    far = np.flatnonzero(w >= 2 * _CENTRE)
    tail = np.sqrt(w.reshape(-1)[far])
    w -= np.float32(_CENTRE)
    out = _polynomial(_CENTRAL, w)
    out.reshape(-1)[far] = _polynomial(_TAIL, tail - np.float32(3.0)) * np.float32(np.sqrt(2.0))
    np.subtract(u, np.float32(0.5), out=w)
    w += w
    out *= w
    return out


def _polynomial(coefficients: tuple[float, ...], x: Floats) -> Floats:
    out = x * np.float32(coefficients[0])
    for coefficient in coefficients[1:-1]:
        out += np.float32(coefficient)
        out *= x
    out += np.float32(coefficients[-1])
    return out


def poisson_quantile(u: Floats, rate: Floats) -> Floats:
    """Poisson counts with these rates.

    Parameters
    ----------
    u : uniform numbers, any shape.
    rate : same shape, expected counts.

    Returns
    -------
    same shape, whole numbers.
    """
    if rate.size == 0 or float(rate.max()) < LARGE:
        return _count_poisson(u, rate)
    out = _expand_poisson(u, rate)
    small = np.flatnonzero(rate < MIDDLE)
    if small.size:
        out.reshape(-1)[small] = _count_poisson(u.reshape(-1)[small], rate.reshape(-1)[small])
    return out


def _count_poisson(u: Floats, rate: Floats) -> Floats:
    """Count the values of the distribution function that each uniform number exceeds."""
    count = np.zeros(u.size, dtype=np.uint8)
    term = np.exp(-rate.reshape(-1))
    cells = _Cells(u.reshape(-1), term, rate.reshape(-1))
    for k in range(1, _beyond(float(rate.max(initial=0.0)))):
        if not cells.tally(count):
            break
        cells.term *= cells.factor
        cells.term *= np.float32(1.0 / k)
        cells.below += cells.term
    return count.astype(np.float32).reshape(u.shape)


class _Cells:
    """Cells whose count may still rise: they are gathered whenever few of them are left."""

    def __init__(self, u: Floats, term: Floats, factor: Floats) -> None:
        self.u, self.term, self.factor = u, term, factor
        self.below = term.copy()
        self.places: NDArray[np.intp] | None = None

    def tally(self, count: NDArray[np.uint8]) -> bool:
        """Add one where the uniform number still exceeds, and tell whether any does."""
        exceeds = self.u > self.below
        left = int(np.count_nonzero(exceeds))
        if self.places is None:
            count += exceeds.view(np.uint8)
        else:
            count[self.places[exceeds]] += 1
        if 0 < left < _FEW * self.u.size:
            self._gather(np.flatnonzero(exceeds))
        return left > 0

    def _gather(self, kept: NDArray[np.intp]) -> None:
        self.places = kept if self.places is None else self.places[kept]
        self.u, self.term, self.below = self.u[kept], self.term[kept], self.below[kept]
        self.factor = self.factor[kept]


def _beyond(rate: float) -> int:
    """Count that a number of this mean exceeds less often than a uniform number can show."""
    return int(rate + 7.0 * rate**0.5 + 12.0)


def _expand_poisson(u: Floats, rate: Floats) -> Floats:
    w = normal_quantile(u)
    deviation = np.sqrt(np.maximum(rate, np.float32(1.0)))  # what is smaller is counted afterwards
    inverse = np.float32(1.0) / deviation
    second = inverse * inverse
    third = second * inverse
    # Horner's scheme in w over the terms of the expansion, to the fourth order.
    out = third * np.float32(-23 / 17280)
    out *= w
    out += second * np.float32(1 / 270)
    out *= w
    out -= inverse * np.float32(1 / 72)
    out -= third * np.float32(137 / 38880)
    out *= w
    out += second * np.float32(7 / 810)
    out += np.float32(1 / 6)
    out *= w
    out += third * np.float32(671 / 38880)
    out -= inverse * np.float32(1 / 36)
    out += deviation
    out *= w
    out -= second * np.float32(8 / 405)
    out += rate
    out += np.float32(1 / 3)
    np.floor(out, out=out)
    return np.maximum(out, np.float32(0.0), out=out)


def binomial_quantile(u: Floats, people: Floats, chance: Floats) -> Floats:
    """Binomial counts out of these people with these chances; all of one shape."""
    shape = u.shape
    swapped = (chance > np.float32(0.5)).reshape(-1)
    rare = np.minimum(chance, np.float32(1.0) - chance).reshape(-1)
    u, people = np.where(swapped, np.float32(1.0) - u.reshape(-1), u.reshape(-1)), people.reshape(-1)
    large = np.flatnonzero(people * rare >= LARGE_BINOMIAL)
    small = np.flatnonzero(people * rare < LARGE_BINOMIAL)
    count = np.empty_like(u)
    count[small] = _count_binomial(u[small], people[small], rare[small])
    count[large] = _expand_binomial(u[large], people[large], rare[large])
    return np.where(swapped, people - count, count).reshape(shape)


def _count_binomial(u: Floats, people: Floats, chance: Floats) -> Floats:
    count = np.zeros(u.size, dtype=np.uint8)
    term = np.exp(people * np.log1p(-chance))
    odds = chance / (np.float32(1.0) - chance)
    # The k-th term is the one before it, times the odds, times (people + 1 - k) / k: odds * (people + 1) / k - odds.
    cells = _Cells(u, term, np.stack([odds * (people + np.float32(1.0)), odds], axis=-1))
    for k in range(1, _beyond(float((people * chance).max(initial=0.0)))):
        if not cells.tally(count):
            break
        growth = cells.factor[:, 0] * np.float32(1.0 / k)
        growth -= cells.factor[:, 1]
        cells.term *= np.maximum(growth, np.float32(0.0))
        cells.below += cells.term
    return np.minimum(count, people)


def _expand_binomial(u: Floats, people: Floats, chance: Floats) -> Floats:
    w = normal_quantile(u)
    mean = people * chance
    variance = mean * (1.0 - chance)
    skew = (1.0 - 2.0 * chance) / np.sqrt(variance)
    peak = 1.0 / variance - 6.0 / people
    lattice = 1.0 / (12.0 * variance)
    square = w * w
    deviate = w + skew * (1.0 + lattice) * (square - 1.0) / 6.0
    deviate += peak * w * (square - 3.0) / 24.0 - skew * skew * w * (2.0 * square - 5.0) / 36.0
    deviate -= 0.5 * lattice * w
    deviate += skew * _third_order(w, square, skew, peak, people)
    out = np.floor(mean + np.sqrt(variance) * deviate + np.float32(0.5))
    return np.clip(out, np.float32(0.0), people)


def _third_order(w: Floats, square: Floats, skew: Floats, peak: Floats, people: Floats) -> Floats:
    """Terms of the third order in one over the deviation, divided by the skew."""
    fifth = peak - 6.0 / people  # fifth standard cumulant over the skew: (1 - 12 p q) / variance
    fourth = square * square
    return (
        fifth * (fourth - 6.0 * square + 3.0) / 120.0
        - peak * (fourth - 5.0 * square + 2.0) / 24.0
        + skew * skew * (12.0 * fourth - 53.0 * square + 17.0) / 324.0
    )
