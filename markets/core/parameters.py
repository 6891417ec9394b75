"""The numbers that no user types, read once from parameters.toml, each with its unit and source."""

import tomllib
from dataclasses import dataclass, fields
from importlib import resources


@dataclass(frozen=True, slots=True)
class Parameters:
    """Values of parameters.toml; meanings, units and sources stand there."""

    incentive_draws: int
    ample_reserves: float
    appetite_charity: float
    appetite_cic: float
    appetite_company: float
    appetite_public_body: float
    appetite_mutual: float
    quality_middle: float
    quality_spread: float
    price_middle: float
    price_spread: float
    reliant_from: float
    quality_slope: float
    shared_luck: float
    own_luck: float
    patience: int
    leaving_least: float
    leaving_slope: float
    entrant_income: float
    entrant_income_spread: float
    entrant_months: float
    reserves_shares: list[float]
    reserves_months: list[float]
    band_shares: list[float]
    form_shares: list[float]
    made_up_providers: int
    made_up_least_income: float
    made_up_oldest: int
    made_up_year: int
    made_up_serves: float
    made_up_experienced: float
    made_up_government: float
    made_up_change: float
    published_from: float


def entries() -> dict[str, dict[str, object]]:
    """Every parameter with its value, unit, meaning, source, date checked and range."""
    return tomllib.loads(resources.files(__package__).joinpath("parameters.toml").read_text("utf-8"))


def _load() -> Parameters:
    table = entries()
    return Parameters(**{item.name: table[item.name]["value"] for item in fields(Parameters)})  # type: ignore[arg-type]


PARAMETERS = _load()
