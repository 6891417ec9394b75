"""The model against history, and a control that must come out worse."""

from dataclasses import replace

from tariffs.core.incentives.validation import validate, with_flat_price
from tariffs.sources.examples import work_programme


def test_every_check_holds_for_the_worked_work_programme() -> None:
    validation = validate(work_programme())

    assert [check.claim for check in validation.checks if not check.holds] == []
    assert len(validation.checks) == 6
    assert all(abs(row.miss) < 5 for row in validation.rates)


def test_a_model_deaf_to_support_misses() -> None:
    deaf = replace(
        work_programme(), evidence=tuple(replace(row, responsiveness=0.0) for row in work_programme().evidence)
    )

    misses = [check.claim for check in validate(deaf).checks if not check.holds]

    assert "Providers spend far less on each ESA participant than planned" in misses
    assert "People are parked inside every group, most in the dearest" in misses


def test_a_flat_price_pays_every_band_alike() -> None:
    flat = with_flat_price(work_programme(), "PG2")

    assert {(line.price_band, line.price) for line in flat.tariff.prices if line.milestone == "job"} == {
        (band, 1200.0) for band in ("PG1", "PG2", "PG6", "PG7")
    }
