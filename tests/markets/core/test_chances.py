"""Random numbers by source, provider and moment: spread as they should be, and independent of one another."""

import numpy as np
import pytest

from markets.core.chances import Chance, fixed_normals, keys_of, normals, poisson, uniform

KEYS = keys_of(str(number) for number in range(2000))


def test_pairs_have_the_numbers_of_the_whole() -> None:
    chance = Chance(1, 0, 64)
    words = chance.at("bid", 3, 4)

    whole = chance.every(words, KEYS)
    some = chance.some(words, KEYS[[5, 7]], np.array([63, 0]))

    assert some.tolist() == [whole[5, 63], whole[7, 0]]


def test_source_moment_lot_block_and_seed_each_bring_other_numbers() -> None:
    places = [
        (Chance(seed, block, 8), source, moment, lot)
        for seed in (1, 2)
        for block in (0, 1)
        for source in ("bid", "score")
        for moment in (0, 1)
        for lot in (0, 1)
    ]

    words = np.concatenate([chance.every(chance.at(*when), KEYS[:50]).ravel() for chance, *when in places])

    assert len(np.unique(words)) == len(words)


def test_uniform_numbers_are_even_and_do_not_follow_one_another() -> None:
    chance = Chance(1, 0, 64)
    numbers = uniform(chance.every(chance.at("bid"), KEYS))
    later = uniform(chance.every(chance.at("bid", 1), KEYS))

    counts = np.histogram(numbers, 50, (0, 1))[0]
    expected = numbers.size / 50
    assert ((counts - expected) ** 2 / expected).sum() < 100
    assert 0 < numbers.min() < numbers.max() < 1
    for one, other in ((numbers, later), (numbers[1:], numbers[:-1]), (numbers[:, 1:], numbers[:, :-1])):
        assert abs(np.corrcoef(one.ravel(), other.ravel())[0, 1]) < 0.015


def test_normals_are_standard_and_the_two_of_a_word_independent() -> None:
    chance = Chance(1, 0, 64)
    one, other = normals(chance.every(chance.at("score"), KEYS))

    for numbers in (one, other):
        assert numbers.mean() == pytest.approx(0, abs=0.015)
        assert numbers.std() == pytest.approx(1, abs=0.015)
        assert (np.abs(numbers) < 1.96).mean() == pytest.approx(0.95, abs=0.005)
    assert abs(np.corrcoef(one.ravel(), other.ravel())[0, 1]) < 0.015


def test_fixed_normals_depend_on_name_and_seed_alone() -> None:
    assert fixed_normals(1, "quality", KEYS)[7] == fixed_normals(1, "quality", KEYS[[7]])[0]
    assert fixed_normals(1, "quality", KEYS)[7] != fixed_normals(2, "quality", KEYS)[7]


def test_poisson_counts_are_the_first_whose_chance_adds_up() -> None:
    below = np.exp(-2.0) * np.cumsum([1.0, 2.0, 2.0])

    found = poisson(2.0, np.array([0.01, below[0] + 1e-9, below[1] - 1e-9, below[1] + 1e-9, 1 - 1e-16]))

    assert found[:4].tolist() == [0, 1, 1, 2]
    assert 10 < found[4] < 50
    assert poisson(0.0, np.array([0.9])).tolist() == [0]
    assert poisson(10_000.0, np.array([0.5]))[0] == pytest.approx(10_000, abs=2)
