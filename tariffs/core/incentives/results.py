"""From drawn blocks to reported figures: quantiles, probabilities and their standard errors."""

import io
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from functools import partial
from typing import Any

import numpy as np

from commissioning.core.units import Array
from tariffs.core.parameters import PARAMETERS
from tariffs.core.programmes import Programme

from .disinvestment import NEVER_MONTH
from .pathways import Bools
from .reports import cliff, report
from .simulation import ENGINE, Outcome, Simulation

Document = dict[str, Any]
_LEVELS = {"p5": 0.05, "p50": 0.5, "p95": 0.95}
_FAN = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}


def pack(outcomes: Sequence[Outcome]) -> bytes:
    """Pack one block for storage; the same outcomes give the same bytes."""
    arrays = {
        f"{number}.{field.name}": getattr(outcome, field.name)
        for number, outcome in enumerate(outcomes)
        for field in fields(Outcome)
    }
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def unpack(payload: bytes) -> tuple[Outcome, ...]:
    """Undo `pack`."""
    with np.load(io.BytesIO(payload), allow_pickle=False) as arrays:
        names = [field.name for field in fields(Outcome)]
        count = len(arrays.files) // len(names)
        return tuple(Outcome(*(arrays[f"{number}.{name}"] for name in names)) for number in range(count))


def joined(blocks: Sequence[Sequence[Outcome]]) -> tuple[Outcome, ...]:
    """Put blocks, in the order of their numbers, behind one another."""
    return tuple(
        Outcome(*(np.concatenate([getattr(part, field.name) for part in parts], axis=-1) for field in fields(Outcome)))
        for parts in zip(*blocks, strict=True)
    )


def standard_error(figure: Callable[[Array], float], values: Array) -> float | None:
    """Estimate the standard error of a figure of the draws (last axis) from the spread between replicates."""
    replicates = PARAMETERS.replicates
    if values.shape[-1] < 2 * replicates:
        return None
    parts = np.array([figure(values[..., part::replicates]) for part in range(replicates)])
    return _finite(parts.std(ddof=1) / np.sqrt(replicates))


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _quantile(level: float, values: Array) -> float:
    return float(np.quantile(values, level, method="inverted_cdf"))


def _mean(values: Array) -> float:
    return float(values.mean())


def spread(values: Array) -> Document:
    """Mean, 5th, 50th and 95th percentile of the draws, each with its standard error; null where infinite."""
    levels = {name: _finite(_quantile(level, values)) for name, level in _LEVELS.items()}
    finite = bool(np.isfinite(values).all())
    errors = {name: standard_error(partial(_quantile, level), values) for name, level in _LEVELS.items() if finite}
    mean = {"mean": _finite(values.mean()) if finite else None}
    errors["mean"] = standard_error(_mean, values) if finite else None
    return {**levels, **mean, "standard_error": errors}


def probability(happened: Bools) -> tuple[float, float | None]:
    """Share of draws, and its standard error."""
    return float(happened.mean()), standard_error(_mean, happened.astype(float))


def merge(simulation: Simulation, seed: int, draws: int, blocks: Sequence[Sequence[Outcome]]) -> Document:
    """Everything a run reports, but the hash of its inputs, as plain JSON values."""
    outcomes = joined(blocks)
    return {
        "format": "pbr-incentives/1",
        "engine": ENGINE,
        "seed": seed,
        "draws": draws,
        "decisions": decisions(simulation),
        "providers": [_provider(simulation, number, outcome) for number, outcome in enumerate(outcomes)],
        "commissioner": _commissioner(simulation, outcomes),
    }


def run(programme: Programme, draws: int, seed: int) -> Document:
    """Draw a whole run here and now, without workers, and merge it."""
    simulation = Simulation(programme)
    blocks = [simulation.block(draws, seed, index) for index in range(simulation.block_count(draws))]
    return merge(simulation, seed, draws, blocks)


def decisions(simulation: Simulation) -> list[Document]:
    """Exact part of the report: every provider's plan for every group."""
    rows = []
    for decision in simulation.decisions:
        for row in report(simulation.setting, decision):
            rows.append({**asdict(row), "support_by_stratum": list(row.support_by_stratum)})
    return rows


def _provider(simulation: Simulation, number: int, outcome: Outcome) -> Document:
    provider, contract = simulation.programme.providers[number], simulation.contracts[number]
    loss, loss_error = probability(outcome.margin < 0)
    failed = outcome.failed_month < NEVER_MONTH
    failure, failure_error = probability(failed)
    monthly, window = contract.planned_monthly_cost, cliff(simulation.setting, simulation.decisions[number])
    income = _yearly_income(simulation, number)
    return {
        "provider": provider.id,
        "name": provider.name,
        "loss_probability": loss,
        "failure_probability": failure,
        "standard_error": {"loss_probability": loss_error, "failure_probability": failure_error},
        "margin": spread(outcome.margin),
        "trough": spread(outcome.trough),
        "trough_months": spread(outcome.trough / monthly) if monthly > 0 else None,
        "payments": spread(outcome.payments),
        "left_without_service": spread(outcome.left_without_service),
        "failure_month": _months(outcome.failed_month[failed]),
        "reserves": provider.reserves,
        "reserve_floor": provider.reserve_floor_months * monthly,
        "overdraft": provider.overdraft,
        "planned_monthly_cost": monthly,
        "cliff": window,
        "cliff_share_of_income": window / income if income > 0 else 0.0,
        "cash": {name: _path(outcome.cash, level) for name, level in _FAN.items()},
    }


def _yearly_income(simulation: Simulation, number: int) -> float:
    """Income expected of a year's referrals, £."""
    people = simulation.setting.referrals * simulation.programme.providers[number].share * 12
    return float(simulation.decisions[number].income @ people)


def _months(months: Array) -> Document | None:
    if not len(months):
        return None
    return {name: _quantile(level, months) for name, level in _LEVELS.items()}


def _path(cash: Array, level: float) -> list[float]:
    """Quantile of the closing cash of each month, £."""
    position = min(cash.shape[-1] - 1, int(np.ceil(level * cash.shape[-1])) - 1)
    return [float(value) for value in np.partition(cash, position, axis=-1)[:, position]]


def _commissioner(simulation: Simulation, outcomes: Sequence[Outcome]) -> Document:
    programme = simulation.programme
    spend = np.sum([outcome.payments for outcome in outcomes], axis=0)
    final = np.sum([outcome.final for outcome in outcomes], axis=0)
    additional = final - np.sum([outcome.final_without_help for outcome in outcomes], axis=0)
    social = np.array([group.social_value for group in programme.groups]) @ additional
    over = probability(spend > programme.budget) if programme.budget > 0 else (None, None)
    total = additional.sum(0)
    each = np.divide(spend, total, out=np.full_like(spend, np.inf), where=total > 0)
    return {
        "spend": spread(spend),
        "budget": programme.budget,
        "over_budget_probability": over[0],
        "standard_error": {"over_budget_probability": over[1]},
        "final_outcomes": spread(final.sum(0)),
        "additional_outcomes": spread(total),
        "cost_per_additional_outcome": spread(each),
        "social_value_per_pound": spread(np.divide(social, spend, out=np.zeros_like(spend), where=spend > 0)),
        "left_without_service": spread(np.sum([outcome.left_without_service for outcome in outcomes], axis=0)),
    }


def estimate(blocks: Sequence[Sequence[Outcome]]) -> list[Document]:
    """Tell what is known while a run goes on: chance of a loss and mean margin of each provider, with errors."""
    rows = []
    for outcome in joined(blocks):
        loss, error = probability(outcome.margin < 0)
        margin_error = standard_error(_mean, outcome.margin)
        rows.append(
            {
                "loss_probability": loss,
                "loss_probability_error": error,
                "margin": float(outcome.margin.mean()),
                "margin_error": margin_error,
            }
        )
    return rows
