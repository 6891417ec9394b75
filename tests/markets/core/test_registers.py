"""The register as arrays: bands, defaults, and reserves that nobody knows."""

import numpy as np
import pytest

from markets.core.chances import Chance
from markets.core.made_up_registers import made_up
from markets.core.parameters import PARAMETERS
from markets.core.registers import BANDS, LegalForm, Provider, Register, band_of
from markets.core.reserves import opening_reserves, published_months
from tests.factories.markets import provider


def test_bands_begin_where_the_almanac_says() -> None:
    incomes = np.array([0, 9_999, 10_000, 99_999, 1e5, 1e6, 1e7, 1e8])

    assert [BANDS[place].value for place in band_of(incomes)] == [
        "micro", "micro", "small", "small", "medium", "large", "major", "super_major"
    ]  # fmt: skip


def test_defaults_fill_what_is_empty() -> None:
    register = Register.of([Provider(form.value, form, 1e6) for form in LegalForm], 1)

    appetites = dict(zip([row.id for row in register.providers], register.appetite, strict=True))
    assert appetites == {"charity": 0.25, "cic": 0.35, "mutual": 0.35, "company": 0.75, "public_body": 0.5}
    assert np.isnan(register.reserves).all()
    assert (register.expenditure == 1e6).all()
    assert not register.experience.any()


def test_a_providers_own_answers_take_their_place() -> None:
    register = Register.of([provider(appetite=0.9, quality=0.8, expenditure=5.0)], 1)

    assert (register.appetite[0], register.quality[0], register.expenditure[0]) == (0.9, 0.8, 5.0)


def test_unknown_quality_is_average_with_the_assumed_spread_and_stays_the_providers() -> None:
    rows = [provider(str(number), quality=None) for number in range(4000)]

    register = Register.of(rows, 1)

    assert register.quality.mean() == pytest.approx(0.5, abs=0.01)
    assert register.quality.std() == pytest.approx(0.15, abs=0.01)
    assert Register.of(rows[:1], 1).quality[0] == register.quality[0]


def test_unknown_reserves_come_from_known_providers_of_the_same_band_in_months() -> None:
    known = [provider("k1", free_reserves=250_000, expenditure=1e6), provider("k2", free_reserves=5e5, expenditure=1e6)]
    others = [provider("small", income=50_000, expenditure=60_000, free_reserves=1.0)]
    unknown = provider("x", income=2e6, expenditure=2.4e6, free_reserves=None)
    idle = provider("z", income=5e6, expenditure=0.0, free_reserves=7.0)

    drawn = opening_reserves(Register.of([*known, *others, unknown, idle], 1), Chance(1, 0, 64))

    places = {row.id: place for place, row in enumerate(sorted([*known, *others, unknown, idle], key=lambda p: p.id))}
    assert set(drawn[places["k1"]]) == {250_000}
    assert set(drawn[places["z"]]) == {7.0}
    months = {round(value, 6) for value in drawn[places["x"]] / 2e5}
    assert months == {3.0, 6.0, round(7.0 / 5e6 * 12, 6)}


def test_where_nobody_alike_is_known_the_published_distribution_is_taken_and_never_nothing() -> None:
    rows = [provider(str(number), free_reserves=None, expenditure=1.2e6) for number in range(500)]

    months = opening_reserves(Register.of(rows, 1), Chance(1, 0, 40)) / 1e5

    assert months.min() > 0
    for share, at in zip(PARAMETERS.reserves_shares, PARAMETERS.reserves_months, strict=True):
        assert (months <= at * (1 + 1e-9)).mean() >= share - 0.015
    assert (months < 3.0).mean() == pytest.approx(0.43, abs=0.015)
    assert np.median(months) == pytest.approx(3.92, rel=0.1)


def test_known_nothing_is_nothing() -> None:
    assert (opening_reserves(Register.of([provider(free_reserves=0.0)], 1), Chance(1, 0, 8)) == 0).all()


def test_published_months_pass_through_the_published_points() -> None:
    shares = np.array([0.0, 0.10, 0.43, 0.90, 1.0])

    assert published_months(shares) == pytest.approx([0.02, 0.02, 3.0, 41.0, 41.0])


def test_a_made_up_register_follows_the_published_shares_and_serves_something() -> None:
    rows = made_up(("a", "b"), ("X",), 2020, np.random.default_rng(1))

    small = [row.income < 1e4 for row in rows]
    assert len({row.id for row in rows}) == len(rows) == 500
    assert sum(small) / 500 == pytest.approx(0.511, abs=0.07)
    assert all(row.groups and row.areas for row in rows)
    assert all((row.free_reserves is None) == (row.income < 500_000) for row in rows)
    assert all(1970 < row.year_registered <= 2020 for row in rows)
    assert made_up(("a", "b"), ("X",), 2020, np.random.default_rng(1)) == rows
    assert made_up((), (), 2020, np.random.default_rng(1))[0].groups == ()
