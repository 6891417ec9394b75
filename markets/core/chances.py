"""Random numbers that belong to a source of chance, a provider and a moment, wherever and in whatever order asked for.

A number is a pure function of these, so that two designs meet the same luck provider by provider, and so that only the
numbers that matter are ever made.
Source of the mixing: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators, OOPSLA; the
constants are those of SplitMix64.
"""

import hashlib
from collections.abc import Iterable
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from commissioning.core.units import Array

Words = NDArray[np.uint64]
Places = NDArray[np.intp]
_STEP = np.array([0x9E3779B97F4A7C15], dtype=np.uint64)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_BITS_OF_A_LOT, _BITS_OF_A_DRAW = np.uint64(24), np.uint64(16)
_HALF = np.uint64(32)


def keys_of(names: Iterable[str]) -> Words:
    """Give each name a number of its own: the first 64 bits of its SHA-256."""
    digests = b"".join(hashlib.sha256(name.encode()).digest()[:8] for name in names)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


def _mixed(words: Words) -> Words:
    """Scramble words in place; every bit of the answer depends on every bit given."""
    words ^= words >> np.uint64(30)
    words *= _FIRST
    words ^= words >> np.uint64(27)
    words *= _SECOND
    words ^= words >> np.uint64(31)
    return words


class Chance:
    """Numbers of one block of draws; `block` is the child of the seed, `draws` how many it holds."""

    def __init__(self, seed: int, block: int, draws: int) -> None:
        self.seed, self.block = seed, block
        self.draws = np.arange(draws, dtype=np.uint64)
        self._streams: dict[str, Words] = {}

    def at(self, source: str, moment: int = 0, lot: int = 0) -> Words:
        """Give the word of each draw at one moment (round) and lot; axis draw."""
        when = (np.uint64(moment) << _BITS_OF_A_LOT | np.uint64(lot)) << _BITS_OF_A_DRAW
        return _mixed(self._stream(source) + (when | self.draws) * _STEP)

    def _stream(self, source: str) -> Words:
        if source not in self._streams:
            child = np.random.SeedSequence(self.seed, spawn_key=(self.block, crc32(source.encode())))
            self._streams[source] = child.generate_state(1, np.uint64).astype(np.uint64)
        return self._streams[source]

    def every(self, words: Words, keys: Words) -> Words:
        """Give the words of all keys in all draws; axes key, draw."""
        return _mixed(keys[:, None] + words)

    def some(self, words: Words, keys: Words, draws: Places) -> Words:
        """Give one word for each pair of a key and a draw; axis pair."""
        return _mixed(keys + words[draws])


def uniform(words: Words) -> Array:
    """Read words as numbers evenly spread over (0, 1); same shape."""
    return ((words >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53


def normals(words: Words) -> tuple[Array, Array]:
    """Read each word as two independent standard Normals; same shape. Source: Box and Muller (1958)."""
    high = ((words >> _HALF).astype(np.float64) + 0.5) * 2.0**-32
    angle = ((words & np.uint64(0xFFFFFFFF)).astype(np.float64) + 0.5) * (2.0**-31 * np.pi)
    radius = np.sqrt(-2.0 * np.log(high))
    return radius * np.cos(angle), radius * np.sin(angle)


def fixed_normals(seed: int, source: str, keys: Words) -> Array:
    """Give each key one standard Normal that is the same in every draw of a seed; axis key."""
    child = np.random.SeedSequence(seed, spawn_key=(crc32(source.encode()),))
    return normals(_mixed(keys + child.generate_state(1, np.uint64)))[0]


def poisson(expected: float, uniforms: Array) -> NDArray[np.intp]:
    """Turn uniform numbers into Poisson counts by inversion, more for a higher mean; same shape."""
    if expected == 0:
        return np.zeros(uniforms.shape, dtype=np.intp)
    most = int(expected + 10 * np.sqrt(expected) + 20)
    counts = np.arange(1, most + 1)
    logs = np.concatenate([[0.0], np.cumsum(np.log(expected) - np.log(counts))]) - expected
    return np.searchsorted(np.cumsum(np.exp(logs)), uniforms).clip(max=most)
