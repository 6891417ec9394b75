"""Do the engine and its twin draw alike? Means, spreads, quantiles and probabilities, in standard errors."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from tariffs.core.incentives import Simulation
from tariffs.core.programmes import Programme

from .person_by_person import Result

LIMIT = 4.5
SINGLE = 1e-5  # the engine keeps what it draws in single precision
NEVER = 100_000  # a month of failure that is past any contract's end
Samples = dict[str, np.ndarray[Any, Any]]


def of_engine(programme: Programme, draws: int, seed: int) -> list[Samples]:
    """Every provider's figures as the engine draws them; group figures are told apart by their place."""
    simulation = Simulation(programme)
    blocks = [simulation.block(draws, seed, index) for index in range(simulation.block_count(draws))]
    samples = []
    for outcomes in zip(*blocks, strict=True):
        each: Samples = {
            name: np.concatenate([getattr(outcome, name) for outcome in outcomes], axis=-1)
            for name in ("margin", "trough", "payments", "left_without_service")
        }
        for name in ("referred", "final"):
            rows = np.concatenate([getattr(outcome, name) for outcome in outcomes], axis=-1)
            each |= {f"{name} {place}": row for place, row in enumerate(rows)}
        failed = np.concatenate([outcome.failed_month for outcome in outcomes], axis=-1)
        samples.append(each | chances(each["margin"], failed < NEVER, failed))
    return samples


def of_twin(results: Sequence[Sequence[Result]]) -> list[Samples]:
    """Every provider's figures as the twin drew them."""
    samples = []
    for draws in results:
        each: Samples = {
            name: np.array([getattr(draw, name) for draw in draws], float)
            for name in ("margin", "trough", "payments", "left_without_service")
        }
        for name in ("referred", "final"):
            rows = np.array([getattr(draw, name) for draw in draws], float).T
            each |= {f"{name} {place}": row for place, row in enumerate(rows)}
        failed = np.array([NEVER if draw.failed_month is None else draw.failed_month for draw in draws], float)
        samples.append(each | chances(each["margin"], failed < NEVER, failed))
    return samples


def chances(margin: Any, failed: Any, month: Any) -> Samples:
    return {"loss": (margin < -1e-6).astype(float), "failure": failed.astype(float), "failed month": month * failed}


def differences(one: list[Samples], other: list[Samples]) -> list[tuple[float, str]]:
    """Every comparison, as a number of standard errors and its name, the largest first."""
    found = []
    for place, (left, right) in enumerate(zip(one, other, strict=True)):
        for name in left:
            found.append((of_means(left[name], right[name]), f"provider {place}: mean of {name}"))
            if name not in ("loss", "failure", "failed month"):
                found.append(
                    (
                        of_means(squares(left[name], right[name]), squares(right[name], right[name])),
                        f"provider {place}: spread of {name}",
                    )
                )
                found += [
                    (of_quantiles(left[name], right[name], share), f"provider {place}: {share:.0%} of {name}")
                    for share in (0.05, 0.5, 0.95)
                ]
    return sorted(found, reverse=True)


def squares(values: Any, centre_of: Any) -> Any:
    far = values - centre_of.mean()
    return np.where(abs(far) <= SINGLE * max(1.0, abs(centre_of.mean())), 0.0, far) ** 2


def of_means(one: Any, other: Any) -> float:
    pooled = np.concatenate([one, other]).var()  # of a rare event the smaller sample's own spread says little
    error = math.sqrt(max(one.var(), pooled) / len(one) + max(other.var(), pooled) / len(other))
    gap = abs(one.mean() - other.mean())
    if gap <= SINGLE * max(1.0, abs(one.mean())):
        return 0.0
    return float(gap / error) if error else math.inf


def of_quantiles(one: Any, other: Any, share: float) -> float:
    """How far the other sample's share at and below this one's quantile is from it; ties count either way."""
    mark = np.quantile(one, share)
    near = SINGLE * max(1.0, abs(mark))
    gap = max(
        (np.mean(other < mark - near) - np.mean(one <= mark + near)),
        (np.mean(one < mark - near) - np.mean(other <= mark + near)),
        0.0,
    )
    return float(gap / math.sqrt(share * (1 - share) * (1 / len(one) + 1 / len(other))))
