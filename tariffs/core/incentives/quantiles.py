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
_CENTRAL = (
    2.81022636e-08, 3.43273939e-07, -3.5233877e-06, -4.39150654e-06, 0.00021858087,
    -0.00125372503, -0.00417768164, 0.246640727, 1.50140941,
)  # fmt: skip
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
    """Quantile of the standard Normal distribution to single precision; any shape."""
    centred = np.float32(2.0) * u
    centred -= np.float32(1.0)
    w = np.float32(1.0) - u
    w *= u
    w *= np.float32(4.0)
    np.log(w, out=w)
    np.negative(w, out=w)
    far = np.flatnonzero(w >= 5.0)
    tail = np.sqrt(w.reshape(-1)[far])
    w -= np.float32(2.5)
    out = _polynomial(_CENTRAL, w)
    out.reshape(-1)[far] = _polynomial(_TAIL, tail - np.float32(3.0))
    out *= centred
    out *= np.float32(np.sqrt(2.0))
    return out


def _polynomial(coefficients: tuple[float, ...], x: Floats) -> Floats:
    out = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        out *= x
        out += np.float32(coefficient)
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
    count = np.zeros(u.shape, dtype=np.uint8)
    term = np.exp(-rate)
    below = term.copy()
    exceeded = np.empty(u.shape, dtype=bool)
    highest = int(_most_likely_count(float(rate.max(initial=0.0))))
    for k in range(1, highest + 1):
        np.greater(u, below, out=exceeded)
        if k % 4 == 1 and not exceeded.any():
            break
        count += exceeded.view(np.uint8)
        term *= rate
        term *= np.float32(1.0 / k)
        below += term
    return count.astype(np.float32)


def _most_likely_count(rate: float) -> float:
    """Count that a Poisson number of this rate exceeds less often than a 24-bit uniform number can show."""
    return rate + 7.0 * rate**0.5 + 12.0


def _expand_poisson(u: Floats, rate: Floats) -> Floats:
    w = normal_quantile(u)
    deviation = np.sqrt(rate)
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
    rare = np.minimum(chance, np.float32(1.0) - chance)
    low = np.where(chance > 0.5, np.float32(1.0) - u, u)
    count = np.empty_like(u)
    small = people * rare < LARGE_BINOMIAL
    count[small] = _count_binomial(low[small], people[small], rare[small])
    large = ~small
    count[large] = _expand_binomial(low[large], people[large], rare[large])
    return np.where(chance > 0.5, people - count, count)


def _count_binomial(u: Floats, people: Floats, chance: Floats) -> Floats:
    count = np.zeros(u.shape, dtype=np.uint8)
    other = np.float32(1.0) - chance
    term = np.exp(people * np.log1p(-chance))
    below = term.copy()
    odds = chance / other
    left = people.copy()
    highest = int(_most_likely_count(float((people * chance).max(initial=0.0))))
    for k in range(1, highest + 1):
        exceeded = (u > below) & (left > 0)
        if not exceeded.any():
            break
        count += exceeded.view(np.uint8)
        term *= left * odds
        term *= np.float32(1.0 / k)
        left -= np.float32(1.0)
        np.maximum(left, np.float32(0.0), out=left)
        below += term
    return count.astype(np.float32)


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
