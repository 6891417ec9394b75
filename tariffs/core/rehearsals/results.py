"""What a rehearsal reports: each provider in usual and in bad times, with the clause and without it."""

import io
from collections.abc import Sequence
from typing import Any

import numpy as np

from commissioning.core.units import Array
from tariffs.core.incentives.disinvestment import NEVER_MONTH
from tariffs.core.incentives.results import probability, spread
from tariffs.core.programmes import Provider

from .stages import Lived, Stage, joined

#: Names the figures: raised whenever the same inputs and seed give other figures.
ENGINE = "pbr-rehearsal-engine/1"
#: Usual times and bad times, each without a clause and, where there is one, with it.
VARIANTS = ("usual", "usual_clause", "shock", "shock_clause")
WITHOUT_CLAUSE = ("usual", "shock")
_LEVELS = {"p5": 0.05, "p50": 0.5, "p95": 0.95}
Document = dict[str, Any]
Block = Sequence[Sequence[Lived]]


def pack(block: Block) -> bytes:
    """Pack one block for storage; the same figures give the same bytes."""
    arrays = {
        f"{provider}.{variant}.{name}": getattr(lived, name)
        for provider, variants in enumerate(block)
        for variant, lived in enumerate(variants)
        for name in Lived.__slots__
    }
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def unpack(payload: bytes) -> tuple[tuple[Lived, ...], ...]:
    """Undo `pack`."""
    with np.load(io.BytesIO(payload), allow_pickle=False) as arrays:
        places = sorted({tuple(map(int, name.split(".")[:2])) for name in arrays.files})
        providers = 1 + max(provider for provider, _ in places)
        variants = 1 + max(variant for _, variant in places)
        return tuple(
            tuple(
                Lived(*(arrays[f"{provider}.{variant}.{name}"] for name in Lived.__slots__))
                for variant in range(variants)
            )
            for provider in range(providers)
        )


def merge(stage: Stage, blocks: Sequence[Block]) -> Document:
    """Report all blocks as plain JSON values."""
    names = VARIANTS if stage.clause else WITHOUT_CLAUSE
    whole = [
        [joined([block[number][variant] for block in blocks]) for variant in range(len(names))]
        for number in range(len(stage.usual))
    ]
    providers = [
        _provider(stage, number, dict(zip(names, variants, strict=True))) for number, variants in enumerate(whole)
    ]
    totals = {
        name: {
            figure: spread(np.sum([getattr(variants[place], figure) for variants in whole], axis=0))
            for figure in ("payments", "relief", "final", "left_without_service")
        }
        for place, name in enumerate(names)
    }
    return {"format": "pbr-rehearsal/1", "engine": ENGINE, "providers": providers, "commissioner": totals}


def _provider(stage: Stage, number: int, variants: dict[str, Lived]) -> Document:
    provider: Provider = stage.programme.providers[number]
    return {
        "provider": provider.id,
        "name": provider.name,
        "reserves": provider.reserves,
        "overdraft": provider.overdraft,
        "planned_income": float(stage.plans[number].income.sum()),
        "variants": {name: _variant(lived, stage.usual[number].cap) for name, lived in variants.items()},
    }


def _variant(lived: Lived, cap: float) -> Document:
    failed, bites = lived.failed_month < NEVER_MONTH, lived.since < NEVER_MONTH
    chances = {
        "failure": probability(failed),
        "loss": probability(lived.margin < 0),
        "bites": probability(bites),
        "guarantee": probability(lived.guaranteed > 0),
        "capped": probability(lived.payments - lived.relief >= cap - 0.5),
    }
    return {
        **{name: chance for name, (chance, _) in chances.items()},
        "standard_error": {name: error for name, (_, error) in chances.items()},
        "margin": spread(lived.margin),
        "trough": spread(lived.trough),
        "payments": spread(lived.payments),
        "relief": spread(lived.relief),
        "relief_where_it_bites": spread(lived.relief[bites]) if bites.any() else None,
        "guaranteed": spread(lived.guaranteed),
        "final": spread(lived.final),
        "left_without_service": spread(lived.left_without_service),
        "bite_month": _months(lived.since[bites]),
        "failure_month": _months(lived.failed_month[failed]),
        "cash": {name: _path(lived, level) for name, level in _LEVELS.items()},
    }


def _months(months: Array) -> Document | None:
    if not len(months):
        return None
    return {name: float(np.quantile(months, level, method="inverted_cdf")) for name, level in _LEVELS.items()}


def _path(lived: Lived, level: float) -> list[float]:
    return [float(value) for value in np.quantile(lived.cash, level, axis=-1, method="inverted_cdf")]
