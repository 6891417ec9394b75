"""All reads of who can deliver."""

from . import (
    capacity_runs,
    claims,
    designs,
    diversity_runs,
    imports,
    incumbents,
    local_markets,
    profiles,
    providers,
    registers,
    surveys,
)

__all__ = [
    "capacity_runs",
    "claims",
    "designs",
    "diversity_runs",
    "imports",
    "incumbents",
    "local_markets",
    "profiles",
    "providers",
    "registers",
    "surveys",
]
