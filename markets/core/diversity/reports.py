"""A comparison as the JSON document pbr-market/1."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

from commissioning.core.units import Array
from markets.core.incentive_facts import facts_of
from markets.core.registers import FORMS, Register

from .comparisons import Design, Ran, compare, market_of
from .figures import HEADLINES, Figures
from .simulation import ENGINE

Document = dict[str, Any]
FORMAT = "pbr-market/1"


def document(ran: Ran, register: Register, seed: int, draws: int, is_made_up: bool) -> Document:
    """Write everything that a comparison reports as plain JSON values."""
    return {
        "format": FORMAT,
        "engine": ENGINE,
        "seed": seed,
        "draws": draws,
        "register": {
            "made_up": is_made_up,
            "providers": len(register),
            "unknown_reserves": int(np.isnan(register.reserves).sum()),
        },
        "designs": [_design(design) for design in ran.designs],
        "rounds": [row for design in ran.designs for row in _rounds(design, ran.figures[design.id])],
        "differences": [row for design in ran.designs[1:] for row in _differences(ran, design)],
        "drivers": [row for design in ran.designs[1:] for row in _drivers(ran, design)],
    }


def _design(design: Design) -> Document:
    facts = zip(FORMS, facts_of(design.programme), strict=True)
    return {
        "id": design.id,
        "name": design.name,
        "changes": dict(design.changes),
        "facts": [
            {"legal_form": form.value, **{key: _finite(value) for key, value in asdict(fact).items()}}
            for form, fact in facts
        ],
    }


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not np.isfinite(value) else value


def _rounds(design: Design, figures: Figures) -> Iterator[Document]:
    market = market_of(design.programme)
    for number in range(market.rounds):
        told: Document = {}
        for name, values in figures.items():
            main, _, part = name.partition(".")
            where, key = (told.setdefault(main, {}), part) if part else (told, main)
            where[key] = spread(values[number])
        yield {
            "design": design.id,
            "round": number + 1,
            "years_in": round(number * market.years_per_round, 6),
            "figures": told,
        }


def spread(values: Array) -> Document | None:
    """Mean, and 5th, 50th and 95th percentile of the draws that have a figure; null where none has."""
    known = values[~np.isnan(values)]
    if not len(known):
        return None
    low, middle, high = np.quantile(known, [0.05, 0.5, 0.95], method="inverted_cdf")
    return {"mean": float(known.mean()), "p5": float(low), "p50": float(middle), "p95": float(high)}


def _differences(ran: Ran, design: Design) -> Iterator[Document]:
    reference = ran.designs[0]
    ours, theirs = ran.figures[design.id], ran.figures[reference.id]
    names = [name for name in ours if name in theirs]
    for number in range(min(len(ours[names[0]]), len(theirs[names[0]]))):
        for name in names:
            found = compare(ours[name][number], theirs[name][number])
            yield {
                "design": design.id,
                "reference": reference.id,
                "round": number + 1,
                "figure": name,
                **asdict(found),
                "more_in_100": None if found.more is None else round(100 * found.more),
                "less_in_100": None if found.less is None else round(100 * found.less),
            }


def _drivers(ran: Ran, design: Design) -> Iterator[Document]:
    for one in design.returned:
        ours, theirs = ran.figures[design.id], ran.returned[design.id, one.term]
        last = min(len(ours["able"]), len(theirs["able"])) - 1
        yield {
            "design": design.id,
            "term": one.term,
            "value": one.value,
            "reference_value": one.reference,
            "round": last + 1,
            "figures": {name: asdict(compare(ours[name][last], theirs[name][last])) for name in HEADLINES},
        }
