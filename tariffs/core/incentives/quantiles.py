"""Counts by inverse transform: one uniform number gives one count, so that two tariffs meet the same luck.

Small rates are inverted exactly, by counting the distribution function's values that the uniform exceeds, for all
elements at once. Large ones take the Cornish-Fisher expansion of the quantile, to the fourth order for Poisson counts
and the third for binomial ones, with Sheppard's corrections for a lattice. There the distribution function is off by
2e-4 at most at the smallest such counts, and by 2e-5 from a dozen on (tested).
Sources: Cornish and Fisher (1938), Revue de l'Institut International de Statistique 5(4); Giles (2016), Algorithm
955, ACM Transactions on Mathematical Software 42(1); normal quantile after Giles (2012), Approximating the erfinv
function, GPU Computing Gems.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

#: Single precision.
Floats: TypeAlias = NDArray[np.floating[Any]]

#: Rates from which on the expansion is good enough, average rates from which on it is quicker, and rates too large to
#: be counted.
MIDDLE, LARGE, HUGE = 4.0, 6.0, 100.0
#: Variance of a binomial count from which on the expansion is used.
LARGE_BINOMIAL = 8.0
#: Fraction of the cells still counting at which they are gathered, and the rest left alone.
_FEW = 0.08
#: Normal quantile over u - 1/2 as a polynomial in ln(4u (1 - u)): a fit of our own, good to 4e-5 down to FAR.
_CENTRAL, _FAR = (5.27611650e-04, 8.86309469e-03, 3.50798120e-02, -6.55445983e-01, 2.50657037), -5.0
_TAIL = (
    -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773,
    -0.0076224613, 0.00943887047, 1.00167406, 2.83297682,
)  # fmt: skip


def uniforms(rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    """Uniform numbers strictly between 0 and 1, to 23 bits, two from each word of the stream."""
    size = int(np.prod(shape))
    words = rng.bit_generator.random_raw((size + 1) // 2).view(np.uint32)[:size]
    words >>= np.uint32(9)
    words |= np.uint32(0x3F800000)  # the exponent of numbers from 1 to 2
    out = words.view(np.float32)
    out -= np.float32(1.0 - 2.0**-24)
    return out.reshape(shape)


def normal_quantile(u: Floats) -> Floats:
    """Quantile of the standard Normal distribution, within 4e-5; any shape."""
    centred = u - np.float32(0.5)
    log = centred * centred
    log *= np.float32(-4.0)
    log += np.float32(1.0)
    np.log(log, out=log)
    far = np.flatnonzero(log <= _FAR)
    out = _polynomial(_CENTRAL, log)
    out *= centred
    outer = u.reshape(-1)[far]
    depth = np.sqrt(-np.log(4.0 * outer * (np.float32(1.0) - outer))) - np.float32(3.0)
    out.reshape(-1)[far] = _polynomial(_TAIL, depth) * (outer - np.float32(0.5)) * np.float32(8.0**0.5)
    return out


def _polynomial(coefficients: tuple[float, ...], x: Floats) -> Floats:
    out = x * np.float32(coefficients[0])
    for coefficient in coefficients[1:-1]:
        out += np.float32(coefficient)
        out *= x
    out += np.float32(coefficients[-1])
    return out


def poisson_quantile(u: Floats, rate: Floats) -> Floats:
    """Draw Poisson counts with these rates.

    Parameters
    ----------
    u : uniform numbers, any shape.
    rate : same shape, expected counts.

    Returns
    -------
    same shape, whole numbers.
    """
    if rate.size == 0 or (float(rate.mean()) < LARGE and float(rate.max()) < HUGE):
        return _count_poisson(u, rate)
    out = _expand_poisson(u, rate)
    small = np.flatnonzero(rate < MIDDLE)
    if small.size:
        out.reshape(-1)[small] = _count_poisson(u.reshape(-1)[small], rate.reshape(-1)[small])
    return out


def _count_poisson(u: Floats, rate: Floats) -> Floats:
    """Count the values of the distribution function that each uniform number exceeds."""

    def grow(term: Floats, factor: Floats, k: int) -> None:
        term *= factor
        if k > 1:
            term *= np.float32(1.0 / k)

    term = np.negative(rate.reshape(-1))
    np.exp(term, out=term)
    return _counted(u.reshape(-1), term, rate.reshape(-1), grow, float(rate.max(initial=0.0))).reshape(u.shape)


def _counted(
    u: Floats, term: Floats, factor: Floats, grow: Callable[[Floats, Floats, int], None], mean: float
) -> Floats:
    """Count values of the distribution function below each uniform number; axis: cell.

    `grow` turns the law's terms for k - 1 into those for k. Once few cells are left they are gathered, and the rest
    is not looked at any more.
    """
    count, below = np.zeros(u.size, dtype=np.uint8), term.copy()
    places: NDArray[np.intp] | None = None
    whole = count
    for k in range(1, int(mean + 7.0 * mean**0.5 + 12.0)):
        exceeds = u > below
        count += exceeds.view(np.uint8)
        left = np.count_nonzero(exceeds)
        if left == 0:
            break
        if places is None and left < _FEW * u.size:
            places = np.flatnonzero(exceeds)
            u, term, below, factor = u[places], term[places], below[places], factor[..., places]
            count = whole[places]
        grow(term, factor, k)
        below += term
    if places is not None:
        whole[places] = count
    return whole.astype(np.float32)


def _expand_poisson(u: Floats, rate: Floats) -> Floats:
    """Expand the quantile as rate * f(v) + g(v) + h(v) / rate, v the normal quantile over the root of the rate."""
    safe = np.maximum(rate, np.float32(1.0))  # what is smaller is counted afterwards
    v = normal_quantile(u)
    v /= np.sqrt(safe)
    out = _polynomial((-23 / 17280, 1 / 270, -1 / 72, 1 / 6, 1.0, 1.0), v)
    out *= safe
    out += _polynomial((-137 / 38880, 7 / 810, -1 / 36, 1 / 3), v)
    v *= np.float32(671 / 38880)
    v -= np.float32(8 / 405)
    v /= safe
    out += v
    np.floor(out, out=out)
    return np.maximum(out, np.float32(0.0), out=out)


def binomial_quantile(u: Floats, people: Floats, chance: Floats) -> Floats:
    """Binomial counts out of these people with these chances.

    All of one shape. The first axis are rows of like size: in each of them whoever is rarer, those who succeed or
    those who fail, is drawn.
    """
    if u.size == 0:
        return people.copy()
    swapped = np.flatnonzero(chance.reshape(len(u), -1).mean(1) > np.float32(0.5))
    rare, luck = chance.copy(), u.copy()
    rare[swapped], luck[swapped] = np.float32(1.0) - rare[swapped], np.float32(1.0) - luck[swapped]
    variance = people * rare * (np.float32(1.0) - rare)
    large = variance.reshape(len(u), -1).max(1) >= LARGE_BINOMIAL
    count = np.empty_like(people)
    counted, expanded = np.flatnonzero(~large), np.flatnonzero(large)
    count[counted] = _count_binomial(luck[counted], people[counted], rare[counted])
    count[expanded] = _expand_binomial(luck[expanded], people[expanded], rare[expanded], variance[expanded])
    count[swapped] = people[swapped] - count[swapped]
    return count


def _count_binomial(u: Floats, people: Floats, chance: Floats) -> Floats:
    def grow(term: Floats, factor: Floats, k: int) -> None:
        # (people + 1 - k) / k times the odds, which is nothing once everybody is counted.
        growth = factor[0] * np.float32(1.0 / k)
        growth -= factor[1]
        term *= np.maximum(growth, np.float32(0.0), out=growth)

    chance, many = np.minimum(chance.reshape(-1), np.float32(1.0 - 2.0**-20)), people.reshape(-1)
    odds = chance / (np.float32(1.0) - chance)
    term = np.exp(many * np.log1p(-chance))
    factor = np.stack([odds * (many + np.float32(1.0)), odds])
    mean = float((many * chance).max(initial=0.0))
    return np.minimum(_counted(u.reshape(-1), term, factor, grow, mean), many).reshape(u.shape)


def _expand_binomial(u: Floats, people: Floats, chance: Floats, variance: Floats) -> Floats:
    small = np.flatnonzero(variance < LARGE_BINOMIAL)
    safe = np.maximum(variance, np.float32(1.0))  # what is smaller is counted afterwards
    w = normal_quantile(u)
    skew = (1.0 - 2.0 * chance) / np.sqrt(safe)
    each = 6.0 / np.maximum(people, np.float32(1.0))
    peak = 1.0 / safe - each
    lattice = 1.0 / (12.0 * safe)
    square = w * w
    deviate = w + skew * (1.0 + lattice) * (square - 1.0) / 6.0
    deviate += peak * w * (square - 3.0) / 24.0 - skew * skew * w * (2.0 * square - 5.0) / 36.0
    deviate -= 0.5 * lattice * w
    deviate += skew * _third_order(square, skew, peak, each)
    out = np.floor(people * chance + np.sqrt(safe) * deviate + np.float32(0.5))
    out = np.clip(out, np.float32(0.0), people)
    flat = (part.reshape(-1)[small] for part in (u, people, chance))
    out.reshape(-1)[small] = _count_binomial(*flat)
    return out


def _third_order(square: Floats, skew: Floats, peak: Floats, each: Floats) -> Floats:
    """Terms of the third order in one over the deviation, divided by the skew."""
    fifth = peak - each  # fifth standard cumulant over the skew: (1 - 12 p q) / variance
    fourth = square * square
    return (
        fifth * (fourth - 6.0 * square + 3.0) / 120.0
        - peak * (fourth - 5.0 * square + 2.0) / 24.0
        + skew * skew * (12.0 * fourth - 53.0 * square + 17.0) / 324.0
    )
