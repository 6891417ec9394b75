"""All writes of who can deliver: one function for each thing a person does."""

from . import (
    capacity_runs,
    claims,
    demonstrations,
    designs,
    diversity_runs,
    import_leases,
    import_workers,
    imports,
    local_markets,
    market_inputs,
    register_merges,
    stages,
    survey_answers,
    survey_letters,
    surveys,
    trade_merges,
)

__all__ = [
    "capacity_runs",
    "claims",
    "demonstrations",
    "designs",
    "diversity_runs",
    "import_leases",
    "import_workers",
    "imports",
    "local_markets",
    "market_inputs",
    "register_merges",
    "stages",
    "survey_answers",
    "survey_letters",
    "surveys",
    "trade_merges",
]
