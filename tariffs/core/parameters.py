"""The numbers that no user types, read once from parameters.toml, each with its unit and source."""

import tomllib
from dataclasses import dataclass, fields
from importlib import resources


@dataclass(frozen=True, slots=True)
class Parameters:
    """Values of parameters.toml; meanings, units and sources stand there."""

    strata: int
    parked_below: float
    public_discount_rate: float
    month_to_month: float
    least_support_scale: float
    replicates: int
    shadow_price_limit: float
    shadow_prices: int
    trial_swing: float
    repair_ceiling: float
    repair_most_moved: float
    repair_draws: int
    parked_limit: float
    map_margin: float
    panel_least_cases: int
    panel_least_of_a_seat: int
    panel_reliable: float
    panel_tentative: float


def entries() -> dict[str, dict[str, object]]:
    """Every parameter with its value, unit, meaning, source, date checked and range."""
    return tomllib.loads(resources.files(__package__).joinpath("parameters.toml").read_text("utf-8"))


def _load() -> Parameters:
    table = entries()
    return Parameters(**{item.name: table[item.name]["value"] for item in fields(Parameters)})  # type: ignore[arg-type]


PARAMETERS = _load()
