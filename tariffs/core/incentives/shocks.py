"""The luck that strikes everyone at once: outcome shocks by month, and volumes, from scrambled Sobol points.

Shocks are an argument of the engine, so that two tariffs meet the same luck. Their first few dimensions, which carry
nearly all the variance, come from Sobol points; the rest from independent normals. Each draw belongs to one of a
fixed number of independent scrambles, whose spread gives standard errors.
Sources: Joe and Kuo (2008), Constructing Sobol sequences with better two-dimensional projections, SIAM Journal on
Scientific Computing 30(5); scramble after Matousek (1998), On the L2-discrepancy for anchored boxes.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from commissioning.core.units import Array
from tariffs.core.parameters import PARAMETERS
from tariffs.core.programmes import Uncertainty

from .quantiles import Floats

#: Primitive polynomials (degree, coefficients) and initial direction numbers of dimensions 2 to 12.
_DIRECTIONS = (
    (1, 0, (1,)),
    (2, 1, (1, 3)),
    (3, 1, (1, 3, 1)),
    (3, 2, (1, 1, 1)),
    (4, 1, (1, 1, 3, 3)),
    (4, 4, (1, 3, 5, 13)),
    (5, 2, (1, 1, 5, 5, 17)),
    (5, 4, (1, 1, 5, 5, 5)),
    (5, 7, (1, 1, 7, 11, 19)),
    (5, 11, (1, 1, 5, 1, 1)),
    (5, 13, (1, 1, 1, 3, 11)),
)
_BITS = 32
DIMENSIONS = len(_DIRECTIONS) + 1


@dataclass(frozen=True, slots=True)
class Shocks:
    """One block's luck: `outcome` on log-odds, axes month, draw; `volume` a factor of mean 1, axis draw."""

    outcome: Floats
    volume: Array


@lru_cache(maxsize=1)
def _generators() -> NDArray[np.uint64]:
    """Direction numbers as 32-bit words; axes: dimension, bit."""
    rows = [[1 << (_BITS - 1 - bit) for bit in range(_BITS)]]
    for degree, coefficients, initial in _DIRECTIONS:
        m = list(initial)
        for k in range(degree, _BITS):
            following = m[k - degree] ^ (m[k - degree] << degree)
            for i in range(1, degree):
                following ^= ((coefficients >> (degree - 1 - i)) & 1) * (m[k - i] << i)
            m.append(following)
        rows.append([m[bit] << (_BITS - 1 - bit) for bit in range(_BITS)])
    return np.array(rows, dtype=np.uint64)


@lru_cache(maxsize=8)
def _scrambled(seed: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Scramble the direction numbers, and shift the digits, anew for each replicate.

    Returns
    -------
    direction words with axes bit, dimension, replicate, and shifts with axes dimension, replicate.
    """
    pairs = [_scrambled_once(seed, replicate) for replicate in range(PARAMETERS.replicates)]
    return np.stack([mixed.T for mixed, _ in pairs], axis=-1), np.stack([shift for _, shift in pairs], axis=-1)


def _scrambled_once(seed: int, replicate: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Mix the digits by random lower triangular matrices, one for each dimension, and draw a digital shift."""
    rng = np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(0, replicate))))
    directions = _generators()
    mixed = np.zeros_like(directions)
    for row in range(_BITS):
        # Output digit `row` (0 is the highest) adds itself and a random choice of the digits above it.
        chosen = rng.integers(0, 1 << row, size=len(directions), dtype=np.uint64) if row else np.zeros(1, np.uint64)
        mask = (chosen << np.uint64(_BITS - row)) | np.uint64(1 << (_BITS - 1 - row))
        parity = _parity(directions & mask[:, None])
        mixed |= parity << np.uint64(_BITS - 1 - row)
    return mixed, rng.integers(0, 1 << _BITS, size=len(directions), dtype=np.uint64)


def _parity(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    for shift in (16, 8, 4, 2, 1):
        words = words ^ (words >> np.uint64(shift))
    return words & np.uint64(1)


def points_of_block(seed: int, first_draw: int, draws: int) -> Array:
    """Scramble Sobol points for consecutive draws, each in (0, 1); axes: dimension, draw.

    Draw i is point i // R of replicate i mod R, so that every draw has its point whatever its block.
    """
    directions, shift = _scrambled(seed)
    replicates = PARAMETERS.replicates
    first, last = first_draw // replicates, -(-(first_draw + draws) // replicates)
    points = np.arange(first, last, dtype=np.uint64)
    words = np.repeat(shift[:, None, :], len(points), axis=1)
    for bit in range(max(1, last.bit_length())):
        chosen = (points >> np.uint64(bit)) & np.uint64(1)
        words ^= directions[bit][:, None, :] * chosen[:, None]
    start = first_draw - first * replicates
    return ((words.astype(float) + 0.5) / 2.0**_BITS).reshape(DIMENSIONS, -1)[:, start : start + draws]


@lru_cache(maxsize=8)
def _spells(months: int) -> Array:
    """Square root of the monthly shocks' correlation, by principal components, largest first; axes: month, component.

    Rounded, so that the last bits of a linear algebra library do not reach a run's figures.
    """
    apart = np.abs(np.arange(months)[:, None] - np.arange(months)).astype(float)
    size, vectors = np.linalg.eigh(PARAMETERS.month_to_month**apart)
    root = (vectors * np.sqrt(np.maximum(size, 0.0)))[:, ::-1]
    signs = np.where(root.sum(0) + root[0] < 0, -1.0, 1.0)
    return np.round(root * signs, 9)


def season_by_month(uncertainty: Uncertainty, start: str, months: int) -> Array:
    """Season on log-odds for each month of the contract; the season's first value is January's."""
    first = int(start[5:7]) - 1 if start else 0
    return np.array(uncertainty.season)[(first + np.arange(months)) % 12]


def draw_shocks(uncertainty: Uncertainty, start: str, months: int, seed: int, first_draw: int, draws: int) -> Shocks:
    """Luck of consecutive draws.

    Parameters
    ----------
    start : the contract's first month, YYYY-MM, or nothing.
    months : length of the contract.
    first_draw, draws : which draws; the same draw has the same luck in any block.
    """
    normal = normal_quantile_exact(points_of_block(seed, first_draw, draws))
    common, volume, leading = normal[0], normal[1], normal[2:]
    stream = np.random.SeedSequence(seed, spawn_key=(1, first_draw))
    rest = np.random.Generator(np.random.SFC64(stream)).standard_normal((max(months - len(leading), 0), draws))
    spells = _spells(months) @ np.vstack([leading, rest])[:months]
    outcome = uncertainty.outcome_shock * common + uncertainty.outcome_shock_monthly * spells
    outcome += season_by_month(uncertainty, start, months)[:, None]
    spread = uncertainty.volume_spread
    return Shocks(outcome.astype(np.float32), np.exp(spread * volume - 0.5 * spread**2))


def normal_quantile_exact(u: Array) -> Array:
    """Quantile of the standard Normal distribution to double precision; any shape.

    Source: Wichura (1988), Algorithm AS 241, Applied Statistics 37(3), routine PPND16.
    """
    centred = u - 0.5
    out = np.empty_like(u)
    middle = np.abs(centred) <= 0.425
    r = 0.180625 - centred[middle] ** 2
    out[middle] = centred[middle] * np.polyval(_A, r) / np.polyval(_B, r)
    outer = ~middle
    r = np.sqrt(-np.log(np.minimum(u[outer], 1.0 - u[outer])))
    near = np.polyval(_C, r - 1.6) / np.polyval(_D, r - 1.6)
    far = np.polyval(_E, r - 5.0) / np.polyval(_F, r - 5.0)
    out[outer] = np.sign(centred[outer]) * np.where(r <= 5.0, near, far)
    return out


_A = (
    2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
    1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0,
)  # fmt: skip
_B = (
    5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
    5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0,
)  # fmt: skip
_C = (
    7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
    3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0,
)  # fmt: skip
_D = (
    1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
    6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1.0,
)  # fmt: skip
_E = (
    2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
    2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0,
)  # fmt: skip
_F = (
    2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
    1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0,
)  # fmt: skip
