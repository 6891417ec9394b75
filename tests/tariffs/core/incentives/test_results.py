"""From draws to reported figures: quantiles, standard errors, and the shape that is promised."""

from dataclasses import replace

import numpy as np
import pytest

from tariffs.core.incentives import Simulation, estimate, results, run
from tariffs.sources.examples import work_programme
from tests.factories.small_programmes import programme, with_provider, with_tariff

PROMISED_DECISION = {
    "provider", "group", "money_price", "support", "support_by_stratum", "efficient_support", "income", "reach",
    "baseline_final", "final", "deadweight_share", "parked_share", "near_share", "head_value",
}  # fmt: skip
PROMISED_PROVIDER = {
    "provider", "loss_probability", "failure_probability", "margin", "trough", "payments", "left_without_service",
}  # fmt: skip


def test_a_run_reports_everything_that_the_format_promises() -> None:
    report = run(work_programme(), draws=64, seed=1)

    assert report["format"] == "pbr-incentives/1"
    assert (report["seed"], report["draws"]) == (1, 64)
    assert all(set(row) >= PROMISED_DECISION for row in report["decisions"])
    assert all(set(row) >= PROMISED_PROVIDER for row in report["providers"])
    assert all(len(row["support_by_stratum"]) == 20 for row in report["decisions"])
    assert {"p5", "p50", "p95"} <= set(report["commissioner"]["spend"])
    assert {"p5", "p50", "p95"} <= set(report["commissioner"]["cost_per_additional_outcome"])


def test_quantiles_are_values_that_were_drawn() -> None:
    spread = results.spread(np.arange(100.0))

    assert (spread["p5"], spread["p50"], spread["p95"]) == (4.0, 49.0, 94.0)
    assert spread["mean"] == pytest.approx(49.5)


def test_infinite_figures_are_left_out_and_not_written() -> None:
    spread = results.spread(np.array([1.0] * 50 + [np.inf] * 50))

    assert spread["p50"] == 1.0
    assert spread["p95"] is None
    assert spread["mean"] is None


def test_standard_errors_come_from_the_spread_between_replicates() -> None:
    replicates = np.tile(np.arange(16.0), 100)

    found = results.standard_error(lambda part: float(part.mean()), replicates)

    assert found == pytest.approx(np.arange(16).std(ddof=1) / 4)
    assert results.standard_error(lambda part: float(part.mean()), replicates[:31]) is None


def test_the_standard_error_of_a_probability_is_honest() -> None:
    # Over 40 seeds the reported error must be that which the figures themselves show.
    seen, told = [], []
    given = with_provider(work_programme(), reserves=1e9)
    for seed in range(40):
        row = run(given, draws=256, seed=seed)["providers"][0]
        seen.append(row["loss_probability"])
        told.append(row["standard_error"]["loss_probability"])

    assert np.mean(told) == pytest.approx(np.std(seen, ddof=1), rel=0.5)


def test_the_fan_is_ordered_and_ends_at_the_margin() -> None:
    row = run(with_provider(programme(), reserves=500.0, overdraft=1e9), draws=128, seed=1)["providers"][0]

    fan = np.array([row["cash"][name] for name in ("p5", "p25", "p50", "p75", "p95")])
    assert (np.diff(fan, axis=0) >= 0).all()
    assert fan.shape == (5, 12)
    assert row["cash"]["p50"][-1] == pytest.approx(500 + row["margin"]["p50"])


def test_an_estimate_narrows_as_blocks_come_in() -> None:
    simulation = Simulation(with_provider(work_programme(), reserves=1e9))
    blocks = [simulation.block(4096, 1, index) for index in range(simulation.block_count(4096))]

    early, late = estimate(blocks[:1])[0], estimate(blocks)[0]

    assert late["margin_error"] < early["margin_error"]
    assert abs(late["margin"] - early["margin"]) < 6 * early["margin_error"]


def test_spend_is_set_against_the_budget() -> None:
    report = run(replace(programme(), budget=1.0), draws=64, seed=1)["commissioner"]

    assert report["over_budget_probability"] == 1.0
    assert run(programme(), draws=64, seed=1)["commissioner"]["over_budget_probability"] is None


def test_the_month_of_failure_is_reported_only_where_a_provider_fails() -> None:
    doomed = with_provider(with_tariff(programme(), prices=()), reserves=2500.0, overhead_monthly=1000.0)

    failing, sound = (run(given, draws=64, seed=1)["providers"][0] for given in (doomed, programme()))

    assert failing["failure_probability"] == 1.0
    assert failing["failure_month"] == {"p5": 2.0, "p50": 2.0, "p95": 2.0}
    assert sound["failure_probability"] == 0.0
    assert sound["failure_month"] is None
