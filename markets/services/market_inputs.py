"""What every run about a market stands on: the draft, its register, and what is still missing."""

from typing import Any

import numpy as np

from commissioning.models import Programme
from markets.core.made_up_registers import made_up
from markets.core.markets import Market
from markets.core.parameters import PARAMETERS
from markets.queries import providers, registers
from markets.sources import register_rows
from tariffs import queries as tariff_queries


class IncompleteError(ValueError):
    """The draft lacks what a run about its market needs; the message says what."""


def gaps_of(programme: Programme) -> list[str]:
    """Say what the draft still lacks before its market can be looked at."""
    gaps = tariff_queries.programmes.gaps(programme)
    if not (programme.market or {}).get("lots"):
        gaps.append("Say in which lots the contract is let")
    return gaps


def register(programme: Programme, seed: int, is_made_up: bool) -> dict[str, Any]:
    """Give the register as a run's inputs have it; IncompleteError where it names no provider."""
    return _made_up(programme, seed) if is_made_up else _local(programme)


def _local(programme: Programme) -> dict[str, Any]:
    local = registers.of_programme(programme)
    if not local.providers:
        raise IncompleteError("No provider of the registers works in these areas for these groups")
    notes = {"defaults": dict(local.defaults), "corrected": local.corrected, "without_income": local.without_income}
    return {
        "made_up": providers.has_made_up_among([each.id for each in local.providers]),
        "notes": {**notes, "beyond_most": local.beyond_most, "everyone": list(local.everyone)},
        "providers": register_rows.to_rows(local.providers),
    }


def _made_up(programme: Programme, seed: int) -> dict[str, Any]:
    market = Market.of(programme.market or {}, programme.contract_months, programme.start)
    year = int(programme.start[:4]) if programme.start else PARAMETERS.made_up_year
    drawn = made_up(market.groups, market.areas, year, np.random.default_rng([seed, year]))
    return {"made_up": True, "notes": {}, "providers": register_rows.to_rows(drawn)}
